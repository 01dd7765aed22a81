using CaseFlow.Api.Touchpoints;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Touchpoints;
using CaseFlow.EventStore;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Touchpoints;

public sealed class ReportingTouchpoints(County county) : IClassFixture<County>
{
    private static readonly Actor HospitalFeed = new("hospital-feed", Role.Service, "demo", "county-hospital", Purpose: Purpose.Operations);

    /// <summary>Every line of the table, with somebody who may report it.</summary>
    private static readonly (string Route, Actor Actor, object Body, Type Fact)[] Reports =
    [
        ("ed-arrivals", HospitalFeed, new FacilityRequest("county-hospital"), typeof(EdArrivalReported)),
        ("ed-discharges", HospitalFeed, new FacilityRequest("county-hospital"), typeof(EdDischargeReported)),
        ("naloxone", Agent, new NaloxoneRequest(2), typeof(NaloxoneProvided)),
        ("calls-for-service", Dispatcher, new CallForServiceRequest("welfare-check"), typeof(CallForServiceReceived)),
        ("supervision-contacts", Agent, new SupervisionContactRequest(ContactMode.InPerson), typeof(SupervisionContactReported)),
        ("contacts", Coach, new ContactRequest(ContactMode.Phone, 20), typeof(ContactMade)),
        ("outreach-attempts", Coach, new OutreachRequest(ContactMode.Text, AttemptOutcome.NoAnswer), typeof(OutreachAttempted)),
        ("coach-offers", Agent, new CoachRequest(), typeof(RecoveryCoachOffered)),
        ("coach-acceptances", Agent, new CoachRequest(), typeof(RecoveryCoachAccepted)),
        ("coach-declines", Agent, new CoachRequest(Note: "Not now."), typeof(RecoveryCoachDeclined)),
        ("warm-handoffs", Coach, new WarmHandoffRequest("county-jail", "recovery-coaches", PresentTogether: true), typeof(WarmHandoffPerformed)),
        ("placement-admissions", Coach, new PlacementAdmissionRequest("residential"), typeof(AdmittedToPlacement)),
        ("needs-met", Coach, new NeedMetRequest("clothing"), typeof(NeedMet)),
    ];

    [Fact]
    public async Task Every_plain_fact_has_a_route_and_goes_to_the_stream_of_its_agency()
    {
        var clientId = await county.SuperviseAsync(Agent);
        await county.ReferAsync(Agent, clientId, "recovery-coaches");
        Reports.Select(report => report.Route).Order().ShouldBe(ReportableFacts.All.Select(line => line.Route).Order());

        foreach (var (route, actor, body, _) in Reports)
        {
            var reply = await county.PostAsync(actor, $"/api/clients/{clientId}/touchpoints/{route}", body);
            reply.Status.ShouldBe(204, $"{route}: {reply.Text}");
        }

        foreach (var agency in Reports.GroupBy(report => report.Actor.Agency!))
        {
            var facts = await EventsAsync(clientId, agency.Key);
            facts.Select(fact => fact.Data.GetType()).ShouldBe(agency.Select(report => report.Fact));
            foreach (var fact in facts)
            {
                var circumstances = fact.Headers.ShouldBeOfType<Circumstances>();
                circumstances.Intercept.ShouldBe(ReportableFacts.Of((TouchpointEvent)fact.Data).Intercept);
                circumstances.Agency.ShouldBe(agency.Key);
                circumstances.Labels.ShouldBe(agency.Key == "recovery-coaches" ? ["PART2"] : []);
            }
        }
    }

    [Fact]
    public async Task Whose_agency_opened_the_record_reads_what_it_told_while_nobody_supervises()
    {
        var (dropIn, known) = (await county.RegisterAsync(Coach, new(RegistrationSource.SelfReferral, Name: new("Walter", "Walkin"))), await county.RegisterAsync(Agent));
        (await county.PostAsync(Coach, $"/api/clients/{dropIn}/touchpoints/contacts", new ContactRequest(ContactMode.InPerson, 30, Note: "Came by."))).Status.ShouldBe(204);
        (await county.PostAsync(Coach, $"/api/clients/{dropIn}/touchpoints/contacts", new { mode = "phone", note = "For myself.", filedAs = new { workerPrivate = true } })).Status.ShouldBe(204);
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);

        (await KindsAsync(Coach, dropIn)).Count(kind => kind == "contact_made").ShouldBe(2);
        (await KindsAsync(Agent, known)).ShouldContain("client_registered");
        (await county.GetAsync(Coach, $"/api/clients/{dropIn}/amendments")).ShouldSucceed();
        foreach (var stranger in new[] { OtherCoach, Agent, Supervisor })
            await county.ShouldNotExistAsync(stranger, dropIn, id => county.GetAsync(stranger, $"/api/clients/{id}/timeline"));
        await county.ShouldNotExistAsync(Coach, known, id => county.GetAsync(Coach, $"/api/clients/{id}/timeline"));

