using CaseFlow.Api.Clients;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.EventStore;
using static CaseFlow.Unit.Consents.ConsentFacts;

namespace CaseFlow.Unit.Disclosures;

/// <summary>Each agency accounts for what of its own is shown: the latest name and birth date, every alias, the contact points that are left.</summary>
public sealed class ShowingWhoItIsInAnEmergency
{
    private static readonly Guid Point = Guid.Parse("0195d6c4-0000-7000-8000-000000000007");

    [Fact]
    public void Whose_is_shown_accounts_for_it_once_and_whose_was_replaced_or_removed_does_not()
    {
        var (given, family) = (Sealed<string>.FromToken("1"), Sealed<string>.FromToken("2"));
        RecordedEvent[] events =
        [
            Told("dcc", new ClientRegistered("C-1", RegistrationSource.Supervision, "dcc", false) { ClientId = ClientId }),
            Told("hospital", new ClientNameRecorded(given, family) { ClientId = ClientId }),
            Told("jail", new ClientNameRecorded(given, family) { ClientId = ClientId }),
            Told("coaches", new AliasAdded(given) { ClientId = ClientId }),
            Told("house", new ContactPointAdded(Point, ContactPointKind.Phone, given, true, false) { ClientId = ClientId }),
            Told(null, new BirthDateRecorded(given) { ClientId = ClientId }),
        ];

        ShownInEmergency.AgenciesOf(events, EntrySight.Whole).ShouldBe(["dcc", "jail", "coaches", "house"]);
        ShownInEmergency.AgenciesOf([.. events, Told("dcc", new ContactPointRemoved(Point, given) { ClientId = ClientId })], EntrySight.Whole)
            .ShouldBe(["dcc", "jail", "coaches"]);
    }

    private static RecordedEvent Told(string? agency, ClientEvent fact) => new(
        "demo", ClientId, "client", 1, Guid.CreateVersion7(), 1, 1, Now, fact.At(Now),
        new Circumstances { Actor = "staff-1", Role = Role.Agent, Agency = agency, Purpose = Purpose.Care }, new AppendMetadata("staff-1"));
}
