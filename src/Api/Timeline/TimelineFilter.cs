using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Privacy;
using CaseFlow.Projections;

namespace CaseFlow.Api.Timeline;

/// <summary>What a timeline is narrowed to, and which end comes first.</summary>
public sealed record TimelineFilter(
    DateTimeOffset? From, DateTimeOffset? To, int? Intercept, IReadOnlyList<string> Kinds, CourtFile? File, TimelineDirection Direction)
{
    /// <summary>For <see cref="QueryParameterRoutes.Asks"/>.</summary>
    public static IReadOnlyList<QueryParameter> Parameters { get; } =
    [
        new("from", "Occurred then or later.", QueryType.Time),
        new("to", "Occurred before then.", QueryType.Time),
        new("intercept", "Happened at this intercept, 0 to 5, or matters to it.", QueryType.Number),
        new("kind", "Only events of this name, for example overdose_reported; any of several.", Repeats: true),
        new("file", "Only what a court filed there: the open file has nothing of treatment.", Words: QueryReader.ViewWords<CourtFile>()),
        new("direction", "Which comes first; newest unless said.", Words: QueryReader.ViewWords<TimelineDirection>()),
    ];

    /// <exception cref="UnreadableRequestException">A parameter has the wrong form.</exception>
    public static ValueTask<TimelineFilter?> BindAsync(HttpContext context)
    {
        var query = new QueryReader(context.Request);
        var intercept = query.Number("intercept");
        if (intercept is < 0 or > 5)
            throw QueryReader.Bad("intercept", "0 to 5.");
        var kinds = query.All("kind");
        if (kinds.Any(kind => ProjectionCatalogue.EventTypes.Find(kind)?.IsAssignableTo(typeof(IClientEvent)) is not true))
            throw QueryReader.Bad("kind", "The name of an event about a client, as items show it.");
        return new(new TimelineFilter(
            query.Time("from"),
            query.Time("to"),
            (int?)intercept,
            kinds,
            query.Word<CourtFile>("file"),
            query.Word<TimelineDirection>("direction") ?? TimelineDirection.Newest));
    }
}

public enum TimelineDirection
{
    Newest,
    Oldest,
}
