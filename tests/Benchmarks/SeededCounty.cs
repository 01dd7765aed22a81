using System.Diagnostics;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Referrals;
using CaseFlow.Domain.Supervision;
using CaseFlow.Domain.Touchpoints;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Benchmarks;

/// <summary>
/// Two years of a large county, always the same: duties with all that followed from them, in the order of their occurrence,
/// appended as events of the real types in large batches; and one client with a thousand touchpoints.
/// </summary>
internal sealed class SeededCounty
{
    public const int Offices = 20;
    public const int Touchpoints = 1_000;
    private const int DutiesPerClient = 5;
    private const int BatchEvents = 2_000;

    public static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset End = Start.AddDays(730);
    public static readonly Guid BusyClient = NamedId.Of("bench", "busy");

    private readonly Random random = new(20_240_101);
    private readonly List<Happening> happenings = [];
    private readonly Dictionary<Guid, int> versions = [];

    private SeededCounty(int duties)
    {
        Duties = duties;
        Agents = Math.Max(Offices, duties / 250);
    }

    public int Duties { get; }

    public int Agents { get; }

    public static string AgentOf(int n) => $"agent-{n:000}";

    public static string OfficeOf(int agent) => $"office-{agent % Offices:00}";

    /// <summary>Writes the events, places them in the log, and builds the three views that are asked.</summary>
    public static async Task<SeededCounty> WriteAsync(World world, int duties)
    {
        var county = new SeededCounty(duties);
        for (var client = 0; client < duties / DutiesPerClient; client++)
            county.TellClient(client);
        county.TellBusyClient();
        county.happenings.Sort((one, other) => one.At.CompareTo(other.At));

        var events = county.happenings.Count;
        await MeasureAsync($"{Report.Count(events)} events appended", events, () => county.AppendAsync(world));
        await MeasureAsync("placed in the log", events, () => world.Database.Sequencer.PlaceNewAsync());
        county.happenings.Clear();
        var views = world.Database.Views;
        await using var background = StoreDataSource.ForBackground(world.ConnectionString);
        await MeasureAsync("compliance, timeline and caseload built side by side", events, () => Task.WhenAll(
            new IView[] { views.ReferralCompliance, views.Timeline, views.Caseload }
                .Select(view => Task.Run(() => new ViewRebuild(background, world.Database.Store).RebuildAsync(view)))));
        foreach (var table in new[] { "referral_compliance", "timeline", "caseload" })
        {
            await world.AskAsync($"vacuum analyze views.{table}"); // as autovacuum does soon after
            Console.WriteLine(
                $"views.{table}: {await world.AskAsync($"select count(*) from views.{table}"):N0} rows, "
                + $"{await world.AskAsync($"select count(*) from views.{table} where pos_to = {long.MaxValue} and occ_to = 'infinity'"):N0} current, "
                + $"{await world.AskAsync($"select pg_size_pretty(pg_table_size('views.{table}')) || ' and ' || pg_size_pretty(pg_indexes_size('views.{table}')) || ' of indexes'")}");
        }

        Console.WriteLine();
        return county;
    }

    private static async Task MeasureAsync(string what, int events, Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        Console.WriteLine($"{what}: {watch.Elapsed.TotalSeconds:0.0} s, {Report.Count(events / watch.Elapsed.TotalSeconds)} events/s");
    }

    private void TellClient(int number)
    {
        var client = NamedId.Of("bench", $"client-{number}");
        var agent = random.Next(Agents);
        var about = AboutAgent(agent);
        Supervise(client, agent, about);
        for (var n = 0; n < DutiesPerClient; n++)
            TellDuty(client, agent, NamedId.Of(client, $"overdose-{n}"), Start.AddMinutes(random.Next(730 * 24 * 60)), about);
    }

    private void Supervise(Guid client, int agent, Circumstances about)
    {
        var since = Start.AddMinutes(-random.Next(300 * 24 * 60));
        var stream = StreamIds.Supervision(client);
        Tell(stream, Streams.Supervision.Alias, new SupervisionStarted(SupervisionStatus.Probation, World.Agency, OfficeOf(agent), null) { ClientId = client }.At(since), about);
        Tell(stream, Streams.Supervision.Alias, new AgentAssigned(AgentOf(agent), World.Agency, OfficeOf(agent)) { ClientId = client }.At(since), about);
    }

