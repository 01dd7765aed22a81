using System.Collections.Frozen;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Domain.Disclosures;

/// <summary>
/// Whether the consent, court order, audit grant or emergency access that a disclosure names permitted it when it was made: by the same rules as what is read in
/// the system (<see cref="ConsentGrounds"/>), for what the codes of the disclosure say was told.
/// </summary>
/// <param name="Own">The client's consents, restrictions and orders.</param>
/// <param name="Beside">Those of the person's other records: what was taken back or restricted on them stands against it, and they permit nothing.</param>
/// <param name="Labels">What law the disclosing agency's records are under.</param>
public sealed record DisclosureGrounds(ConsentGrounds Own, IReadOnlyCollection<ConsentGrounds> Beside, IReadOnlyCollection<Label> Labels)
{
    private static readonly FrozenDictionary<string, ConsentInformation> ByCode = Enum.GetValues<ConsentInformation>()
        .ToFrozenDictionary(information => PlainNames.Parted(information.ToString(), '-'), StringComparer.Ordinal);

    /// <summary>The grant that is named, and the agency of its auditor; null when there is none.</summary>
    public (AuditGrant Grant, string? Agency)? Granted { get; init; }

    /// <summary>The opening that is named, of any record of the person; null when there is none.</summary>
    public EmergencyAccess? Opening { get; init; }

    /// <returns>Whether what is named held; false for a disclosure that names none of them.</returns>
    public bool Held(RecordDisclosure command) => HeldFrom(command) is not null;

    /// <summary>
    /// Since when what is named held. Told by the day, it may have been made at any moment of it until it was known: what begins in that day permits it as of then,
    /// and what ends in it, or is taken back, held or restricted in between, does not permit it.
    /// </summary>
    /// <returns>The first instant at which it can have been made as it was permitted; null where it was not, and for a disclosure that names no ground.</returns>
    public DateTimeOffset? HeldFrom(RecordDisclosure command)
    {
        DateTimeOffset? from = null;
        foreach (var at in Moments(command.When))
        {
            if (Held(command, at))
                from ??= at;
            else if (from is not null)
                return null;
        }

        return from;
    }

    /// <summary>No consent of ours permits the use against the client: that takes one of its own (42 CFR 2.31(d)).</summary>
    public static ConsentPurpose? PurposeOf(DisclosurePurpose purpose) => purpose switch
    {
        DisclosurePurpose.Treatment => ConsentPurpose.Treatment,
        DisclosurePurpose.Payment => ConsentPurpose.Payment,
        DisclosurePurpose.HealthCareOperations => ConsentPurpose.HealthCareOperations,
        DisclosurePurpose.Supervision => ConsentPurpose.Supervision,
        DisclosurePurpose.CourtMonitoring => ConsentPurpose.CourtMonitoring,
        DisclosurePurpose.FamilyInvolvement => ConsentPurpose.FamilyInvolvement,
        DisclosurePurpose.Research => ConsentPurpose.Research,
        DisclosurePurpose.AtClientsRequest => ConsentPurpose.AtClientsRequest,
        _ => null,
    };

    private bool Held(RecordDisclosure command, DateTimeOffset at) => command.Basis switch
    {
        DisclosureBasis.Consent => Own.Consents.Consents.Find(one => one.ConsentId == command.BasisId) is { } consent && Permits(consent, command, at),
        DisclosureBasis.CourtOrder => Own.Consents.Orders.Find(one => one.OrderId == command.BasisId) is { } order && Permits(order, command, at),
        DisclosureBasis.AuditGrant => Granted is { } granted && granted.Grant.GrantId == command.BasisId && Permits(granted.Grant, granted.Agency, command, at),
        DisclosureBasis.EmergencyAccess => Opening is { } opening && opening.Used.EmergencyAccessId == command.BasisId && Permits(opening, command, at),
        _ => false,
    };

    /// <summary>Between two of them nothing changes.</summary>
    private IEnumerable<DateTimeOffset> Moments(When when) => Beside.Prepend(Own).SelectMany(grounds => grounds.Consents.Instants())
        .Concat(Own.Consents.Orders.SelectMany(order => new DateTimeOffset?[] { order.From, order.Until }).OfType<DateTimeOffset>())
        .Concat(Granted is { Grant: var grant } ? new DateTimeOffset?[] { grant.ValidFrom, grant.ValidUntil, grant.EndedAt }.OfType<DateTimeOffset>() : [])
        .Concat(Opening is { Used: var used } ? [used.OccurredAt, used.ValidUntil] : [])
        .Where(at => when.OccurredAt < at && at < when.Latest && at <= when.KnownAt)
        .Distinct().Order().Prepend(when.OccurredAt);

    private bool Permits(Consent consent, RecordDisclosure command, DateTimeOffset at)
    {
        if (consent.StandingAt(at) != ConsentStanding.InForce || !IsBetween(consent.Scope, command) || !Includes(consent.Scope.Information, command))
            return false;
        if (Labels.Contains(Label.Part2) && !IsForPart2(consent.Kind, command))
            return false;
        if (command.Recipient is { AgencyId: { } agency, Role: { } role } && !consent.Scope.IsFor(role, Own.KindOf(agency)))
            return false;
        // A criminal-justice consent before its event is beyond what was taken back and restricted (42 CFR 2.35).
        return consent.IsIrrevocableAt(at) || !IsBarred(command, at, consent.PeriodAt(at)!.Form.SignedAt);
    }

