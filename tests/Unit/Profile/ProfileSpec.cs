using CaseFlow.Domain;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Profile;

namespace CaseFlow.Unit.Profile;

public abstract class ProfileSpec() : Spec<ProfileState, ProfileEvent>(ProfileState.Initial, ProfileState.Evolve)
{
    protected static readonly Guid ClientId = Guid.Parse("0195d6c4-0000-7000-8000-000000000001");
    protected static readonly IdentityPolicy Policy = IdentityPolicy.Default;
    protected static readonly When Told = When.At(Now);
    protected static readonly When Tomorrow = When.At(Now.AddDays(1));
    protected static readonly Rejection InFuture = TimeRejections.KnownInFuture(Now.AddDays(1), Now);
    protected static readonly DateOnly Today = new(2026, 3, 3);
    protected static readonly Sealed<string> Reason = Sealed<string>.Of("The client said so.");
}
