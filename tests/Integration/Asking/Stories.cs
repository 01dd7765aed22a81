using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Referrals;
using CaseFlow.Domain.Supervision;
using CaseFlow.Domain.Touchpoints;
using static CaseFlow.Integration.Asking.People;

namespace CaseFlow.Integration.Asking;

/// <summary>What happens to clients, as the events that the decisions record.</summary>
public static class Stories
{
    public const string Provider = "safe-communities";

    /// <summary>A client under supervision of an agent.</summary>
    public static async Task<Guid> ClientAsync(this StoppedCounty county, Actor? agent = null, DateTimeOffset? since = null)
    {
        var (by, at, clientId) = (agent ?? Agent1, since ?? StoppedCounty.Cdt(5, 4, 9), Guid.CreateVersion7());
        await county.RecordAsync(by, clientId, "client",
            [new ClientRegistered(ClientCode.Of(clientId), RegistrationSource.Supervision, by.Agency, Anonymous: true) { ClientId = clientId }.At(at)]);
        await county.RecordAsync(by, StreamIds.Supervision(clientId), "supervision",
        [
            new SupervisionStarted(SupervisionStatus.Probation, by.Agency!, by.Office!, null) { ClientId = clientId }.At(at),
            new AgentAssigned(by.Id, by.Agency!, by.Office!) { ClientId = clientId }.At(at),
        ]);
        return clientId;
    }

    /// <summary>An overdose, and the agent's knowing of it, which starts a duty.</summary>
    public static async Task<Story> OverdoseKnownAsync(
        this StoppedCounty county, Guid clientId, DateTimeOffset knownAt, DateTimeOffset? dueAt = null, Actor? agent = null, DateTimeOffset? occurredAt = null)
    {
        var (by, due, overdoseId) = (agent ?? Agent1, dueAt ?? knownAt.AddDays(1), Guid.CreateVersion7());
        var dutyId = NamedId.Of(clientId, $"duty/{overdoseId}");
        await county.RecordAsync(by, overdoseId, "overdose",
            [
                new OverdoseReported(
                    new OverdoseDetails(Fatality.NonFatal, Certainty.Suspected, ["heroin"], NaloxoneGiven: true, NaloxoneDoses: 2, "dane"),
                    OverdoseSource.Agent, by.Agency, Note: null)
                {
                    OverdoseId = overdoseId,
                    ClientId = clientId,
                }.At(new When(occurredAt ?? knownAt.AddHours(-3), TimePrecision.Exact, knownAt)),
            ],
            about => about with { Intercept = 0, AlsoRelevantTo = [5] });
        var known = await county.RecordAsync(by, StreamIds.ReferralDuty(clientId), "referral_duty",
            [
                new OverdoseKnownToAgent(overdoseId, by.Id, LearnedFrom.Police) { ClientId = clientId }.At(knownAt),
                new ReferralDutyTriggered(dutyId, overdoseId, "R1", by.Id, by.Agency!, by.Office!, Provider, knownAt, due, due.AddHours(-4), 3, 3)
                {
                    ClientId = clientId,
                }.At(knownAt),
            ],
            about => about with { Intercept = 5 });
        return new Story(county, by, clientId, overdoseId, dutyId, known[0], due, NamedId.Of(dutyId, "referral"));
    }
}

