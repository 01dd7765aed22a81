using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;
using TestResult = CaseFlow.Domain.DrugTests.TestResult;

namespace CaseFlow.Benchmarks;

/// <summary>A drug court with two years of history, always the same: tests twice a week, a session a week, hearings, responses, payments.</summary>
internal sealed class SeededCourt
{
    public const string Code = "drug-court";
    public const string CourtAgency = "court";
    public const int Days = 730;
    private const int BatchEvents = 2_000;

    public static readonly DateTimeOffset Start = new(2024, 1, 1, 14, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset End = Start.AddDays(Days);
    public static readonly CourtConfiguration Configuration = CourtTemplates.Of(CourtType.Drug, "Drug court", CourtAgency, [World.Provider]) with { Capacity = 600 };

    private static readonly Sealed<string> Words = Sealed<string>.Of("Seeded words.");
    private readonly Random random = new(20_240_101);
    private readonly List<(DateTimeOffset At, Guid Stream, string Alias, DomainEvent Fact, Circumstances About)> happenings = [];
    private readonly Dictionary<Guid, int> versions = [];

    public static Guid ClientOf(int n) => NamedId.Of("bench", $"court-client-{n}");

    public static Guid ParticipationOf(int n) => StreamIds.Participation(ClientOf(n), Code, 1);

    /// <returns>How many events were written.</returns>
    public static async Task<int> WriteAsync(World world, int participants)
    {
        var court = new SeededCourt();
        court.Furnish();
        for (var n = 0; n < participants; n++)
            court.TellParticipant(n);
        court.happenings.Sort((one, other) => one.At.CompareTo(other.At));
        await court.AppendAsync(world);
        await world.Database.Sequencer.PlaceNewAsync();
        await FoldAsync(world);
        return court.happenings.Count;
    }

    /// <summary>Folds every view that a court's pages ask, as far as its rows are not there yet.</summary>
    public static async Task FoldAsync(World world)
    {
        var views = world.Database.Views;
        await using var background = StoreDataSource.ForBackground(world.ConnectionString);
        IView[] asked = [views.CourtCompliance, views.CourtOpenFile, views.CourtCaseload, views.CourtActivity, views.HearingCalendar, views.ClientDeaths, views.Timeline];
        foreach (var view in asked)
        {
            if (await world.Database.Positions.PositionOfAsync(view.Name, World.Jurisdiction) > 0)
                continue;
            await new ViewRebuild(background, world.Database.Store).RebuildAsync(view);
            await world.AskAsync($"vacuum analyze views.{view.Tables[0]}");
            Console.WriteLine($"views.{view.Name}: {await world.AskAsync($"select count(*) from views.{view.Tables[0]}"):N0} rows, "
                + $"{await world.AskAsync($"select pg_size_pretty(pg_total_relation_size('views.{view.Tables[0]}'))")}");
        }
    }

    private void Furnish()
    {
        var directory = StreamIds.Directory(World.Jurisdiction);
        Tell(Start, directory, "directory", new AgencyRegistered(CourtAgency, "Court", AgencyKind.Court, Part2Status.NotPart2, InternalOnly: false), Team(CourtFile.Open));
        Tell(Start, directory, "directory", new AgencyRegistered(World.Provider, "Coaches", AgencyKind.RecoveryCoachProvider, Part2Status.Part2Program, InternalOnly: false), Team(CourtFile.Open));
        Tell(Start, StreamIds.Court(World.Jurisdiction, Code), Streams.Court.Alias, new CourtConfigurationPublished(1, Start.AddYears(-1), Configuration, "First.") { Court = Code }, Team(CourtFile.Open));
    }

    private void TellParticipant(int n)
    {
        var admitted = random.Next(1, 40);
        Enter(n, admitted, "referral", new TreatmentCourtReferred(CourtAgency, CourtReferralSource.Prosecutor, null));
        Enter(n, admitted, "eligibility", new EligibilityDetermined(true, "eligible"));
        Enter(n, admitted, "admission", new ParticipantAdmitted(LegalBasis.Sentence, Words, DateOnly.FromDateTime(Start.UtcDateTime), null, CompletionEffect.SentenceReduced, [], null));
        Consent(n, admitted);
        var phaseDay = admitted;
        for (var phase = 0; phase < Configuration.Phases.Count; phase++)
        {
            Enter(n, phaseDay, $"phase-{phase}", phase == 0
                ? new PhaseAssigned(Configuration.Phases[0].Code)
                : new PhaseAdvanced(Configuration.Phases[phase - 1].Code, Configuration.Phases[phase].Code, [], [], 120, 60));
            foreach (var objective in Configuration.Phases[phase].Objectives)
                Enter(n, phaseDay + random.Next(5, 100), $"met-{phase}-{objective.Code}", new PhaseRequirementRecorded(Configuration.Phases[phase].Code, objective.Code), CourtFile.Confidential);
            phaseDay += 130;
        }

        for (var (day, k) = (admitted + 5, 0); day < Days; day += 14, k++)
        {
            Enter(n, day - 5, $"hearing-{k}", new StatusHearingScheduled(HearingKind.Status, Start.AddDays(day), null));
            if (day < Days - 14)
                Enter(n, day, $"held-{k}", random.NextDouble() < 0.93 ? new StatusHearingHeld(EntryOf(n, $"hearing-{k}"), HearingKind.Status, HearingPresence.InPerson) : new StatusHearingMissed(EntryOf(n, $"hearing-{k}"), false));
            Enter(n, day, $"response-{k}", random.NextDouble() < 0.8
                ? new IncentiveGranted("praise", "attended")
                : new SanctionImposed("essay", "dishonest", DueProcess.HeardInCourt, null, Words));
        }

        Enter(n, admitted, "fee", new FeeOrdered("program-fee", 100_000, null));
        for (var (day, k) = (admitted + 30, 0); day < Days; day += 30, k++)
            Enter(n, day, $"paid-{k}", new FeePaid(EntryOf(n, "fee"), 2_000));
        for (var day = admitted + 1; day < Days; day++)
        {
            if (random.Next(7) < 2)
                Test(n, day);
            if (day % 7 == n % 7)
                Session(n, day);
        }
    }

    private void Test(int n, int day)
    {
        var (participation, test) = (ParticipationOf(n), NamedId.Of(ParticipationOf(n), $"test/{day}"));
        void Of(double at, DrugTestEvent fact) =>
            Tell(Start.AddDays(at), StreamIds.DrugTesting(participation), Streams.DrugTesting.Alias, fact with { ParticipationId = participation, ClientId = ClientOf(n), Court = Code, TestId = test }, Team(CourtFile.Confidential));
        Of(day, new DrugTestSelected(DateOnly.FromDateTime(Start.AddDays(day).UtcDateTime), TestSelection.Random, false, 1, null) { ParticipationId = default, ClientId = default, Court = "", TestId = default });
        if (random.NextDouble() < 0.05)
        {
            Of(day + 0.5, new DrugTestMissed(CountsAs.NonCompliance) { ParticipationId = default, ClientId = default, Court = "", TestId = default });
            return;
        }

        Of(day + 0.2, new DrugTestCollected(Specimen.Urine, "officer-1", Words, true, null) { ParticipationId = default, ClientId = default, Court = "", TestId = default });
        var positive = random.NextDouble() < 0.06;
        Of(day + 1.2, new DrugTestResultReported(new TestOutcome(positive ? TestResult.Positive : TestResult.Negative, positive ? ["opiates"] : []), "lab-1")
        { ParticipationId = default, ClientId = default, Court = "", TestId = default });
    }

    private void Session(int n, int day) => Tell(
        Start.AddDays(day + 0.1), StreamIds.Coaching(ParticipationOf(n), World.Provider), Streams.Coaching.Alias,
        new CoachingSessionHeld(NamedId.Of(ParticipationOf(n), $"session/{day}"), "coach-1", SessionKind.OneToOne, ContactMode.InPerson, 45, [], null)
        {
            ParticipationId = ParticipationOf(n),
            ClientId = ClientOf(n),
        },
        new Circumstances { Actor = "coach-1", Role = Role.Coach, Agency = World.Provider, Labels = [Label.Part2.Code()] });

    private void Consent(int n, int day)
    {
        var at = Start.AddDays(day);
        Tell(at, StreamIds.Consents(ClientOf(n)), Streams.Consents.Alias, new ConsentGranted(
            NamedId.Of(ClientOf(n), "consent"), ConsentKind.CriminalJustice,
            new ConsentScope([World.Provider], null, [CourtAgency], null, [], null, ConsentElements.Monitoring, [ConsentPurpose.CourtMonitoring]),
            new ConsentTerm(at, null, ConsentCondition.EndOfProgram, ConsentCondition.FinalDisposition),
            new ConsentForm("v1", "coach-1", "en", RevocationRightTold.OnTheForm, true, true, ConsentSigner.Client, AgeAtSigning.Adult, SignatureMethod.Paper, at),
            Words, null, Words, null, 1)
        { ClientId = ClientOf(n) }, Team(CourtFile.Confidential));
    }

    private static Guid EntryOf(int n, string name) => NamedId.Of(ParticipationOf(n), name);

    private void Enter(int n, int day, string name, ParticipationEvent fact, CourtFile file = CourtFile.Open)
    {
        var at = Start.AddDays(day);
        Tell(at, ParticipationOf(n), Streams.Participation.Alias, fact with
        {
            ClientId = ClientOf(n),
            ParticipationId = ParticipationOf(n),
            Court = Code,
            CourtVersion = 1,
            EntryId = EntryOf(n, name),
            File = file,
            OccurredOn = DateOnly.FromDateTime(at.UtcDateTime),
        }, Team(file));
    }

    private static Circumstances Team(CourtFile file) => new()
    {
        Actor = "coordinator-1",
        Role = Role.Coordinator,
        Agency = CourtAgency,
        Purpose = Purpose.CourtMonitoring,
        Labels = [(file == CourtFile.Open ? Label.CourtOpen : Label.CourtConfidential).Code()],
        Intercept = 3,
    };

    private void Tell(DateTimeOffset at, Guid stream, string alias, DomainEvent fact, Circumstances about) => happenings.Add((at, stream, alias, fact.At(at), about));

    private async Task AppendAsync(World world)
    {
        foreach (var batch in happenings.Chunk(BatchEvents))
        {
            var streams = batch.GroupBy(happening => happening.Stream).Select(stream =>
            {
                var version = versions.GetValueOrDefault(stream.Key);
                var facts = stream.Select(one => new NewEvent(Guid.CreateVersion7(), one.Fact, one.About, (one.Fact as IClientEvent)?.ClientId)).ToList();
                versions[stream.Key] = version + facts.Count;
                return new StreamAppend(stream.Key, stream.First().Alias, ExpectedVersion.Exactly(version), facts);
            }).ToList();
            if (await world.Database.Store.AppendAsync(new Append(World.Jurisdiction, streams, new AppendMetadata("bench")), CancellationToken.None) is not AppendResult.Appended)
                throw new InvalidOperationException("The seeded court could not be written.");
        }
    }
}
