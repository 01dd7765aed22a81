using System.Text.Json.Nodes;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Touchpoints;
using CaseFlow.Integration.Asking;
using CaseFlow.Integration.CourtViews;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;

namespace CaseFlow.Integration.Privacy;

/// <summary>
/// Golden scenario 9 (domain reference 4.4): a criminal-justice consent irrevocable until disposition. The court's team sees what monitoring
/// takes, the prosecution less, and nobody the detail of a treatment.
/// </summary>
public sealed class WatchingACourtsParticipants
{
    private static readonly string[] Participation =
    [
        "contact_made", "recovery_coach_accepted", "referral_accepted", "referral_acknowledged", "referral_first_contact_made", "referral_reopened",
    ];

    private static readonly string[] Progress = [.. Participation.Concat(["referral_closed", "referral_contact_attempted"]).Order()];

    [Fact]
    public async Task A_request_to_take_it_back_is_deferred_and_the_judge_still_sees_what_monitoring_takes()
    {
        await using var county = await FoundAsync();
        var story = await ParticipantAsync(county);
        var consentId = await county.GrantAsync(story.ClientId, ConsentStories.ToCourt, ConsentKind.CriminalJustice);
        await county.ShowAsync();
        var before = await KindsAsync(county, Judge, story);
        before.ShouldBe(Progress);

        await county.TellAsync(
            story.ClientId,
            new ConsentRevocationRequested(consentId, RevocationMode.Written, Coach.Id, Words: null) { ClientId = story.ClientId }.At(county.Clock.Now),
            new ConsentRevocationDeferredUntilEvent(consentId, ConsentCondition.FinalDisposition, Coach.Id, RevocationDeferral.IrrevocableUntilEvent)
            {
                ClientId = story.ClientId,
            }.At(county.Clock.Now));
        await county.ShowAsync();

        (await KindsAsync(county, Judge, story)).ShouldBe(Progress);
        (await KindsAsync(county, Coordinator, story)).ShouldBe(Progress);
        (await KindsAsync(county, Defence, story)).ShouldBe(Progress);
        (await KindsAsync(county, Prosecutor, story)).ShouldBe(Participation);
        (await county.AskAsync(Prosecutor, Path(story))).Ok()["notice"]!["consents"]![0]!["consentId"]!.GetValue<Guid>().ShouldBe(consentId);
    }

    [Fact]
    public async Task When_the_case_is_disposed_of_it_ends_and_the_participant_is_nobody_to_the_court()
    {
        await using var county = await FoundAsync();
        var story = await ParticipantAsync(county);
        var consentId = await county.GrantAsync(story.ClientId, ConsentStories.ToCourt, ConsentKind.CriminalJustice);
        await county.ShowAsync();
        (await KindsAsync(county, Judge, story)).ShouldNotBeEmpty();

        await county.TellAsync(
            story.ClientId,
            new ConsentConditionMet(consentId, ConsentCondition.EndOfProgram, Coordinator.Id) { ClientId = story.ClientId }.At(county.Clock.Now));
        await county.ShowAsync();

        foreach (var actor in new[] { Judge, Coordinator, Prosecutor, Defence })
        {
            var gone = (await county.AskAsync(actor, Path(story))).ShouldBeProblem(404, "client-not-found");
            var nobody = Guid.CreateVersion7();
            var none = (await county.AskAsync(actor, $"clients/{nobody}/timeline")).ShouldBeProblem(404, "client-not-found");
            Anonymous(gone, story.ClientId).ShouldBe(Anonymous(none, nobody));
        }
    }

    [Fact]
    public async Task When_the_time_in_the_court_ends_it_ends_without_a_word_and_a_retraction_of_the_end_brings_it_back()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync();
        await county.GrantAsync(robin.ClientId, ConsentStories.ToCourt, ConsentKind.CriminalJustice);
        await county.ShowAsync();
        (await county.AskAsync(Judge, $"clients/{robin.ClientId}/timeline")).Ok();
        var signed = await ListedAsync("");
        signed.Standing.ShouldBe("inForce");

        var ended = await robin.FileAsync(CourtFile.Open, Cdt(6, 12, 9), new ParticipantWithdrew("moved", null));

        foreach (var actor in new[] { Judge, Coordinator, Prosecutor, Defence })
            (await county.AskAsync(actor, $"clients/{robin.ClientId}/timeline")).ShouldBeProblem(404, "client-not-found");
        await county.ShowAsync();
        var over = await ListedAsync("");
        (over.Standing, over.Position).ShouldSatisfyAllConditions(one => one.Standing.ShouldBe("expired"), one => one.Position.ShouldBeGreaterThan(signed.Position));
        (await GapsAsync()).ShouldBe(["expired"]);
        (await county.AskAsync(Coordinator, robin.Path)).Ok()["compliance"]!["stage"]!.GetValue<string>().ShouldBe("withdrawn", "its own record stays the court's");

        await robin.RetractAsync(ended, "participant_withdrew", Cdt(6, 12, 12));
        await county.ShowAsync();

