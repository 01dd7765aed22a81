using CaseFlow.Api.Agencies;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Consents;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Overdoses;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Erasure;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using static CaseFlow.Integration.Erasure.ErasureStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Privacy;

/// <summary>What another agency reported of an overdose is shown as in the timeline: by the one decision, and else it does not exist but for whom a duty stands.</summary>
public sealed class ShowingOverdosesOfOtherAgencies(County county) : IClassFixture<County>, IAsyncLifetime
{
    private static readonly Actor Lead = new("coach-lead-1", Role.CoachSupervisor, "demo", "recovery-coaches");

    private static readonly string[] Filings = ["usual", "private"];

    private readonly DateTimeOffset happenedAt = county.Now.AddMinutes(-30);

    public async ValueTask InitializeAsync()
    {
        await county.EngageAsync(Lead);
        (await county.PostAsync(Administrator, "/api/agencies/recovery-coaches/programs", new OpenProgramRequest("youth", "Youth"))).ShouldSucceed();
        (await county.PostAsync(Officer, "/api/agencies/recovery-coaches/record-status", new RecordStatusRequest(
            new RecordStatus(Part2Status.Part2Program, Juvenile: true), "Opinion of counsel.", "youth"))).ShouldSucceed();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Without_a_ground_it_does_not_exist_for_those_who_supervise_the_client_until_the_agent_is_on_record_as_knowing()
    {
        foreach (var filing in Filings)
        {
            var (clientId, overdoseId) = await ReportedAsync(filing);
            foreach (var actor in new[] { Agent, Supervisor })
            {
                await ShouldNotExistAsync(actor, overdoseId, id => county.GetAsync(actor, $"/api/overdoses/{id}"));
                foreach (var (path, body) in Changes(overdoseId))
                    await ShouldNotExistAsync(actor, overdoseId, id => county.ChangeAsync(actor, $"/api/overdoses/{id}/{path}", "\"1\"", body));
            }

            (await county.KnowAsync(Agent, clientId, overdoseId)).ShouldSucceed();

            foreach (var actor in new[] { Agent, Supervisor })
            {
                var known = (await county.GetAsync(actor, $"/api/overdoses/{overdoseId}")).ShouldSucceed();
                known.Json["clientId"]!.GetValue<Guid>().ShouldBe(clientId);
                foreach (var hidden in new[] { "reportEventId", "occurredAt", "details", "notice" })
                    known.Json[hidden].ShouldBeNull(hidden);
                (known.ETag, known["Redisclosure-Notice"]).ShouldBe((null, null));
                foreach (var (path, body) in Changes(overdoseId))
                    (await county.ChangeAsync(actor, $"/api/overdoses/{overdoseId}/{path}", "\"1\"", body)).ShouldBeProblem(403, "overdose-report-restricted");
                (await county.AskAsync(actor, $"/api/clients/{clientId}/timeline")).ShouldSucceed().Json["items"]!.AsArray()
                    .ShouldNotContain(item => item!["kind"]!.GetValue<string>() == "overdose_reported");
            }

            var before = (await county.GetAsync(Agent, $"/api/overdoses/{overdoseId}")).Text;
            (await county.ChangeAsync(Lead, $"/api/overdoses/{overdoseId}/confirm", await county.VersionAsync(Lead, $"/api/overdoses/{overdoseId}"), ConfirmRequest.Example)).ShouldSucceed();
            (await county.GetAsync(Agent, $"/api/overdoses/{overdoseId}")).Text.ShouldBe(before, "nothing of it moves");
            var duty = (await county.DutiesAsync(Agent, clientId)).ShouldHaveSingleItem()!;
            (duty["phase"]!.GetValue<string>(), duty["overdoseIds"]![0]!.GetValue<Guid>()).ShouldBe(("open", overdoseId));
            (await county.EventsAsync("disclosure_made", clientId)).ShouldBe(0);
        }
    }

    [Fact]
    public async Task The_reporting_agency_sees_its_own_report_and_a_private_one_its_author_and_supervisors_alone()
    {
        var colleague = Coach with { Id = "coach-colleague" };
        await county.EngageAsync(colleague);
        var (_, usual) = await ReportedAsync("usual");
        var (noted, note) = await ReportedAsync("private");
        foreach (var (overdoseId, actor, isShown) in new[] { (usual, colleague, true), (usual, Lead, true), (note, Coach, true), (note, colleague, false), (note, Lead, true) })
        {
            var read = (await county.GetAsync(actor, $"/api/overdoses/{overdoseId}")).ShouldSucceed();
            (read.Json["details"] is not null).ShouldBe(isShown, $"{actor.Id} {overdoseId}");
            read.ETag.ShouldNotBeNull("its own agency may say more of it");
        }

        foreach (var (actor, sees) in new[] { (Coach, true), (Lead, true), (colleague, false) })
        {
            if (actor == Coach)
                (await county.ChangeAsync(Coach, $"/api/overdoses/{note}/rule-out", await county.VersionAsync(Coach, $"/api/overdoses/{note}"), RuleOutRequest.Example)).ShouldSucceed();
            (await county.GetAsync(actor, $"/api/overdoses/{note}")).ShouldSucceed().Json["ruledOut"]!.GetValue<bool>().ShouldBe(sees, $"{actor.Id}: its author's own act is a part of the note");
            var kinds = (await county.AskAsync(actor, $"/api/clients/{noted}/timeline")).ShouldSucceed().Json["items"]!.AsArray().Select(item => item!["kind"]!.GetValue<string>()).ToList();
            kinds.Contains("overdose_ruled_out").ShouldBe(sees, actor.Id);
        }

        (await county.GetAsync(Officer, $"/api/overdoses/{usual}")).ShouldSucceed().Json["details"].ShouldNotBeNull();
        (await county.GetAsync(Officer, $"/api/overdoses/{note}")).ShouldSucceed().Json["details"].ShouldBeNull();
    }

    [Fact]
    public async Task A_court_order_shows_it_records_that_and_lets_the_agent_say_more()
    {
        var (clientId, overdoseId) = await ReportedAsync("usual");
        await OrderAsync(clientId);

        var shown = (await county.GetAsync(Agent, $"/api/overdoses/{overdoseId}")).ShouldSucceed();

        shown.Json["details"]!["area"]!.GetValue<string>().ShouldBe("planted-area");
        shown.Json["notice"].ShouldBeNull("nobody consented");
        var told = (await county.GetAsync(Officer, $"/api/clients/{clientId}/accounting")).ShouldSucceed().Json["items"]!.AsArray().ShouldHaveSingleItem()!;
        (told["basis"]!.GetValue<string>(), told["disclosingAgency"]!.GetValue<string>()).ShouldBe(("courtOrder", "recovery-coaches"));
        told["content"]!.AsArray().Select(code => code!.GetValue<string>()).ShouldBe(["overdose", "whole-record"], ignoreOrder: true);
        (await county.ChangeAsync(Agent, $"/api/overdoses/{overdoseId}/confirm", shown.ETag, ConfirmRequest.Example)).ShouldSucceed();
        (await county.GetAsync(Agent, $"/api/overdoses/{overdoseId}")).ShouldSucceed().Json["confirmed"]!.GetValue<bool>().ShouldBeTrue();
        (await county.GetAsync(Coach, $"/api/overdoses/{overdoseId}")).ShouldSucceed().Json["confirmed"]!.GetValue<bool>().ShouldBeFalse("that is corrections' own word");
    }

    [Fact]
    public async Task When_it_happened_is_compared_only_for_those_who_are_shown_that()
    {
        var before = happenedAt.AddHours(-3);
        foreach (var filing in Filings)
        {
            var (hidden, overdoseId) = await ReportedAsync(filing);
            (await county.KnowAsync(Agent, hidden, overdoseId, before)).ShouldSucceed();
            (await county.DutiesAsync(Agent, hidden)).ShouldHaveSingleItem()!["overdoseIds"]![0]!.GetValue<Guid>().ShouldBe(overdoseId);
            (await county.ChangeAsync(
                Agent, $"/api/clients/{hidden}/overdoses/{overdoseId}/correct-knowledge", await county.VersionAsync(Agent, $"/api/clients/{hidden}/referral-duty"),
                new { knownAt = before.AddHours(-1), reason = "An hour earlier." })).ShouldSucceed();
        }

        var (shown, ordered) = await ReportedAsync("usual");
        await OrderAsync(shown);
        (await county.KnowAsync(Agent, shown, ordered, before)).ShouldBeProblem(422, "known-before-occurred", "knownAt");
    }

    [Fact]
    public async Task A_correction_goes_with_what_it_corrects_and_with_its_own_class()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var overdoseId = await county.ReportAsync(Agent, clientId);
        var first = (await county.GetAsync(Agent, $"/api/overdoses/{overdoseId}")).ShouldSucceed();
        var right = DetailsPart.Example with { Area = "planted-correction" };
        (await county.ChangeAsync(Agent, $"/api/overdoses/{overdoseId}/correct", first.ETag, CorrectRequest.Example with
        {
            CorrectedEventId = first.Json["reportEventId"]!.GetValue<Guid>(),
            Details = right,
            When = new Api.Http.WhenPart(first.Json["occurredAt"]!.GetValue<DateTimeOffset>()),
        })).ShouldSucceed();
        await ShouldSayAsync(corrected: true);
        var correction = (await county.AskAsync(Agent, $"/api/clients/{clientId}/timeline")).ShouldSucceed().Json["items"]!.AsArray()
            .Single(item => item!["kind"]!.GetValue<string>() == "overdose_report_corrected")!["eventId"]!.GetValue<Guid>();
        (await county.PostAsync(Supervisor, $"/api/clients/{clientId}/labels/{correction}/correct", new LabelDoors.Request(["JUVENILE"], "It was the youth programme."))).ShouldSucceed();
        await ShouldSayAsync(corrected: true);

        await county.OrderAsync(clientId, ErasureScope.Juvenile, "juvenile-expunction");
        await ShouldSayAsync(corrected: false);

        async Task ShouldSayAsync(bool corrected) =>
            ((await county.GetAsync(Agent, $"/api/overdoses/{overdoseId}")).ShouldSucceed().Json["details"]!["area"]?.GetValue<string>() == "planted-correction").ShouldBe(corrected);
    }

