using CaseFlow.Api.Erasures;
using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Projections.ReferralCompliance;

namespace CaseFlow.Api.ReferralCompliance;

/// <summary>One duty in the queue.</summary>
/// <param name="State">Where it stands at <c>evaluatedAt</c>.</param>
/// <param name="MetInTime">The verdict of a discharged duty; null for any other.</param>
/// <param name="MinutesLeft">Until due, below zero when overdue; null for a duty that is not open.</param>
/// <param name="PhaseWhenClosed">Where it stood when supervision ended.</param>
/// <param name="Referral">The sender's side, up to the proof of delivery.</param>
/// <param name="Engagement"><c>restricted</c> unless the client's consent to tell is in force: what the coach did, or did not do, is the
/// client's to share. Then <c>not-begun</c>, <c>accepted</c>, <c>declined</c>, <c>redirected</c>, <c>in-contact</c>, <c>could-not-contact</c> or
/// <c>closed</c>, with the outcome where the consent names the discharge.</param>
public sealed record DutyItem(
    Guid DutyId,
    Guid ClientId,
    string ClientCode,
    string AgentId,
    IReadOnlyList<string> PreviousAgentIds,
    string AgencyId,
    string OfficeId,
    string ProviderAgencyId,
    DutyStanding State,
    bool? MetInTime,
    DateTimeOffset ClockStartsAt,
    DateTimeOffset RemindAt,
    DateTimeOffset DueAt,
    long? MinutesLeft,
    DateTimeOffset? EndedAt,
    DutyPhase? PhaseWhenClosed,
    IReadOnlyList<KnownOverdose> Overdoses,
    int PolicyVersion,
    SentReferral? Referral,
    NotInterestedSummary? NotInterested,
    ExemptionSummary? Exemption,
    ImpossibilityEvidence? Impossibility,
    SignedBy? Attestation,
    SignedBy? Verification,
    ReturnedBy? Return,
    IReadOnlyList<SentNotice> Notices,
    IReadOnlyList<DueCorrection> Corrections,
    string Engagement)
{
    /// <summary>The record that stands for the client, of those on which the asker sees duties; the client's own unless records were merged.</summary>
    public Guid PersonId { get; init; } = ClientId;

    /// <summary>The client's record is sealed by order: nothing but the duty itself is shown.</summary>
    public bool IsSealed { get; init; }

    /// <summary>Why the content of the client's record is erased, a code; null while it has any. Nothing but the duty itself is left.</summary>
    public string? ErasedReason { get; init; }

    /// <summary>The one thing that is ever said about engagement without consent.</summary>
    public const string Restricted = "restricted";

    /// <param name="entry">The duty.</param>
    /// <param name="evaluatedAt">Overdue and time left at this instant.</param>
    /// <param name="open">Opens a sealed text, or says null.</param>
    /// <param name="engagement">What is told of engagement.</param>
    public static DutyItem Of(DutyEntry entry, DateTimeOffset evaluatedAt, Func<string?, string?> open, string engagement) => new(
        entry.DutyId,
        entry.ClientId,
        entry.ClientCode,
        entry.AgentId,
        entry.PreviousAgentIds,
        entry.AgencyId,
        entry.OfficeId,
        entry.ProviderAgencyId,
        entry.StandingAt(evaluatedAt),
        entry.MetInTime(),
        entry.ClockStartsAt,
        entry.RemindAt,
        entry.DueAt,
        entry.MinutesLeftAt(evaluatedAt),
        entry.EndedAt,
        entry.PhaseWhenClosed,
        entry.Overdoses,
        entry.PolicyVersion,
        entry.Referral,
        entry.NotInterested is { } no ? new NotInterestedSummary(no.AskedBy, no.AskedAt, no.Mode, no.ReofferDueOn) : null,
        entry.Exemption is { } exemption ? new ExemptionSummary(exemption.ReasonCode, exemption.ApprovedBy, exemption.ApprovedAt) : null,
        entry.Impossibility,
        entry.Attestation,
        entry.Verification,
        entry.Return is { } returned ? returned with { Reason = open(returned.Reason) } : null,
        entry.Notices,
        entry.Corrections,
        engagement);

    /// <summary>What stays of a hidden client's: whose duty it is and when it is due, so that nothing that is due is hidden.</summary>
    internal DutyItem WithoutContent(ContentHidden hidden) => this with
    {
        PreviousAgentIds = [],
        MetInTime = null,
        Overdoses = [],
        Referral = null,
        NotInterested = null,
        Exemption = null,
        Impossibility = null,
        Attestation = null,
        Verification = null,
        Return = null,
        Notices = [],
        Corrections = [],
        Engagement = Restricted,
        IsSealed = !hidden.IsErased,
        ErasedReason = hidden.IsErased ? hidden.ReasonCode : null,
    };

    public static DutyItem Example { get; } = Of(
        new DutyEntry(
            Guid.Parse("0195d6c4-0000-8000-8000-000000000004"),
            Guid.Parse("0195d6c4-0000-7000-8000-000000000001"),
            "C-7KQ2-9M",
            "agent-1",
            [],
            "dcc",
            "madison",
            "safe-communities",
            [new KnownOverdose(Guid.Parse("0195d6c4-0000-7000-8000-000000000002"), new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero))],
            new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2026, 3, 4, 16, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero),
            PolicyVersion: 3),
        new DateTimeOffset(2026, 3, 4, 13, 30, 0, TimeSpan.Zero),
        _ => null,
        Restricted);
}

/// <summary>Who asked the client, when and how; the client's words are among the facts of the duty.</summary>
public sealed record NotInterestedSummary(string AskedBy, DateTimeOffset AskedAt, ContactMode Mode, DateOnly ReofferDueOn);

public sealed record ExemptionSummary(string ReasonCode, string ApprovedBy, DateTimeOffset ApprovedAt);
