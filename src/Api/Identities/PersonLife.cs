using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Identities;

/// <summary>Whether a person lives, as far as any of their records knows: a death on one of them is the person's.</summary>
/// <param name="Lives">No record of the person knows of a death.</param>
/// <param name="Unmoved">Guards, for what is recorded because of it: nobody was merged meanwhile, and no death told or taken back.</param>
public sealed record PersonLife(bool Lives, IReadOnlyList<StreamAppend> Unmoved)
{
    public static async Task<PersonLife> OfAsync(
        IEventStore store, Persons persons, string jurisdiction, Guid clientId, CancellationToken cancellation)
    {
        var history = await persons.OfAsync(jurisdiction, cancellation);
        var (lives, guards) = (true, new List<StreamAppend>());
        if (!history.IsEmpty)
            guards.Add(Guard(Streams.Identities.Alias, StreamIds.Identities(jurisdiction), history.Version));
        foreach (var record in history.Now.RecordsOf(clientId))
        {
            var (version, state) = await store.FoldAsync(Streams.Client, jurisdiction, record, cancellation);
            lives &= state.Death is null;
            guards.Add(Guard(Streams.Client.Alias, record, version));
        }

        return new PersonLife(lives, guards);
    }

    private static StreamAppend Guard(string alias, Guid streamId, long version) => new(streamId, alias, ExpectedVersion.Exactly(version), []);
}
