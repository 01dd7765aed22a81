using CaseFlow.Domain.Courts;

namespace CaseFlow.Unit.Courts;

public sealed class AdmittingAParticipant : ParticipationSpec
{
    public static TheoryData<LegalBasis, CompletionEffect, bool> Meanings => new()
    {
        { LegalBasis.Sentence, CompletionEffect.SentenceSatisfied, true },
        { LegalBasis.Sentence, CompletionEffect.ChargesDismissed, false },
        { LegalBasis.DiversionContract, CompletionEffect.ChargesDismissed, true },
        { LegalBasis.DiversionContract, CompletionEffect.SentenceSatisfied, false },
        { LegalBasis.DeferredProsecution, CompletionEffect.ChargesVoided, true },
        { LegalBasis.DeferredProsecution, CompletionEffect.NothingCharged, false },
        { LegalBasis.PreCharge, CompletionEffect.NothingCharged, true },
        { LegalBasis.PreCharge, CompletionEffect.ChargesReduced, false },
    };

    [Fact]
    public void A_participant_begins_in_the_first_phase()
    {
        GivenAdmitted();

        (State.Stage, State.Phase, State.PhaseSince, State.AdmittedOn).ShouldBe(
            (ParticipationStage.Admitted, FirstPhase, new DateOnly(2026, 3, 3), new DateOnly(2026, 3, 3)));
        State.OnCompletion.ShouldBe(CompletionEffect.ChargesDismissed);
    }

    [Fact]
    public void Nobody_is_accepted_who_was_not_screened_in_every_way()
    {
        GivenReferred();
        Recorded(Screening(ScreeningKind.Legal));

        Record(new EligibilityDetermined(true, "eligible")).ShouldBeRefused(ParticipationRejections.ScreeningsMissing(["clinical", "risk and need"]));
        Record(new EligibilityDetermined(false, "legally-excluded")).Rejection.ShouldBeNull();
        State.Stage.ShouldBe(ParticipationStage.NotAccepted);
    }

    [Fact]
    public void Nobody_is_accepted_whom_the_last_screening_rules_out()
    {
        GivenScreened();
        Recorded(Screening(ScreeningKind.Clinical, ScreeningResult.DoesNotMeet));
        Record(new EligibilityDetermined(true, "eligible")).ShouldBeRefused(ParticipationRejections.ScreeningNotMet("clinical"));

        Recorded(Screening(ScreeningKind.Clinical));
        Record(new EligibilityDetermined(true, "eligible")).Rejection.ShouldBeNull();
    }

    [Fact]
    public void A_screening_of_risk_and_need_says_both()
    {
        GivenReferred();

        Record(Screening(ScreeningKind.RiskAndNeed) with { Need = null }).ShouldBeRefused(ParticipationRejections.ScreeningIncomplete());
        Record(Screening(ScreeningKind.RiskAndNeed) with { Risk = null }).ShouldBeRefused(ParticipationRejections.ScreeningIncomplete());
    }

    [Fact]
    public void A_screening_that_was_retracted_is_recorded_anew_as_it_was_found_before_the_decision()
    {
        GivenAdmitted();
        Record(Screening(ScreeningKind.Clinical)).ShouldBeRefused(ParticipationRejections.WrongStage(ParticipationStage.Admitted));
        Recorded(Retraction(ScreeningKind.Clinical));
        DaysPass(10);

        Record(Screening(ScreeningKind.Clinical)).ShouldBeRefused(ParticipationRejections.ScreeningAfterDecision());
        Record(Screening(ScreeningKind.Legal), at: Now).ShouldBeRefused(ParticipationRejections.WrongStage(ParticipationStage.Admitted));
        Recorded(Screening(ScreeningKind.Clinical, ScreeningResult.Inconclusive), at: Now);
        State.Screenings[ScreeningKind.Clinical].Result.ShouldBe(ScreeningResult.Inconclusive);
        Record(Screening(ScreeningKind.Clinical), at: Now).ShouldBeRefused(ParticipationRejections.WrongStage(ParticipationStage.Admitted));
    }

    [Fact]
    public void A_screening_is_put_right_also_after_the_end()
    {
        GivenAdmitted();
        DaysPass(5);
        Recorded(new ParticipantWithdrew("moved", null));
        Record(Screening(ScreeningKind.RiskAndNeed), at: Now).ShouldBeRefused(ParticipationRejections.Over(ParticipationStage.Withdrawn));
        Recorded(Retraction(ScreeningKind.RiskAndNeed));

        Record(Screening(ScreeningKind.RiskAndNeed)).ShouldBeRefused(ParticipationRejections.ScreeningAfterDecision());
        Record(Screening(ScreeningKind.RiskAndNeed) with { Risk = null }, at: Now).ShouldBeRefused(ParticipationRejections.ScreeningIncomplete());
        Record(Screening(ScreeningKind.RiskAndNeed), at: Now.AddDays(-1)).ShouldBeRefused(ParticipationRejections.BeforeReferral());
        Record(Screening(ScreeningKind.RiskAndNeed), at: Now).Rejection.ShouldBeNull();
        State.Stage.ShouldBe(ParticipationStage.Withdrawn);
    }

