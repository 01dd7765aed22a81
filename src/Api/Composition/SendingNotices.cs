using CaseFlow.Domain;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Composition;

/// <summary>How every timer's notice is recorded: it has a stream that can hold it only once, so sending it again after a crash changes nothing.</summary>
internal static class SendingNotices
{
    /// <summary>The circumstances of a notice, before whose record it is is known.</summary>
    public static Circumstances About { get; } = new() { Actor = "notices", Role = Role.Service, Purpose = Purpose.Operations };

    /// <summary>Looks and appends, and looks again when a guard moved between the two.</summary>
    public static async Task SendAsync(Func<Task<AppendResult?>> trySend, CancellationToken cancellation)
    {
        while (await trySend() is AppendResult.Conflict { Expected: > 0 })
            cancellation.ThrowIfCancellationRequested();
    }

    /// <param name="store">Where it is recorded.</param>
    /// <param name="tenantId">The jurisdiction.</param>
    /// <param name="stream">The notice's own stream.</param>
    /// <param name="notice">The notice.</param>
    /// <param name="about">Its circumstances.</param>
    /// <param name="guards">What it was decided on, unmoved.</param>
    /// <param name="cancellation">Ends the wait for the answer.</param>
    public static async Task<AppendResult?> AppendAsync(
        IEventStore store, string tenantId, Guid stream, DomainEvent notice, Circumstances about, IReadOnlyList<StreamAppend> guards, CancellationToken cancellation)
    {
        var fact = new NewEvent(NamedId.Of(tenantId, "notice", stream.ToString()), notice, about);
        return await store.AppendAsync(
            new Append(tenantId, [new StreamAppend(stream, Streams.NoticeAlias, ExpectedVersion.NoStream, [fact]), .. guards], new AppendMetadata("notices")), cancellation);
    }
}