/// <summary>One duty's further life.</summary>
public sealed record Story(
    StoppedCounty County, Actor Agent, Guid ClientId, Guid OverdoseId, Guid DutyId, Guid KnownEventId, DateTimeOffset DueAt, Guid ReferralId)
{
    public Task OfDutyAsync(DateTimeOffset at, Actor by, params DutyEvent[] facts) =>
        County.RecordAsync(by, StreamIds.ReferralDuty(ClientId), "referral_duty", [.. facts.Select(fact => fact.At(at))], about => about with { RecordOf = Agent.Agency });

    public Task OfReferralAsync(DateTimeOffset at, Actor by, params ReferralEvent[] facts) =>
        County.RecordAsync(by, ReferralId, "referral", [.. facts.Select(fact => fact.At(at))], about => about with { RecordOf = Agent.Agency });

    public Task OfIntakeAsync(DateTimeOffset at, Actor by, params IntakeEvent[] facts) =>
        County.RecordAsync(by, StreamIds.ReferralIntake(ReferralId), "referral_intake", [.. facts.Select(fact => fact.At(at))]);

    public Task CreatedAsync(DateTimeOffset at, string message = "Call in the afternoon.", string to = Stories.Provider) => OfReferralAsync(
        at, Agent, new ReferralCreated(Agent.Agency!, to, Agent.Id, "recovery-coach", Sealed<string>.Of(message)) { ReferralId = ReferralId, ClientId = ClientId, DutyId = DutyId });

    public async Task SentAsync(DateTimeOffset at, string message = "Call in the afternoon.", string to = Stories.Provider)
    {
        await CreatedAsync(at, message, to);
        await OfReferralAsync(at, Agent, new ReferralSent(ReferralChannel.Inbox, at.AddDays(1), at.AddDays(2), 3) { ReferralId = ReferralId, ClientId = ClientId, DutyId = DutyId });
    }

    /// <summary>The receiver confirms it arrived, which discharges the duty.</summary>
    public async Task DeliveredAsync(DateTimeOffset at, Actor? by = null)
    {
        var receiver = by ?? People.Coach;
        await OfReferralAsync(
            at, receiver, new ReferralDeliveryConfirmed(DeliveryProof.ReceiverAcknowledgement, null) { ReferralId = ReferralId, ClientId = ClientId, DutyId = DutyId });
        await OfIntakeAsync(at, receiver, new ReferralAcknowledged(receiver.Id) { ReferralId = ReferralId, ClientId = ClientId, ProviderAgencyId = receiver.Agency! });
        await OfDutyAsync(at, receiver, Discharged(DischargePath.Referred, at, ReferralId));
    }

    public Task NotInterestedAsync(DateTimeOffset at, string answer) => OfDutyAsync(
        at,
        Agent,
        new ClientNotInterestedRecorded(DutyId, Agent.Id, ContactMode.InPerson, Sealed<string>.Of(answer), [OverdoseId], new DateOnly(2026, 9, 1)) { ClientId = ClientId },
        Discharged(DischargePath.NotInterested, at, null));

    public Task AttestedAsync(DateTimeOffset at) => OfDutyAsync(at, Agent, new ReferralAttestationGiven(DutyId, Agent.Id) { ClientId = ClientId });

    public Task VerifiedAsync(DateTimeOffset at) => OfDutyAsync(at, People.Supervisor, new AgentSupervisorVerified(DutyId, People.Supervisor.Id) { ClientId = ClientId });

    public Task ReturnedAsync(DateTimeOffset at, string reason) =>
        OfDutyAsync(at, People.Supervisor, new ReferralDutyReturned(DutyId, People.Supervisor.Id, Sealed<string>.Of(reason)) { ClientId = ClientId });

    /// <summary>All that the coach may do with it afterwards.</summary>
    public async Task CoachedAsync(DateTimeOffset at)
    {
        await OfIntakeAsync(
            at,
            People.Coach,
            new ReferralAccepted(People.Coach.Id) { ReferralId = ReferralId, ClientId = ClientId, ProviderAgencyId = Stories.Provider },
            new ReferralContactAttempted(ContactMode.Phone, AttemptOutcome.NoAnswer) { ReferralId = ReferralId, ClientId = ClientId, ProviderAgencyId = Stories.Provider },
            new ReferralFirstContactMade(ContactMode.InPerson) { ReferralId = ReferralId, ClientId = ClientId, ProviderAgencyId = Stories.Provider },
            new ReferralClosed(ReferralOutcome.GotHelp) { ReferralId = ReferralId, ClientId = ClientId, ProviderAgencyId = Stories.Provider },
            new ReferralReopened(Sealed<string>.Of("Called back.")) { ReferralId = ReferralId, ClientId = ClientId, ProviderAgencyId = Stories.Provider });
        await County.RecordAsync(People.Coach, StreamIds.Touchpoints(ClientId, Stories.Provider), "touchpoints",
        [
            new ContactMade(ContactMode.InPerson, 45) { ClientId = ClientId }.At(at),
            new RecoveryCoachAccepted { ClientId = ClientId }.At(at),
            new NeedMet("clothing") { ClientId = ClientId }.At(at),
        ]);
    }

    /// <summary>An agent's own contact with the client.</summary>
    public Task ContactAsync(DateTimeOffset at, Actor by) => County.RecordAsync(
        by, StreamIds.Touchpoints(ClientId, by.Agency!), "touchpoints", [new SupervisionContactReported(ContactMode.HomeVisit) { ClientId = ClientId }.At(at)]);

    public ReferralDutyDischarged Discharged(DischargePath path, DateTimeOffset at, Guid? referralId) =>
        new(DutyId, path, referralId, DueAt, at <= DueAt, 3) { ClientId = ClientId };
}
