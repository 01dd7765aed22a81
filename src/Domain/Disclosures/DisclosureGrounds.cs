using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;

namespace CaseFlow.Domain.Disclosures;

/// <summary>Whether the consent or court order that a disclosure names permitted it when it was made.</summary>
public static class DisclosureGrounds
{
    /// <param name="consent">The consent named; null when there is none.</param>
    /// <param name="order">The court order named; null when there is none.</param>
    /// <param name="command">The disclosure.</param>
    /// <param name="kindOf">What kind of agency one is, for consents that name a class.</param>
    public static bool Held(Consent? consent, CourtOrder? order, RecordDisclosure command, Func<string, AgencyKind?> kindOf) => command.Basis switch
    {
        DisclosureBasis.Consent => consent is not null && consent.ConsentId == command.BasisId
            && consent.StandingAt(command.When.OccurredAt) == ConsentStanding.InForce
            && Permits(consent.Scope, command, kindOf),
        DisclosureBasis.CourtOrder => order is not null && order.OrderId == command.BasisId
            && order.DisclosingAgency == command.DisclosingAgency
            && order.RecipientAgency == command.Recipient.AgencyId
            && order.From <= command.When.OccurredAt && !(order.Until <= command.When.OccurredAt),
        _ => false,
    };

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

    private static bool Permits(ConsentScope scope, RecordDisclosure command, Func<string, AgencyKind?> kindOf)
    {
        var recipient = command.Recipient.AgencyId;
        return (scope.Disclosers.Contains(command.DisclosingAgency) || (scope.DiscloserClass is { } from && from == kindOf(command.DisclosingAgency)))
            && (recipient is null
                ? scope.RecipientPersonId is not null
                : scope.Recipients.Contains(recipient) || (scope.RecipientClass is { } to && to == kindOf(recipient)))
            && PurposeOf(command.Purpose) is { } purpose && scope.Purposes.Contains(purpose);
    }
}
