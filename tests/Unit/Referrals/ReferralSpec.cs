using CaseFlow.Domain;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Referrals;

namespace CaseFlow.Unit.Referrals;

/// <summary>A referral from community corrections to Safe Communities.</summary>
public static class ReferralFacts
{
    public static readonly DateTimeOffset Now = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);
    public static readonly Guid ReferralId = Guid.Parse("0195d6c4-0000-7000-8000-0000000000e1");
    public static readonly Guid ClientId = Guid.Parse("0195d6c4-0000-7000-8000-000000000001");
    public static readonly Guid DutyId = Guid.Parse("0195d6c4-0000-7000-8000-0000000000d1");

    public static readonly Actor Agent = new("ada", Role.Agent, "demo", "dcc", "north");
    public static readonly Actor Coach = new("cora", Role.Coach, "demo", "safe-communities");
    public static readonly Actor Transport = new("fax-gateway", Role.Service, "demo");

    public static readonly PolicyInForce Policy = new(JurisdictionPolicy.Default("safe-communities"), Version: 3, LatestVersion: 4);

    public static readonly Rejection InFuture = TimeRejections.KnownInFuture(Now.AddDays(1), Now);

    public static readonly ReferralCreated Created =
        new ReferralCreated("dcc", "safe-communities", "ada", "recovery-coach", Sealed<string>.Of("Please call in the evening"))
        {
            ReferralId = ReferralId,
            ClientId = ClientId,
            DutyId = DutyId,
        }.At(Now);

    /// <summary>Tuesday 10:00; acknowledged by Thursday 10:00, notice on Monday 10:00 after the clocks changed on Sunday.</summary>
    public static readonly ReferralSent Sent =
        new ReferralSent(ReferralChannel.Inbox, Now.AddDays(2), Now.AddDays(6).AddHours(-1), PolicyVersion: 3)
        {
            ReferralId = ReferralId,
            ClientId = ClientId,
            DutyId = DutyId,
        }.At(Now);

    public static readonly ReferralDeliveryConfirmed Delivered =
        new ReferralDeliveryConfirmed(DeliveryProof.ReceiverAcknowledgement, Receipt: null)
        {
            ReferralId = ReferralId,
            ClientId = ClientId,
            DutyId = DutyId,
        }.At(Now);

    public static readonly ReferralDeliveryFailed Failed = new ReferralDeliveryFailed(Sealed<string>.Of("line busy"))
    {
        ReferralId = ReferralId,
        ClientId = ClientId,
        DutyId = DutyId,
    }.At(Now);

    public static readonly ReferralWithdrawn Withdrawn = new ReferralWithdrawn(WithdrawalReason.Duplicate)
    {
        ReferralId = ReferralId,
        ClientId = ClientId,
        DutyId = DutyId,
    }.At(Now);
}

public abstract class ReferralSpec() : Spec<ReferralState, ReferralEvent>(ReferralState.Initial, ReferralState.Evolve);
