using System.Text.Json.Nodes;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Touchpoints;
using CaseFlow.Integration.CourtViews;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;

namespace CaseFlow.Integration.DataEntry;

/// <summary>R19, R55: a treatment court's work within 48 hours, contacts within 24.</summary>
public sealed class RecordingInTime
{
    private const string Path = "data-entry/timeliness";

    [Fact]
    public async Task Is_measured_by_person_and_kind_against_the_policy()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync();
        await county.RecordedAtAsync(Cdt(6, 1, 9), 0);
        var before = await county.ShowAsync();
        foreach (var hours in new[] { 1, 40, 49 })
            await robin.FileAsync(CourtFile.Open, Cdt(6, 10, 9).AddHours(-hours), new IncentiveGranted("praise", "attended"));
        await county.RecordAsync(Coordinator, StreamIds.Touchpoints(robin.ClientId, "court"), "touchpoints", [new ContactMade(ContactMode.Phone, 5) { ClientId = robin.ClientId }.At(Cdt(6, 9, 8))]);
        await county.RecordAsync(Coordinator, StreamIds.Touchpoints(robin.ClientId, "court"), "touchpoints", [new ContactMade(ContactMode.Phone, 5) { ClientId = robin.ClientId }.At(Cdt(6, 10, 8))]);
        await county.RecordedAtAsync(Cdt(6, 10, 9), before);

        var answer = (await county.AskAsync(Coordinator, $"{Path}?from={At(Cdt(6, 5, 9))}")).Ok();

        var items = answer["items"]!.AsArray().ToDictionary(item => item!["kind"]!.GetValue<string>(), item => item!);
        items.Keys.ShouldBe(["contact_made", "incentive_granted"], ignoreOrder: true);
        Figures(items["incentive_granted"]).ShouldBe((Coordinator.Id, 3, 40, 48, 1, 0.3333));
        Figures(items["contact_made"]).ShouldBe((Coordinator.Id, 2, 13, 24, 1, 0.5), "of two the mean is in the middle");
        (answer["entries"]!.GetValue<int>(), answer["late"]!.GetValue<int>(), answer["shareLate"]!.GetValue<double>()).ShouldBe((5, 2, 0.4));
        (await county.AskAsync(Coordinator, $"{Path}?from={At(Cdt(6, 5, 9))}&kind=contact_made")).Ok()["entries"]!.GetValue<int>().ShouldBe(2);
        (await county.AskAsync(Coordinator, $"{Path}?from={At(Cdt(6, 5, 9))}&actor=judge-1")).Ok()["entries"]!.GetValue<int>().ShouldBe(0);
        (await county.AskAsync(Coordinator, $"{Path}?asRecordedPosition={before}&from={At(Cdt(6, 5, 9))}")).Ok()["entries"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task Shows_an_agency_its_own_staff_and_an_auditor_any()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        await county.AdmittedAsync();
        await county.ShowAsync();
        var before = (await county.AskAsync(Supervisor, Path)).Whole();

        await county.AdmittedAsync();
        await county.ShowAsync();

        (await county.AskAsync(Supervisor, Path)).Whole().ShouldBe(before);
        (await county.AskAsync(Supervisor, Path + "?agency=court")).ShouldBeProblem(403, "not-own-agency");
        (await county.AskAsync(AuditorWithoutGrant, Path + "?agency=court")).ShouldBeProblem(403, "no-audit-grant");
        (await county.AskAsync(Auditor, Path + "?agency=court")).Ok()["entries"]!.GetValue<int>().ShouldBe(8);
        (await county.AskAsync(Agent1, Path)).ShouldBeProblem(403, "role-not-allowed");
        (await county.AskAsync(Coordinator, Path + "?kind=nothing_of_the_kind")).ShouldBeProblem(400, "bad-parameter");
    }

    /// <summary>What a court offers and orders is judged by the court's own hours, as everything of its own is; what a provider does by the policy's.</summary>
    [Fact]
    public async Task What_a_court_orders_is_judged_by_the_courts_own_hours()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        await county.PublishAsync(2, Participants.Configuration with { DataEntryHours = 12 });
        var robin = await county.AdmittedAsync();
        await county.RecordedAtAsync(Cdt(6, 1, 9), 0);
        var before = await county.ShowAsync();
        var at = Cdt(6, 9, 9);
        await robin.CoachingAsync(Coordinator, at, new PeerOffered(Participants.Court, Asking.Stories.Provider, null) { ParticipationId = default, ClientId = default });
        await robin.CoachingAsync(Coordinator, at, new PeerDeclined(null, null) { ParticipationId = default, ClientId = default, Court = Participants.Court });
        await robin.CoachingAsync(Coordinator, at, new PeerAccepted { ParticipationId = default, ClientId = default, Court = Participants.Court });
        await robin.CoachingAsync(Coordinator, at, new CoachingOrderLifted(CoachingEndReason.OrderLifted) { ParticipationId = default, ClientId = default, Court = Participants.Court });
        await robin.CoachingAsync(Coordinator, at, new CoachingOrderLifted(CoachingEndReason.OrderLifted) { ParticipationId = default, ClientId = default });
        await robin.AssignCoachAsync(at);
        await county.RecordedAtAsync(at.AddHours(20), before);

        var items = (await county.AskAsync(Coordinator, $"{Path}?from={At(Cdt(6, 5, 9))}")).Ok()["items"]!.AsArray();

        items.Select(item => (item!["kind"]!.GetValue<string>(), item["court"]?.GetValue<string>(), item["lateAfterHours"]!.GetValue<int>(), item["late"]!.GetValue<int>()))
            .ShouldBe(
                [
                    ("coaching_order_lifted", null, 48, 0), // recorded before the court was kept with it
                    ("coaching_order_lifted", Participants.Court, 12, 1),
                    ("peer_accepted", Participants.Court, 12, 1),
                    ("peer_declined", Participants.Court, 12, 1),
                    ("peer_offered", Participants.Court, 12, 1),
                ],
                ignoreOrder: true);
        (await county.AskAsync(Auditor, $"{Path}?agency={Asking.Stories.Provider}&from={At(Cdt(6, 5, 9))}")).Ok()["items"]!.AsArray()
            .ShouldHaveSingleItem()!["lateAfterHours"]!.GetValue<int>().ShouldBe(48);
    }

    private static (string Who, int Entries, double Median, int LateAfter, int Late, double Share) Figures(JsonNode item) => (
        item["actorId"]!.GetValue<string>(), item["entries"]!.GetValue<int>(), item["medianHours"]!.GetValue<double>(), item["lateAfterHours"]!.GetValue<int>(),
        item["late"]!.GetValue<int>(), item["shareLate"]!.GetValue<double>());
}
