using System.Text.Json.Nodes;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Courts;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Courts;

/// <summary>A treatment court over HTTP: its own staff record, each entry in one of its two files.</summary>
public sealed class RunningACourt(County county) : IClassFixture<County>, IAsyncLifetime
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await county.FurnishCourtAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_participant_is_referred_screened_accepted_and_admitted_to_the_first_phase()
    {
        var participation = await county.AdmitAsync();

        var read = (await county.GetAsync(Judge, participation)).ShouldSucceed().Json;

        read["stage"]!.GetValue<string>().ShouldBe("admitted");
        read["phase"]!.GetValue<string>().ShouldBe("acute-stabilization");
        read["objectivesOpen"]!.AsArray().Count.ShouldBe(3);
        Kinds(read).ShouldBe(
        [
            "treatment_court_referred", "eligibility_screened", "eligibility_screened", "eligibility_screened", "eligibility_determined", "participant_admitted", "phase_assigned",
        ]);
    }

    [Fact]
    public async Task Every_entry_is_labelled_as_the_file_that_it_is_in()
    {
        var participation = await county.AdmitAsync();
        await county.EnterAsync(Coordinator, participation, "staffings", new StaffingRequest(ByTeam) { File = CourtFile.Confidential });

        foreach (var recorded in await EventsAsync(participation))
        {
            var about = (Circumstances)recorded.Headers!;
            about.Labels.ShouldBe([((ParticipationEvent)recorded.Data).File == CourtFile.Open ? "COURT_OPEN" : "COURT_CONFIDENTIAL"]);
            (about.Agency, about.Intercept).ShouldBe(("court", 3));
        }
    }

    /// <summary>What was answered as recorded is in the log a moment later, and a page is frozen.</summary>
    [Fact]
    public async Task A_packet_holds_what_was_answered_as_recorded_just_before()
    {
        var participation = await county.AdmitAsync();
        for (var n = 1; n <= 6; n++)
        {
            await county.EnterAsync(Coordinator, participation, "incentives", new IncentiveRequest("praise", "attended") { File = CourtFile.Open, DecidedBy = ByTeam });
            var ask = new Api.CourtPackets.PacketRequest(Role.Judge, Participations: [Guid.Parse(participation.Split('/')[^1])]);
            var packet = (await county.PostAsync(Coordinator, "/api/courts/drug-court/packets", ask)).ShouldSucceed().Json["packetId"];
            (await county.GetAsync(Coordinator, $"/api/courts/drug-court/packets/{packet}")).ShouldSucceed().Json["pages"]![0]!["content"]!["compliance"]!["responses"]!["allIncentives"]!
                .GetValue<int>().ShouldBe(n);
        }
    }

    [Fact]
    public async Task Advancing_needs_objectives_days_sobriety_and_the_team()
    {
        var begun = new WhenPart(county.Now.AddDays(-90));
        var participation = await county.AdmitAsync(when: begun);
        var advance = new AdvanceRequest("clinical-stabilization", 20) { File = CourtFile.Open, DecidedBy = ByTeam };

        (await county.TryAsync(Coordinator, participation, "advance", advance)).ShouldBeProblem(409, "objectives-open");
        foreach (var objective in new[] { "treatment-begun", "hearings-attended" })
            await county.EnterAsync(Coordinator, participation, "objectives", new ObjectiveRequest("acute-stabilization", objective) { File = CourtFile.Confidential });
        var waiver = new WaiveRequest("acute-stabilization", "housing-plan") { File = CourtFile.Confidential, DecidedBy = ByTeam, Words = "Lives with family." };
        (await county.TryAsync(Coordinator, participation, "objectives/waive", waiver with { DecidedBy = [Coordinator.Id] })).ShouldBeProblem(422, "team-incomplete", "decidedBy");
        (await county.TryAsync(Coordinator, participation, "objectives/waive", waiver with { StaffingId = Guid.CreateVersion7() })).ShouldBeProblem(409, "staffing-unknown", "staffingId");
        var staffing = await county.EnterAsync(Coordinator, participation, "staffings", new StaffingRequest(ByTeam) { File = CourtFile.Confidential });
        await county.EnterAsync(Coordinator, participation, "objectives/waive", waiver with { StaffingId = staffing });
        (await county.TryAsync(Coordinator, participation, "advance", advance with { SobrietyDays = 13 })).ShouldBeProblem(409, "sobriety-too-short", "sobrietyDays");
        (await county.TryAsync(Coordinator, participation, "advance", advance with { SobrietyDays = 400 })).ShouldBeProblem(422, "sobriety-before-admission", "sobrietyDays");
        (await county.TryAsync(Coordinator, participation, "advance", advance with { DecidedBy = null })).ShouldBeProblem(422, "decided-by-nobody", "decidedBy");
        (await county.PostAsync(Coordinator, participation + "/advance", advance)).ShouldBeProblem(428, "if-match-missing");
        (await county.ChangeAsync(Coordinator, participation + "/advance", "\"1\"", advance)).ShouldBeProblem(412, "stale");

        await county.EnterAsync(Coordinator, participation, "advance", advance);

        (await county.GetAsync(Coordinator, participation)).Json["phase"]!.GetValue<string>().ShouldBe("clinical-stabilization");
        var back = new ReturnRequest("acute-stabilization", "Two meetings a week.", MadeWithParticipant: true) { File = CourtFile.Confidential, DecidedBy = ByTeam };
        (await county.TryAsync(Judge, participation, "return", back with { DecidedBy = null })).ShouldBeProblem(422, "team-incomplete", "decidedBy");
        await county.EnterAsync(Judge, participation, "return", back with { StaffingId = staffing });
    }

    [Fact]
    public async Task Two_who_advance_somebody_at_once_advance_them_once()
    {
        var participation = await county.AdmitAsync(when: new WhenPart(county.Now.AddDays(-90)));
        foreach (var objective in new[] { "treatment-begun", "hearings-attended", "housing-plan" })
            await county.EnterAsync(Coordinator, participation, "objectives", new ObjectiveRequest("acute-stabilization", objective) { File = CourtFile.Confidential });
        var version = await county.VersionAsync(Coordinator, participation);
        var advance = new AdvanceRequest("clinical-stabilization", 20) { File = CourtFile.Open, DecidedBy = ByTeam };

        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => county.ChangeAsync(Coordinator, participation + "/advance", version, advance)));

        replies.Count(reply => reply.Status == 201).ShouldBe(1);
        replies.Where(reply => reply.Status != 201).ShouldAllBe(reply => reply.Status == 412);
        (await EventsAsync(participation)).Count(recorded => recorded.Data is PhaseAdvanced).ShouldBe(1);
    }

    [Fact]
    public async Task Two_referrals_at_once_are_one_participation()
    {
        var clientId = await county.RegisterAsync(Coordinator, new(RegistrationSource.Court));

        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => county.PostAsync(
            Coordinator, "/api/courts/drug-court/referrals", new ReferralRequest(clientId, CourtReferralSource.Self) { File = CourtFile.Open })));

        replies.Count(reply => reply.Status == 201).ShouldBe(1);
        replies.Where(reply => reply.Status != 201).ShouldAllBe(reply => reply.Status == 409 && reply.Json["code"]!.GetValue<string>() == "participation-already-open");
    }

    [Fact]
    public async Task An_entry_told_twice_under_one_id_is_one()
    {
        var participation = await county.AdmitAsync();
        var ask = new FeeRequest("program-fee", 4_000) { File = CourtFile.Open, DecidedBy = ByJudge, EntryId = Guid.CreateVersion7() };

        var first = await county.PostAsync(Coordinator, participation + "/fees", ask);
        var again = await county.PostAsync(Coordinator, participation + "/fees", ask);

        (first.Status, again.Status).ShouldBe((201, 200), again.Text);
        again.Text.ShouldBe(first.Text);
        (await county.PostAsync(Coordinator, participation + "/fees", ask with { AmountCents = 5_000 })).ShouldBeProblem(409, "court-entry-told-differently", "entryId");

        // What nobody had to decide names nobody: what is read back is of another type than what was sent.
        var hearing = new HearingRequest(HearingKind.Status, new DateTimeOffset(2040, 3, 3, 16, 0, 0, TimeSpan.Zero), null) { File = CourtFile.Open, EntryId = Guid.CreateVersion7() };
        (await county.PostAsync(Coordinator, participation + "/hearings", hearing)).Status.ShouldBe(201);
        (await county.PostAsync(Coordinator, participation + "/hearings", hearing)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_second_time_begins_where_the_first_is_over()
    {
        var clientId = await county.RegisterAsync(Coordinator, new(RegistrationSource.Court));
        var first = await county.AdmitAsync(clientId);
        (await county.PostAsync(Coordinator, "/api/courts/drug-court/referrals", new ReferralRequest(clientId, CourtReferralSource.Self) { File = CourtFile.Open }))
            .ShouldBeProblem(409, "participation-already-open");
        var end = await county.EnterAsync(Coordinator, first, "withdraw", new EndRequest("moved") { File = CourtFile.Open });
        (await county.PostAsync(
            Coordinator,
            "/api/courts/drug-court/referrals",
            new ReferralRequest(clientId, CourtReferralSource.Self) { File = CourtFile.Open, When = new WhenPart(county.Now.AddDays(-1)) })).ShouldBeProblem(422, "before-what-it-follows", "when");

        var second = await county.ReferAsync(clientId);
        var wrong = new RetractRequest { File = CourtFile.Open, Words = "Came back." };
        (await county.TryAsync(Coordinator, first, $"entries/{end}/retract", wrong)).ShouldBeProblem(409, "participation-already-open");

        second.ShouldNotBe(first);
        (await county.GetAsync(Coordinator, first)).Json["stage"]!.GetValue<string>().ShouldBe("withdrawn");
        (await county.GetAsync(Coordinator, second)).Json["stage"]!.GetValue<string>().ShouldBe("referred");
        await county.EnterAsync(Coordinator, second, "close", new CloseRequest(ParticipationClosure.ReferralTakenBack) { File = CourtFile.Open, DecidedBy = ByTeam, Words = "Never left." });
        await county.EnterAsync(Coordinator, first, $"entries/{end}/retract", wrong);
        (await county.GetAsync(Coordinator, first)).Json["stage"]!.GetValue<string>().ShouldBe("admitted");
    }

    [Fact]
    public async Task Another_courts_participation_does_not_exist()
    {
        var participation = await county.AdmitAsync();
        var nobodys = $"/api/participations/{Guid.CreateVersion7()}";
        var nobody = await county.GetAsync(OtherCoordinator, nobodys);
        var routes = CourtFacts.All.Where(line => line.Route.Length > 0 && !line.Route.Contains('{', StringComparison.Ordinal)).ToList();

        foreach (var actor in new[] { OtherCoordinator, OtherJudge })
        {
            var read = await county.GetAsync(actor, participation);
            read.ShouldBeProblem(404, "participation-not-found");
            Blank(read, participation).ShouldBe(Blank(nobody, nobodys));
            foreach (var line in routes.Where(line => line.Roles.Contains(actor.Role)))
            {
                var body = county.Routes.Single(route => route.Route.Pattern.EndsWith("{participationId:guid}/" + line.Route, StringComparison.Ordinal)).Body;
                foreach (var version in new[] { "\"1\"", "\"7\"" })
                {
                    var there = await county.ChangeAsync(actor, $"{participation}/{line.Route}", version, body);
                    there.ShouldBeProblem(404, "participation-not-found");
                    Blank(there, participation).ShouldBe(Blank(await county.ChangeAsync(actor, $"{nobodys}/{line.Route}", version, body), nobodys), line.Route);
                }
            }
        }

        routes.Count.ShouldBeGreaterThan(25);
    }

    [Fact]
    public async Task A_client_whom_the_court_does_not_reach_is_referred_by_a_number_of_theirs_and_is_else_nobody()
    {
        var number = $"D{Random.Shared.Next()}";
        var clientId = await county.SuperviseAsync(Agent);
        (await county.PostAsync(Agent, $"/api/clients/{clientId}/external-identifiers", new IdentifierRequest(IdentifierSystem.Doc, number))).ShouldSucceed();
        var ask = new ReferralRequest(clientId, CourtReferralSource.SupervisingAgent) { File = CourtFile.Open };

        await county.ShouldNotExistAsync(Coordinator, clientId, id => county.PostAsync(Coordinator, "/api/courts/drug-court/referrals", ask with { ClientId = id }));
        await county.ShouldNotExistAsync(Coordinator, clientId, id => county.PostAsync(
            Coordinator, "/api/courts/drug-court/referrals", ask with { ClientId = id, KnownBy = new IdentifierRequest(IdentifierSystem.Doc, "of-somebody-else") }));
        (await county.PostAsync(OtherCoordinator, "/api/courts/drug-court/referrals", ask)).ShouldBeProblem(404, "court-not-found");
        (await county.PostAsync(Coordinator, "/api/courts/no-court/referrals", ask)).ShouldBeProblem(404, "court-not-found");

        (await county.PostAsync(Coordinator, "/api/courts/drug-court/referrals", ask with { KnownBy = new IdentifierRequest(IdentifierSystem.Doc, number) })).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_retraction_stays_beside_what_it_corrects()
    {
        var participation = await county.AdmitAsync();
        var warrant = await county.EnterAsync(Judge, participation, "warrants", new ReasonCodeRequest("failure-to-appear") { File = CourtFile.Open });
        (await county.TryAsync(Coordinator, participation, $"entries/{warrant}/retract", new RetractRequest { File = CourtFile.Open })).ShouldBeProblem(422, "court-reason-missing", "words");

        await county.EnterAsync(Coordinator, participation, $"entries/{warrant}/retract", new RetractRequest { File = CourtFile.Open, Words = "Of another participant." });

        var read = (await county.GetAsync(Coordinator, participation)).Json;
        read["openWarrants"]!.AsArray().ShouldBeEmpty();
        var entries = read["entries"]!.AsArray();
        entries[^2]!["isRetracted"]!.GetValue<bool>().ShouldBeTrue();
        entries[^1]!["words"]!.GetValue<string>().ShouldBe("Of another participant.");
        var events = await EventsAsync(participation);
        ((CourtEntryRetracted)events[^1].Data).CorrectedEventId.ShouldBe(events[^2].EventId);
    }

    [Fact]
    public async Task The_timeline_shows_each_file_to_those_who_read_it_and_a_retraction_as_one()
    {
        var clientId = await county.RegisterAsync(Coordinator, new(RegistrationSource.Court));
        var participation = await county.AdmitAsync(clientId);
        var warrant = await county.EnterAsync(Judge, participation, "warrants", new ReasonCodeRequest("failure-to-appear") { File = CourtFile.Open });
        await county.EnterAsync(Coordinator, participation, $"entries/{warrant}/retract", new RetractRequest { File = CourtFile.Open, Words = "Of another participant." });
        await county.Database.CatchUpAsync(Stop);

        var items = (await county.GetAsync(Officer, $"/api/clients/{clientId}/timeline?direction=oldest")).ShouldSucceed().Json["items"]!.AsArray();

        var issued = items.Single(item => item!["kind"]!.GetValue<string>() == "warrant_issued")!;
        issued["summary"]!.GetValue<string>().ShouldBe("Retracted: Warrant issued (failure-to-appear)");
        issued["correction"]!["previousSummary"]!.GetValue<string>().ShouldBe("Warrant issued (failure-to-appear)");
    }

    [Fact]
    public async Task What_is_recorded_keeps_the_version_in_force_when_it_happened()
    {
        var participation = await county.AdmitAsync(when: new WhenPart(county.Now.AddDays(-30)));
        var next = Configuration() with { EndReasons = ["rules-of-version-two"] };
        (await county.PostAsync(Administrator, "/api/courts/drug-court/configurations", new CourtDoors.PublishRequest(2, county.Now.AddDays(-10), next, "Other reasons."))).ShouldSucceed();
        var fee = new FeeRequest("program-fee", 4_000) { File = CourtFile.Open, DecidedBy = ByJudge };

        await county.EnterAsync(Coordinator, participation, "fees", fee with { When = new WhenPart(county.Now.AddDays(-20)) });
        await county.EnterAsync(Coordinator, participation, "fees", fee);
        (await county.TryAsync(Coordinator, participation, "withdraw", new EndRequest("moved") { File = CourtFile.Open })).ShouldBeProblem(422, "court-code-unknown", "reasonCode");

        (await EventsAsync(participation)).Select(recorded => recorded.Data).OfType<FeeOrdered>().Select(ordered => ordered.CourtVersion).ShouldBe([1, 2]);
        var court = (await county.GetAsync(Coordinator, "/api/courts/drug-court")).ShouldSucceed();
        court.Json["versions"]!.AsArray().Select(line => line!["inForce"]!.GetValue<bool>()).ShouldBe([false, true]);
        (await county.PostAsync(Administrator, "/api/courts/drug-court/configurations/2/retire", new CourtDoors.RetireRequest("Withdrawn."))).ShouldSucceed();
    }

    private static IEnumerable<string> Kinds(JsonNode read) => read["entries"]!.AsArray().Select(entry => entry!["kind"]!.GetValue<string>());

    private static string Blank(Reply reply, string participation) => reply.Without(Guid.Parse(participation.Split('/')[^1]));

    private async Task<IReadOnlyList<RecordedEvent>> EventsAsync(string participation) =>
        (await county.Database.Store.ReadStreamAsync("demo", Guid.Parse(participation.Split('/')[^1]), cancellation: Stop)).Events;
}
