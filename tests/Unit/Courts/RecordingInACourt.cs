using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.Projections;

namespace CaseFlow.Unit.Courts;

/// <summary>What holds for everything that is recorded of a participation.</summary>
public sealed class RecordingInACourt : ParticipationSpec
{
    public static TheoryData<int> Worded => [.. Enumerable.Range(0, EveryActiveFact.Length).Where(n => CourtFacts.Of(EveryActiveFact[n]).WordsMissing is not null)];

    public static TheoryData<int> Active => [.. Enumerable.Range(0, EveryActiveFact.Length)];

    [Fact]
    public void Every_entry_has_one_line_under_its_stored_name()
    {
        CourtFacts.All.Select(line => line.EventType).ShouldBe(EventCatalogue.All.Where(type => type.IsSubclassOf(typeof(ParticipationEvent))), ignoreOrder: true);
        CourtFacts.All.Select(line => line.Name).ShouldBe(CourtFacts.All.Select(line => ProjectionCatalogue.EventTypes.StoredName(line.EventType)));
        CourtFacts.All.ShouldAllBe(line => line.Roles.All(role => role == Role.Coordinator || role == Role.Judge));
    }

    [Fact]
    public void An_entry_carries_all_that_entries_have()
    {
        GivenAdmitted();
        CourtVersion = 3;

        Record(new IncentiveGranted("praise", "attended"), Id(7), CourtFile.Open, ["judge-1"], "Well done.").ShouldRecord(
            new IncentiveGranted("praise", "attended")
            {
                ClientId = ClientId,
                ParticipationId = ParticipationId,
                Court = "drug-court",
                CourtVersion = 3,
                EntryId = Id(7),
                File = CourtFile.Open,
                OccurredOn = new DateOnly(2026, 3, 3),
                DecidedBy = State.Log[^1].DecidedBy,
                Words = Sealed<string>.Of("Well done."),
            }.At(Now));
    }

    [Theory]
    [MemberData(nameof(Active))]
    public void Told_twice_it_is_recorded_once(int fact)
    {
        GivenAdmitted();
        Record(EveryActiveFact[fact], Id(7)).Rejection.ShouldBeNull();

        Record(EveryActiveFact[fact], Id(7)).ShouldBeAlreadyDone();
        Record(EveryActiveFact[fact], Id(7), at: Clock.AddMinutes(-1)).ShouldBeRefused(ParticipationRejections.EntryToldDifferently(Id(7)));
        Record(EveryActiveFact[fact], Id(7), words: "Other words.").ShouldBeRefused(ParticipationRejections.EntryToldDifferently(Id(7)));
    }

    [Theory]
    [MemberData(nameof(Active))]
    public void An_entrys_id_means_one_entry(int fact)
    {
        GivenAdmitted();
        Record(EveryActiveFact[fact], Id(7)).Rejection.ShouldBeNull();

        Record(EveryActiveFact[(fact + 1) % EveryActiveFact.Length], Id(7)).ShouldBeRefused(ParticipationRejections.EntryToldDifferently(Id(7)));
        Record(EveryActiveFact[fact], Id(7), by: ["judge-1"]).ShouldBeRefused(ParticipationRejections.EntryToldDifferently(Id(7)));
    }

    [Theory]
    [MemberData(nameof(Active))]
    public void Nothing_is_added_to_a_terminated_participation(int fact)
    {
        GivenAdmitted();
        var proposal = Recorded(new TerminationProposed("absconded"));
        Recorded(new TerminationHearingHeld(proposal, CounselPresent: true, TerminationImpartiality.WaivedByParticipant, TerminationOutcome.Terminate));
        Recorded(new ParticipationTerminated(proposal, "absconded", null));

        Record(EveryActiveFact[fact]).ShouldBeRefused(ParticipationRejections.Over(ParticipationStage.Terminated));
    }

    [Fact]
    public void Nothing_of_a_participant_is_recorded_before_the_admission()
    {
        GivenAccepted();

        Record(new SanctionImposed("essay", "dishonest", DueProcess.HeardInCourt, null, Sealed<string>.Of("Page 4.")))
            .ShouldBeRefused(ParticipationRejections.WrongStage(ParticipationStage.Accepted));
        Record(new PhaseAdvanced("", SecondPhase, [], [], 0, 30)).ShouldBeRefused(ParticipationRejections.WrongStage(ParticipationStage.Accepted));
        Record(new StatusHearingScheduled(HearingKind.Admission, Now.AddDays(3), null)).Rejection.ShouldBeNull();
    }

    [Fact]
    public void Nothing_happened_before_the_stage_that_it_belongs_to()
    {
        GivenReferred();
        Record(Screening(ScreeningKind.Legal), at: Now.AddDays(-1)).ShouldBeRefused(ParticipationRejections.BeforeReferral());

        DaysPass(20);
        foreach (var kind in Enum.GetValues<ScreeningKind>())
            Recorded(Screening(kind));
        Recorded(new EligibilityDetermined(true, "eligible"));
        Recorded(Admission);
        Record(new IncentiveGranted("praise", "attended"), at: Clock.AddDays(-1)).ShouldBeRefused(ParticipationRejections.BeforeAdmission());

        DaysPass(10);
        Recorded(new ParticipantWithdrew("moved", null));
        Record(new AftercareContactMade(ContactMode.Phone, true), at: Clock.AddDays(-1)).ShouldBeRefused(ParticipationRejections.BeforeTheEnd());
        Record(new AftercareContactMade(ContactMode.Phone, true)).Rejection.ShouldBeNull();
    }