        (await county.PostAsync(Agent, $"/api/clients/{known}/supervision/start", ClientStories.StartOf(Agent))).ShouldSucceed();
        await county.ShouldNotExistAsync(Colleague, known, id => county.GetAsync(Colleague, $"/api/clients/{id}/timeline"));

        async Task<List<string>> KindsAsync(Actor actor, Guid clientId) =>
            [.. (await county.AskAsync(actor, $"/api/clients/{clientId}/timeline")).ShouldSucceed().Json["items"]!.AsArray().Select(item => item!["kind"]!.GetValue<string>())];
    }

    [Fact]
    public async Task A_day_is_the_jurisdictions_own_day()
    {
        var clientId = await county.SuperviseAsync(Agent);

        (await county.PostAsync(Agent, $"/api/clients/{clientId}/touchpoints/naloxone", """{"doses":1,"when":{"occurredOn":"2026-01-05"}}""")).Status.ShouldBe(204);

        var fact = (TouchpointEvent)(await EventsAsync(clientId, "dcc")).Single().Data;
        fact.OccurredAt.ShouldBe(new DateTimeOffset(2026, 1, 5, 6, 0, 0, TimeSpan.Zero));
        fact.OccurredUntil.ShouldBe(new DateTimeOffset(2026, 1, 6, 6, 0, 0, TimeSpan.Zero));
        fact.OccurredPrecision.ShouldBe(TimePrecision.Day);
    }

    [Fact]
    public async Task Two_facts_at_once_are_both_recorded()
    {
        var clientId = await county.SuperviseAsync(Agent);

        var replies = await Task.WhenAll(Enumerable.Range(1, 6).Select(doses =>
            county.PostAsync(Agent, $"/api/clients/{clientId}/touchpoints/naloxone", new NaloxoneRequest(doses))));

        replies.ShouldAllBe(reply => reply.Status == 204);
        (await EventsAsync(clientId, "dcc")).Select(fact => ((NaloxoneProvided)fact.Data).Doses).Order().ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    [Fact]
    public async Task Somebody_elses_client_does_not_exist()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var abroad = Dispatcher with { Jurisdiction = "elsewhere" };
        foreach (var (actor, route, body) in new (Actor, string, object)[]
        {
            (Colleague, "naloxone", new NaloxoneRequest(1)),
            (SouthSupervisor, "supervision-contacts", new SupervisionContactRequest(ContactMode.Phone)),
            (Coach, "contacts", new ContactRequest(ContactMode.Phone)),
            (Stranger, "naloxone", new NaloxoneRequest(1)),
            (HospitalFeed with { Jurisdiction = "elsewhere" }, "ed-arrivals", new FacilityRequest("county-hospital")),
        })
        {
            await county.ShouldNotExistAsync(actor, clientId, id => county.PostAsync(actor, $"/api/clients/{id}/touchpoints/{route}", body));
        }

        (await county.PostAsync(abroad, $"/api/clients/{clientId}/touchpoints/calls-for-service", new CallForServiceRequest("other")))
            .ShouldBeProblem(403, "not-in-directory");
    }

    [Fact]
    public async Task Every_refusal_has_its_status_and_code()
    {
        var touchpoints = $"/api/clients/{await county.SuperviseAsync(Agent)}/touchpoints/";
        (Actor Actor, string Route, object Body, int Status, string Code)[] refusals =
        [
            (HospitalFeed, "ed-arrivals", new FacilityRequest("Saint Mary's"), 422, "fact-not-a-code"),
            (Agent, "naloxone", new NaloxoneRequest(0), 422, "fact-amount-out-of-range"),
            (Agent, "naloxone", new NaloxoneRequest(1, Note: "bell \u0007"), 400, "validation-failed"),
            (Agent, "naloxone", """{"doses":"1"}""", 400, "validation-failed"),
            (Agent, "naloxone", new NaloxoneRequest(1, new(DateTimeOffset.UtcNow.AddDays(1))), 422, "occurred-in-future"),
            (Agent, "calls-for-service", new CallForServiceRequest("other"), 403, "role-not-allowed"),
            (HospitalFeed with { Agency = null }, "ed-arrivals", new FacilityRequest("county-hospital"), 403, "no-agency"),
        ];
        foreach (var (actor, route, body, status, code) in refusals)
            (await county.PostAsync(actor, touchpoints + route, body)).ShouldBeProblem(status, code);
    }

    private async Task<IReadOnlyList<RecordedEvent>> EventsAsync(Guid clientId, string agency) =>
        (await county.Database.Store.ReadStreamAsync(
            "demo", StreamIds.Touchpoints(clientId, agency), cancellation: TestContext.Current.CancellationToken)).Events;
}
