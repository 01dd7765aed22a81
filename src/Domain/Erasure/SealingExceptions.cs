namespace CaseFlow.Domain.Erasure;

// Storage format: renaming a type or a member here breaks every sealing already recorded.

/// <summary>Whom an order leaves a sealed record to. Everybody else sees that it is sealed, when and why, and nothing else.</summary>
/// <param name="Staff">Agencies, or a role of one.</param>
/// <param name="Client">The client keeps the copy of the own record; a sealing shields them, so an order has to say that they do not.</param>
public sealed record SealingExceptions(IReadOnlyList<SealedFor> Staff, bool Client = true)
{
    /// <summary>To the client alone.</summary>
    public static readonly SealingExceptions Nobody = new([]);

    /// <returns>Whether somebody still sees the record. The client is whom a copy of the own record is made for.</returns>
    public bool Include(Actor actor) =>
        Staff.Any(one => one.AgencyId == actor.Agency && (one.Role is null || one.Role == actor.Role))
        || (Client && actor is { Role: Role.PrivacyOfficer, Purpose: Purpose.OwnRecord });

    /// <returns>Whether both leave the record to the same, in whatever order they name them.</returns>
    public bool SameAs(SealingExceptions other) => Client == other.Client && Staff.ToHashSet().SetEquals(other.Staff);

    public bool Equals(SealingExceptions? other) => other is not null && Client == other.Client && Staff.SequenceEqual(other.Staff);

    public override int GetHashCode() => HashCode.Combine(Staff.Count, Client);
}

/// <param name="Role">Only this role there; null for the whole agency.</param>
public sealed record SealedFor(string AgencyId, Role? Role = null);
