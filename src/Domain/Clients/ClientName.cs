namespace CaseFlow.Domain.Clients;

/// <summary>A client's name on its way into the record.</summary>
/// <param name="Fingerprint">Keyed, over both names normalised; computed at the edge.</param>
public sealed record ClientName(Sealed<string> Given, Sealed<string> Family, string Fingerprint)
{
    internal Rejection? Check() =>
        string.IsNullOrWhiteSpace(Given.Plain()) ? ClientRejections.NameIncomplete("givenName")
        : string.IsNullOrWhiteSpace(Family.Plain()) ? ClientRejections.NameIncomplete("familyName")
        : null;

    internal Guid Id(Guid clientId) => ValueId.Of(clientId, "name", Fingerprint);

    internal ClientNameRecorded Recorded(Guid clientId) => new(Given, Family) { ClientId = clientId, NameId = Id(clientId) };
}
