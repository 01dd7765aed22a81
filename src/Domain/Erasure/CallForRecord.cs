namespace CaseFlow.Domain.Erasure;

/// <summary>
/// An emergency or a request begins: the orders on the record say so, because that a record may go is decided there, and nothing else would meet. Of a record
/// whose content is gone there is nothing to decide any more.
/// </summary>
public sealed record CallForRecord(Guid ClientId, Guid MatterId)
{
    public static Decision<ErasureEvent> Decide(CallForRecord command, ErasureState state, DateTimeOffset now) =>
        state.IsErased ? Decision<ErasureEvent>.AlreadyDone : new RecordCalledFor(command.MatterId) { ClientId = command.ClientId }.At(now);
}
