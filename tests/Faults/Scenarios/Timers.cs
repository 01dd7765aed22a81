using CaseFlow.Api.Overdoses;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Faults.Servers;

namespace CaseFlow.Faults.Scenarios;

/// <summary>What is done once must be done once, whatever is killed in the middle of it.</summary>
internal static class Timers
{
    /// <summary>A reminder, and that it is overdue.</summary>
    public const int NoticesPerDuty = 2;

    private const string Due = "select count(*) from caseflow.cf_timers where due_at < now()";

    private const string Sent = "select count(*) from caseflow.mt_events where type in ('referral_duty_reminder_sent', 'referral_duty_overdue')";

    private const string Waiting = "select count(*) from caseflow.cf_timers where due_at > now()";

    /// <summary>Removing a timer takes a moment, in which its effect is stored already: there the program is killed.</summary>
    public static async Task<Report> KilledBetweenFiringAndRemovingAsync(int seed, int kills)
    {
        await using var arena = await Arena.OpenAsync("killing between firing and removing", seed);
        await Lingering.AtAsync(arena.Server, "delete", "cf_timers");
        var node = await arena.StartNodeAsync();
        var (owed, past) = (0, DateTimeOffset.UtcNow.AddDays(-10));
        // Its timers are to come, and must be there after all kills.
        await OweAsync(node, arena.Clients[^1], DateTimeOffset.UtcNow.AddMinutes(-10));
        for (var kill = 0; kill < kills; kill++)
        {
            if (owed < arena.Clients.Count - 1)
                await OweAsync(node, arena.Clients[owed++], past);
            await Machine.UntilAsync($"a timer is fired and about to be removed (seed {seed})", TimeSpan.FromSeconds(30), () => Lingering.IsAsync(arena.Server, "node-"));
            await Task.Delay(arena.Random.Next(200));
            arena.Kill(node);
            node = await arena.StartNodeAsync();
        }

        await Lingering.NoMoreAtAsync(arena.Server, "cf_timers");
        await Machine.UntilAsync(
            $"every due timer is fired (seed {seed})", TimeSpan.FromSeconds(60),
            async () => await arena.Server.AskAsync<long>(Sent, "caseflow") >= owed * NoticesPerDuty && await arena.Server.AskAsync<long>(Due, "caseflow") == 0);
        (await arena.Server.AskAsync<long>(Waiting, "caseflow")).ShouldBe(NoticesPerDuty, $"the timers to come are kept (seed {seed})");
        var report = await arena.FinishAsync();
        (await arena.Server.AskAsync<long>(Sent, "caseflow")).ShouldBe(owed * NoticesPerDuty, $"each notice is sent once (seed {seed})");
        return report with { Notes = $"{owed * NoticesPerDuty} notices, each once" };
    }

    /// <summary>A duty that began when the overdose became known; ten days later its reminder and its end have passed.</summary>
    public static async Task OweAsync(Node node, Guid client, DateTimeOffset known)
    {
        var overdose = Guid.CreateVersion7();
        (await node.PostAsync(Template.Agent, "/api/overdoses", new ReportOverdoseDoor.Request(
            overdose, client, DetailsPart.Example, OverdoseSource.Hospital, new(known.AddMinutes(-20))))).ShouldSucceed();
        (await node.PostAsync(Template.Agent, $"/api/clients/{client}/overdoses/{overdose}/known", new KnownRequest(known, LearnedFrom.Hospital))).ShouldSucceed();
    }
}
