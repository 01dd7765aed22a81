using System.Text.Json.Serialization;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;

namespace CaseFlow.Projections.CourtCompliance;

/// <summary>One entry of a participation, as far as measures need it: codes, days and amounts, never anybody's words.</summary>
/// <param name="EntryId">Names the entry.</param>
/// <param name="Kind">What was recorded.</param>
/// <param name="On">The court's local day.</param>
/// <param name="File">Which of the court's two files it is in (R39).</param>
public sealed record FileEntry(Guid EntryId, FileEntryKind Kind, DateOnly On, CourtFile File)
{
    /// <summary>The event that recorded it.</summary>
    public Guid EventId { get; init; }

    /// <summary>The hearing, condition, warrant, order or proposal that it is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? About { get; init; }

    /// <summary>What of its kind: an objective, a condition, a reason, a sanction.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }

    /// <summary>What else says which: a behaviour that is answered, a way of being present, a result.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Phase { get; init; }

    /// <summary>UTC: when a hearing is, or was; from when a participation that ended counts as over.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? At { get; init; }

    /// <summary>UTC: when it happened, of entries of which the last in time counts (<see cref="ComplianceEntry.OfficerId"/>, <see cref="Risk"/>).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? HappenedAt { get; init; }

    /// <summary>End of the local day, UTC, where only the day of that is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? HappenedUntil { get; init; }

    /// <summary>Local: until when, or when it begins.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? DueOn { get; init; }

    /// <summary>US cents, hours or days.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Amount { get; init; }

    /// <summary>Accepted, excused, reached, or referred onward.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Yes { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Codes { get; init; }

    /// <summary>When it was recorded that this was wrong; null while it counts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? RetractedAt { get; init; }

    /// <summary>It was recorded as a juvenile's: sealed, and erased, with that class.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsJuvenile { get; init; }

    /// <summary>Of new offences, by a screening of risk and need, which always says it; null for anything else.</summary>
    [JsonIgnore]
    public RiskNeedLevel? Risk => Kind == FileEntryKind.Screened && Code == ViewText.Of(ScreeningKind.RiskAndNeed) && Codes is [.., var risk, _]
        ? ViewText.To<RiskNeedLevel>(risk[RiskMark.Length..])
        : null;

    /// <summary>What the entry is about: the hearing, condition, warrant or order that it began names itself.</summary>
    [JsonIgnore]
    public Guid Subject => About ?? EntryId;

    /// <returns>Whether it happened before another one, as of two facts (<see cref="DomainEvent.IsBefore(DomainEvent)"/>); false where there is no other.</returns>
    internal bool IsBefore(FileEntry? other) => HappenedAt is { } at && other?.HappenedAt is { } then && When.IsOver(at, HappenedUntil, then);

    private const string RiskMark = "risk-";

    /// <returns>The entry that an event records; null for a retraction, which is no entry of its own.</returns>
    public static FileEntry? Of(ParticipationEvent fact, RecordedEvent recorded)
    {
        FileEntry As(FileEntryKind kind, Guid? about = null, string? code = null, string? detail = null) =>
            new(fact.EntryId, kind, fact.OccurredOn, fact.File)
            {
                EventId = recorded.EventId,
                About = about,
                Code = code,
                Detail = detail,
                IsJuvenile = (recorded.Headers as Circumstances)?.Labels.Contains(Label.Juvenile.Code(), StringComparer.Ordinal) is true,
            };
        FileEntry Ended(FileEntryKind kind, Guid? about = null, string? code = null, string? detail = null) => As(kind, about, code, detail) with { At = fact.CountsFrom() };
        return fact switch
        {
            TreatmentCourtReferred e => As(FileEntryKind.Referred, code: ViewText.Of(e.Source)),
            EligibilityScreened e => As(FileEntryKind.Screened, code: ViewText.Of(e.Kind), detail: ViewText.Of(e.Result)) with
            {
                Codes = [.. new[] { e.Band, e.Risk is { } risk ? RiskMark + ViewText.Of(risk) : null, e.Need is { } need ? $"need-{ViewText.Of(need)}" : null }.OfType<string>()],
                HappenedAt = e.OccurredAt,
                HappenedUntil = e.OccurredUntil,
            },
            EligibilityDetermined e => As(FileEntryKind.Determined, code: e.ReasonCode) with { Yes = e.Accepted },
            ParticipantDeclinedProgram e => As(FileEntryKind.Declined, code: e.ReasonCode),
            ParticipantAdmitted e => As(FileEntryKind.Admitted, code: ViewText.Of(e.Basis), detail: ViewText.Of(e.OnCompletion)) with
            {
                DueOn = e.BasisEndsOn,
                Codes = e.SourcesWithoutConsent,
            },
            PhaseAssigned e => As(FileEntryKind.PhaseAssigned) with { Phase = e.Phase },
            PhaseAdvanced e => As(FileEntryKind.PhaseAdvanced, detail: e.FromPhase) with { Phase = e.ToPhase },
            PhaseReturnedToEarlier e => As(FileEntryKind.PhaseReturned, detail: e.FromPhase) with { Phase = e.ToPhase },
            PhaseRequirementRecorded e => As(FileEntryKind.ObjectiveMet, code: e.Objective) with { Phase = e.Phase },
            PhaseRequirementWaived e => As(FileEntryKind.ObjectiveWaived, code: e.Objective) with { Phase = e.Phase },
            StatusHearingScheduled e => As(FileEntryKind.HearingScheduled, code: ViewText.Of(e.Kind)) with { At = e.ScheduledAt },
            StatusHearingHeld e => As(FileEntryKind.HearingHeld, e.HearingId, ViewText.Of(e.Kind), ViewText.Of(e.Presence)) with { At = e.OccurredAt },
            StatusHearingContinued e => As(FileEntryKind.HearingContinued, e.HearingId, detail: e.ReasonCode) with { At = e.ScheduledAt },
            StatusHearingMissed e => As(FileEntryKind.HearingMissed, e.HearingId) with { At = e.OccurredAt, Yes = e.Excused },
            StaffingHeld e => As(FileEntryKind.Staffing, e.HearingId),
            JudicialActionRecorded e => As(FileEntryKind.JudicialAction, e.HearingId, e.Action),
            ConditionOrdered e => As(FileEntryKind.ConditionOrdered, code: e.Kind) with { DueOn = e.DueOn },
            ConditionAmended e => As(FileEntryKind.ConditionAmended, e.ConditionId) with { DueOn = e.DueOn },
            ConditionSatisfied e => As(FileEntryKind.ConditionSatisfied, e.ConditionId),
            ConditionViolated e => As(FileEntryKind.ConditionViolated, e.ConditionId),
            ConditionLifted e => As(FileEntryKind.ConditionLifted, e.ConditionId),
            WarrantIssued e => As(FileEntryKind.WarrantIssued, code: e.ReasonCode),
            WarrantQuashed e => As(FileEntryKind.WarrantQuashed, e.WarrantId),
            TerminationProposed e => As(FileEntryKind.TerminationProposed, code: e.ReasonCode),
            TerminationHearingHeld e => As(FileEntryKind.TerminationHeard, e.ProposalId, ViewText.Of(e.Outcome)),
            ParticipationTerminated e => Ended(FileEntryKind.Terminated, e.ProposalId, e.ReasonCode) with { Yes = e.OnwardReferralId is not null },
            ParticipantWithdrew e => Ended(FileEntryKind.Withdrew, code: e.ReasonCode) with { Yes = e.OnwardReferralId is not null },
            ParticipationClosed e => Ended(FileEntryKind.Closed, code: ViewText.Of(e.Reason)),
            ParticipantGraduated e => Ended(FileEntryKind.Graduated, detail: ViewText.Of(e.OnCompletion)) with { Yes = e.OnwardReferralId is not null },
            CommencementHeld => As(FileEntryKind.Commencement),
            SupervisionOfficerNamed e => As(FileEntryKind.OfficerNamed, code: e.OfficerId) with { HappenedAt = e.OccurredAt, HappenedUntil = e.OccurredUntil },
            AftercareContactMade e => As(FileEntryKind.Aftercare, code: ViewText.Of(e.Mode)) with { Yes = e.Reached },
            _ => OfResponse(fact, As),
        };
    }

