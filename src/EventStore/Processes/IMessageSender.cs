namespace CaseFlow.EventStore.Processes;

/// <summary>Takes messages out of the database.</summary>
public interface IMessageSender
{
    /// <summary>The messages it is for.</summary>
    string Topic { get; }

    /// <summary>Sends one; returns when the receiver has taken it and throws when that is not known.</summary>
    /// <remarks>The same message may come again under the same id: the receiver passes over an id that it has.</remarks>
    Task SendAsync(OutboxMessage message, CancellationToken cancellation);
}

/// <summary>A message on its way out.</summary>
/// <param name="Id">The same for every attempt, and for the same effect worked out again.</param>
/// <param name="TenantId">The jurisdiction.</param>
/// <param name="Topic">Which sender it is for.</param>
/// <param name="Key">What it is in order with.</param>
/// <param name="Payload">JSON as it was put.</param>
/// <param name="CreatedAt">When it was put, UTC.</param>
/// <param name="Attempts">How often it failed before.</param>
public sealed record OutboxMessage(
    Guid Id, string TenantId, string Topic, string Key, string Payload, DateTimeOffset CreatedAt, int Attempts);

/// <summary>A message that could not be delivered so far.</summary>
/// <param name="Id">The message.</param>
/// <param name="TenantId">The jurisdiction.</param>
/// <param name="Topic">Which sender it is for.</param>
/// <param name="Key">What it is in order with.</param>
/// <param name="CreatedAt">When it was put, UTC.</param>
/// <param name="Attempts">How often it failed.</param>
/// <param name="Error">Why, the last time.</param>
/// <param name="IsSetAside">Whether it is tried no more, so that those behind it go on.</param>
public sealed record TroubledMessage(
    Guid Id, string TenantId, string Topic, string Key, DateTimeOffset CreatedAt, int Attempts, string Error, bool IsSetAside);
