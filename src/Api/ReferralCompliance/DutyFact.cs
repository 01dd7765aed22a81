using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Referrals;
using CaseFlow.EventStore;
using CaseFlow.Projections;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Api.ReferralCompliance;

/// <summary>One fact behind a duty: who, when, under which policy.</summary>
/// <param name="Kind">Stored event name.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="Said">The sealed part in plain words (the client's answer, a reason, where the proof is); null for those who may not read it.</param>
public sealed record DutyFact(
    Guid EventId,
    string Kind,
    string Summary,
    string? By,
    Role? Role,
    string? Agency,
    string? OnBehalfOf,
    DateTimeOffset OccurredAt,
    TimePrecision OccurredPrecision,
    DateTimeOffset? OccurredUntil,
    DateTimeOffset KnownAt,
    DateTimeOffset RecordedAt,
    int? PolicyVersion,
    Guid? CorrectsEventId,
    string? Said)
{
    /// <param name="recorded">A fact of the duty, or of the sender's side of its referral.</param>
    /// <param name="open">Opens a sealed text, or says null.</param>
    public static DutyFact Of(RecordedEvent recorded, Func<string?, string?> open)
    {
        var fact = (DomainEvent)recorded.Data;
        var by = recorded.Headers as Circumstances;
        return new DutyFact(
            recorded.EventId,
            ProjectionCatalogue.EventTypes.StoredName(fact.GetType()),
            Summaries.Of(fact),
            by?.Actor,
            by?.Role,
            by?.Agency,
            by?.OnBehalfOf,
            fact.OccurredAt,
            fact.OccurredPrecision,
            fact.OccurredUntil,
            fact.KnownAt,
            recorded.RecordedAt,
            PolicyVersionOf(fact) ?? by?.PolicyVersion,
            (fact as ICorrection)?.CorrectedEventId,
            open(SealedIn(fact)));
    }

    public static DutyFact Example { get; } = new(
        Guid.Parse("0195d6c4-0000-7000-8000-000000000009"),
        "referral_duty_triggered",
        "Duty to refer to safe-communities, due 2026-03-04 16:00:00Z",
        "agent-1",
        Domain.Role.Agent,
        "dcc",
        OnBehalfOf: null,
        new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero),
        TimePrecision.Exact,
        OccurredUntil: null,
        new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero),
        new DateTimeOffset(2026, 3, 3, 16, 5, 0, TimeSpan.Zero),
        PolicyVersion: 3,
        CorrectsEventId: null,
        Said: null);

    private static int? PolicyVersionOf(DomainEvent fact) => fact switch
    {
        ReferralDutyTriggered e => e.PolicyVersion,
        OverdoseMergedIntoDuty e => e.PolicyVersion,
        ReferralDutyDischarged e => e.PolicyVersion,
        ReferralDutyDueMoved e => e.PolicyVersion,
        ReferralDutyRejudged e => e.PolicyVersion,
        ReferralSent e => e.PolicyVersion,
        _ => null,
    };

    private static string? SealedIn(DomainEvent fact) => fact switch
    {
        ClientNotInterestedRecorded e => e.Answer.Token,
        ReferralDutyExemptionRecorded e => e.Evidence?.Token,
        ReferralDutyReturned e => e.Reason.Token,
        AgentKnowledgeCorrected e => e.Reason.Token,
        ReferralCreated e => e.Message?.Token,
        ReferralDeliveryFailed e => e.Reason.Token,
        _ => null,
    };
}
