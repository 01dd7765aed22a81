using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain.Clients;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Clients;

/// <summary>Whose records an emergency shows of who a client is and how they are reached: each agency accounts for what it told.</summary>
public static class ShownInEmergency
{
    /// <param name="events">Of the client's stream.</param>
    /// <param name="sight">What is hidden from the reader: nothing is told by it.</param>
    /// <returns>Agencies, each once; what came from no agency is accounted for by none.</returns>
    public static IReadOnlyList<string> AgenciesOf(IReadOnlyList<RecordedEvent> events, EntrySight sight)
    {
        // The latest of a name or a birth date is shown, and nothing older in its place; of contact points those that are left.
        var name = events.LastOrDefault(recorded => recorded.Data is ClientNameRecorded);
        var birth = events.LastOrDefault(recorded => recorded.Data is BirthDateRecorded);
        var verified = events.LastOrDefault(recorded => recorded.Data is ClientIdentityVerified && !sight.Hides(recorded));
        var death = events.LastOrDefault(recorded => recorded.Data is ClientDeceased or ClientDeathRetracted && (recorded.Data is ClientDeathRetracted || !sight.Hides(recorded)));
        var removed = events.Select(recorded => recorded.Data).OfType<ContactPointRemoved>().Select(gone => gone.ContactPointId).ToHashSet();
        var shown = events.Where(recorded => !sight.Hides(recorded) && recorded.Data switch
        {
            ClientRegistered or AliasAdded => true,
            ContactPointAdded point => !removed.Contains(point.ContactPointId),
            ContactPointSafetyFlagged point => !removed.Contains(point.ContactPointId),
            ClientDeceased => recorded == death,
            _ => recorded == name || recorded == birth || recorded == verified,
        });
        return [.. RecordOwners.Of(shown).OfType<string>()];
    }
}
