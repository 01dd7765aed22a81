using System.Security.Claims;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Api.Identity;

/// <summary>A token's claims, read as an <see cref="Actor"/>.</summary>
public static class ActorClaims
{
    public const string Subject = "sub";
    public const string Role = "role";
    public const string Jurisdiction = "jurisdiction";
    public const string Agency = "agency";
    public const string Office = "office";
    public const string Purpose = "purpose";

    /// <summary>Reads an actor: subject, one role and the jurisdiction are needed; the purpose of use is the role's usual one unless it says otherwise.</summary>
    /// <returns>The actor, or null with the problem that names the claim.</returns>
    public static Actor? Read(ClaimsPrincipal user, out Problem? problem)
    {
        problem = null;
        if (One(user, Subject) is not { Length: <= 200 } subject || subject.Any(IsUnprintable))
            return Incomplete(Subject, "must name the person or system in at most 200 printable characters", out problem);
        if (EnumNames.FromKebab<Role>(One(user, Role)) is not { } role)
            return Incomplete(Role, $"must be one of {string.Join(", ", EnumNames.AllKebab<Role>())}", out problem);
        if (One(user, Jurisdiction) is not { } jurisdiction || !Slug.IsValid(jurisdiction))
            return Incomplete(Jurisdiction, "must be the id of one jurisdiction", out problem);
        var purpose = user.FindFirst(Purpose) is null ? PurposesOfUse.UsualOf(role) : EnumNames.FromKebab<Purpose>(One(user, Purpose));
        if (purpose is null)
            return Incomplete(Purpose, $"must be one of {string.Join(", ", EnumNames.AllKebab<Purpose>())}", out problem);
        return new Actor(subject, role, jurisdiction, One(user, Agency), One(user, Office), purpose.Value);
    }

    /// <summary>Who acts; the request has passed <see cref="Admission"/>.</summary>
    /// <exception cref="InvalidOperationException">The route is open to anyone.</exception>
    public static Actor Actor(this HttpContext context) =>
        context.ActorOrNull() ?? throw new InvalidOperationException("This route admits anyone; it has no actor.");

    /// <summary>Who acts, or null before admission and on routes open to anyone.</summary>
    public static Actor? ActorOrNull(this HttpContext context) => context.Features.Get<Actor>();

    /// <summary>No table and no log takes these.</summary>
    private static bool IsUnprintable(char letter) => char.IsControl(letter) || char.IsSurrogate(letter);

    private static string? One(ClaimsPrincipal user, string claim) =>
        user.FindAll(claim).ToArray() is [{ Value: { Length: > 0 } value }] ? value : null;

    private static Actor? Incomplete(string claim, string rule, out Problem? problem)
    {
        problem = new Problem(ProblemCatalogue.TokenIncomplete, $"The claim \"{claim}\" {rule}.", claim);
        return null;
    }
}