    private static FileEntry? OfResponse(ParticipationEvent fact, Func<FileEntryKind, Guid?, string?, string?, FileEntry> said) => fact switch
    {
        IncentiveGranted e => said(FileEntryKind.Incentive, null, e.Incentive, e.Behaviour),
        SanctionImposed e => said(FileEntryKind.Sanction, null, e.Sanction, e.Behaviour),
        ServiceAdjustmentMade e => said(FileEntryKind.Adjustment, null, e.Adjustment, e.Behaviour),
        JailSanctionImposed e => said(FileEntryKind.JailImposed, null, "jail", e.Behaviour) with { Amount = e.Days, DueOn = e.StartsOn },
        JailSanctionServed e => said(FileEntryKind.JailServed, e.SanctionId, null, null) with { Amount = e.Days },
        RestitutionOrdered e => said(FileEntryKind.RestitutionOrdered, null, null, null) with { Amount = e.AmountCents, DueOn = e.DueOn },
        RestitutionPaid e => said(FileEntryKind.RestitutionPaid, e.OrderId, null, null) with { Amount = e.AmountCents },
        FeeOrdered e => said(FileEntryKind.FeeOrdered, null, e.Kind, null) with { Amount = e.AmountCents, DueOn = e.DueOn },
        FeePaid e => said(FileEntryKind.FeePaid, e.OrderId, null, null) with { Amount = e.AmountCents },
        FeeWaived e => said(FileEntryKind.FeeWaived, e.OrderId, null, null) with { Amount = e.AmountCents },
        CommunityServiceOrdered e => said(FileEntryKind.ServiceOrdered, null, null, null) with { Amount = e.Hours, DueOn = e.DueOn },
        CommunityServiceCompleted e => said(FileEntryKind.ServiceDone, e.OrderId, null, null) with { Amount = e.Hours },
        _ => null,
    };
}

/// <summary>Kinds of entry in a participation.</summary>
public enum FileEntryKind
{
    Referred,
    Screened,
    Determined,
    Declined,
    Admitted,
    PhaseAssigned,
    PhaseAdvanced,
    PhaseReturned,
    ObjectiveMet,
    ObjectiveWaived,
    HearingScheduled,
    HearingHeld,
    HearingContinued,
    HearingMissed,
    Staffing,
    JudicialAction,
    ConditionOrdered,
    ConditionAmended,
    ConditionSatisfied,
    ConditionViolated,
    ConditionLifted,
    WarrantIssued,
    WarrantQuashed,
    Incentive,
    Sanction,
    Adjustment,
    JailImposed,
    JailServed,
    RestitutionOrdered,
    RestitutionPaid,
    FeeOrdered,
    FeePaid,
    FeeWaived,
    ServiceOrdered,
    ServiceDone,
    TerminationProposed,
    TerminationHeard,
    Terminated,
    Withdrew,
    Closed,
    Graduated,
    Commencement,
    Aftercare,
    OfficerNamed,
}
