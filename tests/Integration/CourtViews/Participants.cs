using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.Asking;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;
using TestResult = CaseFlow.Domain.DrugTests.TestResult;

namespace CaseFlow.Integration.CourtViews;

/// <summary>A drug court in the county where time stands still, and people who take part in it, as the events that the decisions record.</summary>
internal static class Participants
{
    public const string Court = "drug-court";
    public const string FirstPhase = "acute-stabilization";

    public static readonly Actor StrangeCoordinator = Of("coord-2", Role.Coordinator, "city-court");

    public static CourtConfiguration Configuration { get; } = CourtTemplates.Of(CourtType.Drug, "Drug court", "court", [Stories.Provider]);

    /// <summary>The county with its court; the other court beside it has no participants.</summary>
    public static async Task<StoppedCounty> FoundWithCourtAsync()
    {
        var county = await FoundAsync();
        var start = Cdt(1, 2, 8);
        await county.RecordAsync(Administrator, StreamIds.Directory(Jurisdiction), "directory",
        [
            new AgencyRegistered("city-court", "City court", AgencyKind.Court, Part2Status.NotPart2, InternalOnly: false).At(start),
            new StaffMemberEngaged(StrangeCoordinator.Id, StrangeCoordinator.Role, "city-court", null).At(start),
        ]);
        await county.PublishAsync(1, Configuration);
        await county.RecordAsync(Administrator, StreamIds.Court(Jurisdiction, "city-drug-court"), "court",
            [new CourtConfigurationPublished(1, start, Configuration with { AgencyId = "city-court" }, "First.") { Court = "city-drug-court" }.At(start)]);
        return county;
    }

    public static Task PublishAsync(this StoppedCounty county, int version, CourtConfiguration configuration) => county.RecordAsync(
        Administrator, StreamIds.Court(Jurisdiction, Court), "court",
        [new CourtConfigurationPublished(version, Cdt(1, 2, 8), configuration, "A version.") { Court = Court }.At(Cdt(1, 2, 8))]);

    /// <summary>Somebody who was referred, admitted and is in the first phase; and in the court's draws unless said otherwise.</summary>
    public static async Task<Participant> AdmittedAsync(this StoppedCounty county, DateTimeOffset? at = null, string? family = null, bool drawn = true)
    {
        var clientId = Guid.CreateVersion7();
        var participant = new Participant(county, clientId, StreamIds.Participation(clientId, Court, 1));
        var day = at ?? Cdt(4, 1, 9);
        DomainEvent[] registered =
        [
            new ClientRegistered(ClientCode.Of(clientId), RegistrationSource.Court, "court", Anonymous: family is null) { ClientId = clientId }.At(day),
            .. family is null ? [] : new DomainEvent[] { new ClientNameRecorded(Sealed<string>.Of("Robin"), Sealed<string>.Of(family)) { ClientId = clientId }.At(day) },
        ];
        await county.RecordAsync(Coordinator, clientId, "client", registered);
        await participant.FileAsync(CourtFile.Open, day, new TreatmentCourtReferred("court", CourtReferralSource.Prosecutor, null));
        await participant.FileAsync(CourtFile.Open, day.AddHours(1), new EligibilityDetermined(true, "eligible"));
        await participant.FileAsync(CourtFile.Open, day.AddHours(2), new ParticipantAdmitted(
            LegalBasis.Sentence, Sealed<string>.Of("Judgment 7"), new DateOnly(2026, 3, 30), null, CompletionEffect.SentenceReduced, [], null));
        await participant.FileAsync(CourtFile.Open, day.AddHours(2), new PhaseAssigned(FirstPhase));
        if (drawn)
            await participant.DrawAsync(day.AddHours(2));
        return participant;
    }
}

/// <summary>One participant's further life.</summary>
internal sealed record Participant(StoppedCounty County, Guid ClientId, Guid ParticipationId)
{
    public string Path => $"participations/{ParticipationId}/compliance";

    /// <returns>The entry and its event.</returns>
    public async Task<(Guid EntryId, Guid EventId)> FileAsync(CourtFile file, DateTimeOffset at, ParticipationEvent fact, Actor? by = null, Guid? entry = null)
    {
        var entryId = entry ?? Guid.CreateVersion7();
        var told = fact with
        {
            ClientId = ClientId,
            ParticipationId = ParticipationId,
            Court = Participants.Court,
            CourtVersion = 1,
            EntryId = entryId,
            File = file,
            OccurredOn = DateOnly.FromDateTime(at.AddHours(-5).UtcDateTime),
        };
        var label = file == CourtFile.Open ? Label.CourtOpen : Label.CourtConfidential;
        var events = await County.RecordAsync(
            by ?? Coordinator, ParticipationId, "participation", [told.At(at)], about => about with { Labels = [label.Code()], Intercept = 3 });
        return (entryId, events[0]);
    }

    /// <summary>They take part in the court's draws from the next day on.</summary>
    public Task DrawAsync(DateTimeOffset at) => RosterAsync(at, new RandomTestingStarted(DateOnly.FromDateTime(at.UtcDateTime).AddDays(1)) { Court = "", ParticipationId = default, ClientId = default });

    /// <summary>They take part in none any more.</summary>
    public Task LeaveDrawsAsync(DateTimeOffset at) => RosterAsync(at, new RandomTestingEnded(TestingEndReason.OrderedByCourt) { Court = "", ParticipationId = default, ClientId = default });

