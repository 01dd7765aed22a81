using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Clients;

/// <summary>A client's details without what labels hide: told as if it had not been told, and nothing older in its place.</summary>
public static class ShownDetails
{
    /// <param name="events">Of the client's stream.</param>
    /// <param name="sight">What is hidden.</param>
    public static ClientDetails Of(IEnumerable<RecordedEvent> events, EntrySight sight)
    {
        var details = ClientDetails.Initial;
        foreach (var recorded in events)
        {
            var fact = (ClientEvent)recorded.Data;
            var next = ClientDetails.Evolve(details, fact);
            details = sight.Hides(recorded) ? Without(fact, details, next) : next;
        }

        return details;
    }

    /// <returns>Whether the client is known by a number, as far as that is shown.</returns>
    /// <param name="events">Of the client's stream.</param>
    /// <param name="sight">What is hidden.</param>
    /// <param name="system">Where the number is from.</param>
    /// <param name="value">As somebody typed it.</param>
    /// <param name="open">Opens a sealed text, or says null.</param>
    public static bool HasNumber(
        IEnumerable<RecordedEvent> events, EntrySight sight, IdentifierSystem system, string value, Func<Sealed<string>, string?> open) => Standing(events).Any(recorded =>
            recorded.Data is ExternalIdentifierLinked linked && linked.System == system && !sight.Hides(recorded)
            && open(linked.Value) is { } told && ExternalIdentifier.Normalise(told) == ExternalIdentifier.Normalise(value));

    /// <returns>The events without those that linked a number of which the last link was ended: by an old one nobody is known any more.</returns>
    public static IEnumerable<RecordedEvent> Standing(IEnumerable<RecordedEvent> events)
    {
        var standing = new List<RecordedEvent>();
        foreach (var recorded in events)
        {
            if (recorded.Data is ExternalIdentifierUnlinked ended)
                standing.RemoveAll(link => link.Data is ExternalIdentifierLinked linked && linked.IdentifierId == ended.IdentifierId);
            standing.Add(recorded);
        }

        return standing;
    }

    /// <summary>What ends or warns counts all the same: a number that was removed, or is not safe to text, must not be used because that is confidential.</summary>
    private static ClientDetails Without(ClientEvent fact, ClientDetails before, ClientDetails next) => fact switch
    {
        ClientRegistered => next with { RegisteredByAgency = null },
        ClientNameRecorded => next with { Name = null },
        BirthDateRecorded => next with { BornOn = null },
        // Nobody is asked of the dead; by whom that was known stays with who said so.
        ClientDeceased => next with { Death = next.Death! with { Source = null } },
        ContactPointSafetyFlagged or ContactPointRemoved or ExternalIdentifierUnlinked or ClientDeathRetracted => next,
        _ => before,
    };
}