    [Fact]
    public void A_warrant_that_was_quashed_before_the_end_is_told_after_it()
    {
        GivenAdmitted();
        var warrant = Recorded(new WarrantIssued("failure-to-appear"));
        DaysPass(10);
        Recorded(new ParticipantWithdrew("moved", null));

        Record(new WarrantQuashed(warrant), at: Clock.AddDays(-20)).ShouldBeRefused(ParticipationRejections.BeforeReferral());
        Record(new WarrantQuashed(warrant), at: Clock.AddDays(-1)).Rejection.ShouldBeNull();
        State.Warrants.ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_is_recorded_ahead_of_time()
    {
        GivenAdmitted();

        Record(new IncentiveGranted("praise", "attended"), at: Now.AddDays(1)).ShouldBeRefused(TimeRejections.OccurredInFuture(Now.AddDays(1), Now));
    }

    [Fact]
    public void Treatment_matter_never_goes_to_the_open_file_and_judicial_action_to_no_other()
    {
        GivenAdmitted();

        Record(new StaffingHeld(["coord-1"], null), file: CourtFile.Open).ShouldBeRefused(ParticipationRejections.FileNotAllowed(CourtFile.Open));
        Record(new ServiceAdjustmentMade("more-treatment", null, "recovery-coaches"), file: CourtFile.Open).ShouldBeRefused(ParticipationRejections.FileNotAllowed(CourtFile.Open));
        Record(new JudicialActionRecorded("order-entered", null), file: CourtFile.Confidential).ShouldBeRefused(ParticipationRejections.FileNotAllowed(CourtFile.Confidential));
    }

    [Fact]
    public void A_court_may_keep_further_entries_out_of_the_open_file()
    {
        GivenAdmitted();
        Court = DrugCourt with { Files = new FileRules(["incentive_granted"]) };

        Record(new IncentiveGranted("praise", "attended"), file: CourtFile.Open).ShouldBeRefused(ParticipationRejections.FileNotAllowed(CourtFile.Open));
        Record(new IncentiveGranted("praise", "attended"), file: CourtFile.Confidential).Rejection.ShouldBeNull();
    }

    [Fact]
    public void A_decision_names_people_at_work_and_a_judges_decision_a_judge_of_the_court()
    {
        GivenAdmitted();
        var action = new JudicialActionRecorded("order-entered", null);

        Record(action, by: []).ShouldBeRefused(ParticipationRejections.DecidedByNobody());
        Record(action, by: ["nobody"]).ShouldBeRefused(ParticipationRejections.DeciderUnknown("nobody"));
        Record(action, by: ["judge-3"]).ShouldBeRefused(ParticipationRejections.DeciderUnknown("judge-3"));
        Record(action, by: ["judge-1", "judge-1"]).ShouldBeRefused(ParticipationRejections.DeciderTwice());
        Record(action, by: ["coord-1"]).ShouldBeRefused(ParticipationRejections.NotByAJudge());
        Record(action, by: ["judge-2"]).ShouldBeRefused(ParticipationRejections.NotByAJudge());
        Record(action, by: ["coord-1", "judge-1"]).Rejection.ShouldBeNull();
        Record(action, by: ["judge-1", "judge-2"]).ShouldBeRefused(ParticipationRejections.DeciderOfAnotherCourt("judge-2"));
        Record(new IncentiveGranted("praise", "attended"), by: ["judge-2"]).ShouldBeRefused(ParticipationRejections.DeciderOfAnotherCourt("judge-2"));
        Record(new IncentiveGranted("praise", "attended"), by: ["agent-1"]).Rejection.ShouldBeNull("an officer of the team works elsewhere");
        Record(new IncentiveGranted("praise", "attended"), by: []).ShouldBeRefused(ParticipationRejections.DecidedByNobody());
    }

    /// <summary>Of a day in which somebody moved or left, it was done at the post that fits: no hour is known that says otherwise.</summary>
    [Fact]
    public void Whoever_had_several_posts_that_day_decided_at_the_one_that_fits()
    {
        GivenAdmitted();

        Record(new JudicialActionRecorded("order-entered", null), by: ["judge-5"]).Rejection.ShouldBeNull();
        Record(new IncentiveGranted("praise", "attended"), by: ["coord-2"]).Rejection.ShouldBeNull();
        Record(new StaffingHeld(["judge-5", "coord-2"], null), by: ["judge-5"]).Rejection.ShouldBeNull();
        Record(new JudicialActionRecorded("order-entered", null), by: ["judge-5", "judge-2"]).ShouldBeRefused(ParticipationRejections.DeciderOfAnotherCourt("judge-2"));
    }

    [Theory]
    [MemberData(nameof(Worded))]
    public void What_cannot_do_without_words_is_refused_without(int fact)
    {
        GivenAdmitted();

        Record(EveryActiveFact[fact], words: null).ShouldBeRefused(CourtFacts.Of(EveryActiveFact[fact]).WordsMissing!());
    }
}
