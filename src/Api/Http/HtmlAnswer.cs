using System.Security.Cryptography;
using System.Text;

namespace CaseFlow.Api.Http;

/// <summary>
/// An answer as a page to read and to print: one file that holds all it needs, no script, nothing loaded from elsewhere. The browser is
/// told to take this one style and nothing else.
/// </summary>
/// <param name="Answer">What is shown, for the record of the read.</param>
/// <param name="FileName">Never personal content.</param>
/// <param name="Style">Its one style sheet.</param>
/// <param name="Body">What the page says, every value already encoded.</param>
public sealed record HtmlAnswer<T>(T Answer, string FileName, string Title, string Style, string Body) : IResult, IValueHttpResult, IValueHttpResult<T>
{
    T? IValueHttpResult<T>.Value => Answer;

    object? IValueHttpResult.Value => Answer;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var page = Encoding.UTF8.GetBytes(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            + $"<title>{Title}</title>\n<style>{Style}</style>\n</head>\n<body>\n{Body}</body>\n</html>\n");
        Traffic.AllowStyle(httpContext, $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}");
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        httpContext.Response.Headers.ContentDisposition = $"inline; filename=\"{FileName}\"";
        httpContext.Response.ContentLength = page.Length;
        await httpContext.Response.Body.WriteAsync(page, httpContext.RequestAborted);
    }
}
