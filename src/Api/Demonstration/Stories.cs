using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Supervision;
using CaseFlow.Domain.Touchpoints;
using CaseFlow.Projections.Storage;

namespace CaseFlow.Api.Demonstration;

/// <summary>
/// Nine clients: the three stories of Police &amp; Peers [Seed 2], and duties in the states a supervisor sees on a morning:
/// met, met late, declined, merged, overdue, returned, and one that is open.
/// </summary>
internal sealed class Stories(Teller teller, BlindIndex marks)
{
    public async Task TellAsync()
    {
        await TheValueOfAnIndividualAsync();
        await TogetherAsync();
        await PositiveOutcomesAsync();
        await MetLateAsync();
        await NotInterestedAsync();
        await MergedAsync();
        await OverdueAsync();
        await ReturnedAsync();
        await new SignedConsents(teller).TellAsync();
        // Last: where the open duty stands, everything is told.
        await OpenAsync();
    }

    /// <summary>Met at a community event, detox, inpatient; the duty met, attested and verified.</summary>
    private async Task TheValueOfAnIndividualAsync()
    {
        var client = await ClientAsync("one", RegistrationSource.CommunityEngagement, County.Agent1, County.Supervisor1, "D-1001");
        await teller.OverdoseAsync(client, "one", 40.2, 40, County.Supervisor1, "fentanyl");
        await teller.ReferAsync(County.Agent1, client, "one", 39.9);
        await teller.ReceiveAsync(County.Coach1, "one", 39.8, accept: true);
        await teller.DutyAsync(County.Agent1, client, (state, _, now) => AttestReferral.Decide(new(client, null, County.Agent1.Id), state, now));
        await teller.DutyAsync(County.Supervisor1, client, (state, _, now) => VerifyDuty.Decide(new(client, null, County.Supervisor1.Id), state, now));
        await teller.FactAsync(County.Peer1, new ContactMade(ContactMode.InPerson, 45) { ClientId = client }, 39);
        await teller.FactAsync(County.Peer1, new AdmittedToPlacement("detox") { ClientId = client }, 38);
        await teller.FactAsync(County.Peer1, new AdmittedToPlacement("inpatient") { ClientId = client }, 32);
        await teller.FactAsync(County.Agent1, new SupervisionContactReported(ContactMode.Phone) { ClientId = client }, 3);
        await ToldByPhoneAsync(client);
    }

    /// <summary>The coaches told the medical examiner what the law makes them tell; one of them opened a record in an emergency, not yet reviewed.</summary>
    private async Task ToldByPhoneAsync(Guid client)
    {
        await teller.TellAsync(County.Coach1, Streams.Disclosures, StreamIds.Disclosures(client), (state, now) => RecordDisclosure.Decide(
            new(
                client, Teller.Id("disclosure/one"), County.Provider, new DisclosureRecipient(null, null, null), DisclosurePurpose.RequiredByLaw, ["attendance"],
                DisclosureBasis.RequiredByLaw, BasisId: null, NoticeVersion: null, DisclosureMethod.Phone, Sealed<string>.Of("Dates of attendance."),
                Sealed<string>.Of("County medical examiner"), When.At(teller.Ago(20)))
            { Law = "wis-stat-979-01" },
            state, [Label.Part2], basisHeld: false, now));
        await teller.TellAsync(
            County.Coach1, Streams.EmergencyAccess, StreamIds.EmergencyAccess(Teller.Id("emergency/one")), (state, now) => UseEmergencyAccess.Decide(
                new(client, Teller.Id("emergency/one"), County.Coach1, EmergencyReason.Unconscious, Sealed<string>.Of("Found unconscious at the bus station.")),
                state, RightsPolicy.Default, policyVersion: 3, now));
    }

    /// <summary>Six calls in three days, then half an hour at a table, and a drive to treatment.</summary>
    private async Task TogetherAsync()
    {
        var client = await ClientAsync("two", RegistrationSource.Police, County.Agent1, County.Supervisor1, "D-1002");
        for (var call = 0; call < 6; call++)
            await teller.FactAsync(County.Dispatcher1, new CallForServiceReceived("welfare-check") { ClientId = client }, 25 - (call * 0.5));
        await teller.FactAsync(County.Peer1, new ContactMade(ContactMode.InPerson, 30) { ClientId = client }, 21.9);
        await teller.FactAsync(County.Peer1, new WarmHandoffPerformed("city-police", "police-and-peers", PresentTogether: true) { ClientId = client }, 21.8);
        await teller.FactAsync(County.Peer1, new AdmittedToPlacement("residential") { ClientId = client }, 21.7);
        await teller.FactAsync(County.Peer1, new NeedMet("clothing") { ClientId = client }, 19);
    }

    /// <summary>Released without food or shelter; the public defender asked for help.</summary>
    private async Task PositiveOutcomesAsync()
    {
        var client = await ClientAsync("three", RegistrationSource.PublicDefender, County.Agent2, County.Supervisor1, "D-1003");
        await teller.FactAsync(County.Peer1, new NeedMet("food") { ClientId = client }, 60);
        await teller.FactAsync(County.Peer1, new NeedMet("shelter") { ClientId = client }, 60);
        await teller.FactAsync(County.Peer1, new AdmittedToPlacement("recovery-housing") { ClientId = client }, 45);
        await teller.FactAsync(County.Agent2, new SupervisionContactReported(ContactMode.InPerson) { ClientId = client }, 10);
    }

