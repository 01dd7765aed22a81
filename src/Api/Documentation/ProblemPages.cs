using System.Net.Mime;
using System.Text;
using System.Text.Encodings.Web;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;

namespace CaseFlow.Api.Documentation;

/// <summary><c>/problems/{code}</c>: the address that every problem's <c>type</c> names, for people and for programs.</summary>
public static class ProblemPages
{
    internal static void MapProblemPages(this IEndpointRouteBuilder app) => app
        .MapGet("/problems/{code}", Explain)
        .WithName("explainProblem")
        .WithSummary("What a problem means and what to do")
        .AllowAnyone("documentation")
        .ExcludeFromDescription();

    private static IResult Explain(string code, HttpRequest request)
    {
        if (!ProblemBook.All.TryGetValue(code, out var kind))
            return new Problem(ProblemCatalogue.NoSuchRoute, "No problem has this code.", "code");
        return request.Headers.Accept.ToString().Contains(MediaTypeNames.Text.Html, StringComparison.OrdinalIgnoreCase)
            ? TypedResults.Text(Html(kind), MediaTypeNames.Text.Html, Encoding.UTF8)
            : TypedResults.Ok(kind);
    }

    private static string Html(ProblemKind kind)
    {
        var html = HtmlEncoder.Default;
        return $"""
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <title>{html.Encode(kind.Title)}</title>
            <h1>{html.Encode(kind.Title)}</h1>
            <p>Status {kind.Status}, code <code>{html.Encode(kind.Code)}</code></p>
            <p>{html.Encode(kind.Meaning)}</p>
            <p>{html.Encode(kind.WhatToDo)}</p>
            </html>

            """;
    }
}
