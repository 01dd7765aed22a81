using System.Text.Json.Nodes;
using CaseFlow.Api.CourtPackets;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;

namespace CaseFlow.Integration.CourtViews;

/// <summary>Hearings still to come when a participation ends: vacated while the end stands, in every view and at every moment.</summary>
public sealed class EndingWithHearingsAhead
{
    private const string Docket = $"courts/{Participants.Court}/hearings?from=2026-06-17&to=2026-06-17";
    private const string Ended = $"courts/{Participants.Court}/caseload?ended=true";

    [Fact]
    public async Task An_end_vacates_them_and_a_retracted_end_brings_them_back()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var (robin, kim) = (await IssuingPackets.HeardAsync(county, 9), await IssuingPackets.HeardAsync(county, 10));
        await robin.FileAsync(CourtFile.Open, Cdt(6, 2, 9), new StatusHearingScheduled(HearingKind.Status, Cdt(6, 8, 9), null));
        var before = await county.ShowAsync();
        var end = await robin.FileAsync(CourtFile.Open, Cdt(6, 12, 9), new ParticipantWithdrew("moved", null));
        await county.ShowAsync();

        var day = (await county.AskAsync(Coordinator, Docket)).Ok();
        States(day).ShouldBe([(robin.ParticipationId, "vacated"), (kim.ParticipationId, "scheduled")]);
        States((await county.AskAsync(Prosecutor, Docket)).Ok()).ShouldBe([(robin.ParticipationId, "vacated"), (kim.ParticipationId, null)], "the open file tells that end");
        var hearings = (await county.AskAsync(Judge, robin.Path)).Ok()["compliance"]!["hearings"]!;
        (hearings["next"], hearings["vacated"]!.GetValue<int>(), hearings["withoutOutcome"]!.GetValue<int>()).ShouldBe((null, 1, 1), "whose time was over lacks its outcome still");
        (await county.AskAsync(Coordinator, Ended)).Ok()["items"]![0]!["nextHearingAt"].ShouldBeNull();
        var issued = await IssuingPackets.IssueAsync(county, new PacketRequest(Role.Judge, new DateOnly(2026, 6, 17)));
        issued["pages"]!.AsArray().Select(page => page!["participationId"]!.GetValue<Guid>()).ShouldBe([kim.ParticipationId]);

        States((await county.AskAsync(Coordinator, $"{Docket}&asOf={At(Cdt(6, 12, 8))}")).Ok())[0].State.ShouldBe("scheduled");
        States((await county.AskAsync(Coordinator, $"{Docket}&asRecordedPosition={before}")).Ok())[0].State.ShouldBe("scheduled");
        (await county.AskAsync(Judge, $"{robin.Path}?asOf={At(Cdt(6, 12, 8))}")).Ok()["compliance"]!["hearings"]!["next"].ShouldNotBeNull();

        await robin.RetractAsync(end, "participant_withdrew", Cdt(6, 15, 8));
        await county.ShowAsync();
        States((await county.AskAsync(Coordinator, Docket)).Ok())[0].State.ShouldBe("scheduled");
        (await county.AskAsync(Judge, robin.Path)).Ok()["compliance"]!["hearings"]!["next"]!["hearingId"].ShouldNotBeNull();
        States((await county.AskAsync(Coordinator, $"{Docket}&asRecordedPosition={day["position"]}")).Ok()).ShouldBe(States(day), "the same answer for ever");
    }

    /// <summary>What a list shows of a participation is whether it ended: nothing else moves its position.</summary>
    [Fact]
    public async Task An_end_moves_the_position_of_the_list_and_another_entry_does_not()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await IssuingPackets.HeardAsync(county, 9);
        await county.ShowAsync();
        var before = (await county.AskAsync(Coordinator, Docket)).Whole();

        await robin.FileAsync(CourtFile.Open, Cdt(6, 10, 9), new ConditionOrdered("essay", null));
        await county.ShowAsync();
        (await county.AskAsync(Coordinator, Docket)).Whole().ShouldBe(before);

        var end = await robin.FileAsync(CourtFile.Open, Cdt(6, 12, 9), new ParticipantWithdrew("moved", null));
        await county.ShowAsync();
        var ended = (await county.AskAsync(Coordinator, Docket)).Ok();
        await robin.FileAsync(CourtFile.Open, Cdt(6, 12, 10), new AftercareContactMade(ContactMode.Phone, true));
        await county.ShowAsync();
        (await county.AskAsync(Coordinator, Docket)).Ok()["position"]!.GetValue<long>().ShouldBe(ended["position"]!.GetValue<long>());
        (await county.AskAsync(Coordinator, $"{Docket}&asOf={At(Cdt(6, 12, 8))}")).Ok()["position"]!.GetValue<long>().ShouldBeLessThan(ended["position"]!.GetValue<long>());

        await robin.RetractAsync(end, "participant_withdrew", Cdt(6, 15, 8));
        await county.ShowAsync();
        var back = (await county.AskAsync(Coordinator, Docket)).Ok();
        States(back).ShouldBe([(robin.ParticipationId, "scheduled")]);
        back["position"]!.GetValue<long>().ShouldBeGreaterThan(ended["position"]!.GetValue<long>());
    }

    [Fact]
    public async Task The_open_file_does_not_tell_by_a_hearing_of_an_end_that_is_filed_elsewhere()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await IssuingPackets.HeardAsync(county, 9);
        await county.ShowAsync();
        var before = (await county.AskAsync(Prosecutor, Docket)).Whole();
        await robin.FileAsync(CourtFile.Confidential, Cdt(6, 12, 9), new ParticipantWithdrew("moved", null));
        await county.ShowAsync();

        (await county.AskAsync(Prosecutor, Docket)).Whole().ShouldBe(before);
        States((await county.AskAsync(Coordinator, Docket)).Ok()).ShouldBe([(robin.ParticipationId, "vacated")]);
    }

    private static List<(Guid Participation, string? State)> States(JsonNode answer) =>
    [
        .. answer["days"]!.AsArray().SelectMany(day => day!["hearings"]!.AsArray())
            .Select(one => (one!["participationId"]!.GetValue<Guid>(), one["state"]?.GetValue<string>())),
    ];
}
