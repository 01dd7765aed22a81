using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Consents;

/// <summary>Whose business a consent is. To everybody else it does not exist: that there is one tells that somebody is in treatment.</summary>
public static class ConsentParties
{
    /// <returns>
    /// Whether the actor's agency may disclose or be told by it; it is always the privacy officer's and an auditor's. A judge, the
    /// prosecution and the defence are parties to those that are for their role too.
    /// </returns>
    public static bool IsParty(this Actor actor, ConsentScope scope, DirectoryState directory) =>
        actor.Role is Role.PrivacyOfficer or Role.Auditor
        || Discloses(actor, scope, directory)
        || (IsTold(actor, scope, directory) && (!actor.Role.IsBesideTheTeam() || scope.IsFor(actor.Role, directory.FindAgency(actor.Agency!)?.Kind)));

    /// <returns>
    /// What a role sees of a consent that it is party to: the prosecution whether and for what there is one, a judge also how it was signed
    /// and what happened to it, both without words; everybody else all of it (42 CFR 2.13(a): no more than the purpose takes).
    /// </returns>
    public static ConsentItem AsSeenBy(this ConsentItem item, Role role) => role switch
    {
        Role.Prosecutor => item with { Description = null, SignedName = null, RecipientPerson = null, Form = null, History = [] },
        Role.Judge => item with { Description = null, SignedName = null, RecipientPerson = null, History = [.. item.History.Select(step => step with { Words = null })] },
        _ => item,
    };

    /// <summary>
    /// A disclosing agency takes its clients' consents, a court's coordinator those that name the court, the privacy officer any. What is signed opens the records of
    /// everybody whom it names, so an agency takes it for itself alone; what is only asked for or refused opens none.
    /// </summary>
    public static bool MayTake(this Actor actor, ConsentScope scope, DirectoryState directory, bool isSigned) => actor.Role switch
    {
        Role.PrivacyOfficer => true,
        Role.Coordinator => IsTold(actor, scope, directory),
        _ => Discloses(actor, scope, directory) && !(isSigned && (scope.DiscloserClass is not null || scope.Disclosers.Any(agency => agency != actor.Agency))),
    };

    /// <returns>
    /// Whether the actor reads what was said when something happened to a consent: the client's words, or a note about them. They are for the agency that heard
    /// them and for those whose record the consent is about; whoever is only told by it sees what happened. The form itself is for its parties (42 CFR 2.32(b)).
    /// </returns>
    internal static bool Hears(this Actor actor, RecordedEvent recorded, ConsentScope scope, DirectoryState directory) =>
        actor.Role is Role.PrivacyOfficer or Role.Auditor
        || recorded.Data is ConsentGranted
        || (actor.Agency is { } agency && agency == (recorded.Headers as Circumstances)?.Agency)
        || Discloses(actor, scope, directory);

    private static bool Discloses(Actor actor, ConsentScope scope, DirectoryState directory) =>
        actor.Agency is { } agency && (scope.Disclosers.Contains(agency) || IsOf(scope.DiscloserClass, agency, directory));

    private static bool IsTold(Actor actor, ConsentScope scope, DirectoryState directory) =>
        actor.Agency is { } agency && (scope.Recipients.Contains(agency) || IsOf(scope.RecipientClass, agency, directory));

    private static bool IsOf(AgencyKind? kind, string agency, DirectoryState directory) =>
        kind is { } named && directory.KindOf(agency) == named;
}