    [Fact]
    public async Task An_opening_in_an_emergency_shows_it_and_is_accounted_for_and_a_consent_shows_no_more_than_in_the_timeline()
    {
        var (clientId, overdoseId) = await ReportedAsync("usual");
        (await county.PostAsync(Coach, $"/api/clients/{clientId}/consents", GrantConsentRequest.Example with
        {
            Disclosers = [Coach.Agency!],
            Recipients = ["dcc"],
            RecipientRoles = [],
            Kind = ConsentKind.Part2General,
            Information = [ConsentInformation.WholeRecord],
            Purposes = [ConsentPurpose.Supervision],
            Term = new TermPart(ExpiresAt: county.Now.AddYears(1)),
            Form = FormPart.Example with { SignedAt = county.Now.AddDays(-2) },
        })).ShouldSucceed();
        (await county.GetAsync(Agent, $"/api/overdoses/{overdoseId}")).ShouldBeProblem(404, "overdose-not-found");
        var helper = Agent with { Purpose = Purpose.Care };
        (await county.PostAsync(helper, $"/api/clients/{clientId}/emergency-access", new EmergencyDoors.UseRequest(EmergencyReason.Overdose, "Found unconscious."))).ShouldSucceed();

        (await county.GetAsync(helper, $"/api/overdoses/{overdoseId}")).ShouldSucceed().Json["details"].ShouldNotBeNull();

        (await county.GetAsync(Officer, $"/api/clients/{clientId}/accounting")).ShouldSucceed().Json["items"]!.AsArray()
            .ShouldContain(told => told!["basis"]!.GetValue<string>() == "emergencyAccess" && told["content"]!.AsArray().Any(code => code!.GetValue<string>() == "overdose"));
        (await county.GetAsync(Agent, $"/api/overdoses/{overdoseId}")).ShouldBeProblem(404, "overdose-not-found");
    }

