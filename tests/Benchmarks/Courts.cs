using System.Diagnostics;
using System.Globalization;
using CaseFlow.Api.Access;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.CourtPackets;
using CaseFlow.Api.CourtViews;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Embedded;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.CourtCompliance;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace CaseFlow.Benchmarks;

/// <summary>
/// A court with 500 participants and two years of history: a page of its caseload, one participant's compliance and a docket of forty packets at
/// the service, now and at past moments, each beside the bare query for the same rows, which is the limit.
/// </summary>
internal sealed class Courts
{
    private const int Samples = 400;
    private const int Docket = 40;
    private const int Apart = 97;
    private static readonly Actor Coordinator = new("coordinator-1", Role.Coordinator, World.Jurisdiction, SeededCourt.CourtAgency, null, Purpose.CourtMonitoring);

    private readonly World world;
    private readonly int participants;
    private readonly ClientConsents consents;
    private readonly CourtMoments moments;
    private readonly ParticipantReading reading;
    private readonly CourtCaseloads caseloads;
    private readonly PacketPages pages;
    private readonly Persons persons;

    private Courts(World world, int participants)
    {
        (this.world, this.participants) = (world, participants);
        var clock = new StandingClock();
        var registers = new Registers(world.Database.Store);
        var remembered = new RememberedStreams(world.Database.Store);
        persons = new Persons(remembered);
        consents = new ClientConsents(world.Database.Store, registers, persons, new EndsInTheLog(world.Database, clock), clock);
        var emergencies = new EmergencyAccesses(new ClientMatters(world.Database), persons, new SealedRecords(world.Database.Store), clock);
        var rights = new ReadingRights(registers, new ClientAccess(world.Database, emergencies), consents, emergencies, world.Database, clock);
        moments = new CourtMoments(world.Database, new ViewInstants(world.Database.Store), rights, remembered, clock);
        reading = new ParticipantReading(world.Database);
        caseloads = new CourtCaseloads(world.Database, moments, consents, registers, persons, new SealedRecords(world.Database.Store));
        var texts = new OpenedTexts(world.Database, new SealedRecords(world.Database.Store), new HttpContextAccessor());
        var besides = new BesideEntries(world.Database, new RecordSights(world.Database, consents, emergencies, persons, new CourtTimes(world.Database)), persons, texts);
        pages = new PacketPages(world.Database, reading, new OpenFiles(world.Database.Store), consents, moments, texts, persons, besides, registers);
    }

    public static async Task<bool> RunAsync(string? options)
    {
        var given = (options ?? "").Split(' ', 2, StringSplitOptions.RemoveEmptyEntries);
        var participants = given.Length == 0 ? 500 : int.Parse(given[0], CultureInfo.InvariantCulture);
        var directory = given.Length < 2 ? null : Directory.CreateDirectory(given[1]).FullName;
        await using var server = await World.StartServerAsync(directory);
        await using var world = await SeededAsync(server, participants, directory);
        return await new Courts(world, participants).MeasureAsync();
    }

