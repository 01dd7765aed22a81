using System.Security.Cryptography;
using System.Text;
using CaseFlow.Api.Http;

namespace CaseFlow.Api.CourtPackets;

/// <summary>An answer as a page that stands alone: its own style, no script, nothing fetched from anywhere.</summary>
/// <param name="Answer">What is shown, for the record of the read.</param>
/// <param name="Html">The page, every value in it escaped.</param>
public sealed record HtmlAnswer<T>(T Answer, string Html) : IResult, IValueHttpResult, IValueHttpResult<T>
{
    private static readonly OwnStyle Style = new(Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(PacketHtml.Style))));

    T? IValueHttpResult<T>.Value => Answer;

    object? IValueHttpResult.Value => Answer;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var bytes = Encoding.UTF8.GetBytes(Html);
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        httpContext.Features.Set(Style);
        httpContext.Response.ContentLength = bytes.Length;
        await httpContext.Response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
