namespace CaseFlow.Domain.Courts;

/// <summary>Incentives, sanctions and changes of service, by the court's own response matrix [S:in27].</summary>
internal static class ResponseRules
{
    private const int MostJailDays = 365;

    public static Rejection? Check(IncentiveGranted fact, ParticipationState state, CourtQuestion asked) =>
        CheckResponse(asked.Court.Configuration.Responses.Incentives, fact.Incentive, "incentive") ?? CheckBehaviour(fact.Behaviour, asked);

    /// <summary>With its reason, after the participant was heard, and never for a symptom (R37).</summary>
    public static Rejection? Check(SanctionImposed fact, ParticipationState state, CourtQuestion asked) =>
        CheckResponse(asked.Court.Configuration.Responses.Sanctions, fact.Sanction, "sanction")
        ?? CheckBehaviour(fact.Behaviour, asked)
        ?? CheckNoSymptom(fact.Behaviour, asked)
        ?? CheckHeard(fact.DueProcess, fact.HearingId, state);

    /// <summary>Advised by an agency of the directory that the court names as treating its participants (R37).</summary>
    public static Rejection? Check(ServiceAdjustmentMade fact, ParticipationState state, CourtQuestion asked) =>
        CheckResponse(asked.Court.Configuration.Responses.Adjustments, fact.Adjustment, "adjustment")
        ?? (fact.Behaviour is { } behaviour ? CheckBehaviour(behaviour, asked) : null)
        ?? (asked.Court.Configuration.IsTreatedBy(fact.TreatmentAgencyId) && asked.KnowsAgency(fact.TreatmentAgencyId)
            ? null
            : ParticipationRejections.TreatmentSourceUnknown());

    /// <summary>
    /// Up to the court's limit without a hearing of its own, together with what was imposed without one before (<see cref="JailRules"/>), beyond it
    /// only with one held about it (R36); unusually many are marked as such.
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
        if ((CheckBehaviour(fact.Behaviour, asked) ?? CheckNoSymptom(fact.Behaviour, asked)) is { } rejection)
            return rejection;
        if (!JailRules.IsHeard(fact, state) && JailRules.DaysWithoutHearing(fact, state, limits.WindowDays) is var together && together > limits.DaysWithoutHearing)
            return ParticipationRejections.JailOverLimitWithoutHearing(limits.DaysWithoutHearing, together);
        return CheckHeard(fact.DueProcess, fact.HearingId, state) is { } unheard ? unheard : fact with { AboveUsual = fact.Days > limits.AlertAboveDays };
    }

    public static Rejection? Check(JailSanctionServed fact, ParticipationState state, CourtQuestion asked)
    {
        if (fact.Days is < 1 or > MostJailDays)
            return ParticipationRejections.AmountOutOfRange("days", 1, MostJailDays);
        return state.JailDays.GetValueOrDefault(fact.SanctionId) < fact.Days ? ParticipationRejections.JailDaysExceeded() : null;
    }

    /// <summary>A hearing that is named was held, and one is named where the participant was heard in it.</summary>
    private static Rejection? CheckHeard(DueProcess how, Guid? hearingId, ParticipationState state) =>
        (how == DueProcess.Hearing || hearingId is not null) && !HearingRules.IsHeld(hearingId, state) ? ParticipationRejections.HearingNotHeld() : null;

    private static Rejection? CheckResponse(IReadOnlyList<Response> responses, string code, string field) =>
        responses.Any(one => one.Code == code) ? null : ParticipationRejections.CodeUnknown(field);

    private static Rejection? CheckBehaviour(string code, CourtQuestion asked) =>
        asked.Court.Configuration.Responses.Behaviours.Any(one => one.Code == code) ? null : ParticipationRejections.CodeUnknown("behaviour");

    private static Rejection? CheckNoSymptom(string code, CourtQuestion asked) =>
        asked.Court.Configuration.Responses.Behaviours.Any(one => one.Code == code && one.IsSymptom) ? ParticipationRejections.SanctionForSymptom() : null;
}
