using System.Globalization;
using CaseFlow.Api.Access;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Time;
using CaseFlow.EventStore;

namespace CaseFlow.Api.DrugTests;

/// <summary>A court's month of draws, as it was known at a moment.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Draws">Day by day, as they are recorded.</param>
/// <param name="Version">Version of the stream that it is from.</param>
public sealed record SelectionRead(DateOnly Month, SelectionState State, IReadOnlyList<RecordedEvent> Draws, long Version)
{
    /// <summary>For <c>asRecordedPosition</c>: the log position of what was recorded last of it; null until that has one.</summary>
    public long? Position { get; init; }

    public IEnumerable<TestsDrawn> Drawn => Draws.Select(recorded => (TestsDrawn)recorded.Data);
}

/// <summary>Reads a court's draws at a moment, and checks them.</summary>
public sealed class SelectionReading(IEventStore store, ReadingRights rights, StreamMoments moments, DayPools pools, JurisdictionTime time)
{
    /// <returns>The month; or why there is none to be seen.</returns>
    /// <exception cref="Http.UnreadableRequestException">There is no such moment.</exception>
    public async Task<(SelectionRead? Found, Rejection? Refused)> OfAsync(Actor actor, string court, string text, AskedMoment asked, CancellationToken cancellation)
    {
        if (await rights.CheckGrantAsync(actor, cancellation) is { } noGrant)
            return (null, noGrant);
        var configured = await store.FoldAsync(Streams.Court, actor.Jurisdiction, StreamIds.Court(actor.Jurisdiction, court), cancellation);
        var watches = actor.Role is Role.PrivacyOfficer or Role.Auditor;
        if (configured.Version == 0 || !(watches || IsOwn(actor, configured.State)))
            return (null, CourtRejections.NotFound(court));
        if (!DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
            return (null, SelectionRejections.MonthNotFound());

        var moment = await moments.ResolveAsync(asked, cancellation);
        var read = await store.ReadStreamAsync(
            actor.Jurisdiction, StreamIds.TestSelection(actor.Jurisdiction, court, month), upToPosition: moment.Position, cancellation: cancellation);
        var facts = read.Events.Where(recorded => ((DomainEvent)recorded.Data).CountsFrom() <= moment.At).ToList();
        var state = facts.Select(recorded => (SelectionEvent)recorded.Data).Aggregate(SelectionState.Initial, SelectionState.Evolve);
        return state.Commitment is null
            ? (null, SelectionRejections.MonthNotFound())
            : (new SelectionRead(month, state, [.. facts.Where(recorded => recorded.Data is TestsDrawn)], read.Version) { Position = facts[^1].Position }, null);
    }

    /// <returns>Of each draw, whether anybody of the court's roster was left out without a reason.</returns>
    public async Task<IReadOnlyList<PoolProof>> ProveAsync(Actor actor, string court, SelectionRead read, CancellationToken cancellation) =>
        await time.PolicyAtAsync(actor.Jurisdiction, read.Draws.Count > 0 ? read.Draws[^1].RecordedAt : DateTimeOffset.MaxValue, cancellation) is { } policy
            ? await pools.ProveAsync(actor.Jurisdiction, court, new SelectionMonth(read.Month, new BusinessCalendar(policy.Policy)), read.Draws, cancellation)
            : [];

    /// <returns>Whether the actor is staff of the agency that the court is.</returns>
    public static bool IsOwn(Actor actor, CourtState court) =>
        court.Versions.Count > 0 && actor.Agency is { } agency && court.Versions[^1].Configuration.AgencyId == agency;
}
