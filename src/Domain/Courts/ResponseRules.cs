namespace CaseFlow.Domain.Courts;

/// <summary>Incentives, sanctions and changes of service, by the court's own response matrix [S:in27].</summary>
internal static class ResponseRules
{
    private const int MostJailDays = 365;

    public static Rejection? Check(IncentiveGranted fact, ParticipationState state, CourtQuestion asked) =>
        CheckResponse(asked.Court.Configuration.Responses.Incentives, fact.Incentive, "incentive")
        ?? CheckBehaviour(fact.Behaviour, asked)
        ?? (BehaviourOf(fact.Behaviour, asked) is { Side: BehaviourSide.NonCompliance } ? ParticipationRejections.IncentiveForNonCompliance() : null);

    /// <summary>With its reason, after the participant was heard, and never for a symptom (R37), nor for what was asked.</summary>
    public static Rejection? Check(SanctionImposed fact, ParticipationState state, CourtQuestion asked) =>
        CheckResponse(asked.Court.Configuration.Responses.Sanctions, fact.Sanction, "sanction")
        ?? CheckBehaviour(fact.Behaviour, asked)
        ?? CheckSanctioned(fact.Behaviour, asked)
        ?? CheckHeard(fact.DueProcess, fact.HearingId, state);

    /// <summary>Advised by an agency of the directory that the court names as treating its participants (R37).</summary>
    public static Rejection? Check(ServiceAdjustmentMade fact, ParticipationState state, CourtQuestion asked) =>
        CheckResponse(asked.Court.Configuration.Responses.Adjustments, fact.Adjustment, "adjustment")
        ?? (fact.Behaviour is { } behaviour ? CheckBehaviour(behaviour, asked) : null)
        ?? (asked.Court.Configuration.IsTreatedBy(fact.TreatmentAgencyId) && asked.KnowsAgency(fact.TreatmentAgencyId)
            ? null
            : ParticipationRejections.TreatmentSourceUnknown());

    /// <summary>
    /// Up to the court's limit without a hearing of its own, together with what was imposed without one before, beyond it only with one held about it
    /// (R36, <see cref="JailRules"/>); unusually many are marked as such, and so is what was taken as heard.
    /// </summary>
    public static Decision<ParticipationEvent> Complete(JailSanctionImposed fact, ParticipationState state, CourtQuestion asked)
    {
        var limits = asked.Court.Configuration.Jail;
        if (!limits.Allowed)
            return ParticipationRejections.JailNotUsed();
        if (fact.Days is < 1 or > MostJailDays)
            return ParticipationRejections.AmountOutOfRange("days", 1, MostJailDays);
        if (fact.StartsOn < fact.OccurredOn)
            return ParticipationRejections.DueInThePast() with { Field = "startsOn" };
        if ((CheckBehaviour(fact.Behaviour, asked) ?? CheckSanctioned(fact.Behaviour, asked)) is { } rejection)
            return rejection;
        var (asHeard, beyond) = JailRules.Judge(fact, state, limits);
        return (beyond ?? CheckHeard(fact.DueProcess, fact.HearingId, state)) is { } unheard
            ? unheard
            : fact with { AboveUsual = fact.Days > limits.AlertAboveDays, TakenAsHeard = asHeard };
    }

    public static Rejection? Check(JailSanctionServed fact, ParticipationState state, CourtQuestion asked)
    {
        if (fact.Days is < 1 or > MostJailDays)
            return ParticipationRejections.AmountOutOfRange("days", 1, MostJailDays);
        return state.JailDays.GetValueOrDefault(fact.SanctionId) < fact.Days ? ParticipationRejections.JailDaysExceeded() : JailRules.CheckServed(fact, state);
    }

    /// <summary>A hearing that is named was held, and one is named where the participant was heard in it.</summary>
    private static Rejection? CheckHeard(DueProcess how, Guid? hearingId, ParticipationState state) =>
        (how == DueProcess.Hearing || hearingId is not null) && !HearingRules.IsHeld(hearingId, state) ? ParticipationRejections.HearingNotHeld() : null;

    private static Rejection? CheckResponse(IReadOnlyList<Response> responses, string code, string field) =>
        responses.Any(one => one.Code == code) ? null : ParticipationRejections.CodeUnknown(field);

    private static Rejection? CheckBehaviour(string code, CourtQuestion asked) =>
        BehaviourOf(code, asked) is null ? ParticipationRejections.CodeUnknown("behaviour") : null;

    private static Rejection? CheckSanctioned(string code, CourtQuestion asked) => BehaviourOf(code, asked) switch
    {
        { IsSymptom: true } => ParticipationRejections.SanctionForSymptom(),
        { Side: BehaviourSide.Compliance } => ParticipationRejections.SanctionForCompliance(),
        _ => null,
    };

    private static Behaviour? BehaviourOf(string code, CourtQuestion asked) => asked.Court.Configuration.Responses.Behaviours.FirstOrDefault(one => one.Code == code);
}
