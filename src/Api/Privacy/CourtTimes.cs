using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.Projections.CourtCompliance;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Api.Privacy;

/// <summary>
/// When a client was a court's participant. A consent may outlast the participation; what the client goes on with freely afterwards, with the same coach, is
/// between the two of them whatever it says (R25).
/// </summary>
public sealed class CourtTimes(CaseFlowDatabase database)
{
    /// <param name="viewer">Who looks; nothing is apart for anybody but a court's team.</param>
    /// <param name="jurisdiction">The tenant.</param>
    /// <param name="clientId">The record.</param>
    /// <param name="position">What had been recorded; null for all that is.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <returns>From the end of each participation in the viewer's court to the next one's referral, in order.</returns>
    public async Task<IReadOnlyList<TimeApart>> ApartAsync(Viewer viewer, string jurisdiction, Guid clientId, long? position, CancellationToken cancellation)
    {
        if (viewer is not { Role: Role.Coordinator or Role.Judge or Role.Prosecutor or Role.Defence, Agency: { } agency })
            return [];
        var found = await database.Reader.PageAsync(database.Views.CourtCompliance, ParticipationQueries.OfClient(jurisdiction, clientId), cancellation);
        var streams = await database.Store.ReadStreamsAsync(jurisdiction, [.. found.Rows.Select(one => one.Row.ParticipationId)], cancellation);
        var times = streams.Values
            .Select(stream => ParticipationState.OfSome(
                stream.Events.Where(one => position is null || one.Position <= position).Select(one => (ParticipationEvent)one.Data)))
            .Where(state => state.AgencyId == agency && state.ReferredAt is not null)
            .OrderBy(state => state.ReferredAt)
            .ToList();
        // Another court of the agency, or the same one again, may work with the client meanwhile.
        return
        [
            .. from state in times
                where state.OverSince is not null
                let over = state.OverSince!.Value
                where !times.Any(other => !ReferenceEquals(other, state) && other.ReferredAt <= over && !(other.OverSince <= over))
                select new TimeApart(over, times.Select(other => other.ReferredAt).Where(referred => referred > over).Min()),
        ];
    }
}