    private Task<IReadOnlyList<Guid>> RosterAsync(DateTimeOffset at, TestingRosterEvent fact) => County.RecordAsync(
        Coordinator, StreamIds.TestingRoster(Jurisdiction, Participants.Court), "testing_roster",
        [(fact with { Court = Participants.Court, ParticipationId = ParticipationId, ClientId = ClientId }).At(at)], about => about with { Labels = [Label.CourtConfidential.Code()] });

    /// <summary>A retraction of an entry.</summary>
    public Task RetractAsync((Guid EntryId, Guid EventId) entry, string kind, DateTimeOffset at) =>
        FileAsync(CourtFile.Confidential, at, new CourtEntryRetracted(entry.EntryId, kind, entry.EventId, null));

    /// <summary>A test of the court's own.</summary>
    /// <returns>The test, and the event of its result; none while it is awaited.</returns>
    public async Task<(Guid TestId, Guid? Reported)> TestedAsync(DateOnly day, TestResult? result, Actor? by = null, Guid? id = null)
    {
        var testId = id ?? NamedId.Of(ParticipationId, $"test/{day:O}");
        var at = Cdt(day.Month, day.Day, 7);
        await TestAsync(testId, at, new DrugTestSelected(day, TestSelection.Random, CaughtUp: false, 1, null) { ParticipationId = default, ClientId = default, Court = "", TestId = default }, by);
        await TestAsync(testId, at.AddHours(3), new DrugTestCollected(Specimen.Urine, "officer-1", Sealed<string>.Of("C-1"), true, null) { ParticipationId = default, ClientId = default, Court = "", TestId = default }, by);
        if (result is not { } found)
            return (testId, null);
        var reported = await TestAsync(testId, at.AddDays(1), new DrugTestResultReported(new TestOutcome(found, found == TestResult.Positive ? ["opiates"] : []), "lab-1")
        { ParticipationId = default, ClientId = default, Court = "", TestId = default }, by);
        return (testId, reported);
    }

    public async Task MissedTestAsync(DateOnly day)
    {
        var testId = NamedId.Of(ParticipationId, $"test/{day:O}");
        var at = Cdt(day.Month, day.Day, 7);
        await TestAsync(testId, at, new DrugTestSelected(day, TestSelection.Random, CaughtUp: false, 1, null) { ParticipationId = default, ClientId = default, Court = "", TestId = default });
        await TestAsync(testId, at.AddHours(12), new DrugTestMissed(CountsAs.NonCompliance) { ParticipationId = default, ClientId = default, Court = "", TestId = default });
    }

    public async Task<Guid> TestAsync(Guid testId, DateTimeOffset at, DrugTestEvent fact, Actor? by = null, DateTimeOffset? known = null)
    {
        var told = fact with { ParticipationId = ParticipationId, ClientId = ClientId, Court = Participants.Court, TestId = testId };
        var own = (by ?? Coordinator).Agency == "court";
        return (await County.RecordAsync(
            by ?? Coordinator, NamedId.Of(ParticipationId, "tests"), "drug_testing", [told.At(new When(at, TimePrecision.Exact, known ?? at))],
            about => own ? about with { Labels = [Label.CourtConfidential.Code()] } : about))[0];
    }

    /// <summary>The court orders coaching, two sessions a week.</summary>
    public Task OrderCoachingAsync(DateOnly from, DateOnly until) => CoachingAsync(
        Coordinator, Cdt(from.Month, from.Day, 9),
        new CoachingOrdered(Participants.Court, Stories.Provider, null, new CoachingOrder(2, OrderPeriod.Week, SessionKind.OneToOne, from, until), 1) { ParticipationId = default, ClientId = default });

    /// <returns>The event.</returns>
    public Task<Guid> SessionAsync(DateTimeOffset at, int minutes, Guid? sessionId = null) => CoachingAsync(
        Coach, at, new CoachingSessionHeld(sessionId ?? Guid.CreateVersion7(), Coach.Id, SessionKind.OneToOne, ContactMode.InPerson, minutes, [], Sealed<string>.Of("About the family."))
        { ParticipationId = default, ClientId = default });

    /// <returns>The event.</returns>
    public async Task<Guid> CoachingAsync(Actor by, DateTimeOffset at, CoachingEvent fact) => (await County.RecordAsync(
        by, NamedId.Of(ParticipationId, "coaching"), "coaching", [(fact with { ParticipationId = ParticipationId, ClientId = ClientId }).At(at)],
        about => by.Agency == "court" ? about with { Labels = [Label.CourtConfidential.Code()] } : about))[0];

    public Task<Guid> AssignCoachAsync(DateTimeOffset at) =>
        CoachingAsync(Coach, at, new CoachAssigned(Coach.Id, Stories.Provider, null, AboveAdvised: false, 1) { ParticipationId = default, ClientId = default });

    /// <summary>A session that was recorded was otherwise, or never was.</summary>
    public Task CorrectSessionAsync(DateTimeOffset at, Guid sessionId, Guid eventId, SessionOutcome? right) => CoachingAsync(
        Coach, at, new CoachingSessionCorrected(sessionId, SessionStatement.Held, right)
        { ParticipationId = default, ClientId = default, CorrectedEventId = eventId, Reason = Sealed<string>.Of("Of another client.") });
}