    /// <summary>An order permits what it names to whom it names (42 CFR 2.64(e), 2.65(e)); one that investigates a programme, nothing of a client's.</summary>
    private bool Permits(CourtOrder order, RecordDisclosure command, DateTimeOffset at) =>
        order.DisclosingAgency == command.DisclosingAgency
        && order.RecipientAgency == command.Recipient.AgencyId
        && order.IsInForceAt(at)
        && Includes(order.Information, command)
        && (order.Basis != CourtOrderBasis.Wi5130 || !Labels.Contains(Label.Part2))
        && (command.Recipient.Role is { } role
            ? order.IsFor(role)
            : order.Basis != CourtOrderBasis.InvestigationOfProgram && order.RecipientRoles.Count == 0);

    /// <summary>The auditor alone is told, for the audit, while the grant lasts (R66).</summary>
    private static bool Permits(AuditGrant grant, string? auditorsAgency, RecordDisclosure command, DateTimeOffset at) =>
        command.Purpose == DisclosurePurpose.AuditOrEvaluation
        && command.Recipient.AgencyId == auditorsAgency
        && command.Recipient.Role is null or Role.Auditor
        && grant.Covers(at);

    /// <summary>
    /// Whoever opened the record is told; or they tell those who treat the client, outside or at an agency that is there for that (42 CFR 2.51). An opening that
    /// was found not to be justified permits nothing.
    /// </summary>
    private bool Permits(EmergencyAccess opening, RecordDisclosure command, DateTimeOffset at) =>
        command.Purpose == DisclosurePurpose.MedicalEmergency
        && opening.Used.OccurredAt <= at && at < opening.Used.ValidUntil
        && !opening.IsNotJustified
        && (command.Recipient.AgencyId == opening.Used.AgencyId
            ? command.Recipient.Role is not { } role || role == opening.Used.Role
            : command.DisclosingAgency == opening.Used.AgencyId && Treats(command.Recipient.AgencyId));

    private bool Treats(string? agency) => agency is null || Own.KindOf(agency) is AgencyKind.Hospital or AgencyKind.FireAndEms or AgencyKind.Crisis;

    /// <summary>The client took the same back after signing, on this record or another of theirs, or the agency agreed not to tell it (45 CFR 164.522).</summary>
    private bool IsBarred(RecordDisclosure command, DateTimeOffset at, DateTimeOffset signedAt) => Beside.Prepend(Own).Any(grounds =>
        grounds.Consents.Restrictions.Values.Any(restriction => restriction.BindsAt(at, receivedAt: null) && SpeaksOf(restriction, command))
        || (command.Recipient.AgencyId is not null && grounds.Consents.Consents.Exists(other =>
            other.WithdrawnAt(at) > signedAt && IsBetween(other.Scope, command) && Touches(other.Scope.Information, command))));

    private bool IsBetween(ConsentScope scope, RecordDisclosure command)
    {
        var recipient = command.Recipient.AgencyId;
        return (scope.Disclosers.Contains(command.DisclosingAgency) || (scope.DiscloserClass is { } from && from == Own.KindOf(command.DisclosingAgency)))
            && (recipient is null
                ? scope.RecipientPersonId is not null
                : (scope.Recipients.Contains(recipient) || (scope.RecipientClass is { } to && to == Own.KindOf(recipient)))
                    && (command.Recipient.Role is not { } role || scope.RecipientRoles.Count == 0 || scope.RecipientRoles.Contains(role)))
            && PurposeOf(command.Purpose) is { } purpose && scope.Purposes.Contains(purpose);
    }

    private static bool SpeaksOf(Restriction restriction, RecordDisclosure command) =>
        restriction.DisclosingAgency == command.DisclosingAgency
        && (restriction.RecipientAgency is null || restriction.RecipientAgency == command.Recipient.AgencyId)
        && (restriction.Information.Count == 0 || Touches(restriction.Information, command))
        && (restriction.Purposes.Count == 0 || (PurposeOf(command.Purpose) is { } purpose && restriction.Purposes.Contains(purpose)));

    /// <summary>Wis. Stat. 51.30 alone is not all that 2.31 asks for; an agency is told by a consent to tell agencies.</summary>
    private static bool IsForPart2(ConsentKind kind, RecordDisclosure command) =>
        ConsentGrounds.HasPart2Elements(kind) || (command.Recipient.AgencyId is null && kind != ConsentKind.Wi5130);

    private static bool Includes(IReadOnlyList<ConsentInformation> permitted, RecordDisclosure command) =>
        permitted.Contains(ConsentInformation.WholeRecord) || Told(command).All(permitted.Contains);

    /// <summary>What no code names may have been anything.</summary>
    private static bool Touches(IReadOnlyList<ConsentInformation> named, RecordDisclosure command) =>
        named.Contains(ConsentInformation.WholeRecord)
        || (Told(command) is var told && (told.Count < command.Content.Count || told.Contains(ConsentInformation.WholeRecord) || told.Any(named.Contains)));

    /// <summary>Of what was told, that which the words of a consent name.</summary>
    private static IReadOnlyList<ConsentInformation> Told(RecordDisclosure command) =>
        [.. command.Content.Select(code => ByCode.TryGetValue(code, out var information) ? information : (ConsentInformation?)null).OfType<ConsentInformation>()];
}
