namespace CaseFlow.Domain.Clients;

/// <summary>
/// Ids of a client's personal values, so that the same value told twice is recognised without opening anything. They follow
/// from a keyed fingerprint (the edge's blind index), never from the value itself: a birth date or a phone number could be
/// guessed from an id that anybody can compute.
/// </summary>
public static class ValueId
{
    /// <param name="fingerprint">Keyed, computed at the edge over the normalised value.</param>
    public static Guid Of(Guid clientId, string kind, string fingerprint) => NamedId.Of(clientId, $"{kind}/{fingerprint}");
}
