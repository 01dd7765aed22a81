using System.Text.Json.Nodes;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.Asking;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;

namespace CaseFlow.Integration.CourtViews;

/// <summary>A participation entry by entry, for those beside the team: prosecution the open file, defence both, nobody what their role may not.</summary>
public sealed class ReadingTheFiles
{
    private static readonly Actor StrangeProsecutor = Of("prosecutor-2", Role.Prosecutor, "city-court");

    [Fact]
    public async Task The_prosecution_reads_the_open_file_and_the_defence_both()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync(Cdt(4, 1, 9));
        await robin.FileAsync(CourtFile.Confidential, Cdt(4, 2, 9), new PhaseRequirementRecorded(Participants.FirstPhase, "treatment-begun"));
        await robin.FileAsync(CourtFile.Open, Cdt(4, 3, 9), new SanctionImposed("essay", "dishonest", DueProcess.HeardInCourt, null, Sealed<string>.Of("p. 4")));
        await robin.FileAsync(CourtFile.Confidential, Cdt(4, 4, 9), new StaffingHeld([Judge.Id], null));
        string[] open = ["treatment_court_referred", "eligibility_determined", "participant_admitted", "phase_assigned", "sanction_imposed"];

        var prosecutors = (await county.AskAsync(Prosecutor, PathOf(robin)));
        var defences = (await county.AskAsync(Defence, PathOf(robin)));

        Kinds(prosecutors.Ok()).ShouldBe(open);
        prosecutors.Ok()["entries"]!.AsArray().ShouldAllBe(entry => entry!["file"]!.GetValue<string>() == "open");
        foreach (var both in new[] { "stage", "admittedOn", "endedAt", "onCompletion", "phase", "phaseSince", "objectivesOpen", "openWarrants", "proposalOpen" })
            prosecutors.Ok()[both].ShouldBeNull($"{both} follows from both files, and the other one may say otherwise");
        (defences.Ok()["stage"]!.GetValue<string>(), defences.Ok()["phase"]!.GetValue<string>()).ShouldBe(("admitted", Participants.FirstPhase));
        Kinds(defences.Ok()).ShouldBe(["treatment_court_referred", "eligibility_determined", "participant_admitted", "phase_assigned", "phase_requirement_recorded", "sanction_imposed", "staffing_held"]);
        defences.Ok()["objectivesOpen"]!.AsArray().Select(one => one!.GetValue<string>()).ShouldNotContain("treatment-begun");
        foreach (var reply in new[] { prosecutors, defences })
            reply.Headers.ContainsKey("ETag").ShouldBeFalse("its version counts every entry");
        (await county.AskAsync(Coordinator, PathOf(robin))).Headers.ContainsKey("ETag").ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_confidential_moves_nothing_that_the_prosecution_reads()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync(Cdt(4, 1, 9));
        var before = (await county.AskAsync(Prosecutor, PathOf(robin))).Whole();

        var met = await robin.FileAsync(CourtFile.Confidential, Cdt(4, 2, 9), new PhaseRequirementRecorded(Participants.FirstPhase, "treatment-begun"));
        await robin.FileAsync(CourtFile.Confidential, Cdt(4, 3, 9), new WarrantIssued("failure-to-appear"));
        await robin.FileAsync(CourtFile.Confidential, Cdt(4, 3, 9), new TerminationProposed("absconded"));
        await robin.RetractAsync(met, "phase_requirement_recorded", Cdt(4, 4, 9));
        await robin.FileAsync(CourtFile.Confidential, Cdt(4, 5, 9), new PhaseAdvanced(Participants.FirstPhase, "clinical-stabilization", [], [], 4, 0));
        (await county.AskAsync(Prosecutor, PathOf(robin))).Whole().ShouldBe(before);
        (await county.AskAsync(Defence, PathOf(robin))).Ok()["openWarrants"]!.AsArray().Count.ShouldBe(1);

