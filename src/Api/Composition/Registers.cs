using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Policies;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Composition;

/// <summary>
/// A jurisdiction's directory and policies, folded once and kept current: each look reads only what was appended since the
/// last. What is read here is not guarded; a decision that changes the directory or the policies loads the stream.
/// </summary>
public sealed class Registers(IEventStore store)
{
    private readonly KeptFold<DirectoryState, DirectoryEvent> directories = new(store, Streams.Directory, StreamIds.Directory);
    private readonly KeptFold<PolicyState, PolicyEvent> policies = new(store, Streams.Policies, StreamIds.Policies);

    /// <summary>Who works where, now.</summary>
    public Task<DirectoryState> DirectoryAsync(string jurisdiction, CancellationToken cancellation) => directories.CurrentAsync(jurisdiction, cancellation);

    /// <summary>The directory as a request at this node saw it last; every request asks it anew when it comes in, so it is of this request or later.</summary>
    public async Task<DirectoryState> KnownDirectoryAsync(string jurisdiction, CancellationToken cancellation) =>
        directories.Known(jurisdiction) ?? await DirectoryAsync(jurisdiction, cancellation);

    /// <summary>What is policy, now.</summary>
    public Task<PolicyState> PoliciesAsync(string jurisdiction, CancellationToken cancellation) => policies.CurrentAsync(jurisdiction, cancellation);
}
