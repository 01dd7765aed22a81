using System.Data.Common;
using System.Text.Json;
using System.Text.RegularExpressions;
using CaseFlow.Domain;
using CaseFlow.EventStore.Access;
using CaseFlow.EventStore.Sealing;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Api.Http;

/// <summary>The only place where a refusal becomes a status.</summary>
public static partial class Problems
{
    /// <summary>Server states in which asking again later helps: shutting down, starting up, out of connections.</summary>
    private static readonly string[] AwayStates = ["57P01", "57P02", "57P03", "53300", "08000", "08001", "08003", "08004", "08006"];

    /// <returns>The status of a kind of "no".</returns>
    public static int StatusOf(RejectionKind kind) => kind switch
    {
        RejectionKind.NotFound => StatusCodes.Status404NotFound,
        RejectionKind.Forbidden => StatusCodes.Status403Forbidden,
        RejectionKind.Conflict => StatusCodes.Status409Conflict,
        RejectionKind.Unprocessable => StatusCodes.Status422UnprocessableEntity,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Say which status it is."),
    };

    /// <returns>A refusal of the domain as an answer.</returns>
    public static Problem From(Rejection rejection) => new(KindOf(rejection), rejection.Reason, rejection.Field)
    {
        Errors = rejection.Parts.Count == 0
            ? null
            : rejection.Parts.GroupBy(part => part.Field ?? "", StringComparer.Ordinal).ToDictionary(
                group => group.Key,
                IReadOnlyList<BrokenRule> (group) => [.. group.Select(part => new BrokenRule(part.Code, part.Reason))]),
    };

    /// <returns>The catalogue's entry for a refusal of the domain; its title is its code in words.</returns>
    public static ProblemKind KindOf(Rejection rejection)
    {
        var words = rejection.Code.Replace('-', ' ');
        return new ProblemKind(
            rejection.Code, StatusOf(rejection.Kind), char.ToUpperInvariant(words[0]) + words[1..], rejection.Reason, rejection.Kind switch
            {
                RejectionKind.NotFound => "Check the id; what belongs to another jurisdiction does not exist here.",
                RejectionKind.Forbidden => "Ask somebody who may.",
                RejectionKind.Conflict => "Read the record again; its state must change first.",
                _ => "Correct the request.",
            });
    }

    /// <returns>The answer to an exception; what nobody expected says nothing about itself.</returns>
    public static Problem From(Exception exception) => exception switch
    {
        UnreadableRequestException unreadable => unreadable.Problem,
        ViewBehindException { TriedAgainIn: { } pause } => new Problem(ProblemCatalogue.ViewStopped) { RetryAfter = 1 + (int)pause.TotalSeconds },
        ViewBehindException { IsOfAnotherVersion: true } => new Problem(ProblemCatalogue.ViewRaised) { RetryAfter = 10 },
        AccessNotRecordedException => new Problem(ProblemCatalogue.AccessNotRecorded) { RetryAfter = 2 },
        Disclosures.DisclosureNotRecordedException => new Problem(ProblemCatalogue.DisclosureNotRecorded) { RetryAfter = 2 },
        ViewBehindException => new Problem(ProblemCatalogue.ViewBehind),
        BadHttpRequestException { StatusCode: 413 } => new Problem(ProblemCatalogue.BodyTooLarge),
        BadHttpRequestException { StatusCode: 415 } => new Problem(ProblemCatalogue.UnsupportedMediaType),
        BadHttpRequestException { InnerException: JsonException } => new Problem(ProblemCatalogue.MalformedJson),
        BadHttpRequestException bad when ParameterName().Match(bad.Message) is { Success: true } match =>
            new Problem(ProblemCatalogue.BadParameter, field: match.Groups["name"].Value),
        BadHttpRequestException => new Problem(ProblemCatalogue.BadRequest),
        KeysUnreadableException or { InnerException: KeysUnreadableException } => new Problem(ProblemCatalogue.KeysUnreadable) { RetryAfter = 30 },
        SealDamagedException or { InnerException: SealDamagedException } => new Problem(ProblemCatalogue.ContentDamaged),
        _ when IsDatabaseAway(exception) => new Problem(ProblemCatalogue.DatabaseAway) { RetryAfter = 2 },
        _ => new Problem(ProblemCatalogue.Unexpected),
    };

    /// <returns>Whether the database did not answer, rather than answering "no".</returns>
    public static bool IsDatabaseAway(Exception exception) => exception switch
    {
        DbException { IsTransient: true } => true,
        DbException { SqlState: null } => true,
        DbException { SqlState: { } state } => AwayStates.Contains(state),
        _ => false,
    };

    [GeneratedRegex("""parameter "\S+ (?<name>\w+)" """, RegexOptions.CultureInvariant)]
    private static partial Regex ParameterName();
}
