using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Policies;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections;
using CaseFlow.Projections.CourtCaseload;

namespace CaseFlow.Api.CourtViews;

/// <summary>Puts a court's caseload in order and pages it.</summary>
public sealed class CourtCaseloads(CaseFlowDatabase database, CourtMoments moments, ClientConsents consents, Registers registers, Persons persons, SealedRecords seals)
{
    private readonly ViewCursors cursors = new(database.MarkKeys.Derive("court-caseload-cursors"));

    /// <returns>A page; null when no version of the court was in force at the moment.</returns>
    /// <exception cref="UnreadableRequestException">There is no such moment, or the cursor is another question's.</exception>
    public async Task<CourtCaseloadDoor.Answer?> PageAsync(
        Actor actor, string court, CourtCaseloadDoor.Filter filter, AskedMoment asked, AskedPage page, CancellationToken cancellation)
    {
        var jurisdiction = actor.Jurisdiction;
        var after = page.After(cursors, actor);
        var at = after?.At ?? await moments.PinAsync(jurisdiction, asked, cancellation);
        // None waits for another.
        var held = CourtCaseloadQueries.OfAsync(
            database.Reader, database.Views.CourtCompliance, database.Views.CourtCaseload, jurisdiction, court, !filter.Ended, at, cancellation);
        var history = persons.OfAsync(jurisdiction, cancellation);
        var known = moments.KnownAsync(jurisdiction, court, at.Position!.Value, cancellation);
        await Task.WhenAll(held, history, known);
        var (lines, position) = await held;
        var also = AlsoAsync(actor, lines, await history, at.Position!.Value, cancellation);
        var died = CourtDeaths.OfAsync(database, await history, jurisdiction, lines.Select(line => line.ClientId), at, cancellation);
        await Task.WhenAll(also, died);
        var ((alsoAs, changedAt), (dead, diedAt)) = (await also, await died);
        lines = dead.Count == 0 ? lines : [.. lines.Select(line => line with { Death = dead.GetValueOrDefault(line.ClientId) })];
        position = Math.Max(position, Math.Max(changedAt, diedAt));
        var now = after?.JudgedAt ?? await moments.CountedToAsync(jurisdiction, asked, () => Task.FromResult(position), cancellation);
        var arranged = await ArrangeAsync(now);
        // A position is judged at the stamp of the last change that is shown, and a consent may be that.
        if (arranged?.ChangedAt > position && after is null && asked is { AsRecorded: null, AsRecordedPosition: not null } && now != asked.AsOf)
            arranged = await ArrangeAsync(await moments.CountedToAsync(jurisdiction, asked, () => Task.FromResult(arranged.ChangedAt), cancellation));
        return arranged is null ? null : arranged.Answer with { Position = Math.Max(position, arranged.ChangedAt) };

        async Task<Arranged?> ArrangeAsync(DateTimeOffset judgedAt) => (await known).At(judgedAt) is { } configured
            ? await ArrangedAsync(actor, configured, filter, lines, alsoAs, page, after, at, cancellation)
            : null;
    }

    private async Task<Arranged> ArrangedAsync(
        Actor actor, CourtAsked configured, CourtCaseloadDoor.Filter filter, IReadOnlyList<CaseloadLine> lines, Func<CaseloadLine, IReadOnlyList<Guid>> alsoAs,
        AskedPage page, ViewCursor? after, ViewInstant at, CancellationToken cancellation)
    {
        var (now, today) = (configured.Now, configured.Today);
        var rules = configured.Policy?.Policy.CourtCaseload ?? CourtCaseloadPolicy.Default;
        var ranked = lines.Select(line => (Line: line, Reasons: line.At(configured.InForce.Configuration, rules, now, today, configured.LocalDay, configured.TestRulesOf))).ToList();
        var ordered = ranked.Where(one => filter.Holds(one.Line, one.Reasons))
            .OrderBy(one => one.Reasons.Count == 0 ? int.MaxValue : (int)one.Reasons[0])
            .ThenBy(one => one.Line.FirstOpenHearingAt ?? DateTimeOffset.MaxValue).ThenBy(one => one.Line.ParticipationId)
            .ToList();
        var start = after is null ? 0 : ordered.FindIndex(one => one.Line.ParticipationId.ToString() == after.Key) + 1;
        var shown = ordered.Skip(start).Take(page.Limit).ToList();
        var (missing, changedAt) = await MissingAsync(actor, configured, [.. shown.Where(one => NeedsConsents(one.Line)).Select(one => one.Line.ClientId)], at.Position!.Value, cancellation);
        var next = start + shown.Count < ordered.Count ? new ViewCursor(at, [], shown[^1].Line.ParticipationId.ToString()) { JudgedAt = now } : null;
        var answer = new CourtCaseloadDoor.Answer(
            configured.Code,
            configured.InForce.Version,
            Counted(configured, ranked),
            [.. shown.Select(one => ItemOf(configured, one.Line, one.Reasons, missing) with { AlsoAs = alsoAs(one.Line) })],
            page.Next(cursors, actor, next),
            changedAt,
            at.Instant,
            now)
        {
            AgencyId = configured.InForce.Configuration.AgencyId,
        };
        return new Arranged(answer, changedAt);
    }

