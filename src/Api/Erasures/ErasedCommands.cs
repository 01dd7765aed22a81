using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Overdoses;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Erasures;

/// <summary>A command that goes on although the content of its record is erased.</summary>
/// <param name="Why">What it ends, or who answers instead.</param>
/// <param name="OnlyEnds">It does nothing but end what is open, and is refused like every other when it would record nothing.</param>
public sealed record GoesOnErased(string Why, bool OnlyEnds);

/// <summary>
/// Refuses commands on a record whose content is erased: all alike, and before anybody is told whether what they say is on record already. Otherwise "done
/// before", "recorded differently" and "somebody else was faster" would answer guesses about what is gone, by ids that follow from its content and
/// outlive it. Whose record it is follows from the address, or from the streams that the command is about.
/// </summary>
public sealed class ErasedCommands(IEventStore store)
{
    /// <returns>The refusal; null when the command may be answered by what it found.</returns>
    internal async Task<Rejection?> RefusalAsync(HttpContext http, CommandSession session, Answer answer)
    {
        var goesOn = GoingOn(http);
        if (goesOn is { OnlyEnds: false })
            return null;
        LoadedStream?[] about = [session.First, answer.Of, .. session.Streams.Where(stream => Named(http).Contains(stream.Id))];
        // A court's roster is of all who take part in it, also while that is one.
        var histories = about.OfType<LoadedStream>().Where(stream => stream.Alias != Streams.TestingRoster.Alias).Select(stream => stream.History);
        if (!await AnyErasedAsync(session.Actor.Jurisdiction, RecordsOf(http, [.. histories]), session.Cancellation))
            return null;
        // An end tells nothing of what is gone but that its work was open; "done", "not yet" and "ended otherwise" would.
        session.EndsWorkOnErased = goesOn is { OnlyEnds: true } && session is { IsRefused: false, HasFacts: true };
        return session.EndsWorkOnErased ? null : ErasureRejections.ContentErased();
    }

    /// <returns>Whether an answer that was given before the record was erased is given no more, nor compared with what is asked now.</returns>
    internal async Task<bool> IsOfErasedAsync(HttpContext http, string jurisdiction, IEnumerable<IReadOnlyList<RecordedEvent>> written) =>
        GoingOn(http) is not { OnlyEnds: false } && await AnyErasedAsync(jurisdiction, RecordsOf(http, [.. written]), http.RequestAborted);

    private static GoesOnErased? GoingOn(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<GoesOnErased>();

    private async Task<bool> AnyErasedAsync(string jurisdiction, HashSet<Guid> records, CancellationToken cancellation)
    {
        if (records.Count == 0)
            return false;
        var streams = await store.ReadStreamsAsync(jurisdiction, [.. records.Select(StreamIds.Erasure)], cancellation);
        return streams.Values.Any(stream => stream.Events.Any(recorded => recorded.Data is ExpunctionApplied { Scope: ErasureScope.WholeRecord }));
    }

    /// <summary>Whose records they are, and each overdose by itself: one of nobody known is a record of its own, and is given up as one.</summary>
    private static HashSet<Guid> RecordsOf(HttpContext http, IReadOnlyList<IReadOnlyList<RecordedEvent>> streams) =>
    [
        .. ClientsOf(http, streams),
        .. streams.SelectMany(events => events).Select(recorded => (recorded.Data as OverdoseEvent)?.OverdoseId).OfType<Guid>(),
    ];

    /// <summary>The client in the address; without one, whose the streams are that are one client's alone.</summary>
    private static HashSet<Guid> ClientsOf(HttpContext http, IEnumerable<IReadOnlyList<RecordedEvent>> streams)
    {
        if (IdOf(http.Request.RouteValues.GetValueOrDefault("clientId")) is { } asked)
            return [asked];
        var found = new HashSet<Guid>();
        foreach (var events in streams)
        {
            Guid[] clients = [.. events.Select(recorded => (recorded.Data as IClientEvent)?.ClientId).OfType<Guid>().Distinct()];
            if (clients is [var one])
                found.Add(one);
        }

        return found;
    }

    private static IEnumerable<Guid> Named(HttpContext http) => http.Request.RouteValues.Values.Select(IdOf).OfType<Guid>();

    private static Guid? IdOf(object? value) => Guid.TryParse(value as string, out var id) ? id : null;
}

public static class ErasedRoutes
{
    /// <summary>Says that the command goes on although the content of its record is erased, and why.</summary>
    public static RouteHandlerBuilder GoesOnErased(this RouteHandlerBuilder route, string why) => route.WithMetadata(new GoesOnErased(why, OnlyEnds: false));

    /// <summary>
    /// Says that the command ends what is open, also on a record whose content is erased: by a code and without words, because there is no key that could
    /// seal one; at whatever version, because nobody is shown one; and never a second time.
    /// </summary>
    public static RouteHandlerBuilder EndsWorkOnErased(this RouteHandlerBuilder route, string why) => route.WithMetadata(new GoesOnErased(why, OnlyEnds: true));
}
