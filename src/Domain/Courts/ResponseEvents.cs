namespace CaseFlow.Domain.Courts;

// Storage format: renaming a type or a member here breaks every participation already recorded.

/// <param name="Incentive">One of the response matrix.</param>
/// <param name="Behaviour">What it answers, one of the response matrix.</param>
public sealed record IncentiveGranted(string Incentive, string Behaviour) : ParticipationEvent;

/// <summary>The words are the reason, and there is always one.</summary>
/// <param name="Sanction">One of the response matrix.</param>
/// <param name="Behaviour">What it answers, one of the response matrix; never a symptom (R37).</param>
/// <param name="DueProcess">How the participant was heard.</param>
/// <param name="HearingId">The hearing held about it; null unless one was.</param>
/// <param name="DueProcessReference">Where that is written, sealed.</param>
public sealed record SanctionImposed(
    string Sanction, string Behaviour, DueProcess DueProcess, Guid? HearingId, Sealed<string> DueProcessReference) : ParticipationEvent
{
    internal override string Said() => $"{Sanction} {Behaviour} {DueProcess} {HearingId} {File} {string.Join(',', DecidedBy)}";
}

/// <summary>A change of service, decided with whoever treats the participant (R37). Always confidential.</summary>
/// <param name="Adjustment">One of the response matrix.</param>
/// <param name="Behaviour">What it answers, one of the response matrix; null for none.</param>
/// <param name="TreatmentAgencyId">The agency that treats the participant and advised it.</param>
public sealed record ServiceAdjustmentMade(string Adjustment, string? Behaviour, string TreatmentAgencyId) : ParticipationEvent;

/// <summary>Days in jail as a sanction (R36); its entry id names it from then on. The words are the reason.</summary>
/// <param name="StartsOn">Local date.</param>
/// <param name="AboveUsual">More than the court takes as usual.</param>
public sealed record JailSanctionImposed(
    int Days,
    string Behaviour,
    DateOnly StartsOn,
    DueProcess DueProcess,
    Guid? HearingId,
    Sealed<string> DueProcessReference,
    bool AboveUsual) : ParticipationEvent
{
    /// <summary>Whether the hearing that it names permitted it; what was not heard is counted together. Null in what was recorded before this was kept.</summary>
    public bool? TakenAsHeard { get; init; }

    internal override string Said() =>
        $"{Days} {Behaviour} {StartsOn:O} {DueProcess} {HearingId} {File} {string.Join(',', DecidedBy)}";
}

/// <param name="SanctionId">The jail sanction.</param>
/// <param name="Days">Days served of it now.</param>
public sealed record JailSanctionServed(Guid SanctionId, int Days) : ParticipationEvent;

/// <summary>Its entry id names it from then on.</summary>
/// <param name="AmountCents">US cents.</param>
public sealed record RestitutionOrdered(long AmountCents, DateOnly? DueOn) : ParticipationEvent;

/// <param name="OrderId">The restitution.</param>
public sealed record RestitutionPaid(Guid OrderId, long AmountCents) : ParticipationEvent;

/// <summary>Its entry id names it from then on.</summary>
/// <param name="Kind">A code in kebab-case, such as <c>program-fee</c>.</param>
/// <param name="AmountCents">US cents.</param>
public sealed record FeeOrdered(string Kind, long AmountCents, DateOnly? DueOn) : ParticipationEvent;

/// <param name="OrderId">The fee.</param>
public sealed record FeePaid(Guid OrderId, long AmountCents) : ParticipationEvent;

/// <summary>The court forgoes all or part of a fee; the words say why.</summary>
/// <param name="OrderId">The fee.</param>
public sealed record FeeWaived(Guid OrderId, long AmountCents) : ParticipationEvent;

/// <summary>Its entry id names it from then on.</summary>
public sealed record CommunityServiceOrdered(int Hours, DateOnly? DueOn) : ParticipationEvent;

/// <param name="OrderId">The community service.</param>
/// <param name="Hours">Hours done of it now.</param>
public sealed record CommunityServiceCompleted(Guid OrderId, int Hours) : ParticipationEvent;

/// <summary>How a participant was heard before a sanction [S:wi-recordkeeping-2011].</summary>
public enum DueProcess
{
    /// <summary>In a hearing about it.</summary>
    Hearing,

    /// <summary>The participant gave up the hearing, advised by counsel.</summary>
    HearingWaived,

    /// <summary>Told of what was observed, and given the chance to answer, in court.</summary>
    HeardInCourt,
}
