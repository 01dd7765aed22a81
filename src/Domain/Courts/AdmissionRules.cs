namespace CaseFlow.Domain.Courts;

/// <summary>From the referral to the admission.</summary>
internal static class AdmissionRules
{
    /// <summary>
    /// Before the client is admitted or the referral is over; later only in the place of one that was retracted, as it was found before the court
    /// decided: what the decision rested on is put right, and nobody is screened for it afterwards.
    /// </summary>
    public static Rejection? Check(EligibilityScreened fact, ParticipationState state, CourtQuestion asked)
    {
        var isInPlaceOfAnother = !state.Screenings.ContainsKey(fact.Kind) && state.Log.OfType<EligibilityScreened>().Any(one => one.Kind == fact.Kind);
        if (state.Stage > ParticipationStage.Accepted && !isInPlaceOfAnother)
            return state.IsOver ? ParticipationRejections.Over(state.Stage) : ParticipationRejections.WrongStage(state.Stage);
        if (isInPlaceOfAnother && fact.OccurredAt > DecidedAt(state))
            return ParticipationRejections.ScreeningAfterDecision();

        return fact is { Kind: ScreeningKind.RiskAndNeed, Risk: null } or { Kind: ScreeningKind.RiskAndNeed, Need: null }
            ? ParticipationRejections.ScreeningIncomplete()
            : null;
    }

    /// <summary>When the court decided; whoever declined before it did is out since then.</summary>
    private static DateTimeOffset? DecidedAt(ParticipationState state) =>
        state.Log.OfType<EligibilityDetermined>().LastOrDefault(one => !state.Retracted.Contains(one.EntryId))?.OccurredAt ?? state.EndedAt;

    /// <summary>Somebody is accepted who was screened in every way, and whom no last screening rules out; declined for a reason at any time.</summary>
    public static Rejection? Check(EligibilityDetermined fact, ParticipationState state, CourtQuestion asked)
    {
        if (!asked.Court.Configuration.EligibilityReasons.Contains(fact.ReasonCode))
            return ParticipationRejections.CodeUnknown("reasonCode");
        if (!fact.Accepted)
            return null;

        var kinds = Enum.GetValues<ScreeningKind>();
        if (kinds.Where(kind => !state.Screenings.ContainsKey(kind)).Select(PlainNames.Words).ToList() is { Count: > 0 } missing)
            return ParticipationRejections.ScreeningsMissing(missing);
        return kinds.Where(kind => state.Screenings[kind].Result == ScreeningResult.DoesNotMeet).Select(PlainNames.Words).FirstOrDefault() is { } unfit
            ? ParticipationRejections.ScreeningNotMet(unfit)
            : null;
    }

    public static Rejection? Check(ParticipantDeclinedProgram fact, ParticipationState state, CourtQuestion asked) =>
        asked.Court.Configuration.EligibilityReasons.Contains(fact.ReasonCode) ? null : ParticipationRejections.CodeUnknown("reasonCode");

    /// <summary>
    /// With a legal basis that the court admits on, and every provider's consent in place, or the legal reason to admit without (R38): a
    /// soft stop. What no consent lets through stays away from the team nevertheless. The participant begins in the first phase. In the place of an
    /// admission that was retracted: not after what was done about a test since.
    /// </summary>
    public static Decision<ParticipationEvent> Complete(ParticipantAdmitted fact, ParticipationState state, CourtQuestion asked)
    {
        var court = asked.Court.Configuration;
        if (!court.LegalBases.Contains(fact.Basis))
            return ParticipationRejections.LegalBasisNotHere();
        if (fact.DocumentSignedOn > fact.OccurredOn)
            return ParticipationRejections.LegalBasisUnsigned();
        if (fact.BasisEndsOn <= fact.OccurredOn)
            return ParticipationRejections.LegalBasisOver();
        if (!CanMean(fact.Basis, fact.OnCompletion))
            return ParticipationRejections.CompletionNotOfBasis();
        if (fact.OverrideReason is { } reason && !court.OverrideReasons.Contains(reason))
            return ParticipationRejections.CodeUnknown("overrideReason");

        if (asked.FirstTested is { } test && test.IsBefore(fact.OccurredAt))
            return ParticipationRejections.AdmittedAfter($"{test.Name}, {test.At:u}");

        var missing = asked.SourcesWithoutConsent;
        if (missing.Count > 0 && fact.OverrideReason is null)
            return ParticipationRejections.ConsentsMissing(missing);
        if (missing.Count > 0 && fact.Words is null)
            return ParticipationRejections.ReasonMissing();

        var admitted = fact with { SourcesWithoutConsent = missing, OverrideReason = missing.Count > 0 ? fact.OverrideReason : null };
        var first = new PhaseAssigned(court.Phases[0].Code)
        {
            ClientId = fact.ClientId,
            ParticipationId = fact.ParticipationId,
            Court = fact.Court,
            CourtVersion = fact.CourtVersion,
            EntryId = NamedId.Of(fact.EntryId, "first-phase"),
            File = fact.File,
            OccurredOn = fact.OccurredOn,
            DecidedBy = fact.DecidedBy,
        }.At(asked.When);
        return (ParticipationEvent[])[admitted, first];
    }

    private static bool CanMean(LegalBasis basis, CompletionEffect effect) => basis switch
    {
        LegalBasis.Sentence => effect is CompletionEffect.SentenceSatisfied or CompletionEffect.SentenceReduced,
        LegalBasis.PreCharge => effect is CompletionEffect.NothingCharged,
        _ => effect is CompletionEffect.ChargesDismissed or CompletionEffect.ChargesReduced or CompletionEffect.ChargesVoided,
    };
}
