using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Supervision;

namespace CaseFlow.Domain.Consents;

/// <summary>An end that a consent may wait for and that was recorded where it happened, so that nobody has to record it with the consent (R60).</summary>
/// <param name="Condition">Of supervision, or of a programme.</param>
/// <param name="At">UTC, from when on it counts: known to the day, from the end of that day.</param>
/// <param name="Court">The court's agency, for a programme; null for supervision.</param>
/// <param name="Position">Where in the log it was recorded; null before it has its place there.</param>
public sealed record LoggedEnd(ConsentCondition Condition, DateTimeOffset At, string? Court, long? Position)
{
    /// <summary>It was entered by mistake.</summary>
    public bool IsRetracted { get; init; }

    /// <summary>Where that was recorded; null for not at all, and before it has its place in the log.</summary>
    public long? RetractedPosition { get; init; }

    /// <returns>Whether it stood as far as was known at a log position; null for all that is known.</returns>
    public bool StoodAt(long? position) => position is null ? !IsRetracted : Position <= position && !(RetractedPosition <= position);
}

/// <summary>
/// Which ends the log has by itself: of supervision, and of taking part in a treatment court, whatever came of it. A final disposition, the end of a treatment
/// and whatever ends elsewhere is not in it: somebody records that with the consent.
/// </summary>
public static class LoggedEnds
{
    /// <summary>What has to be read of a supervision, and of a time in a court, to know its ends.</summary>
    public static IReadOnlyList<Type> Facts { get; } =
    [
        typeof(SupervisionEnded), typeof(TreatmentCourtReferred), typeof(EligibilityDetermined), typeof(ParticipantDeclinedProgram), typeof(ParticipationTerminated),
        typeof(ParticipantWithdrew), typeof(ParticipationClosed), typeof(ParticipantGraduated), typeof(CourtEntryRetracted),
    ];

    /// <returns>The ends that one stream tells, the retracted ones too.</returns>
    /// <param name="stream">Facts of a supervision, or of one time in a court, oldest first, each with its place in the log.</param>
    public static IReadOnlyList<LoggedEnd> Of(IReadOnlyCollection<(DomainEvent Fact, long? Position)> stream)
    {
        var court = stream.Select(one => one.Fact).OfType<TreatmentCourtReferred>().FirstOrDefault()?.AgencyId;
        return [.. stream.Select(one => EndOf(one.Fact, one.Position)).OfType<LoggedEnd>()];

        LoggedEnd? EndOf(DomainEvent fact, long? position) => fact switch
        {
            SupervisionEnded => new LoggedEnd(ConsentCondition.EndOfSupervision, fact.CountsFrom(), Court: null, position),
            ParticipationEvent entry when FollowingRules.IsEnd(entry) => Retracted(entry, new LoggedEnd(ConsentCondition.EndOfProgram, fact.CountsFrom(), court, position)),
            _ => null,
        };

        LoggedEnd Retracted(ParticipationEvent entry, LoggedEnd end) => stream
            .Where(one => one.Fact is CourtEntryRetracted retraction && retraction.RetractedEntryId == entry.EntryId)
            .Select(one => end with { IsRetracted = true, RetractedPosition = one.Position })
            .FirstOrDefault() ?? end;
    }

    /// <summary>
    /// A client's consents with the ends that the log has. A consent ends with the first end after it was signed, so what begins again afterwards does not
    /// revive it; one that was signed afterwards has its own to come. Of a programme it is the end in a court that the consent names. What is irrevocable until
    /// then is revocable from then on, and what the client had asked to take back is taken back by it (42 CFR 2.35).
    /// </summary>
    /// <param name="consents">As they were recorded.</param>
    /// <param name="ends">Of the person, on whichever of their records.</param>
    /// <param name="kindOf">What kind of agency one is.</param>
    /// <param name="position">Only those that stood as far as was known there; null for all that is known.</param>
    public static ConsentState EndedBy(
        this ConsentState consents, IReadOnlyCollection<LoggedEnd> ends, Func<string, AgencyKind?> kindOf, long? position = null) =>
        ends.Count == 0 || !consents.Consents.Exists(WaitsForAny)
            ? consents
            : consents with
            {
                Consents = consents.Consents.ConvertAll(consent => consent.With([.. ends.Where(end => end.StoodAt(position) && consent.IsEndedBy(end, kindOf))])),
            };

    /// <returns>Whether an end is one that a consent waits for.</returns>
    public static bool IsEndedBy(this Consent consent, LoggedEnd end, Func<string, AgencyKind?> kindOf) =>
        consent.WaitsFor(end.Condition)
        && consent.Periods.Exists(period => period.Form.SignedAt < end.At)
        && (end.Condition == ConsentCondition.EndOfSupervision || (end.Court is { } court && consent.Scope.NamesCourt(court, kindOf(court))));

    /// <returns>Whether a consent waits for an event that the log can have.</returns>
    public static bool WaitsForAny(this Consent consent) => consent.WaitsFor(ConsentCondition.EndOfSupervision) || consent.WaitsFor(ConsentCondition.EndOfProgram);

    /// <returns>Whether a consent waits for an event, to end or to become revocable.</returns>
    public static bool WaitsFor(this Consent consent, ConsentCondition condition) =>
        consent.Periods.Exists(period => period.Term.ExpiresOn == condition || period.Term.IrrevocableUntil == condition);

    /// <returns>Whether a consent names a court's agency, as who tells or who is told, itself or as one of its kind.</returns>
    public static bool NamesCourt(this ConsentScope scope, string court, AgencyKind? kind) =>
        scope.NamesDiscloser(court, kind) || scope.NamesRecipient(court, kind, person: null);
}