        (await county.AskAsync(Judge, $"clients/{robin.ClientId}/timeline")).Ok();
        (await ListedAsync("")).Standing.ShouldBe("inForce");
        (await ListedAsync($"?asRecordedPosition={over.Position}")).ShouldBe(over);
        (await ListedAsync($"?asRecordedPosition={signed.Position}")).ShouldBe(signed);
        (await GapsAsync()).ShouldNotContain("expired");

        async Task<(string Standing, long Position)> ListedAsync(string question)
        {
            var answer = (await county.AskAsync(Coordinator, $"clients/{robin.ClientId}/consents{question}")).Ok();
            return (answer["items"]!.AsArray().Single()!["standing"]!.GetValue<string>(), answer["position"]!.GetValue<long>());
        }

        async Task<IEnumerable<string>> GapsAsync() => (await county.AskAsync(Coordinator, $"clients/{robin.ClientId}/consents/missing")).Ok()["items"]!.AsArray()
            .Where(item => item!["source"]!.GetValue<string>() == Stories.Provider).Select(item => item!["gap"]!.GetValue<string>()).Distinct();
    }

    [Fact]
    public async Task Without_a_consent_that_names_the_court_nobody_is_its_participant()
    {
        await using var county = await FoundAsync();
        var story = await ParticipantAsync(county);
        await county.GrantAsync(story.ClientId, ConsentStories.ToCourt with { Recipients = ["another-court"] }, ConsentKind.CriminalJustice);
        await county.GrantAsync(story.ClientId, ConsentStories.ToCourt with { Purposes = [ConsentPurpose.Treatment] }, ConsentKind.CourtTeam);
        await county.GrantAsync(story.ClientId, ConsentStories.ToCourt, ConsentKind.Part2General);
        await county.ShowAsync();

        (await county.AskAsync(Judge, Path(story))).ShouldBeProblem(404, "client-not-found");
    }

    [Fact]
    public async Task A_consent_that_names_roles_is_for_them()
    {
        await using var county = await FoundAsync();
        var story = await ParticipantAsync(county);
        await county.GrantAsync(story.ClientId, ConsentStories.ToCourt with { RecipientRoles = [Role.Judge] }, ConsentKind.CriminalJustice);
        await county.ShowAsync();

        (await KindsAsync(county, Judge, story)).ShouldBe(Progress);
        (await county.AskAsync(Prosecutor, Path(story))).ShouldBeProblem(404, "client-not-found");
    }

    [Fact]
    public async Task The_open_file_has_what_the_court_filed_there_and_the_prosecution_sees_no_other()
    {
        await using var county = await FoundAsync();
        var story = await ParticipantAsync(county);
        await county.GrantAsync(story.ClientId, ConsentStories.ToCourt, ConsentKind.CriminalJustice);
        await FileAsync(county, story, Label.CourtOpen, new OutreachAttempted(ContactMode.Phone, AttemptOutcome.NoAnswer) { ClientId = story.ClientId });
        await FileAsync(county, story, Label.CourtConfidential, new NeedMet("shelter") { ClientId = story.ClientId });
        await county.ShowAsync();

        (await KindsAsync(county, Judge, story, "&file=open", "court")).ShouldBe(["outreach_attempted"]);
        (await KindsAsync(county, Judge, story, "&file=confidential", "court")).ShouldBe(["need_met"]);
        (await KindsAsync(county, Judge, story, "", "court")).ShouldBe(["need_met", "outreach_attempted"]);
        (await KindsAsync(county, Prosecutor, story, "", "court")).ShouldBe(["outreach_attempted"]);
        (await KindsAsync(county, Prosecutor, story, "&file=confidential", "court")).ShouldBeEmpty();
        (await KindsAsync(county, Agent1, story, "", "court")).ShouldBeEmpty("nobody consented to that");
        (await county.AskAsync(Judge, Path(story) + "&file=secret")).ShouldBeProblem(400, "bad-parameter");
    }

    private static async Task FileAsync(StoppedCounty county, Story story, Label file, TouchpointEvent fact) => await county.RecordAsync(
        Coordinator, StreamIds.Touchpoints(story.ClientId, "court"), "touchpoints", [fact.At(Cdt(6, 13, 9))], about => about with { Labels = [file.Code()] });

    private static string Path(Story story) => $"clients/{story.ClientId}/timeline?direction=oldest";

    private static async Task<List<string>> KindsAsync(StoppedCounty county, Actor actor, Story story, string more = "", string agency = Stories.Provider) =>
        [.. (await county.AllAsync(actor, Path(story) + more)).Where(item => item["sourceAgency"]!.GetValue<string>() == agency)
            .Select(item => item["kind"]!.GetValue<string>()).Order()];

    private static string Anonymous(JsonNode problem, Guid clientId)
    {
        problem["traceId"] = "";
        return problem.ToJsonString().Replace(clientId.ToString(), "…", StringComparison.Ordinal);
    }

    /// <summary>A client whose coach has done all that coaches do.</summary>
    private static async Task<Story> ParticipantAsync(StoppedCounty county)
    {
        var story = await county.OverdoseKnownAsync(await county.ClientAsync(), Cdt(6, 9, 10), Cdt(6, 10, 10));
        await story.SentAsync(Cdt(6, 9, 11));
        await story.DeliveredAsync(Cdt(6, 9, 12));
        await story.CoachedAsync(Cdt(6, 12, 9));
        return story;
    }
}
