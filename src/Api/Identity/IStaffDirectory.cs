using CaseFlow.Domain;

namespace CaseFlow.Api.Identity;

/// <summary>Asked after the role, before anything is read: is this person who their token says, where it says?</summary>
public interface IStaffDirectory
{
    /// <returns>Why not, or null.</returns>
    ValueTask<Rejection?> CheckAsync(Actor actor, CancellationToken cancellation);
}

/// <summary>Takes the token's word. For a jurisdiction whose issuer is its directory, and for tests of the door.</summary>
public sealed class TokenIsEnough : IStaffDirectory
{
    /// <inheritdoc/>
    public ValueTask<Rejection?> CheckAsync(Actor actor, CancellationToken cancellation) => default;
}