    /// <param name="ChangedAt">Where what is shown of consents changed last.</param>
    private sealed record Arranged(CourtCaseloadDoor.Answer Answer, long ChangedAt);

    private static bool NeedsConsents(CaseloadLine line) => line.Stage <= ParticipationStage.Admitted;

    /// <summary>Which lines are of one person, among those of the court that are not sealed from the asker; and since when that is so.</summary>
    private async Task<(Func<CaseloadLine, IReadOnlyList<Guid>> AlsoAs, long ChangedAt)> AlsoAsync(
        Actor actor, IReadOnlyList<CaseloadLine> lines, PersonHistory history, long position, CancellationToken cancellation)
    {
        var ever = history.EverMerged();
        var theirs = lines.Where(line => ever.Contains(line.ClientId)).ToList();
        if (theirs.Count < 2)
            return (_ => [], 0);
        var sealOf = await seals.OfAllAsync(actor, [.. theirs.Select(line => line.ClientId)], cancellation);
        theirs.RemoveAll(line => sealOf(line.ClientId).OfWholeRecord is not null);
        var marks = new PersonMarks(history, theirs.Select(line => line.ClientId).ToHashSet(), position);
        return (
            line => marks.OthersOf(line.ClientId) is { Count: > 0 } others && theirs.Contains(line)
                ? [.. theirs.Where(other => others.Contains(other.ClientId)).Select(other => other.ParticipationId).Order()]
                : [],
            marks.ChangedAt);
    }

    private static CourtCaseloadDoor.Counts Counted(CourtAsked court, List<(CaseloadLine Line, IReadOnlyList<Attention> Reasons)> lines)
    {
        var active = lines.Where(one => one.Line.Stage == ParticipationStage.Admitted).ToList();
        return new CourtCaseloadDoor.Counts(
            court.InForce.Configuration.Capacity,
            active.Count,
            lines.Count(one => one.Line.Stage < ParticipationStage.Admitted),
            active.Where(one => one.Line.Phase is not null).GroupBy(one => one.Line.Phase!, StringComparer.Ordinal).ToSortedCounts(),
            lines.SelectMany(one => one.Reasons).GroupBy(ViewText.Of, StringComparer.Ordinal).ToSortedCounts())
        {
            Officers = OfficerCaseload.Of(active.Select(one => one.Line.OfficerId), court.InForce.Configuration.Coaching),
        };
    }

    private static CourtCaseloadDoor.Item ItemOf(
        CourtAsked court, CaseloadLine line, IReadOnlyList<Attention> reasons, Func<Guid, IReadOnlyList<string>> missing) => new(
            line.ParticipationId,
            line.ClientId,
            ClientCode.Of(line.ClientId),
            line.Stage,
            line.Phase,
            line.PhaseSince,
            line.DaysInPhase(court.Today, court.LocalDay),
            line.NextHearingAt(court.Now),
            reasons,
            NeedsConsents(line) ? missing(line.ClientId) : [])
        {
            OfficerId = line.OfficerId,
        };

    /// <summary>What is missing of each, and since when any of it is so: a consent that changes nothing here must not tell that it was given.</summary>
    private async Task<(Func<Guid, IReadOnlyList<string>> Of, long ChangedAt)> MissingAsync(
        Actor actor, CourtAsked court, IReadOnlyCollection<Guid> clients, long position, CancellationToken cancellation)
    {
        var found = registers.DirectoryAsync(actor.Jurisdiction, cancellation);
        var then = await consents.ReadAllThenAsync(actor.Jurisdiction, clients, position, court.Now, cancellation);
        var directory = await found;
        IReadOnlyList<string>? withoutAny = null;
        var missing = clients.Distinct().ToDictionary(client => client, client => then.Last(client, Missing));
        return (client => missing[client].Shown, missing.Values.Select(one => one.Since).DefaultIfEmpty().Max());

        // Before the first word about consents everybody is alike.
        IReadOnlyList<string> Missing(ConsentGrounds grounds) =>
            ReferenceEquals(grounds.Consents, ConsentState.Initial) ? withoutAny ??= Found(grounds) : Found(grounds);

        IReadOnlyList<string> Found(ConsentGrounds grounds) => CourtSources.NamesFor(court, grounds, directory);
    }
}

internal static class SortedCounts
{
    /// <returns>How many there are of each, by name.</returns>
    public static SortedDictionary<string, int> ToSortedCounts<T>(this IEnumerable<IGrouping<string, T>> groups) =>
        new(groups.ToDictionary(group => group.Key, group => group.Count()), StringComparer.Ordinal);
}
