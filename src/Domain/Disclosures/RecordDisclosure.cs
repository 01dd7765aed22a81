using CaseFlow.Domain.Privacy;

namespace CaseFlow.Domain.Disclosures;

/// <summary>Something of the record was told by paper, phone, fax or in person, and is accounted for.</summary>
public sealed record RecordDisclosure(
    Guid ClientId,
    Guid DisclosureId,
    string DisclosingAgency,
    DisclosureRecipient Recipient,
    DisclosurePurpose Purpose,
    IReadOnlyList<string> Content,
    DisclosureBasis Basis,
    Guid? BasisId,
    string? NoticeVersion,
    DisclosureMethod Method,
    Sealed<string>? Description,
    Sealed<string>? RecipientName,
    When When)
{
    /// <summary>The law, or the order made under it, that asks for it, as a code.</summary>
    public string? Law { get; init; }

    /// <param name="labels">What law the disclosing agency's records are under.</param>
    /// <param name="basisHeld">The consent, order, grant or emergency access named was in force then, and permits this recipient and purpose.</param>
    /// <param name="isKnownAgency">Whether the directory knows an agency; null where nobody asks.</param>
    public static Decision<DisclosureEvent> Decide(
        RecordDisclosure command, DisclosureState state, IReadOnlyCollection<Label> labels, bool basisHeld, DateTimeOffset now, Func<string, bool>? isKnownAgency = null)
    {
        if (state.Made.GetValueOrDefault(command.DisclosureId) is { } told)
        {
            return IsSame(told, command)
                ? Decision<DisclosureEvent>.AlreadyDoneIf<DisclosureMade>(fact => fact.DisclosureId == command.DisclosureId, (fact, same) => same(command.Description, fact.Description) && same(command.RecipientName, fact.RecipientName), DisclosureRejections.ToldDifferently(command.DisclosureId))
                : DisclosureRejections.ToldDifferently(command.DisclosureId);
        }

        if ((command.When.Check(now) ?? CheckForm(command, labels)) is { } rejection)
            return rejection;
        if (isKnownAgency is not null && new[] { command.DisclosingAgency, command.Recipient.AgencyId }.OfType<string>().Any(agency => !isKnownAgency(agency)))
            return DisclosureRejections.AgencyUnknown();
        var (consented, ordered) = (command.Basis == DisclosureBasis.Consent && basisHeld, command.Basis == DisclosureBasis.CourtOrder && basisHeld);
        // What has happened already is listed whatever it was; only a basis that is claimed must hold.
        if (command.Basis != DisclosureBasis.WithoutBasis && ProceedingsUse.Check(labels, command.Purpose, consented, ordered) is { } barred)
            return barred;
        if (MustHold(command.Basis) && !basisHeld)
            return DisclosureRejections.BasisNotInForce();

        return new DisclosureMade(
            command.DisclosureId, command.DisclosingAgency, command.Recipient, command.Purpose, command.Content, command.Basis, command.BasisId,
            command.NoticeVersion, command.Method, command.Description, command.RecipientName)
        { ClientId = command.ClientId, Law = command.Law }.At(command.When);
    }

    private static Rejection? CheckForm(RecordDisclosure command, IReadOnlyCollection<Label> labels) => command switch
    {
        { Method: DisclosureMethod.System } => DisclosureRejections.NotBySystem(),
        { Content.Count: 0 } => DisclosureRejections.ContentMissing(),
        _ when !command.Content.All(Slug.IsValid) => DisclosureRejections.ContentMissing(),
        { Recipient.AgencyId: null, RecipientName: null } => DisclosureRejections.RecipientMissing(),
        _ when command.Recipient.AgencyId == command.DisclosingAgency => DisclosureRejections.RecipientIsDiscloser(),
        { BasisId: null } when MustHold(command.Basis) => DisclosureRejections.BasisMissing(),
        { Basis: DisclosureBasis.RequiredByLaw } when !Slug.IsValid(command.Law ?? "") => DisclosureRejections.LawMissing(),
        { Basis: DisclosureBasis.Consent, NoticeVersion: null } when labels.Contains(Label.Part2) => DisclosureRejections.NoticeMissing(),
        _ => null,
    };

    /// <summary>Everything that is on record here is named and must have permitted it; of what a law asks for the law is named, and whoever reads the accounting holds it against that.</summary>
    private static bool MustHold(DisclosureBasis basis) =>
        basis is DisclosureBasis.Consent or DisclosureBasis.CourtOrder or DisclosureBasis.AuditGrant or DisclosureBasis.EmergencyAccess;

    /// <summary>Sealed words cannot be compared; everything else can.</summary>
    private static bool IsSame(DisclosureMade told, RecordDisclosure command) =>
        (told.DisclosingAgency, told.Recipient, told.Purpose, told.Basis, told.BasisId, told.NoticeVersion, told.Method, told.OccurredAt, told.Law)
            == (command.DisclosingAgency, command.Recipient, command.Purpose, command.Basis, command.BasisId, command.NoticeVersion, command.Method,
                command.When.OccurredAt, command.Law)
        && told.Content.SequenceEqual(command.Content);
}