    [Fact]
    public async Task A_report_that_came_under_a_class_by_a_correction_goes_with_the_class_as_if_it_had_been_labelled_at_first()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var overdoseId = await county.ReportAsync(Agent, clientId);
        (await county.KnowAsync(Agent, clientId, overdoseId)).ShouldSucceed();
        var report = (await county.GetAsync(Agent, $"/api/overdoses/{overdoseId}")).ShouldSucceed().Json["reportEventId"]!.GetValue<Guid>();
        var first = await county.OrderAsync(clientId, ErasureScope.Juvenile, "juvenile-expunction");
        (await county.GetAsync(Agent, $"/api/overdoses/{overdoseId}")).ShouldSucceed();

        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        var underOrder = new LabelDoors.Request(["JUVENILE"], "It was the youth programme.");
        (await county.PostAsync(Supervisor, $"/api/clients/{clientId}/labels/{report}/correct", underOrder)).ShouldBeProblem(422, "label-not-of-source", "labels");
        (await county.PostAsync(Officer, $"/api/clients/{clientId}/labels/{report}/correct", underOrder)).ShouldSucceed();
        await ShouldBeGoneAsync();

        (await county.ChangeAsync(
            Officer, $"{PathOf(clientId)}/orders/{first}/lift", await county.VersionAsync(Officer, PathOf(clientId)), new { authority = "court", reference = "2026 EX 15" })).ShouldSucceed();
        (await county.GetAsync(Agent, $"/api/overdoses/{overdoseId}")).ShouldSucceed().Json["details"].ShouldNotBeNull();
        (await county.ApplyAsync(clientId, await county.OrderAsync(clientId, ErasureScope.Juvenile, "juvenile-expunction", "2026 EX 16"))).ShouldSucceed();
        await ShouldBeGoneAsync();

