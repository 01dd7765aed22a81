using System.Collections.Immutable;

namespace CaseFlow.Domain.Consents;

/// <summary>One consent with everything that happened to it, each with the instant from which it counts.</summary>
/// <param name="Periods">As signed first and at every renewal, in that order.</param>
/// <param name="Holds">Protective holds, lifted or not.</param>
/// <param name="Revocations">When each took effect or will, UTC.</param>
/// <param name="DeferredAt">When a request to take it back was deferred first; null for never.</param>
/// <param name="Met">The events that happened, of those it waits for.</param>
public sealed record Consent(
    Guid ConsentId,
    ConsentKind Kind,
    ConsentScope Scope,
    ImmutableList<ConsentPeriod> Periods,
    ImmutableList<ConsentHold> Holds,
    ImmutableList<DateTimeOffset> Revocations,
    DateTimeOffset? DeferredAt,
    ImmutableDictionary<ConsentCondition, DateTimeOffset> Met)
{
    internal Consent(ConsentGranted granted)
        : this(
            granted.ConsentId,
            granted.Kind,
            granted.Scope,
            [new ConsentPeriod(granted.Term, granted.Form)],
            [],
            [],
            DeferredAt: null,
            ImmutableDictionary<ConsentCondition, DateTimeOffset>.Empty)
    {
    }

    /// <summary>Who recorded each of the events that happened, a staff id.</summary>
    public ImmutableDictionary<ConsentCondition, string> MetBy { get; private init; } = ImmutableDictionary<ConsentCondition, string>.Empty;

    /// <summary>Whether the client asked in writing to take it back.</summary>
    public bool IsAskedInWriting { get; internal init; }

    /// <summary>Events that were entered by mistake, and not again since.</summary>
    public ImmutableHashSet<ConsentCondition> Retracted { get; private init; } = [];

    /// <summary>The period signed last.</summary>
    public ConsentPeriod Latest => Periods[^1];

    /// <returns>The period that counts at an instant: of those that have begun, the one signed last; null before the first.</returns>
    public ConsentPeriod? PeriodAt(DateTimeOffset at) => Periods.FindLast(period => period.Term.EffectiveFrom <= at);

    /// <returns>Where the consent itself stands at an instant, without regard to others. An end needs nobody to record it (R60).</returns>
    public ConsentStanding StandingAt(DateTimeOffset at) => PeriodAt(at) switch
    {
        null => ConsentStanding.None,
        _ when RevokedSince(at) is not null => ConsentStanding.Revoked,
        _ when HeldSince(at) is not null => ConsentStanding.Held,
        { } period when IsOver(period, at) => ConsentStanding.Expired,
        _ => ConsentStanding.InForce,
    };

    /// <returns>Whether the client cannot take it back at an instant: a criminal-justice consent before its event (42 CFR 2.35).</returns>
    public bool IsIrrevocableAt(DateTimeOffset at) =>
        Kind == ConsentKind.CriminalJustice
        && PeriodAt(at) is { Term.IrrevocableUntil: { } until } period
        && !(HappenedAt(until, period) <= at)
        && !IsOver(period, at);

    /// <returns>Whether, at an instant, it ends with the first disclosure that is made under it.</returns>
    public bool IsForOnceAt(DateTimeOffset at) => PeriodAt(at)?.Term.ExpiresOn == ConsentCondition.DisclosureMade;

    /// <summary>It was for once; whoever was told goes on reading that answer, page by page.</summary>
    public bool GoesOn { get; private init; }

    /// <returns>For whoever spent it since then by an answer whose next page they ask for: as it was before that. Everything else that holds or ends it counts.</returns>
    internal Consent GoingOn(string reader, DateTimeOffset since) =>
        Met.TryGetValue(ConsentCondition.DisclosureMade, out var spent) && spent >= since
        && MetBy.GetValueOrDefault(ConsentCondition.DisclosureMade) == reader
            ? this with { Met = Met.Remove(ConsentCondition.DisclosureMade), GoesOn = true }
            : this;

    /// <returns>Since when a hold that is open at an instant stands; null for none.</returns>
    public DateTimeOffset? HeldSince(DateTimeOffset at) => Last(Holds.Where(hold => !(hold.LiftedAt <= at)).Select(hold => hold.From), at);

    /// <summary>Holds that nobody lifted, whatever the clock says: a lifting that is told by the day counts from the end of that day only.</summary>
    public ImmutableList<ConsentHold> Unlifted => Holds.FindAll(hold => hold.LiftedAt is null);

    /// <returns>Since when it is taken back at an instant; null while it is not.</returns>
    public DateTimeOffset? RevokedSince(DateTimeOffset at) => Last(Revocations, at);

    /// <summary>Holds of what was said after the last writing: they hold what was signed since, and can be lifted.</summary>
    public ImmutableList<ConsentHold> HoldsSinceRevoked => Holds.FindAll(hold => Revocations.TrueForAll(revoked => revoked < hold.From));

    /// <summary>
    /// Of a word or a writing that is told by the day, by the instant from which it counts: the last moment at which it can have come. It counts against
    /// disclosures from the beginning of that day, and speaks of all that was signed until then.
    /// </summary>
    internal ImmutableDictionary<DateTimeOffset, DateTimeOffset> CameBy { get; init; } = ImmutableDictionary<DateTimeOffset, DateTimeOffset>.Empty;

    /// <returns>Until when something must have been signed for what was taken back since an instant to speak of it.</returns>
    internal DateTimeOffset SpeaksUntil(DateTimeOffset since) => CameBy.GetValueOrDefault(since, since);

    /// <returns>Whether it was signed, first or again, from one instant on and before another.</returns>
    public bool WasSignedBetween(DateTimeOffset from, DateTimeOffset before) => Periods.Exists(period => from <= period.Form.SignedAt && period.Form.SignedAt < before);

    /// <returns>Whether the period that counts at an instant has ended by then, by its date or its event, whatever the client took back.</returns>
    public bool IsOverAt(DateTimeOffset at) => PeriodAt(at) is { } period && IsOver(period, at);

    /// <returns>The event by which it is over at an instant; null when its date ended it.</returns>
    public ConsentCondition? EndedBy(DateTimeOffset at) =>
        PeriodAt(at) is { Term: { ExpiresOn: { } ends } term } period && HappenedAt(ends, period) is { } happened && happened <= at && !(term.ExpiresAt <= happened) ? ends : null;

    /// <returns>Whether an event it waits for was recorded with it, and has happened by an instant.</returns>
    public bool HasHappened(ConsentCondition condition, DateTimeOffset at) =>
        Met.TryGetValue(condition, out var happened) && happened <= at;

    /// <summary>An event happened; told twice, the earlier time counts.</summary>
    internal Consent Happened(ConsentCondition condition, DateTimeOffset happenedAt, string recordedBy) =>
        Met.TryGetValue(condition, out var known) && known <= happenedAt
            ? this
            : this with { Met = Met.SetItem(condition, happenedAt), MetBy = MetBy.SetItem(condition, recordedBy), Retracted = Retracted.Remove(condition) };

    /// <summary>An event was entered by mistake: nothing follows from it any more, at any instant.</summary>
    internal Consent DidNotHappen(ConsentCondition condition) =>
        this with { Met = Met.Remove(condition), MetBy = MetBy.Remove(condition), Retracted = Retracted.Add(condition) };

    /// <summary>The ends that it waits for and that the log has by itself (<see cref="LoggedEnds"/>).</summary>
    private ImmutableList<LoggedEnd> Ends { get; init; } = [];

    /// <summary>With ends that the log has, all of which it waits for. What the client asked to take back until then is taken back by it, as when it is recorded; not from before it was asked.</summary>
    internal Consent With(ImmutableList<LoggedEnd> ends)
    {
        if (ends.IsEmpty)
            return this;
        var ended = this with { Ends = ends };
        return DeferredAt is { } deferred && Revocations.IsEmpty && Latest.Term.IrrevocableUntil is { } until && ended.EndAfter(until, Latest) is { } at
            ? ended with { Revocations = [at < deferred ? deferred : at] }
            : ended;
    }

    /// <returns>When an event happened that a period waits for: as it was recorded with the consent, or as the log has it; the earlier counts.</returns>
    private DateTimeOffset? HappenedAt(ConsentCondition condition, ConsentPeriod period) =>
        EndAfter(condition, period) is { } end && !(Met.TryGetValue(condition, out var earlier) && earlier <= end) ? end
        : Met.TryGetValue(condition, out var recorded) ? recorded
        : null;

    /// <returns>The first end after the period was signed; null for none.</returns>
    private DateTimeOffset? EndAfter(ConsentCondition condition, ConsentPeriod period) => Ends
        .Where(end => end.Condition == condition && period.Form.SignedAt < end.At)
        .Select(end => (DateTimeOffset?)end.At)
        .Min();

    /// <summary>When the client last took it back or asked to, as counts at an instant: that speaks of every consent signed before.</summary>
    internal DateTimeOffset? WithdrawnAt(DateTimeOffset at) => Revocations
        .Concat(Holds.Where(hold => !(hold.LiftedAt <= at)).Select(hold => hold.From))
        .Where(since => since <= at)
        .Select(since => (DateTimeOffset?)SpeaksUntil(since))
        .Max();

    /// <summary>It was taken back, or asked to be, from an instant on.</summary>
    internal Consent TakenBack(ConsentEvent fact, DateTimeOffset since)
    {
        var last = When.LastOf(fact.OccurredAt, fact.OccurredUntil, fact.KnownAt);
        return since == fact.OccurredAt && last > SpeaksUntil(since) ? this with { CameBy = CameBy.SetItem(since, last) } : this;
    }

    /// <returns>How it stands, at an instant, against what was signed after it: what was taken back in writing first, and by word of mouth since, holds.</returns>
    internal ConsentStanding AgainstOthersAt(DateTimeOffset at) =>
        StandingAt(at) is ConsentStanding.Revoked && HeldSince(at) > RevokedSince(at) ? ConsentStanding.Held : StandingAt(at);

    /// <summary>Every instant at which this consent's standing may change.</summary>
    internal IEnumerable<DateTimeOffset> Instants() =>
    [
        .. Periods.Select(period => period.Term.EffectiveFrom),
        .. Periods.Select(period => period.Term.ExpiresAt).OfType<DateTimeOffset>(),
        .. Holds.Select(hold => hold.From),
        .. Holds.Select(hold => hold.LiftedAt).OfType<DateTimeOffset>(),
        .. Revocations,
        .. Met.Values,
        .. Ends.Select(end => end.At),
    ];

    private static DateTimeOffset? Last(IEnumerable<DateTimeOffset> instants, DateTimeOffset at) =>
        instants.Where(instant => instant <= at).Select(instant => (DateTimeOffset?)instant).Max();

    private bool IsOver(ConsentPeriod period, DateTimeOffset at) =>
        period.Term.ExpiresAt <= at || (period.Term.ExpiresOn is { } ends && HappenedAt(ends, period) <= at);
}

/// <summary>A consent as it was signed once.</summary>
public sealed record ConsentPeriod(ConsentTerm Term, ConsentForm Form);

/// <summary>A protective hold (R61).</summary>
/// <param name="From">UTC, inclusive.</param>
/// <param name="LiftedAt">UTC, exclusive; null while it stands.</param>
public sealed record ConsentHold(DateTimeOffset From, DateTimeOffset? LiftedAt);
