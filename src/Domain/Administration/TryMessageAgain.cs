namespace CaseFlow.Domain.Administration;

/// <summary>An administrator has a message that failed tried again at once, for instance after the other system was mended.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="Reason">Why now.</param>
public sealed record TryMessageAgain(Guid MessageId, string Reason)
{
    /// <param name="command">What is asked.</param>
    /// <param name="failed">The message; null when there is none of this id, or it has not failed, or has been taken.</param>
    /// <param name="now">The instant of the decision.</param>
    public static Decision<ProjectionEvent> Decide(TryMessageAgain command, FailedMessage? failed, DateTimeOffset now) => failed is null
        ? ProjectionRejections.MessageNotFound(command.MessageId)
        : new MessageTriedAgain(failed.Id, failed.Topic, failed.Attempts, command.Reason).At(now);
}
