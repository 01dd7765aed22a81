using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;

namespace CaseFlow.Api.Consents;

/// <summary>Whose business a consent is. To everybody else it does not exist: that there is one tells that somebody is in treatment.</summary>
public static class ConsentParties
{
    /// <returns>Whether the actor's agency may disclose or be told by it; it is always the privacy officer's and an auditor's.</returns>
    public static bool IsParty(this Actor actor, ConsentScope scope, DirectoryState directory) =>
        actor.Role is Role.PrivacyOfficer or Role.Auditor || Discloses(actor, scope, directory) || IsTold(actor, scope, directory);

    /// <summary>
    /// A disclosing agency takes its clients' consents, a court's coordinator those that name the court, the privacy officer any.
    /// </summary>
    public static bool MayTake(this Actor actor, ConsentScope scope, DirectoryState directory) => actor.Role switch
    {
        Role.PrivacyOfficer => true,
        Role.Coordinator => IsTold(actor, scope, directory),
        _ => Discloses(actor, scope, directory),
    };

    private static bool Discloses(Actor actor, ConsentScope scope, DirectoryState directory) =>
        actor.Agency is { } agency && (scope.Disclosers.Contains(agency) || IsOf(scope.DiscloserClass, agency, directory));

    private static bool IsTold(Actor actor, ConsentScope scope, DirectoryState directory) =>
        actor.Agency is { } agency && (scope.Recipients.Contains(agency) || IsOf(scope.RecipientClass, agency, directory));

    private static bool IsOf(AgencyKind? kind, string agency, DirectoryState directory) =>
        kind is { } named && directory.FindAgency(agency)?.Kind == named;
}
