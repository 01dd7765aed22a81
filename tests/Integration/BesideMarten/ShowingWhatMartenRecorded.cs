using CaseFlow.Api.Touchpoints;
using CaseFlow.Domain;
using CaseFlow.Domain.Touchpoints;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using Marten;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.BesideMarten;

/// <summary>The program as it runs, on a database that it shares with a live Marten application.</summary>
public sealed class ShowingWhatMartenRecorded
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fact_of_the_application_is_on_the_clients_timeline_once_beside_those_of_the_program()
    {
        await using var county = await County.WithAsync(("Store:SharedWithMarten", "true"));
        await MartenApplication.InstallAsync(county.ConnectionString);
        await using var marten = MartenApplication.Over(
            county.ConnectionString, more: options => options.Events.AddEventTypes([typeof(NaloxoneProvided), typeof(WarmHandoffPerformed)]));
        var clientId = await county.SuperviseAsync(Agent);
        (await county.PostAsync(Agent, $"/api/clients/{clientId}/touchpoints/naloxone", new NaloxoneRequest(1))).ShouldSucceed();

        // Once a view has moved, the node that does the work has declared the store as shared.
        (await county.AskAsync(Agent, $"/api/clients/{clientId}/timeline")).ShouldSucceed();

        await using (var session = marten.Session("demo"))
        {
            var given = (await session.Events.QueryAllRawEvents().Where(found => found.EventTypeName == "naloxone_provided").ToListAsync(Stop)).ShouldHaveSingleItem();
            var fact = given.Data.ShouldBeOfType<NaloxoneProvided>();
            (fact.ClientId, fact.Doses).ShouldBe((clientId, 1));
            foreach (var (name, value) in given.Headers!)
                session.SetHeader(name, value);
            session.Events.Append(
                given.StreamId,
                given.Version + 1,
                new WarmHandoffPerformed("city-police", "recovery-coaches", PresentTogether: true) { ClientId = clientId }.At(fact.OccurredAt.AddMinutes(1)));
            await session.SaveChangesAsync(Stop);
        }

        (await county.PostAsync(Agent, $"/api/clients/{clientId}/touchpoints/naloxone", new NaloxoneRequest(2))).ShouldSucceed();

        var shown = await county.AskAsync(Agent, $"/api/clients/{clientId}/timeline");
        for (var look = 0; !shown.Text.Contains("warm_handoff_performed", StringComparison.Ordinal) && look < 200; look++)
        {
            await Task.Delay(50, Stop);
            shown = await county.AskAsync(Agent, $"/api/clients/{clientId}/timeline");
        }

        shown.ShouldSucceed();
        var kinds = shown.Text.Split('"');
        kinds.Count(word => word == "warm_handoff_performed").ShouldBe(1, shown.Text);
        kinds.Count(word => word == "naloxone_provided").ShouldBe(2, shown.Text);
    }
}
