using System.Collections.Immutable;
using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Referrals;

namespace CaseFlow.Projections.ReferralCompliance;

/// <summary>
/// One duty as the compliance queue shows it: what is owed, by whom, until when, what was done and proven. Overdue and time
/// left are computed from <see cref="DueAt"/> and the asked instant. Nothing of what a coach did after delivery is in here,
/// so nothing of it can show.
/// </summary>
public sealed record DutyEntry(
    Guid DutyId,
    Guid ClientId,
    string ClientCode,
    string AgentId,
    ImmutableList<string> PreviousAgentIds,
    string AgencyId,
    string OfficeId,
    string ProviderAgencyId,
    ImmutableList<KnownOverdose> Overdoses,
    DateTimeOffset ClockStartsAt,
    DateTimeOffset DueAt,
    DateTimeOffset RemindAt,
    int PolicyVersion,
    DutyPhase Phase = DutyPhase.Open)
{
    public DischargePath? Path { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Where it stood when supervision ended; null unless it closed so.</summary>
    public DutyPhase? PhaseWhenClosed { get; init; }

    /// <summary>The verdict; null while undischarged.</summary>
    public bool? InTime { get; init; }

    public SentReferral? Referral { get; init; }

    public NotInterestedEvidence? NotInterested { get; init; }

    public ExemptionEvidence? Exemption { get; init; }

    public ImpossibilityEvidence? Impossibility { get; init; }

    public SignedBy? Attestation { get; init; }

    public SignedBy? Verification { get; init; }

    public ReturnedBy? Return { get; init; }

    /// <summary>Notices that went out, oldest first.</summary>
    public ImmutableList<SentNotice> Notices { get; init; } = [];

    /// <summary>Corrections that moved the due time or the verdict, oldest first.</summary>
    public ImmutableList<DueCorrection> Corrections { get; init; } = [];

    /// <summary>A second draft never hides a referral that is on its way or has arrived, unless the supervisor returned the duty.</summary>
    private bool WantsReferral => Return is not null || Referral is not { Step: ReferralStep.Sent or ReferralStep.Delivered };

    /// <returns>The entry after the event; null before the duty was triggered.</returns>
    public static DutyEntry? Evolve(DutyEntry? entry, DomainEvent fact) => (entry, fact) switch
    {
        (_, ReferralDutyTriggered e) => new DutyEntry(
            e.DutyId, e.ClientId, Domain.Clients.ClientCode.Of(e.ClientId), e.AgentId, [], e.AgencyId, e.OfficeId, e.ProviderAgencyId,
            [new KnownOverdose(e.OverdoseId, e.OccurredAt)], e.ClockStartsAt, e.DueAt, e.RemindAt, e.PolicyVersion),
        (null, _) => null,
        (_, OverdoseMergedIntoDuty e) => entry with { Overdoses = entry.Overdoses.Add(new KnownOverdose(e.OverdoseId, e.OccurredAt)) },
        (_, AgentKnowledgeCorrected e) => entry with
        {
            Overdoses = entry.Overdoses.ConvertAll(known =>
                known.OverdoseId == e.OverdoseId ? known with { KnownAt = e.CorrectedKnownAt, PreviousKnownAt = e.PreviousKnownAt } : known),
        },
        (_, ReferralDutyDueMoved e) => (entry with { ClockStartsAt = e.ClockStartsAt, RemindAt = e.RemindAt }).Corrected(e.PreviousDueAt, e.DueAt, e.PolicyVersion),
        (_, ReferralDutyRejudged e) => (entry with
        {
            ClockStartsAt = e.ClockStartsAt,
            // As of an instant before the discharge there is no verdict yet to judge again.
            InTime = entry.Phase == DutyPhase.Discharged ? e.InTime : entry.InTime,
            Verification = null,
        }).Corrected(e.PreviousDueAt, e.DueAt, e.PolicyVersion),
        (_, ReferralDutyReassigned e) => entry with
        {
            AgentId = e.AgentId,
            AgencyId = e.AgencyId,
            OfficeId = e.OfficeId,
            PreviousAgentIds = entry.PreviousAgentIds.Add(e.PreviousAgentId),
        },
        (_, ClientNotInterestedRecorded e) => entry with
        {
            NotInterested = new NotInterestedEvidence(e.AskedBy, e.OccurredAt, e.Mode, e.Answer.Token, e.ReofferDueOn),
        },
        (_, ReferralDutyExemptionRecorded e) => entry with { Exemption = new ExemptionEvidence(e.ReasonCode, e.ApprovedBy, e.OccurredAt, e.Evidence?.Token) },
        (_, ReferralDutyImpossibilityRecorded e) => entry with
        {
            Phase = DutyPhase.Impossible,
            EndedAt = e.OccurredAt,
            Impossibility = new ImpossibilityEvidence(e.Reason, [.. e.Attempts]),
        },
        (_, ReferralDutyDischarged e) => entry with
        {
            Overdoses = entry.StillIn(e),
            Phase = DutyPhase.Discharged,
            Path = e.Path,
            EndedAt = e.OccurredAt,
            InTime = e.InTime,
            Attestation = null,
            Verification = null,
            Return = null,
        },
        (_, ReferralDutyClosedUnsupervised e) => entry with
        {
            Phase = DutyPhase.ClosedUnsupervised,
            PhaseWhenClosed = e.PhaseThen,
            EndedAt = e.OccurredAt,
        },
        (_, ReferralAttestationGiven e) => entry with { Attestation = new SignedBy(e.AttestedBy, e.OccurredAt), Return = null },
        (_, AgentSupervisorVerified e) => entry with { Verification = new SignedBy(e.VerifiedBy, e.OccurredAt) },
        (_, ReferralDutyReturned e) => entry with
        {
            Phase = e.ReopenedDueAt is null ? entry.Phase : DutyPhase.Open,
            EndedAt = e.ReopenedDueAt is null ? entry.EndedAt : null,
            Attestation = null,
            Verification = null,
            Return = new ReturnedBy(e.ReturnedBy, e.OccurredAt, e.Reason.Token),
        },
        (_, ReferralCreated e) when entry.WantsReferral => entry with
        {
            Referral = new SentReferral(e.ReferralId, e.ToAgencyId, ReferralStep.Created, e.OccurredAt),
        },
        (_, ReferralSent e) => entry.WithReferral(e, ReferralStep.Sent, referral => referral with { AcknowledgeBy = e.AcknowledgeBy }),
        (_, ReferralDeliveryConfirmed e) => entry.WithReferral(e, ReferralStep.Delivered, referral => referral with { Proof = e.Proof }),
        (_, ReferralDeliveryFailed e) => entry.WithReferral(e, ReferralStep.Failed, referral => referral),
        (_, ReferralWithdrawn e) => entry.WithReferral(e, ReferralStep.Withdrawn, referral => referral),
        (_, NoticeEvent e) => entry with { Notices = entry.Notices.Add(new SentNotice(KindOf(e), e.OccurredAt)) },
        _ => entry,
    };

    /// <summary>What the agent learned after a delivery that was proven late is owed anew, in a duty of its own.</summary>
    private ImmutableList<KnownOverdose> StillIn(ReferralDutyDischarged discharged) =>
        discharged.Path == DischargePath.Referred && Overdoses.Exists(known => known.KnownAt <= discharged.OccurredAt)
            ? Overdoses.RemoveAll(known => known.KnownAt > discharged.OccurredAt)
            : Overdoses;

    private DutyEntry Corrected(DateTimeOffset previousDueAt, DateTimeOffset dueAt, int policyVersion) => this with
    {
        DueAt = dueAt,
        PolicyVersion = policyVersion,
        Corrections = Corrections.Add(new DueCorrection(previousDueAt, dueAt)),
    };

    private DutyEntry WithReferral(ReferralEvent fact, ReferralStep step, Func<SentReferral, SentReferral> change) =>
        Referral?.ReferralId == fact.ReferralId
            ? this with { Referral = change(Referral) with { Step = step, StepAt = fact.OccurredAt } }
            : this;

    private static NoticeKind KindOf(NoticeEvent notice) => notice switch
    {
        ReferralDutyReminderSent => NoticeKind.Reminder,
        ReferralDutyOverdue => NoticeKind.Overdue,
        _ => NoticeKind.Unacknowledged,
    };
}

/// <summary>An overdose that the agent knows of, with the corrected moment of knowing.</summary>
public sealed record KnownOverdose(Guid OverdoseId, DateTimeOffset KnownAt, DateTimeOffset? PreviousKnownAt = null);

/// <summary>The sender's side of the referral, up to the proof of delivery and not beyond.</summary>
public sealed record SentReferral(
    Guid ReferralId, string ToAgencyId, ReferralStep Step, DateTimeOffset StepAt, DateTimeOffset? AcknowledgeBy = null, DeliveryProof? Proof = null);

public enum ReferralStep
{
    Created,
    Sent,
    Failed,
    Delivered,
    Withdrawn,
}

/// <summary>Who asked, when and how; <see cref="Answer"/> is a sealed token.</summary>
public sealed record NotInterestedEvidence(string AskedBy, DateTimeOffset AskedAt, ContactMode Mode, string? Answer, DateOnly ReofferDueOn);

public sealed record ExemptionEvidence(string ReasonCode, string ApprovedBy, DateTimeOffset ApprovedAt, string? Evidence);

public sealed record ImpossibilityEvidence(ImpossibleReason Reason, ImmutableList<ContactAttempt> Attempts);

public sealed record SignedBy(string By, DateTimeOffset At);

public sealed record ReturnedBy(string By, DateTimeOffset At, string? Reason);

public sealed record SentNotice(NoticeKind Kind, DateTimeOffset SentAt);

public sealed record DueCorrection(DateTimeOffset PreviousDueAt, DateTimeOffset DueAt);
