namespace CaseFlow.Api.AccessRecords;

/// <summary>What a route that asks shows: a view of clients' records, each answer of which is recorded, or nobody's record.</summary>
/// <param name="View">Stable name of the view; null when the route shows no client.</param>
/// <param name="WhyNobody">Why nothing is recorded.</param>
public sealed record ShownRecord(string? View, string? WhyNobody = null)
{
    /// <summary>The shape of the answer; null when the route shows no client.</summary>
    public Type? Answer { get; init; }
}

/// <summary>An answer that says which moment it is from, for the record of the read.</summary>
public interface IAnsweredFrom
{
    /// <summary>Log position answered from.</summary>
    long Position { get; }

    /// <summary>What had occurred by then; null for all that is recorded.</summary>
    DateTimeOffset? AsOf { get; }
}

/// <summary>An answer that shows further records than the one asked about, because they are of one person: each of them was read.</summary>
public interface IShowsAlso
{
    /// <summary>Whose.</summary>
    IEnumerable<Guid> AlsoShown { get; }
}

/// <summary>An answer that may be made for one request of the client's: the read is recorded with that as what was asked about.</summary>
public interface IMadeFor
{
    /// <summary>The request; null when it was made for none.</summary>
    Guid? RequestId { get; }
}

/// <summary>
/// How a capability says whose record a question shows. A route that asks and says neither stops the program's start, and
/// an answer of another shape than it said does not leave: no read can be forgotten.
/// </summary>
public static class RecordedReads
{
    /// <summary>Shows the record of the client whom the address names.</summary>
    /// <param name="route">The route.</param>
    /// <param name="view">Stable name of what is shown.</param>
    /// <param name="withheld">Whether an answer leaves something out by the reader's rights.</param>
    public static RouteHandlerBuilder Shows<TAnswer>(this RouteHandlerBuilder route, string view, Func<TAnswer, bool>? withheld = null) =>
        route.Shows(view, (_, asked) => asked is { } client ? [client] : [], withheld);

    /// <summary>Shows the records of the clients in the answer.</summary>
    /// <param name="route">The route.</param>
    /// <param name="view">Stable name of what is shown.</param>
    /// <param name="whose">The clients that an answer shows, given the client asked about, if one was; null when nobody was found.</param>
    /// <param name="withheld">Whether an answer leaves something out by the reader's rights.</param>
    public static RouteHandlerBuilder Shows<TAnswer>(
        this RouteHandlerBuilder route, string view, Func<TAnswer, Guid?, IEnumerable<Guid>?> whose, Func<TAnswer, bool>? withheld = null) =>
        route.WithMetadata(new ShownRecord(view) { Answer = typeof(TAnswer) }).AddEndpointFilter(new RecordsReads<TAnswer>(view, whose, withheld ?? (_ => false)));

    /// <summary>Shows no client, so nothing is recorded.</summary>
    /// <param name="route">The route.</param>
    /// <param name="why">Why that is so.</param>
    public static RouteHandlerBuilder ShowsNobody(this RouteHandlerBuilder route, string why) => route.WithMetadata(new ShownRecord(null, why));
}