    private CourtEntryRetracted Retraction(ScreeningKind kind) =>
        new(State.Log.OfType<EligibilityScreened>().Single(one => one.Kind == kind).EntryId, "", Guid.Empty, ReplacedBy: null);

    [Fact]
    public void Reasons_are_the_courts_own()
    {
        GivenScreened();
        Record(new EligibilityDetermined(false, "no-such-reason")).ShouldBeRefused(ParticipationRejections.CodeUnknown("reasonCode"));
        Record(new ParticipantDeclinedProgram("no-such-reason")).ShouldBeRefused(ParticipationRejections.CodeUnknown("reasonCode"));
        Record(new ParticipantDeclinedProgram("not-interested")).Rejection.ShouldBeNull();
        State.Stage.ShouldBe(ParticipationStage.Declined);
    }

    [Fact]
    public void Nobody_is_admitted_who_was_not_accepted()
    {
        GivenScreened();

        Record(Admission).ShouldBeRefused(ParticipationRejections.WrongStage(ParticipationStage.Referred));
    }

    [Fact]
    public void The_legal_basis_is_one_of_the_courts_signed_and_not_over()
    {
        GivenAccepted();

        Record(Admission with { Basis = LegalBasis.PreCharge, OnCompletion = CompletionEffect.NothingCharged }).ShouldBeRefused(ParticipationRejections.LegalBasisNotHere());
        Record(Admission with { DocumentSignedOn = new DateOnly(2026, 3, 4) }).ShouldBeRefused(ParticipationRejections.LegalBasisUnsigned());
        Record(Admission with { BasisEndsOn = new DateOnly(2026, 3, 3) }).ShouldBeRefused(ParticipationRejections.LegalBasisOver());
        Record(Admission with { BasisEndsOn = null }).Rejection.ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Meanings))]
    public void Completing_means_what_the_basis_can_mean(LegalBasis basis, CompletionEffect effect, bool can)
    {
        Court = DrugCourt with { LegalBases = Enum.GetValues<LegalBasis>() };
        GivenAccepted();

        Record(Admission with { Basis = basis, OnCompletion = effect }).Rejection.ShouldBe(can ? null : ParticipationRejections.CompletionNotOfBasis());
    }

    [Fact]
    public void A_missing_consent_stops_the_admission_until_a_legal_reason_is_stated()
    {
        GivenAccepted();
        Missing = ["recovery-coaches", "treatment-house"];

        Record(Admission).ShouldBeRefused(ParticipationRejections.ConsentsMissing(Missing));
        Record(Admission with { OverrideReason = "because" }).ShouldBeRefused(ParticipationRejections.CodeUnknown("overrideReason"));
        Record(Admission with { OverrideReason = "court-order" }, words: null).ShouldBeRefused(ParticipationRejections.ReasonMissing());

        var admitted = Record(Admission with { OverrideReason = "court-order" }, words: "Ordered on 2 March.").Events[0].ShouldBeOfType<ParticipantAdmitted>();
        admitted.SourcesWithoutConsent.ShouldBe(["recovery-coaches", "treatment-house"]);
        admitted.OverrideReason.ShouldBe("court-order");
    }

    [Fact]
    public void No_override_is_kept_where_nothing_was_missing()
    {
        GivenAccepted();

        var admitted = Record(Admission with { OverrideReason = "court-order" }, Id(7)).Events[0].ShouldBeOfType<ParticipantAdmitted>();

        admitted.OverrideReason.ShouldBeNull();
        // Told again as it was told, it is the same.
        Record(Admission with { OverrideReason = "court-order" }, Id(7)).ShouldBeAlreadyDone();
        Record(Admission, Id(7)).ShouldBeAlreadyDone();
        Record(Admission with { OnCompletion = CompletionEffect.SentenceSatisfied, OverrideReason = "court-order" }, Id(7)).ShouldBeRefused(ParticipationRejections.EntryToldDifferently(Id(7)));
        admitted.SourcesWithoutConsent.ShouldBeEmpty();
    }

    [Fact]
    public void Admitting_twice_admits_once()
    {
        GivenAccepted();
        Record(Admission, Id(9)).Events.Count.ShouldBe(2);

        Record(Admission, Id(9)).ShouldBeAlreadyDone();
    }
}
