using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Clients;

/// <summary>Somebody made sure that the client is who the record says.</summary>
/// <param name="AgencyId">The agency for which it was done.</param>
/// <param name="DocumentKind">A code of the policy, for a document that was seen; null for every other way.</param>
public sealed record VerifyIdentity(Guid ClientId, IdentityMethod How, string? DocumentKind, string VerifiedBy, string? AgencyId, When When)
{
    public static Decision<ClientEvent> Decide(VerifyIdentity command, ClientState state, IdentityPolicy policy, DateTimeOffset now)
    {
        if (!state.IsRegistered)
            return ClientRejections.NotFound(command.ClientId);
        if (state.NameId is null)
            return ClientRejections.NoNameToVerify();
        if (command.How == IdentityMethod.DocumentSeen != command.DocumentKind is not null)
            return ClientRejections.DocumentKindMismatch();
        if (command.DocumentKind is { } kind && !policy.DocumentKinds.Contains(kind, StringComparer.Ordinal))
            return ClientRejections.CodeUnknown("documentKind");
        if (state.Verification is { HasLapsed: false } known && (known.How, known.DocumentKind) == (command.How, command.DocumentKind))
            return Decision<ClientEvent>.AlreadyDone;

        return command.When.Check(now) is { } rejection
            ? rejection
            : new ClientIdentityVerified(command.How, command.DocumentKind, command.VerifiedBy, command.AgencyId) { ClientId = command.ClientId }.At(command.When);
    }
}

/// <summary>Whether the client is known to be who the record says.</summary>
/// <param name="HasLapsed">Another name, or another birth date than the one that was known, was recorded since.</param>
public sealed record IdentityVerification(IdentityMethod How, string? DocumentKind, bool HasLapsed = false)
{
    internal IdentityVerification Lapsed() => this with { HasLapsed = true };
}