    /// <summary>Three in a hundred stay open, the newest mostly are; the others end on every path.</summary>
    private void TellDuty(Guid client, int agent, Guid overdose, DateTimeOffset knownAt, Circumstances about)
    {
        var stream = StreamIds.ReferralDuty(client);
        var known = RecordOverdoseKnown.Decide(
            new(client, overdose, AgentOf(agent), LearnedFrom.Police, knownAt),
            DutyState.Initial,
            new OverdoseFacts(overdose, client, knownAt, Fatal: false, RuledOut: false),
            new SupervisedBy(AgentOf(agent), World.Agency, OfficeOf(agent)),
            (_, _) => new PolicyInForce(World.Policy, 1, 1),
            End);
        foreach (var fact in known.Events)
            Tell(stream, Streams.Duty.Alias, fact, about);

        var duty = (ReferralDutyTriggered)known.Events[1];
        var endedAt = knownAt.AddMinutes(random.Next(30, 40 * 60));
        var fate = random.NextDouble();
        var open = endedAt > End || fate < (knownAt > End.AddDays(-3) ? 0.8 : 0.03);
        var referral = random.NextDouble() < 0.1 ? Refer(client, duty, knownAt, delivered: open ? null : endedAt, about) : (Guid?)null;
        if (open)
            return;

        switch (fate)
        {
            case > 0.97:
                Tell(stream, Streams.Duty.Alias, new ReferralDutyImpossibilityRecorded(duty.DutyId, ImpossibleReason.ClientGone, []) { ClientId = client, RecordedBy = duty.AgentId }.At(endedAt), about);
                return;
            case > 0.94:
                Tell(stream, Streams.Duty.Alias, new ReferralDutyClosedUnsupervised(duty.DutyId, DutyPhase.Open) { ClientId = client }.At(endedAt), about);
                return;
            case > 0.90:
                Tell(
                    stream, Streams.Duty.Alias,
                    new ClientNotInterestedRecorded(duty.DutyId, duty.AgentId, ContactMode.Phone, Sealed<string>.Of("Not now."), [overdose], DateOnly.FromDateTime(endedAt.Date.AddDays(30))) { ClientId = client }.At(endedAt),
                    about, client);
                Discharge(DischargePath.NotInterested);
                break;
            default:
                Discharge(DischargePath.Referred);
                break;
        }

        if (random.NextDouble() < 0.6)
        {
            Tell(stream, Streams.Duty.Alias, new ReferralAttestationGiven(duty.DutyId, duty.AgentId) { ClientId = client }.At(endedAt.AddHours(1)), about);
            if (random.NextDouble() < 0.5)
                Tell(stream, Streams.Duty.Alias, new AgentSupervisorVerified(duty.DutyId, $"supervisor-{duty.OfficeId}") { ClientId = client }.At(endedAt.AddHours(30)), about);
            else if (random.NextDouble() < 0.02)
                Tell(stream, Streams.Duty.Alias, new ReferralDutyReturned(duty.DutyId, $"supervisor-{duty.OfficeId}", Sealed<string>.Of("The receipt is of another client.")) { ClientId = client }.At(endedAt.AddHours(30)), about, client);
        }

        void Discharge(DischargePath path) => Tell(
            stream, Streams.Duty.Alias,
            new ReferralDutyDischarged(duty.DutyId, path, referral, duty.DueAt, endedAt <= duty.DueAt, 1) { ClientId = client }.At(endedAt), about);
    }

    private Guid Refer(Guid client, ReferralDutyTriggered duty, DateTimeOffset knownAt, DateTimeOffset? delivered, Circumstances about)
    {
        var id = NamedId.Of(duty.DutyId, "referral");
        var at = knownAt.AddMinutes(10);
        Tell(id, Streams.Referral.Alias, new ReferralCreated(World.Agency, World.Provider, duty.AgentId, "recovery-coach", null) { ReferralId = id, ClientId = client, DutyId = duty.DutyId }.At(at), about);
        Tell(id, Streams.Referral.Alias, new ReferralSent(ReferralChannel.Inbox, at.AddDays(1), at.AddDays(2), 1) { ReferralId = id, ClientId = client, DutyId = duty.DutyId }.At(at), about);
        if (delivered is { } then)
            Tell(id, Streams.Referral.Alias, new ReferralDeliveryConfirmed(DeliveryProof.ReceiverAcknowledgement, null) { ReferralId = id, ClientId = client, DutyId = duty.DutyId }.At(then), about);
        return id;
    }

    /// <summary>Of three agencies in turn.</summary>
    private void TellBusyClient()
    {
        Supervise(BusyClient, 0, AboutAgent(0));
        string[] agencies = [World.Agency, World.Provider, "police-and-peers"];
        for (var n = 0; n < Touchpoints; n++)
        {
            var agency = agencies[n % agencies.Length];
            TouchpointEvent fact = n % 2 == 0
                ? new SupervisionContactReported(ContactMode.Phone) { ClientId = BusyClient }
                : new ContactMade(ContactMode.InPerson, 20) { ClientId = BusyClient };
            var about = AboutAgent(0) with { Agency = agency, Office = null, Intercept = n % 6 };
            Tell(StreamIds.Touchpoints(BusyClient, agency), Streams.Touchpoints.Alias, fact.At(Start.AddMinutes(n * 730 * 24 * 60 / Touchpoints)), about);
        }
    }

    private static Circumstances AboutAgent(int agent) => new()
    {
        Actor = AgentOf(agent),
        Role = Role.Agent,
        Agency = World.Agency,
        Office = OfficeOf(agent),
        Purpose = Purpose.Supervision,
        Intercept = 5,
    };

    private void Tell(Guid stream, string alias, DomainEvent fact, Circumstances about, Guid? subject = null) =>
        happenings.Add(new Happening(fact.OccurredAt, stream, alias, fact, about, subject));

    private async Task AppendAsync(World world)
    {
        foreach (var batch in happenings.Chunk(BatchEvents))
        {
            var streams = batch.GroupBy(happening => happening.Stream).Select(stream =>
            {
                var version = versions.GetValueOrDefault(stream.Key);
                var facts = stream.Select(one => new NewEvent(Guid.CreateVersion7(), one.Fact, one.About, one.Subject)).ToList();
                versions[stream.Key] = version + facts.Count;
                return new StreamAppend(stream.Key, stream.First().Alias, ExpectedVersion.Exactly(version), facts);
            }).ToList();
            var result = await world.Database.Store.AppendAsync(new Append(World.Jurisdiction, streams, new AppendMetadata("bench")), CancellationToken.None);
            if (result is not AppendResult.Appended)
                throw new InvalidOperationException($"{result}");
        }
    }

    private readonly record struct Happening(DateTimeOffset At, Guid Stream, string Alias, DomainEvent Fact, Circumstances About, Guid? Subject);
}
