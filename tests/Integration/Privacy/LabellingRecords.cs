using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseFlow.Api.Agencies;
using CaseFlow.Api.Consents;
using CaseFlow.Api.Privacy;
using CaseFlow.Api.Touchpoints;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using static CaseFlow.Integration.Erasure.ErasureStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Privacy;

/// <summary>Every event carries the labels of its source, and a label that was wrong is put right for every view.</summary>
public sealed class LabellingRecords(County county) : IClassFixture<County>, IAsyncLifetime
{
    private static readonly Actor CoachSupervisor = new("coach-supervisor-1", Role.CoachSupervisor, "demo", "recovery-coaches");
    private static readonly Actor Peer = new("peer-1", Role.PeerSpecialist, "demo", "recovery-coaches");
    private static readonly Actor Coordinator = new("coordinator-1", Role.Coordinator, "demo", "drug-court", Purpose: Purpose.CourtMonitoring);
    private static readonly Actor Auditor = new("auditor-1", Role.Auditor, "demo", "sheriff", Purpose: Purpose.Audit);

    public async ValueTask InitializeAsync()
    {
        await county.EngageAsync(CoachSupervisor);
        await county.EngageAsync(Peer);
        (await county.PostAsync(Administrator, "/api/agencies", new RegisterAgencyRequest("drug-court", "Drug Court", AgencyKind.Court))).ShouldSucceed();
        await county.EngageAsync(Coordinator);
        await county.EngageAsync(Auditor);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_status_of_agency_and_programme_labels_what_is_recorded_from_then_on()
    {
        var clientId = await ReferredAsync("peer-house");
        await ContactAsync(OtherCoach, clientId);
        await DecideAsync("peer-house", new RecordStatus(Part2Status.NotPart2, Wi5130: true, Hipaa: true));
        await ContactAsync(OtherCoach, clientId);
        (await county.PostAsync(Administrator, "/api/agencies/peer-house/programs", new OpenProgramRequest("youth", "Youth"))).ShouldSucceed();
        await DecideAsync("peer-house", new RecordStatus(Part2Status.Part2Program, Juvenile: true), "youth");
        await ContactAsync(OtherCoach, clientId, new FiledAs("youth"));
        await ContactAsync(OtherCoach, clientId);

        (await LabelsAsync(OtherCoach, clientId)).ShouldBe(["", "WI_51_30 HIPAA", "PART2 JUVENILE", "WI_51_30 HIPAA"]);
    }

    [Fact]
    public async Task What_completes_the_senders_record_has_the_senders_labels()
    {
        var clientId = await ReferredAsync("recovery-coaches");
        var inbox = (await county.AskAsync(Coach, "/api/referral-inbox")).Json["items"]!.AsArray();
        var referral = inbox.Single(item => item!["clientId"]!.GetValue<Guid>() == clientId)!["referralId"]!.GetValue<Guid>();
        (await county.ChangeAsync(Coach, $"/api/referrals/{referral}/acknowledge", await county.VersionAsync(Coach, $"/api/referrals/{referral}/intake"), new { }))
            .ShouldSucceed();

        var delivered = (await ItemsAsync(Agent, clientId)).Single(item => item["kind"]!.GetValue<string>() == "referral_delivery_confirmed");
        delivered["labels"]!.AsArray().ShouldBeEmpty();
        (await ItemsAsync(Coach, clientId)).Single()["labels"]!.AsArray().Single()!.GetValue<string>().ShouldBe("PART2");
    }

    [Fact]
    public async Task What_completes_an_entry_has_at_least_the_labels_that_the_entry_has_now()
    {
        var clientId = await ReferredAsync("recovery-coaches");
        var inbox = (await county.AskAsync(Coach, "/api/referral-inbox")).Json["items"]!.AsArray();
        var referral = inbox.Single(item => item!["clientId"]!.GetValue<Guid>() == clientId)!["referralId"]!.GetValue<Guid>();
        var sent = (await ItemsAsync(Agent, clientId)).Single(item => item["kind"]!.GetValue<string>() == "referral_sent")["eventId"]!.GetValue<Guid>();
        await CorrectAsync(Supervisor, clientId, sent, "JUVENILE");

        (await county.ChangeAsync(Coach, $"/api/referrals/{referral}/acknowledge", await county.VersionAsync(Coach, $"/api/referrals/{referral}/intake"), new { }))
            .ShouldSucceed();

        Codes((await ItemsAsync(Agent, clientId)).Single(item => item["kind"]!.GetValue<string>() == "referral_delivery_confirmed")).ShouldBe("JUVENILE");
    }

    [Fact]
    public async Task Another_agencys_confirmation_of_an_overdose_has_the_labels_of_the_report()
    {
        var clientId = await ReferredAsync("recovery-coaches");
        await DecideAsync("sheriff", new RecordStatus(Part2Status.NotPart2, Juvenile: true));
        var overdoseId = await county.ReportAsync(Dispatcher, clientId);
        (await county.PostAsync(Officer, $"/api/clients/{clientId}/disclosure-orders", CourtOrderRequest.Example with
        {
            DisclosingAgency = "sheriff",
            Information = [ConsentInformation.WholeRecord],
        })).ShouldSucceed();
        (await county.ChangeAsync(
            Agent, $"/api/overdoses/{overdoseId}/confirm", await county.VersionAsync(Agent, $"/api/overdoses/{overdoseId}"), Api.Overdoses.ConfirmRequest.Example)).ShouldSucceed();

        var confirmed = (await ItemsAsync(Agent, clientId)).Single(item => item["kind"]!.GetValue<string>() == "overdose_confirmed");

        confirmed["sourceAgency"]!.GetValue<string>().ShouldBe("dcc");
        Codes(confirmed).ShouldBe("JUVENILE");
        await DecideAsync("sheriff", new RecordStatus(Part2Status.NotPart2));
    }

    [Fact]
    public async Task A_peers_private_note_is_for_the_peer_and_for_the_supervisors_of_the_agency_alone()
    {
        var clientId = await ReferredAsync("recovery-coaches");
        await ContactAsync(Peer, clientId);
        var before = await Task.WhenAll(new[] { Coach, Officer }.Select(actor => TimelineAsync(actor, clientId)));
        await ContactAsync(Peer, clientId, new FiledAs(WorkerPrivate: true));

        (await Task.WhenAll(new[] { Coach, Officer }.Select(actor => TimelineAsync(actor, clientId)))).ShouldBe(before);
        (await LabelsAsync(CoachSupervisor, clientId)).ShouldBe(["PART2", "PART2 WORKER_PRIVATE"]);
        (await LabelsAsync(Peer, clientId)).ShouldBe(["PART2", "PART2 WORKER_PRIVATE"]);
        var entry = (await ItemsAsync(Peer, clientId)).Single(item => Codes(item).Contains("WORKER_PRIVATE"))["eventId"]!.GetValue<Guid>();
        (await county.PostAsync(Officer, $"/api/clients/{clientId}/labels/{entry}/correct", new LabelDoors.Request(["PART2"], "To read it.")))
            .ShouldBeProblem(404, "labelled-entry-not-found");
        await CorrectAsync(CoachSupervisor, clientId, entry, "PART2", "WORKER_PRIVATE", "JUVENILE");
        (await LabelsAsync(Peer, clientId)).ShouldBe(["PART2", "PART2 JUVENILE WORKER_PRIVATE"], "a further label leaves it its author's");
        (await Task.WhenAll(new[] { Coach, Officer }.Select(actor => TimelineAsync(actor, clientId)))).ShouldBe(before);
        (await county.PostAsync(Agent, $"/api/clients/{clientId}/touchpoints/coach-offers", new CoachRequest(FiledAs: new FiledAs(WorkerPrivate: true))))
            .ShouldBeProblem(422, "filing-not-a-peer-note", "filedAs.workerPrivate");
    }

    [Fact]
    public async Task A_record_cannot_be_filed_where_there_is_nothing()
    {
        var clientId = await ReferredAsync("recovery-coaches");
        var path = $"/api/clients/{clientId}/touchpoints/coach-offers";

        (await county.PostAsync(Coach, path, new CoachRequest(FiledAs: new FiledAs("nothing")))).ShouldBeProblem(422, "filing-program-not-open", "filedAs.program");
        (await county.PostAsync(Coach, path, new CoachRequest(FiledAs: new FiledAs(File: CourtFile.Open)))).ShouldBeProblem(422, "filing-no-court-file", "filedAs.file");
        (await county.PostAsync(Coach, path, """{"filedAs":{"program":"No Slug"}}""")).ShouldBeProblem(400, "validation-failed");
        (await ItemsAsync(Coach, clientId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_that_is_law_enforcement_sensitive_is_stored_whatever_the_door()
    {
        var clientId = await ReferredAsync("recovery-coaches");
        var before = (await county.Database.Store.EndOfLogAsync(TestContext.Current.CancellationToken)).Position;

        foreach (var (route, body) in county.Routes.Where(route => route.Body is not null))
        {
            var marked = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(body, Api.Http.JsonRules.Options))!.AsObject();
            marked["lawEnforcementSensitive"] = true;
            var path = Regex.Replace(Regex.Replace(route.Pattern, @"\{\w+:guid\}", clientId.ToString()), @"\{\w+:\w+\}", "1");
            var actor = new[] { Administrator, Officer, Feed, Agent, Supervisor, Coach, Dispatcher, CoachSupervisor, Coordinator, Auditor }
                .First(one => route.Admits(one.Role));
            (await county.ChangeAsync(actor, Regex.Replace(path, @"\{\w+\}", "x"), "\"1\"", marked.ToJsonString()))
                .ShouldBeProblem(422, "law-enforcement-sensitive");
        }

        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        (await county.Database.Store.EndOfLogAsync(TestContext.Current.CancellationToken)).Position.ShouldBe(before);
    }

    [Fact]
    public async Task A_corrected_label_counts_for_every_view_at_once_and_the_past_still_shows_the_old_one()
    {
        var clientId = await ReferredAsync("recovery-coaches");
        await ContactAsync(Coach, clientId);
        await ContactAsync(Coach, clientId);
        var seen = (await county.AskAsync(Coach, $"/api/clients/{clientId}/timeline?direction=oldest")).ShouldSucceed().Json;
        var (eventId, position) = (seen["items"]![0]!["eventId"]!.GetValue<Guid>(), seen["position"]!.GetValue<long>());

        await CorrectAsync(CoachSupervisor, clientId, eventId, "HIPAA");

        var now = await ItemsAsync(Coach, clientId);
        Codes(now[0]).ShouldBe("HIPAA");
        now[0]["labelCorrection"]!["previousLabels"]!.AsArray().Single()!.GetValue<string>().ShouldBe("PART2");
        now[0]["labelCorrection"]!["reason"]!.GetValue<string>().ShouldBe("It was the drop-in.");
        now[2]["kind"]!.GetValue<string>().ShouldBe("event_labels_corrected");
        Codes(now[2]).ShouldBe("PART2 HIPAA");
        var then = (await county.AskAsync(Coach, $"/api/clients/{clientId}/timeline?direction=oldest&asRecordedPosition={position}")).ShouldSucceed().Json;
        then["items"]!.AsArray().Count.ShouldBe(2);
        Codes(then["items"]![0]!).ShouldBe("PART2");
        then["items"]![0]!["labelCorrection"].ShouldBeNull();
    }

    [Fact]
    public async Task A_label_that_hides_an_entry_hides_it_in_the_past_too()
    {
        var clientId = await ReferredAsync("recovery-coaches");
        await ContactAsync(Coach, clientId);
        await ContactAsync(Coach, clientId);
        var seen = (await county.AskAsync(Coach, $"/api/clients/{clientId}/timeline?direction=oldest")).Json;
        var (eventId, position) = (seen["items"]![0]!["eventId"]!.GetValue<Guid>(), seen["position"]!.GetValue<long>());

        await CorrectAsync(Officer, clientId, eventId, "PART2", "WORKER_PRIVATE");

        (await ItemsAsync(Peer, clientId)).Single()["eventId"]!.GetValue<Guid>().ShouldNotBe(eventId);
        (await county.AskAsync(Peer, $"/api/clients/{clientId}/timeline?asRecordedPosition={position}")).Json["items"]!.AsArray()
            .Single()!["eventId"]!.GetValue<Guid>().ShouldNotBe(eventId);
        (await ItemsAsync(CoachSupervisor, clientId)).Count.ShouldBe(3);
        var own = await ItemsAsync(Coach, clientId);
        (own.Count, own[0]["eventId"]!.GetValue<Guid>(), Codes(own[0])).ShouldBe((2, eventId, "PART2 WORKER_PRIVATE"), "whoever wrote it keeps it");
        (await county.AskAsync(Coach, $"/api/clients/{clientId}/timeline?asRecordedPosition={position}")).Json["items"]!.AsArray().Count.ShouldBe(2);
        (await county.AskAsync(CoachSupervisor, $"/api/clients/{clientId}/timeline?asRecordedPosition={position}")).Json["items"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Labels_are_corrected_by_those_whose_record_it_is_and_by_nobody_else()
    {
        var clientId = await ReferredAsync("recovery-coaches");
        await ContactAsync(Coach, clientId);
        var eventId = (await ItemsAsync(Coach, clientId)).Single()["eventId"]!.GetValue<Guid>();
        var path = $"/api/clients/{clientId}/labels/{eventId}/correct";
        var request = new LabelDoors.Request(["CJI"], "Wrong.");

        (await county.PostAsync(Supervisor, path, request)).ShouldBeProblem(404, "labelled-entry-not-found");
        (await county.PostAsync(CoachSupervisor, $"/api/clients/{clientId}/labels/{Guid.CreateVersion7()}/correct", request)).ShouldBeProblem(404, "labelled-entry-not-found");
        await county.ShouldNotExistAsync(SouthSupervisor, clientId, id => county.PostAsync(SouthSupervisor, $"/api/clients/{id}/labels/{eventId}/correct", request));
        (await county.PostAsync(Coach, path, request)).ShouldBeProblem(403, "role-not-allowed");
        (await county.PostAsync(CoachSupervisor, path, request with { Labels = ["SECRET"] })).ShouldBeProblem(422, "label-unknown", "labels");
        (await county.PostAsync(CoachSupervisor, path, request with { Labels = ["LE_SENSITIVE"] })).ShouldBeProblem(422, "law-enforcement-sensitive");
        (await county.PostAsync(CoachSupervisor, path, request with { Labels = ["COURT_OPEN", "COURT_CONFIDENTIAL"] }))
            .ShouldBeProblem(422, "label-both-court-files", "labels");
        foreach (var label in new[] { "CJI", "VICTIM" })
            (await county.PostAsync(CoachSupervisor, path, request with { Labels = ["PART2", label] })).ShouldBeProblem(422, "label-not-of-source", "labels");
        (await LabelsAsync(Coach, clientId)).ShouldBe(["PART2"]);
    }

    [Fact]
    public async Task Two_corrections_at_once_leave_one_of_them_and_each_twice_is_recorded_once()
    {
        var clientId = await ReferredAsync("recovery-coaches");
        await ContactAsync(Coach, clientId);
        var eventId = (await ItemsAsync(Coach, clientId)).Single()["eventId"]!.GetValue<Guid>();

        await Task.WhenAll(Enumerable.Repeat(0, 4).Select(_ => CorrectAsync(CoachSupervisor, clientId, eventId, "HIPAA")));

        (await LabelsAsync(Coach, clientId)).ShouldBe(["HIPAA", "PART2 HIPAA"]);
        (await county.PostAsync(CoachSupervisor, $"/api/clients/{clientId}/labels/{eventId}/correct", new LabelDoors.Request(["HIPAA"], "It was the clinic.")))
            .ShouldBeProblem(409, "recorded-differently");
    }

    [Fact]
    public async Task What_an_order_about_its_class_hides_is_corrected_by_nobody_from_whom_it_hides_it_and_leaves_the_class_by_nobody()
    {
        var clientId = await ReferredAsync("recovery-coaches");
        await ContactAsync(Coach, clientId);
        var eventId = (await ItemsAsync(Coach, clientId)).Single()["eventId"]!.GetValue<Guid>();
        await CorrectAsync(CoachSupervisor, clientId, eventId, "PART2", "JUVENILE");
        var order = (await county.PostAsync(Officer, PathOf(clientId) + "/orders", new
        {
            scope = "juvenile",
            authority = "court",
            reasonCode = "juvenile-expunction",
            reference = "2026 EX 20",
            leftTo = new[] { new { agencyId = "recovery-coaches", role = Role.CoachSupervisor } },
        })).ShouldSucceed().Json["orderId"]!.GetValue<Guid>();

        (await AwayAsync(Officer, eventId)).Without(eventId).ShouldBe((await AwayAsync(Officer, clientId)).Without(clientId), "as if there were none");
        (await AwayAsync(Officer, eventId)).ShouldBeProblem(404, "labelled-entry-not-found");
        (await AwayAsync(CoachSupervisor, eventId)).ShouldBeProblem(409, "label-bound-by-order", "labels");

        (await county.ChangeAsync(
            Officer, $"{PathOf(clientId)}/orders/{order}/lift", await county.VersionAsync(Officer, PathOf(clientId)), new { authority = "court", reference = "2026 EX 21" })).ShouldSucceed();
        (await AwayAsync(CoachSupervisor, eventId)).ShouldSucceed();

        Task<Reply> AwayAsync(Actor actor, Guid id) =>
            county.PostAsync(actor, $"/api/clients/{clientId}/labels/{id}/correct", new LabelDoors.Request(["PART2"], "To read it."));
    }

    [Fact]
    public async Task Nobody_makes_a_private_note_of_what_is_none()
    {
        var clientId = await ReferredAsync("recovery-coaches");
        await county.ReportAsync(Agent, clientId);
        var eventId = (await ItemsAsync(Officer, clientId)).Single(item => item["kind"]!.GetValue<string>() == "overdose_reported")["eventId"]!.GetValue<Guid>();

        foreach (var actor in new[] { Supervisor, Officer })
        {
            (await county.PostAsync(actor, $"/api/clients/{clientId}/labels/{eventId}/correct", new LabelDoors.Request(["WORKER_PRIVATE"], "To hide it.")))
                .ShouldBeProblem(422, "label-not-a-peer-note", "labels");
        }
    }

    private async Task<Guid> ReferredAsync(string agency)
    {
        var clientId = await county.SuperviseAsync(Agent);
        await county.ReferAsync(Agent, clientId, agency);
        return clientId;
    }

    private async Task ContactAsync(Actor actor, Guid clientId, FiledAs? filedAs = null) =>
        (await county.PostAsync(actor, $"/api/clients/{clientId}/touchpoints/contacts", new ContactRequest(ContactMode.Phone, FiledAs: filedAs))).ShouldSucceed();

    private async Task DecideAsync(string agency, RecordStatus status, string? program = null) =>
        (await county.PostAsync(Officer, $"/api/agencies/{agency}/record-status", new RecordStatusRequest(status, "Opinion of counsel.", program))).ShouldSucceed();

    private async Task CorrectAsync(Actor actor, Guid clientId, Guid eventId, params string[] labels) => (await county.PostAsync(
        actor, $"/api/clients/{clientId}/labels/{eventId}/correct", new LabelDoors.Request(labels, "It was the drop-in."))).ShouldSucceed();

    private async Task<List<JsonNode>> ItemsAsync(Actor actor, Guid clientId) =>
        [.. (await county.AskAsync(actor, $"/api/clients/{clientId}/timeline?direction=oldest")).ShouldSucceed().Json["items"]!.AsArray().Select(item => item!)];

    private async Task<string> TimelineAsync(Actor actor, Guid clientId) => (await county.AskAsync(actor, $"/api/clients/{clientId}/timeline")).ShouldSucceed().Text;

    private async Task<IEnumerable<string>> LabelsAsync(Actor actor, Guid clientId) => (await ItemsAsync(actor, clientId)).Select(Codes);

    private static string Codes(JsonNode item) => string.Join(' ', item["labels"]!.AsArray().Select(code => code!.GetValue<string>()));
}
