using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;

namespace CaseFlow.Api.Courts;

/// <summary>
/// Keeps the register of a court's places with what admits and what ends, in the same transaction: of two admissions at once one gets the last
/// place. Whatever moves a participant in or out goes through here.
/// </summary>
public sealed class CourtPlaces(CaseFlowDatabase database)
{
    private const int StreamsAtOnce = 200;

    /// <summary>Takes a place or gives it back, when what was decided asks for that; refuses the command when there is none to take.</summary>
    public async Task KeepAsync(CommandSession session, KeepPlace keep)
    {
        if (session.IsRefused || !keep.Moves)
            return;
        var register = await CountedAsync(session, keep.Court);
        session.Record(register, KeepPlace.Decide(keep, register.State));
    }

    /// <summary>The court's register, begun when it is not: for whoever decides on who holds a place. It is guarded.</summary>
    public async Task<LoadedStream<PlaceState, CourtPlaceEvent>> CountedAsync(
        CommandSession session, string court, Func<Circumstances, Circumstances>? about = null)
    {
        var jurisdiction = session.Actor.Jurisdiction;
        var register = await session.LoadAsync(Streams.CourtPlaces, StreamIds.CourtPlaces(jurisdiction, court));
        // The register is guarded before it is counted: whoever moves a participant meanwhile begins it too, and one of the two decides again.
        if (!register.State.IsCounted)
            session.Record(register, CountPlaces.Decide(new(court, await HoldersAsync(jurisdiction, court, session.Cancellation)), register.State, session.Now), about);
        return register;
    }

    /// <summary>From the participations themselves, as committed: a view may be behind.</summary>
    private async Task<IReadOnlyList<Guid>> HoldersAsync(string jurisdiction, string court, CancellationToken cancellation)
    {
        var holders = new List<Guid>();
        foreach (var some in (await database.StreamsOfKindAsync(jurisdiction, Streams.Participation.Alias, cancellation)).Chunk(StreamsAtOnce))
        {
            var streams = await database.Store.ReadStreamsAsync(jurisdiction, some, cancellation);
            holders.AddRange(
                from stream in streams
                let state = stream.Value.Events.Select(recorded => (ParticipationEvent)recorded.Data).Aggregate(ParticipationState.Initial, ParticipationState.Evolve)
                where state.Court == court && KeepPlace.Holds(state.Stage)
                select stream.Key);
        }

        return holders;
    }
}