        await robin.FileAsync(CourtFile.Confidential, Cdt(4, 6, 9), new ParticipantWithdrew("moved", null));
        (await county.AskAsync(Prosecutor, PathOf(robin))).Whole().ShouldBe(before);
    }

    [Fact]
    public async Task An_entry_that_turned_out_to_be_confidential_is_gone_with_its_retraction_and_the_past_is_no_way_around_it()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync(Cdt(4, 1, 9));
        var without = (await county.AskAsync(Prosecutor, PathOf(robin))).Whole();
        var wrong = await robin.FileAsync(CourtFile.Open, Cdt(4, 5, 9), new ConditionOrdered("medication-as-prescribed", null));
        await robin.FileAsync(CourtFile.Open, Cdt(4, 6, 9), new CourtEntryRetracted(wrong.EntryId, "condition_ordered", wrong.EventId, null));
        var then = await county.ShowAsync();
        Kinds((await county.AskAsync(Prosecutor, PathOf(robin))).Ok()).TakeLast(2).ShouldBe(["condition_ordered", "court_entry_retracted"]);

        await county.RecordAsync(PrivacyOfficer, StreamIds.Labels(robin.ClientId), "labels",
        [
            new EventLabelsCorrected(wrong.EventId, "condition_ordered", null, ["COURT_OPEN"], ["COURT_CONFIDENTIAL"], Sealed<string>.Of("Medical.")) { ClientId = robin.ClientId }.At(Cdt(6, 1, 9)),
        ]);
        await county.ShowAsync();

        (await county.AskAsync(Prosecutor, PathOf(robin))).Whole().ShouldBe(without);
        (await county.AskAsync(Prosecutor, $"{PathOf(robin)}?asRecordedPosition={then}")).Text.ShouldNotContain("medication-as-prescribed");
        (await county.AskAsync(Defence, PathOf(robin))).Text.ShouldContain("medication-as-prescribed");
    }

    /// <summary>Criminal justice information is for justice staff (2.7), and the defence is none by the decision; the client's lawyer asks for it elsewhere.</summary>
    [Fact]
    public async Task The_defence_reads_no_criminal_justice_information()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync(Cdt(4, 1, 9));
        var before = (await county.AskAsync(Defence, PathOf(robin))).Whole();
        var warrant = await robin.FileAsync(CourtFile.Open, Cdt(4, 5, 9), new WarrantIssued("failure-to-appear"));
        await county.RecordAsync(PrivacyOfficer, StreamIds.Labels(robin.ClientId), "labels",
        [
            new EventLabelsCorrected(warrant.EventId, "warrant_issued", null, ["COURT_OPEN"], ["COURT_OPEN", "CJI"], Sealed<string>.Of("From the state's file.")) { ClientId = robin.ClientId }.At(Cdt(6, 1, 9)),
        ]);

        (await county.AskAsync(Defence, PathOf(robin))).Whole().ShouldBe(before);
        Kinds((await county.AskAsync(Prosecutor, PathOf(robin))).Ok()).ShouldContain("warrant_issued");
    }

    [Fact]
    public async Task A_participation_of_which_nothing_is_theirs_does_not_exist_like_one_of_another_court()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        await county.RecordAsync(Administrator, StreamIds.Directory(Jurisdiction), "directory",
            [new Domain.Agencies.StaffMemberEngaged(StrangeProsecutor.Id, Role.Prosecutor, "city-court", null).At(Cdt(1, 2, 8))]);
        var robin = await county.AdmittedAsync(Cdt(4, 1, 9));
        var clientId = Guid.CreateVersion7();
        var hidden = new Participant(county, clientId, StreamIds.Participation(clientId, Participants.Court, 1));
        await hidden.FileAsync(CourtFile.Confidential, Cdt(4, 1, 9), new TreatmentCourtReferred("court", CourtReferralSource.Defence, null));
        var nobody = Guid.CreateVersion7();

        var none = Anonymous(await county.AskAsync(Prosecutor, $"participations/{nobody}"), nobody);
        none.ShouldContain("participation-not-found");
        Anonymous(await county.AskAsync(Prosecutor, PathOf(hidden)), hidden.ParticipationId).ShouldBe(none);
        Anonymous(await county.AskAsync(StrangeProsecutor, PathOf(robin)), robin.ParticipationId).ShouldBe(none);
        Kinds((await county.AskAsync(Defence, PathOf(hidden))).Ok()).ShouldBe(["treatment_court_referred"]);
        (await county.AskAsync(Agent1, PathOf(robin))).ShouldBeProblem(403, "role-not-allowed");
    }

    [Fact]
    public async Task They_ask_about_the_past_as_everybody_does_and_act_on_nothing()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync(Cdt(4, 1, 9));
        var then = await county.ShowAsync();
        await robin.FileAsync(CourtFile.Open, Cdt(5, 1, 9), new WarrantIssued("failure-to-appear"));
        await county.ShowAsync();

        Kinds((await county.AskAsync(Prosecutor, PathOf(robin))).Ok()).ShouldContain("warrant_issued");
        Kinds((await county.AskAsync(Prosecutor, $"{PathOf(robin)}?asOf={At(Cdt(4, 15, 9))}")).Ok()).ShouldNotContain("warrant_issued");
        Kinds((await county.AskAsync(Prosecutor, $"{PathOf(robin)}?asRecordedPosition={then}")).Ok()).ShouldNotContain("warrant_issued");
        foreach (var reader in new[] { Prosecutor, Defence })
        {
            (await county.PostAsync(reader, $"{PathOf(robin)}/conditions", new { file = "open", kind = "essay", words = "Two pages.", decidedBy = new[] { Judge.Id } }))
                .ShouldBeProblem(403, "role-not-allowed");
        }
    }

    /// <summary>Without the id that the asker named and the request's own number.</summary>
    private static string Anonymous(Heard heard, Guid asked) =>
        System.Text.RegularExpressions.Regex.Replace(heard.Whole().Replace(asked.ToString(), "", StringComparison.Ordinal), "\"traceId\":\"[^\"]*\"", "");

    private static string PathOf(Participant participant) => $"participations/{participant.ParticipationId}";

    private static IEnumerable<string> Kinds(JsonNode view) => view["entries"]!.AsArray().Select(entry => entry!["kind"]!.GetValue<string>());
}
