using CaseFlow.Api.CourtPackets;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.Asking;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;

namespace CaseFlow.Integration.CourtViews;

/// <summary>The court's own entries under labels: a juvenile's go with their class from every page, and an end that is hidden vacates no hearing.</summary>
public sealed class HidingByLabel
{
    private const string Docket = $"courts/{Participants.Court}/hearings?from=2026-06-17&to=2026-06-17";

    public static TheoryData<bool> Relabelled => [false, true];

    [Theory]
    [MemberData(nameof(Relabelled))]
    public async Task A_juveniles_entry_takes_the_pages_about_the_participant_with_it(bool relabelled)
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await IssuingPackets.HeardAsync(county, 10);
        var ordered = await OrderedAsync(county, robin, relabelled ? [] : [Label.Juvenile.Code()]);
        if (relabelled)
            await RelabelAsync(county, robin, ordered, "condition_ordered", Label.CourtOpen, Label.Juvenile);
        await county.ShowAsync();
        var issued = new[] { Role.Judge, Role.Defence }.ToDictionary(role => role, _ => default(System.Text.Json.Nodes.JsonNode));
        foreach (var role in issued.Keys)
            issued[role] = await IssuingPackets.IssueAsync(county, new PacketRequest(role, Participations: [robin.ParticipationId]));
        foreach (var (role, reader) in new[] { (Role.Judge, Judge), (Role.Defence, Defence) })
            (await IssuingPackets.ReadAsync(county, reader, issued[role]!)).Text.ShouldContain("essay");

        await county.RecordAsync(PrivacyOfficer, StreamIds.Erasure(robin.ClientId), "erasure",
        [
            new SealingOrdered(Guid.CreateVersion7(), ErasureScope.Juvenile, ErasureAuthority.Court, "juvenile-expunction", Sealed<string>.Of("2026JV7")) { ClientId = robin.ClientId }
                .At(county.Clock.Now),
        ]);
        await county.ShowAsync();

        foreach (var (role, reader) in new[] { (Role.Judge, Judge), (Role.Defence, Defence) })
        {
            var page = (await IssuingPackets.ReadAsync(county, reader, issued[role]!)).Ok()["pages"]![0]!;
            (page["because"]!.GetValue<string>(), page["content"]).ShouldBe(("erased", null));
            var answer = (await county.AskAsync(reader, robin.Path)).Ok();
            (answer["compliance"], answer["openFile"], answer["erasedReason"]!.GetValue<string>()).ShouldBe((null, null, "juvenile-expunction"));
        }
    }

    [Fact]
    public async Task An_end_that_its_label_hides_vacates_no_hearing()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await IssuingPackets.HeardAsync(county, 9);
        await county.ShowAsync();
        var then = await county.ShowAsync();
        var end = await robin.FileAsync(CourtFile.Open, Cdt(6, 12, 9), new ParticipantWithdrew("moved", null));
        await county.ShowAsync();
        (await StateAsync(county)).ShouldBe("vacated");

        await RelabelAsync(county, robin, end.EventId, "participant_withdrew", Label.CourtOpen, Label.WorkerPrivate);
        await county.ShowAsync();

        (await StateAsync(county)).ShouldBe("scheduled");
        (await StateAsync(county, $"&asRecordedPosition={then}")).ShouldBe("scheduled");
    }

    private static async Task<string> StateAsync(StoppedCounty county, string more = "") =>
        (await county.AskAsync(Coordinator, Docket + more)).Ok()["days"]![0]!["hearings"]![0]!["state"]!.GetValue<string>();

    /// <returns>The event of a condition in the open file, recorded under further labels.</returns>
    private static async Task<Guid> OrderedAsync(StoppedCounty county, Participant robin, string[] labels) => (await county.RecordAsync(
        Coordinator,
        robin.ParticipationId,
        "participation",
        [
            new ConditionOrdered("essay", null)
            {
                ClientId = robin.ClientId,
                ParticipationId = robin.ParticipationId,
                Court = Participants.Court,
                CourtVersion = 1,
                EntryId = Guid.CreateVersion7(),
                File = CourtFile.Open,
                OccurredOn = new DateOnly(2026, 6, 5),
            }.At(Cdt(6, 5, 9)),
        ],
        about => about with { Labels = [Label.CourtOpen.Code(), .. labels], Intercept = 3 }))[0];

    private static async Task RelabelAsync(StoppedCounty county, Participant robin, Guid eventId, string kind, params Label[] labels) => await county.RecordAsync(
        PrivacyOfficer,
        StreamIds.Labels(robin.ClientId),
        "labels",
        [
            new EventLabelsCorrected(eventId, kind, null, [Label.CourtOpen.Code()], [.. labels.Select(label => label.Code())], Sealed<string>.Of("Found later."))
            { ClientId = robin.ClientId }.At(county.Clock.Now),
        ],
        about => about with { RecordOf = Coordinator.Agency });
}
