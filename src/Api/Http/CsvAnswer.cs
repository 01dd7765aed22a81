using System.Text;

namespace CaseFlow.Api.Http;

/// <summary>
/// An answer as a file of comma-separated values (RFC 4180): every cell quoted, lines ended by CRLF, UTF-8. A cell that a spreadsheet
/// would take for a formula begins with an apostrophe, so that nobody's words are run.
/// </summary>
/// <param name="Answer">What is shown, for the record of the read.</param>
/// <param name="FileName">Never personal content.</param>
/// <param name="Lines">The head and the rows.</param>
public sealed record CsvAnswer<T>(T Answer, string FileName, IReadOnlyList<IReadOnlyList<string?>> Lines) : IResult, IValueHttpResult, IValueHttpResult<T>
{
    T? IValueHttpResult<T>.Value => Answer;

    object? IValueHttpResult.Value => Answer;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var bytes = Encoding.UTF8.GetBytes(Csv.Text(Lines));
        httpContext.Response.ContentType = "text/csv; charset=utf-8; header=present";
        httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"{FileName}\"";
        httpContext.Response.ContentLength = bytes.Length;
        await httpContext.Response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}

public static class Csv
{
    /// <summary>What spreadsheets take for the beginning of a formula, also in full width and after blanks.</summary>
    private const string Dangerous = "=+-@\t\r\n|%\uff1d\uff0b\uff0d\uff20";

    /// <returns>The lines as text; a null cell is empty.</returns>
    public static string Text(IEnumerable<IReadOnlyList<string?>> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
            text.AppendJoin(',', line.Select(Cell)).Append("\r\n");
        return text.ToString();
    }

    private static string Cell(string? content)
    {
        if (string.IsNullOrEmpty(content))
            return "\"\"";
        var first = content.TrimStart(' ', '\u00a0', '\u3000', '\ufeff', '\0');
        var safe = Dangerous.Contains(content[0], StringComparison.Ordinal) || (first.Length > 0 && Dangerous.Contains(first[0], StringComparison.Ordinal))
            ? "'" + content
            : content;
        return "\"" + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }
}
