using CaseFlow.Domain.Agencies;

namespace CaseFlow.Domain.Consents;

// Storage format: renaming a type or a member here breaks every consent already recorded.

/// <summary>Who may tell what to whom, and what for: what a consent permits. Never personal content.</summary>
/// <param name="Disclosers">Agencies that may disclose (42 CFR 2.31(a)(2)).</param>
/// <param name="DiscloserClass">Every agency of this kind may; null for only those that are named.</param>
/// <param name="Recipients">Agencies that may be told (2.31(a)(4)).</param>
/// <param name="RecipientClass">Every agency of this kind may be told; null for only those that are named.</param>
/// <param name="RecipientRoles">Only these roles at a receiving agency, for example of a court team; empty for those that <see cref="IsFor"/> says.</param>
/// <param name="RecipientPersonId">A person outside of any agency, such as a relative; the name is sealed. Null for none.</param>
/// <param name="Information">What may be told (2.31(a)(3)).</param>
/// <param name="Purposes">What for (2.31(a)(5)).</param>
public sealed record ConsentScope(
    IReadOnlyList<string> Disclosers,
    AgencyKind? DiscloserClass,
    IReadOnlyList<string> Recipients,
    AgencyKind? RecipientClass,
    IReadOnlyList<Role> RecipientRoles,
    Guid? RecipientPersonId,
    IReadOnlyList<ConsentInformation> Information,
    IReadOnlyList<ConsentPurpose> Purposes)
{
    /// <returns>Whether all that is asked lies within what the consent permits.</returns>
    public bool Covers(ConsentQuestion question) =>
        IsBetween(question)
        && (question.RecipientPersonId is not null || question.UnnamedTellsAll || IsFor(question.RecipientRole, question.RecipientKind))
        && Names(question.Information);

    /// <summary>
    /// Whether somebody at a receiving agency is told. Where no role is named it is those who work for what the agency is there for; the prosecution and the
    /// defence, who stand beside a court's team, are told only where their role is named, or the agency is their own office: what is in a client's record
    /// reaches whoever may hold it against them by nobody's silence (42 CFR 2.35(a); domain reference 8, scenario 9).
    /// </summary>
    /// <param name="role">As what they are told.</param>
    /// <param name="agency">What kind of agency they are of; null for an unknown one.</param>
    public bool IsFor(Role role, AgencyKind? agency) => RecipientRoles.Count > 0
        ? RecipientRoles.Contains(role)
        : role switch
        {
            Role.Prosecutor => agency == AgencyKind.ProsecutorOffice,
            Role.Defence => agency == AgencyKind.PublicDefender,
            _ => true,
        };

    /// <returns>
    /// Whether some of what is asked is what this consent speaks of: taking the consent back then takes that back, from everybody at the receiving agency who is
    /// not left out by name.
    /// </returns>
    public bool Touches(ConsentQuestion question) =>
        IsBetween(question) && Touches(question.Information);

    /// <returns>Whether it lets one agency tell another anything, whatever for and whomever there.</returns>
    public bool IsFromTo(string discloser, AgencyKind? discloserKind, string recipient, AgencyKind? recipientKind) =>
        NamesDiscloser(discloser, discloserKind) && NamesRecipient(recipient, recipientKind, person: null);

    public bool Equals(ConsentScope? other) => other is not null
        && (DiscloserClass, RecipientClass, RecipientPersonId) == (other.DiscloserClass, other.RecipientClass, other.RecipientPersonId)
        && Disclosers.SequenceEqual(other.Disclosers)
        && Recipients.SequenceEqual(other.Recipients)
        && RecipientRoles.SequenceEqual(other.RecipientRoles)
        && Information.SequenceEqual(other.Information)
        && Purposes.SequenceEqual(other.Purposes);

    public override int GetHashCode() => HashCode.Combine(
        Disclosers.Count, DiscloserClass, Recipients.Count, RecipientClass, RecipientPersonId, Information.Count, Purposes.Count);

    /// <returns>Whether it speaks of what an agency discloses, itself or as one of its kind.</returns>
    internal bool NamesDiscloser(string? agency, AgencyKind? kind) =>
        (agency is not null && Disclosers.Contains(agency)) || (DiscloserClass is { } from && from == kind);

    /// <returns>Whether it speaks of somebody who is told: a person who is named by name alone, an agency as itself or as one of its kind.</returns>
    internal bool NamesRecipient(string? agency, AgencyKind? kind, Guid? person) => person is not null
        ? person == RecipientPersonId
        : agency is not null && (Recipients.Contains(agency) || (RecipientClass is { } to && to == kind));

    internal bool Names(ConsentInformation information) => Information.Contains(information) || Information.Contains(ConsentInformation.WholeRecord);

    /// <returns>Whether it speaks of some of an information.</returns>
    internal bool Touches(ConsentInformation information) => Names(information) || information == ConsentInformation.WholeRecord;

    internal bool Serves(Purpose purpose) => Purposes.Any(one => one.Permits(purpose));

    private bool IsBetween(ConsentQuestion question) =>
        NamesDiscloser(question.DisclosingAgency, question.DisclosingKind)
        && NamesRecipient(question.RecipientAgency, question.RecipientKind, question.RecipientPersonId)
        && (question.RecipientPersonId is not null || RecipientRoles.Count == 0 || RecipientRoles.Contains(question.RecipientRole))
        && Serves(question.Purpose);
}

/// <summary>How long a consent holds. It ends by date or by event, whichever comes first, without anybody recording the end (R60).</summary>
/// <param name="EffectiveFrom">UTC, inclusive; never before the signature.</param>
/// <param name="ExpiresAt">UTC, exclusive; null where only an event ends it.</param>
/// <param name="ExpiresOn">The event that ends it; null for none.</param>
/// <param name="IrrevocableUntil">Cannot be taken back before this event (42 CFR 2.35, criminal-justice consents alone).</param>
public sealed record ConsentTerm(
    DateTimeOffset EffectiveFrom, DateTimeOffset? ExpiresAt, ConsentCondition? ExpiresOn, ConsentCondition? IrrevocableUntil);

/// <summary>What the form says and how it was signed; the name of who signed is sealed beside it.</summary>
/// <param name="FormVersion">Code of the form, for example <c>part2-2024-02</c>.</param>
/// <param name="ExplainedBy">Who explained it, a staff id.</param>
/// <param name="Language">Language it was explained in, for example <c>en</c>.</param>
/// <param name="RightToRevoke">How the client was told of the right to revoke, and how to (2.31(a)(6)).</param>
/// <param name="RedisclosureStated">The statement that the recipient may pass it on (TPO, 2.31(a)(10)).</param>
/// <param name="RefusalConsequencesStated">The consequences of refusing to sign, or that there are none (2.31(a)(10)).</param>
/// <param name="Signer">Who signed.</param>
/// <param name="ClientAge">How old the client was then: a client of 14 or older signs for themselves (Wis. Stat. 51.30).</param>
/// <param name="SignedAt">UTC.</param>
public sealed record ConsentForm(
    string FormVersion,
    string ExplainedBy,
    string Language,
    RevocationRightTold RightToRevoke,
    bool RedisclosureStated,
    bool RefusalConsequencesStated,
    ConsentSigner Signer,
    AgeAtSigning ClientAge,
    SignatureMethod Signature,
    DateTimeOffset SignedAt);
