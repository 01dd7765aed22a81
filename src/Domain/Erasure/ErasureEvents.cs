namespace CaseFlow.Domain.Erasure;

// Storage format: renaming a type or a member here breaks every erasure already recorded.

/// <summary>
/// What was ordered and done about the content of a client's record, or of an overdose whose person nobody knows. One stream per client or such
/// overdose; it is the skeleton that stays, so what is sealed in it is sealed apart from the content.
/// </summary>
public abstract record ErasureEvent : DomainEvent, IClientEvent, ISealedApart
{
    /// <summary>The client; or the overdose, which is a record by itself while its person is not identified.</summary>
    public required Guid ClientId { get; init; }

    Guid? IClientEvent.ClientId => ClientId;

    Guid ISealedApart.SealedUnder => StreamIds.Erasure(ClientId);
}

/// <summary>
/// Somebody with the power to do so ordered that the record, or a part of it, be sealed or expunged. From here on nothing shows its content
/// but to those whom the order leaves it to, until the order is lifted; an expunction then destroys it.
/// </summary>
/// <param name="OrderId">The same order has the same id.</param>
/// <param name="Scope">What of the record.</param>
/// <param name="Authority">Who ordered it.</param>
/// <param name="ReasonCode">From the policy's list.</param>
/// <param name="Reference">The order's own number; sealed, because a court's number leads to the person.</param>
public sealed record SealingOrdered(
    Guid OrderId, ErasureScope Scope, ErasureAuthority Authority, string ReasonCode, Sealed<string> Reference) : ErasureEvent
{
    /// <summary>Whom the order leaves the record to.</summary>
    public SealingExceptions LeftTo { get; init; } = SealingExceptions.Nobody;
}

/// <summary>The sealing ended: the record shows again as if it had never been sealed.</summary>
/// <param name="OrderId">The order that it lifts.</param>
/// <param name="Scope">What of the record.</param>
/// <param name="Authority">Who lifted it.</param>
/// <param name="Reference">The lifting order's own number, sealed.</param>
public sealed record SealingLifted(Guid OrderId, ErasureScope Scope, ErasureAuthority Authority, Sealed<string> Reference) : ErasureEvent;

/// <summary>The order is carried out: from here on nothing shows the content, and its keys are being destroyed.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Scope">What of the record.</param>
/// <param name="Authority">Who ordered it.</param>
/// <param name="ReasonCode">Why.</param>
/// <param name="Subjects">Whose data keys go: the client's, a class's, those of overdoses that were the client's.</param>
public sealed record ExpunctionApplied(
    Guid OrderId, ErasureScope Scope, ErasureAuthority Authority, string ReasonCode, IReadOnlyList<Guid> Subjects) : ErasureEvent
{
    public bool Equals(ExpunctionApplied? other) => other is not null
        && base.Equals(other)
        && (OrderId, Scope, Authority, ReasonCode) == (other.OrderId, other.Scope, other.Authority, other.ReasonCode)
        && Subjects.SequenceEqual(other.Subjects);

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), OrderId, Scope, Authority, ReasonCode, Subjects.Count);
}

/// <summary>The keys are destroyed: what they sealed cannot be read any more, in no copy of the database.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Scope">What of the record.</param>
public sealed record KeyDestroyed(Guid OrderId, ErasureScope Scope) : ErasureEvent;

/// <summary>The record must be kept as it is, whatever is ordered, until the hold is released.</summary>
/// <param name="HoldId">The same hold has the same id.</param>
/// <param name="Authority">Who demands it.</param>
/// <param name="ReasonCode">From the policy's list.</param>
/// <param name="Reference">The case's or request's own number, sealed.</param>
public sealed record LegalHoldPlaced(Guid HoldId, ErasureAuthority Authority, string ReasonCode, Sealed<string> Reference) : ErasureEvent;

/// <summary>The hold no longer stands in the way.</summary>
/// <param name="HoldId">The hold.</param>
/// <param name="Authority">Who released it.</param>
public sealed record LegalHoldReleased(Guid HoldId, ErasureAuthority Authority) : ErasureEvent;

/// <summary>
/// The period of keeping the record was over, and whoever is responsible approved that it goes. The erasure follows it under the same id.
/// </summary>
/// <param name="OrderId">The approval.</param>
/// <param name="EndedOn">The first local day on which it need not be kept any more.</param>
/// <param name="Rule">By which rule of the policy.</param>
/// <param name="LastActivityAt">When something last happened with the client, UTC; null when nothing ever did.</param>
/// <param name="LastRecordedAt">When something was last recorded, UTC.</param>
/// <param name="PolicyVersion">The version that said so; null while there was none, and the defaults held.</param>
public sealed record RetentionReached(
    Guid OrderId, DateOnly EndedOn, RetentionRule Rule, DateTimeOffset? LastActivityAt, DateTimeOffset LastRecordedAt, int? PolicyVersion) : ErasureEvent;

/// <summary>The record is kept longer than policy asks.</summary>
/// <param name="Until">The first local day on which it need not be kept any more.</param>
/// <param name="ReasonCode">From the policy's list.</param>
/// <param name="PolicyVersion">The version whose reasons those are.</param>
public sealed record RetentionPostponed(DateOnly Until, string ReasonCode, int? PolicyVersion) : ErasureEvent;

/// <summary>
/// Somebody opened the record in an emergency, or asked something about it: whoever decides at the same moment that it goes has moved past by this, and
/// decides anew.
/// </summary>
/// <param name="MatterId">The opening or the request; what it is stands in its own stream.</param>
public sealed record RecordCalledFor(Guid MatterId) : ErasureEvent;

/// <summary>What of a record is erased; each class that can go alone is sealed under a key of its own.</summary>
public enum ErasureScope
{
    /// <summary>Everything sealed about the client.</summary>
    WholeRecord,

    /// <summary>What was recorded under the label JUVENILE (Wis. Stat. 938.355 (4m), expunction of a juvenile adjudication).</summary>
    Juvenile,
}

/// <summary>Who may order an erasure or a hold.</summary>
public enum ErasureAuthority
{
    Court,
    Prosecutor,
    Agency,
    Client,
}
