using CaseFlow.Domain.Privacy;

namespace CaseFlow.Domain.Consents;

/// <summary>What an agency was asked not to do; it binds once agreed (42 CFR 2.26, 45 CFR 164.522).</summary>
/// <param name="RecipientAgency">Null for whoever it is.</param>
/// <param name="Information">Empty for everything.</param>
/// <param name="Purposes">Empty for all.</param>
/// <param name="AgreedAt">UTC; null while it binds nobody.</param>
/// <param name="IsMandatory">The agency has to agree, and only the client ends it: paid for in full by the client, and not to be told for
/// payment or operations (45 CFR 164.522(a)(1)(vi), 42 CFR 2.26).</param>
public sealed record Restriction(
    Guid RestrictionId,
    string DisclosingAgency,
    string? RecipientAgency,
    IReadOnlyList<ConsentInformation> Information,
    IReadOnlyList<ConsentPurpose> Purposes,
    DateTimeOffset? AgreedAt,
    bool IsDeclined,
    bool IsMandatory = false)
{
    /// <summary>When the client ended it, UTC; it binds nobody from then on.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When the client was told that the agency ends it, UTC; what was received before stays restricted (45 CFR 164.522(a)(2)(iii)).</summary>
    public DateTimeOffset? EndedForNewAt { get; init; }

    /// <returns>Whether it binds at an instant.</returns>
    /// <param name="at">The instant.</param>
    /// <param name="receivedAt">When the agency received what would be told; null for whenever, which it binds if it binds any of it.</param>
    public bool BindsAt(DateTimeOffset at, DateTimeOffset? receivedAt) =>
        AgreedAt <= at && !(EndedAt <= at) && !(EndedForNewAt <= at && receivedAt >= EndedForNewAt);

    /// <returns>Whether it speaks of some of what is asked.</returns>
    public bool Touches(ConsentQuestion question) =>
        question.DisclosingAgency == DisclosingAgency
        && (RecipientAgency is null || RecipientAgency == question.RecipientAgency)
        && (Information.Count == 0
            || Information.Contains(question.Information)
            || Information.Contains(ConsentInformation.WholeRecord)
            || question.Information == ConsentInformation.WholeRecord)
        && (Purposes.Count == 0 || Purposes.Any(purpose => purpose.Permits(question.Purpose)));

    /// <summary>It binds; told twice, the earlier time counts.</summary>
    internal Restriction AgreedFrom(DateTimeOffset agreedAt) => AgreedAt <= agreedAt ? this : this with { AgreedAt = agreedAt };

    /// <summary>Every instant at which it may bind otherwise.</summary>
    internal IEnumerable<DateTimeOffset> Instants() =>
        new[] { AgreedAt, EndedAt, EndedForNewAt }.OfType<DateTimeOffset>();
}

/// <summary>What a court ordered to be disclosed: to those alone whose need the order is about (42 CFR 2.64(e), 2.65(e)).</summary>
/// <param name="From">UTC, inclusive.</param>
/// <param name="Until">UTC, exclusive; null for no end.</param>
/// <param name="RecipientRoles">Who there; empty when the order names nobody.</param>
public sealed record CourtOrder(
    Guid OrderId,
    CourtOrderBasis Basis,
    string DisclosingAgency,
    string RecipientAgency,
    IReadOnlyList<ConsentInformation> Information,
    DateTimeOffset From,
    DateTimeOffset? Until,
    IReadOnlyList<Role> RecipientRoles)
{
    /// <returns>Whether it permits what is asked, at an instant.</returns>
    /// <param name="question">What would be told to whom.</param>
    /// <param name="at">The instant.</param>
    /// <param name="labels">What law the record is under: an order under state law alone does not open a Part 2 record (42 CFR 2.61).</param>
    public bool Permits(ConsentQuestion question, DateTimeOffset at, IReadOnlyCollection<Label> labels) =>
        question.DisclosingAgency == DisclosingAgency
        && question.RecipientAgency == RecipientAgency
        && (Information.Contains(question.Information) || Information.Contains(ConsentInformation.WholeRecord))
        && IsFor(question.RecipientRole)
        && (Basis != CourtOrderBasis.Wi5130 || !labels.Contains(Label.Part2))
        && IsInForceAt(at);

    /// <returns>Whether it permits anything at an instant.</returns>
    public bool IsInForceAt(DateTimeOffset at) => From <= at && !(Until <= at);

    /// <summary>
    /// An order for other than criminal purposes is none for the prosecution (2.64), one to prosecute the client is for those who do and
    /// the court (2.65), and one against a programme shows nobody a client's record: nothing of it is used against the client (2.66(d)).
    /// </summary>
    public bool IsFor(Role role) => IsFor(Basis, RecipientRoles, role);

    /// <inheritdoc cref="IsFor(Role)"/>
    public static bool IsFor(CourtOrderBasis basis, IReadOnlyList<Role> recipients, Role role) => basis switch
    {
        CourtOrderBasis.InvestigationOfProgram => false,
        CourtOrderBasis.NonCriminal when role == Role.Prosecutor => false,
        _ when recipients.Count > 0 => recipients.Contains(role),
        CourtOrderBasis.CriminalAgainstClient => role is Role.Prosecutor or Role.Judge,
        _ => true,
    };
}