    private async Task MetLateAsync()
    {
        var client = await ClientAsync("four", RegistrationSource.Supervision, County.Agent1, County.Supervisor1, "D-1004");
        await teller.OverdoseAsync(client, "four", 31, 30, County.Supervisor1, "heroin", "fentanyl");
        await teller.ReferAsync(County.Agent1, client, "four", 20);
        await teller.ReceiveAsync(County.Coach1, "four", 19, accept: false);
    }

    private async Task NotInterestedAsync()
    {
        var client = await ClientAsync("five", RegistrationSource.Supervision, County.Agent2, County.Supervisor1, "D-1005");
        await teller.OverdoseAsync(client, "five", 15.3, 15, County.Supervisor1);
        await teller.DutyAsync(County.Agent2, client, (state, policy, now) => RecordNotInterested.Decide(
            new(client, null, County.Agent2.Id, Role.Agent, teller.Ago(14.9), ContactMode.Phone, Sealed<string>.Of("Thank you, not now.")), state, policy, now));
        await teller.DutyAsync(County.Agent2, client, (state, _, now) => AttestReferral.Decide(new(client, null, County.Agent2.Id), state, now));
    }

    private async Task MergedAsync()
    {
        var client = await ClientAsync("six", RegistrationSource.Supervision, County.Agent3, County.Supervisor2, "D-1006");
        await teller.OverdoseAsync(client, "six-first", 8.2, 8, County.Supervisor2, "fentanyl");
        await teller.OverdoseAsync(client, "six-second", 7.9, 7.8, County.Supervisor2, "fentanyl", "xylazine");
        await teller.ReferAsync(County.Agent3, client, "six", 7.6);
        await teller.ReceiveAsync(County.Coach1, "six", 7.5, accept: true);
    }

    private async Task OverdueAsync()
    {
        var client = await ClientAsync("seven", RegistrationSource.Supervision, County.Agent1, County.Supervisor1, "D-1007");
        await teller.OverdoseAsync(client, "seven", 12, 11.8, County.Supervisor1, "methamphetamine");
        await teller.ReferAsync(County.Agent1, client, "seven", 11.5);
    }

    private async Task ReturnedAsync()
    {
        var client = await ClientAsync("eight", RegistrationSource.Court, County.Agent2, County.Supervisor1, "D-1008");
        await teller.OverdoseAsync(client, "eight", 20.2, 20, County.Supervisor1, "alcohol", "benzodiazepines");
        await teller.ReferAsync(County.Agent2, client, "eight", 19.9);
        await teller.ReceiveAsync(County.Coach1, "eight", 19.8, accept: true);
        await teller.DutyAsync(County.Agent2, client, (state, _, now) => AttestReferral.Decide(new(client, null, County.Agent2.Id), state, now));
        await teller.DutyAsync(County.Supervisor1, client, (state, _, now) => ReturnDuty.Decide(
            new(client, null, County.Supervisor1.Id, Sealed<string>.Of("The receipt is of another client.")), state, now));
    }

    private async Task OpenAsync()
    {
        var client = await ClientAsync("nine", RegistrationSource.Supervision, County.Agent1, County.Supervisor1, "D-1009");
        await teller.OverdoseAsync(client, "nine", 0.2, 0.05, County.Supervisor1, "fentanyl");
    }

    private async Task<Guid> ClientAsync(string name, RegistrationSource source, Actor agent, Actor supervisor, string docNumber)
    {
        var clientId = Teller.Id($"client/{name}");
        var since = When.At(teller.Ago(90));
        var family = char.ToUpperInvariant(name[0]) + name[1..];
        await teller.TellAsync(agent, Streams.Client, clientId, (state, now) => RegisterClient.Decide(
            new(
                clientId, source, agent.Agency,
                new ClientName(Sealed<string>.Of("Client"), Sealed<string>.Of(family), Mark("name", $"Client {family}")), since),
            state, now));
        await teller.TellAsync(agent, Streams.Client, clientId, (state, now) => LinkExternalIdentifier.Decide(
            new(clientId, IdentifierSystem.Doc, Sealed<string>.Of(docNumber), Mark("identifier/doc", ExternalIdentifier.Normalise(docNumber)), since),
            state, holder: null, now));
        await teller.TellAsync(supervisor, Streams.Supervision, StreamIds.Supervision(clientId), (state, now) => StartSupervision.Decide(
            new(clientId, SupervisionStatus.Probation, agent.Agency!, agent.Office!, agent.Id, ExpectedEndOn: null, since),
            state, officeIsOpen: true, new StaffPost(agent.Id, agent.Role, agent.Agency!, agent.Office), now), about => about with { Intercept = 5 });
        return clientId;
    }

    private string Mark(string kind, string value) => Convert.ToHexStringLower(marks.MarkOf(Teller.Jurisdiction, kind, value));
}