    /// <summary>The court as an earlier run left it in a directory, or written now.</summary>
    private static async Task<World> SeededAsync(EmbeddedPostgres server, int participants, string? directory)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"court_{participants}");
        var done = directory is null ? null : Path.Combine(directory, name);
        if (File.Exists(done))
        {
            Console.WriteLine($"{await File.ReadAllTextAsync(done)}, kept from then\n");
            var kept = World.OpenAgain(server, directory!, name);
            await SeededCourt.FoldAsync(kept);
            return kept;
        }

        var started = Stopwatch.GetTimestamp();
        var world = await World.CreateAsync(server, directory, name);
        var events = await SeededCourt.WriteAsync(world, participants);
        var said = $"{Report.Count(events)} events of {participants} participants written, placed and folded in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s";
        if (done is not null)
            await File.WriteAllTextAsync(done, $"{said} on {DateTime.UtcNow:yyyy-MM-dd}");
        Console.WriteLine($"{said}\n");
        return world;
    }

    private async Task<bool> MeasureAsync()
    {
        var end = await world.Database.Positions.PositionOfAsync(CourtComplianceView.ViewName, World.Jurisdiction);
        (string Name, AskedMoment Asked)[] asked =
        [
            ("now", new AskedMoment(null, null, null, null)),
            ("asOf a year before", new AskedMoment(SeededCourt.End.AddDays(-365), null, null, null)),
            ("asRecordedPosition half", new AskedMoment(SeededCourt.Start.AddDays(300), null, end / 2, null)),
        ];
        (string Name, double MostMs, int Samples, Func<AskedMoment, int, Task> Ask, Func<int, Task> Bare)[] questions =
        [
            ("caseload page", 20, Samples, (moment, _) => CaseloadAsync(moment), _ => BareCaseloadAsync()),
            ("compliance", 10, Samples, ComplianceAsync, BareComplianceAsync),
            ("docket of 40 packets", 500, 20, DocketAsync, n => Task.WhenAll(Enumerable.Range(0, Docket).Select(k => BareComplianceAsync(n + k)))),
        ];
        var (lines, passed) = (new List<IReadOnlyList<string>>(), true);
        foreach (var question in questions)
        {
            var took = await TimeAsync(question.Samples, [question.Bare, .. asked.Select(one => new Func<int, Task>(n => question.Ask(one.Asked, n)))]);
            var (bare, now) = (took[0], took[1].At(0.5));
            foreach (var ((name, _), one) in asked.Zip(took.Skip(1)))
            {
                var isEnough = name == "now" ? one.At(0.99) <= question.MostMs : one.At(0.5) <= 3 * now;
                passed &= isEnough;
                lines.Add([
                    $"{question.Name}, {name}", one.Text(0.5), one.Text(0.99), bare.Text(0.5), Report.Times(one.At(0.5) / bare.At(0.5)), Report.Times(one.At(0.5) / now),
                    name == "now" ? $"p99 <= {question.MostMs:0} ms" : "<= 3 x now", isEnough ? "yes" : "NO",
                ]);
            }
        }

        Report.Table(["courts", "p50 ms", "p99 ms", "bare p50", "over bare", "over now", "wanted", "met"], lines);
        Console.WriteLine($"load {Report.Load()}\n");
        return passed;
    }

    /// <summary>
    /// In turns, so that none is measured by a colder program than another, and each about another participant than the one before, so that none
    /// reads what its neighbour has just fetched; half as many of each before, unmeasured.
    /// </summary>
    private static async Task<IReadOnlyList<Latencies>> TimeAsync(int samples, IReadOnlyList<Func<int, Task>> asks)
    {
        List<Latencies> took = [.. asks.Select(_ => new Latencies())];
        for (var n = -samples / 2; n < samples; n++)
        {
            for (var which = 0; which < asks.Count; which++)
            {
                var started = Stopwatch.GetTimestamp();
                await asks[which](Math.Abs(n) + (which * Apart));
                if (n >= 0)
                    took[which].Add(started);
            }
        }

        return took;
    }

    private async Task CaseloadAsync(AskedMoment asked)
    {
        var request = new DefaultHttpContext().Request;
        var answer = await caseloads.PageAsync(
            Coordinator, SeededCourt.Code, new CourtCaseloadDoor.Filter(null, null, null, Ended: false), asked, new AskedPage(request, 50, null), CancellationToken.None);
        if (answer is null || answer.Items.Count == 0)
            throw new InvalidOperationException("The caseload is empty.");
    }

    /// <summary>What the door does, but for the record of the read.</summary>
    private async Task ComplianceAsync(AskedMoment asked, int n)
    {
        var id = SeededCourt.ParticipationOf(n % participants);
        var at = await moments.PinAsync(World.Jurisdiction, asked, CancellationToken.None);
        var (held, beside) = (await reading.OneAsync(Coordinator, id, at, BesideAsync, CancellationToken.None))!.Value;
        var eyes = new CourtEyes(SeededCourt.CourtAgency, (RecordSights.ViewerOf(Coordinator), beside.Consents));
        var seen = ParticipantReading.Seen(held, eyes, beside.Court.LocalDay)!;
        _ = held.Changes!.Of(seen);
        var court = beside.Court.At(asked.AsOf ?? SeededCourt.End)!;
        var measured = Measuring.Of(new MeasuredBy(seen.Entry, seen.Activity, seen.Hearings, court.InForce, court.Now, court.Today)
        {
            Alarms = court.Alarms,
            AttendanceTold = seen.AttendanceTold,
            Calendar = court.Calendar,
            Rules = court.Policy!.Policy.CourtCaseload,
        });
        if (measured.Hearings.Held == 0)
            throw new InvalidOperationException("Nothing was measured.");

        async Task<Beside> BesideAsync(ComplianceEntry entry)
        {
            var consented = consents.OfAsync(World.Jurisdiction, entry.ClientId, CancellationToken.None);
            var known = moments.KnownAsync(World.Jurisdiction, entry.Court, at.Position, CancellationToken.None);
            var lives = PersonLife.DeathsOfAsync(world.Database.Store, persons, World.Jurisdiction, [entry.ClientId], at.Position, at.Instant, CancellationToken.None);
            await Task.WhenAll(consented, known, lives);
            return new Beside(await consented, await known);
        }
    }

    private sealed record Beside(ConsentGrounds Consents, CourtKnown Court);

    private async Task DocketAsync(AskedMoment asked, int n)
    {
        var at = await moments.PinAsync(World.Jurisdiction, asked, CancellationToken.None);
        var ids = Enumerable.Range(n * 7, Docket).Select(k => SeededCourt.ParticipationOf(k % participants)).ToList();
        var made = await pages.MakeAsync(
            Coordinator, SeededCourt.Code, ids, new PageMoment(at.Position!.Value, at.Instant, asked.AsOf ?? SeededCourt.End), Role.Judge, PacketPages.Format, RecordSights.ViewerOf(Coordinator), CancellationToken.None);
        if (made.Count != Math.Min(Docket, participants) || made.Values.Any(page => !page.IsShown))
            throw new InvalidOperationException("A page is missing.");
    }

    private Task BareCaseloadAsync() => BareAsync(
        """
        select c.key, c.client_id, c.stage, c.phase, c.phase_since, c.settled, c.has_warrant, c.condition_due_on, a.open_hearings, a.last_positive_on
        from views.court_compliance c join views.court_caseload a using (tenant_id, key)
        where c.tenant_id = 'county' and c.court = 'drug-court' and c.is_open and c.pos_to = 9223372036854775807 and c.occ_to = 'infinity'
          and a.pos_to = 9223372036854775807 and a.occ_to = 'infinity'
        """);

    private Task BareComplianceAsync(int n) => BareAsync(FormattableString.Invariant(
        $"""
        select row::text from views.court_compliance where tenant_id = 'county' and key = '{SeededCourt.ParticipationOf(n % participants)}' and pos_to = 9223372036854775807 and occ_to = 'infinity'
        union all
        select concat_ws('/', kind, state, step, day, amount, source) from views.court_activity
        where tenant_id = 'county' and participation_id = '{SeededCourt.ParticipationOf(n % participants)}' and pos_to = 9223372036854775807 and occ_to = 'infinity'
        """));

    private async Task BareAsync(string sql)
    {
        bareSource ??= NpgsqlDataSource.Create(world.ConnectionString);
        await using var command = bareSource.CreateCommand(sql);
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
            _ = row.GetValue(0);
    }

    private NpgsqlDataSource? bareSource;

    /// <summary>It is the last day of the seeded years.</summary>
    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => SeededCourt.End;
    }
}