        async Task ShouldBeGoneAsync()
        {
            foreach (var actor in new[] { Agent, Supervisor, Officer })
                await ShouldNotExistAsync(actor, overdoseId, id => county.GetAsync(actor, $"/api/overdoses/{id}"));
            foreach (var (path, body) in Changes(overdoseId))
                await ShouldNotExistAsync(Agent, overdoseId, id => county.ChangeAsync(Agent, $"/api/overdoses/{id}/{path}", "\"1\"", body));
        }
    }

    [Fact]
    public async Task A_report_that_an_order_hides_with_its_class_is_nobodys_to_read_to_change_or_to_guess()
    {
        var (clientId, overdoseId) = await ReportedAsync("youth");
        var told = RequestOf(clientId, overdoseId, "youth");
        (await county.PostAsync(Lead, "/api/overdoses", told)).Status.ShouldBe(200, "its agency may tell it again");
        (await county.PostAsync(Lead, "/api/overdoses", told with { Details = DetailsPart.Example })).ShouldBeProblem(409, "overdose-reported-differently");

        (await county.KnowAsync(Agent, clientId, overdoseId)).ShouldSucceed();
        var orderId = await county.OrderAsync(clientId, ErasureScope.Juvenile, "juvenile-expunction");
        await ShouldBeGoneAsync("sealed");
        var whole = await county.OrderAsync(clientId);
        await ShouldBeGoneAsync("and the whole record sealed besides");
        (await county.ApplyAsync(clientId, orderId)).ShouldSucceed();
        await ShouldBeGoneAsync("erased, and the whole record sealed");
        (await county.ApplyAsync(clientId, whole)).ShouldSucceed();
        await ShouldBeGoneAsync("and the whole record erased");

        async Task ShouldBeGoneAsync(string how)
        {
            await ShouldNotExistAsync(Agent, overdoseId, id => county.GetAsync(Agent, $"/api/overdoses/{id}"));
            foreach (var actor in new[] { Coach, Lead })
            {
                await ShouldNotExistAsync(actor, overdoseId, id => county.GetAsync(actor, $"/api/overdoses/{id}"));
                foreach (var (path, body) in Changes(overdoseId))
                    await ShouldNotExistAsync(actor, overdoseId, id => county.ChangeAsync(actor, $"/api/overdoses/{id}/{path}", "\"1\"", body));
                var right = await county.PostAsync(actor, "/api/overdoses", told);
                right.ShouldBeProblem(404, "overdose-id-not-free");
                right.Without(overdoseId).ShouldBe((await county.PostAsync(actor, "/api/overdoses", told with { Details = DetailsPart.Example })).Without(overdoseId), how);
            }
        }
    }

    [Fact]
    public async Task An_order_that_is_recorded_while_a_change_is_decided_is_before_it()
    {
        var (clientId, overdoseId) = await ReportedAsync("youth");
        var (sights, isOrdered) = (county.Service<OverdoseSights>(), false);

        var result = await new CommandLoop(county.Database.Store, TimeProvider.System).RunAsync(Coach, ConfirmAsync, new CommandTerms(), TestContext.Current.CancellationToken);

        result.ShouldBeOfType<CommandResult.Refused>().Rejection.ShouldBe(OverdoseRejections.NotFound(overdoseId));
        (await county.EventsAsync("overdose_confirmed", clientId)).ShouldBe(0);

        async Task<Answer> ConfirmAsync(CommandSession session)
        {
            var stream = await session.LoadAsync(Streams.Overdose, overdoseId);
            var sight = await sights.OfAsync(session, stream.State, stream.History);
            if (!isOrdered)
                await county.OrderAsync(clientId, ErasureScope.Juvenile, "juvenile-expunction");
            isOrdered = true;
            if (sight.Hidden is { } gone)
                session.Refuse(gone);
            session.Record(stream, ConfirmOverdose.Decide(new(overdoseId, ConfirmedBy.Hospital, When.At(session.Now)), stream.State, session.Now));
            return Answer.Done(stream);
        }
    }

    private static (string Path, object Body)[] Changes(Guid overdoseId) =>
    [
        ("confirm", ConfirmRequest.Example),
        ("rule-out", RuleOutRequest.Example),
        ("confirm-fatality", ConfirmRequest.Example),
        ("correct", CorrectRequest.Example),
        ("identify", new { clientId = overdoseId, how = "staff" }),
    ];

    private async Task<(Guid ClientId, Guid OverdoseId)> ReportedAsync(string filing)
    {
        var clientId = await county.SuperviseAsync(Agent);
        await county.ReferAsync(Agent, clientId, "recovery-coaches");
        var overdoseId = Guid.CreateVersion7();
        (await county.PostAsync(Coach, "/api/overdoses", RequestOf(clientId, overdoseId, filing))).ShouldSucceed();
        return (clientId, overdoseId);
    }

    private ReportOverdoseDoor.Request RequestOf(Guid clientId, Guid overdoseId, string filing) => new(
        overdoseId, clientId, DetailsPart.Example with { Area = "planted-area" }, OverdoseSource.Client, new Api.Http.WhenPart(happenedAt),
        FiledAs: new FiledAs(Program: filing == "youth" ? "youth" : null, WorkerPrivate: filing == "private"));

    private async Task OrderAsync(Guid clientId) => (await county.PostAsync(Lead, $"/api/clients/{clientId}/disclosure-orders", CourtOrderRequest.Example with
    {
        Information = [ConsentInformation.WholeRecord],
    })).ShouldSucceed();

    private static async Task ShouldNotExistAsync(Actor actor, Guid overdoseId, Func<Guid, Task<Reply>> ask)
    {
        var nothing = Guid.CreateVersion7();
        var reply = await ask(overdoseId);
        reply.ShouldBeProblem(404, "overdose-not-found");
        reply.Without(overdoseId).ShouldBe((await ask(nothing)).Without(nothing), $"{actor.Id} of {actor.Jurisdiction}");
    }
}
