using System.Globalization;
using System.Text;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.CourtReports;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Identities;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Profile;
using CaseFlow.Domain.Referrals;
using CaseFlow.Domain.Supervision;
using CaseFlow.Domain.Touchpoints;
using CaseFlow.Domain.TreatmentAttendance;
using static CaseFlow.Domain.PlainNames;

namespace CaseFlow.Projections.Timeline;

/// <summary>One line of plain language per event; a test proves that every event about a client has one of its own.</summary>
public static class Summaries
{
    public static string Of(DomainEvent fact) => fact switch
    {
        ClientEvent e => OfClient(e),
        ProfileEvent e => ProfileSummaries.Of(e),
        IdentityEvent e => OfIdentity(e),
        ConsentEvent e => OfConsent(e),
        DisclosureEvent or EmergencyAccessEvent => OfDisclosure(fact),
        RecordRightsEvent or BreachEvent => OfRights(fact),
        ErasureEvent e => OfErasure(e),
        SupervisionEvent e => OfSupervision(e),
        OverdoseEvent e => OfOverdose(e),
        DutyEvent e => OfDuty(e),
        ReferralEvent e => OfReferral(e),
        IntakeEvent e => OfIntake(e),
        DrugTestEvent or TestingRosterEvent or CoachingEvent or TreatmentAttendanceEvent => CareSummaries.Of(fact),
        TouchpointEvent e => ReportableFacts.Of(e).Summary(e),
        ParticipationEvent e => CourtFacts.Of(e).Summary(e),
        NoticeEvent or ConsentNoticeEvent => OfNotice(fact),
        CourtReportIssued e => $"Page of a hearing packet issued ({Words(e.ForRole)})",
        EventLabelsCorrected => "Labels corrected",
        _ => throw NoLine(fact),
    };

    public static string Of(OverdoseDetails details)
    {
        var line = new StringBuilder(details.Fatality == Fatality.Fatal ? "Fatal overdose" : "Overdose");
        line.Append(details.Certainty == Certainty.Confirmed ? " confirmed" : " suspected");
        if (details.Substances.Count > 0)
            line.Append(": ").AppendJoin(", ", details.Substances);
        line.Append((details.NaloxoneGiven, details.NaloxoneDoses) switch
        {
            (true, > 0 and var doses) => $"; naloxone given ({doses})",
            (true, _) => "; naloxone given",
            (false, _) => "; no naloxone",
            _ => "",
        });
        return line.ToString();
    }

    private static string OfClient(ClientEvent fact) => fact switch
    {
        ClientRegistered { Anonymous: true } => "Record opened without a name",
        ClientRegistered => "Record opened",
        ClientNameRecorded => "Name recorded",
        AliasAdded => "Alias added",
        BirthDateRecorded => "Birth date recorded",
        ContactPointAdded e => $"Contact point added ({Words(e.Kind)}{(e.SafeToText ? ", safe to text" : "")}{(e.SafeToLeaveMessage ? ", safe to leave a message" : "")})",
        ContactPointSafetyFlagged e => $"Contact point: {(e.SafeToText ? "safe" : "not safe")} to text, {(e.SafeToLeaveMessage ? "safe" : "not safe")} to leave a message",
        ContactPointRemoved => "Contact point removed",
        ExternalIdentifierLinked e => $"Identifier linked ({Words(e.System)})",
        ExternalIdentifierUnlinked e => $"Identifier unlinked ({Words(e.System)})",
        ClientIdentifiedAnonymously => "Known again by a code word",
        ClientIdentityVerified e => $"Identity verified ({Words(e.How)}{(e.DocumentKind is { } kind ? $", {kind}" : "")})",
        ClientDeceased e => $"Client died (verified by {e.VerifiedBy})",
        ClientDeathRetracted => "Death recorded by mistake: the client lives",
        _ => throw NoLine(fact),
    };

    private static string OfIdentity(IdentityEvent fact) => fact switch
    {
        ClientsMerged e => $"Record merged with another one ({Words(e.Evidence)})",
        MergeReversed e => $"Merge of records reversed ({Words(e.ReasonCode)})",
        IdentityMistakeDeclared e => $"Entries recorded on the wrong person: {e.Entries.Count}",
        IdentityMistakeUndone e => $"Entries on the right person after all: {e.Entries.Count}",
        _ => throw NoLine(fact),
    };

    private static string OfConsent(ConsentEvent fact) => fact switch
    {
        ConsentRequested e => $"Asked to consent ({Words(e.Kind)})",
        ConsentGranted e => $"Consent given ({Words(e.Kind)})",
        ConsentRefused e => $"Consent refused ({Words(e.Kind)})",
        ConsentRenewed => "Consent renewed",
        ConsentRevocationRequested e => $"Asked to take a consent back ({Words(e.Mode)})",
        ConsentProtectiveHoldPlaced => "Disclosures under a consent held until it is taken back in writing",
        ConsentHoldLifted => "Wish to take a consent back withdrawn",
        ConsentRevoked => "Consent taken back in writing",
        ConsentRevocationDeferredUntilEvent e => $"Taking a consent back deferred until its event ({Words(e.Until)})",
        ConsentConditionMet e => $"Event that a consent waits for ({Words(e.Condition)})",
        ConsentConditionRetracted e => $"Event that a consent waits for entered by mistake ({Words(e.Condition)})",
        RestrictionRequested => "Restriction of disclosures asked for",
        RestrictionAgreed => "Restriction of disclosures agreed",
        RestrictionEnded e => e.By == RestrictionEnder.Client ? "Restriction ended at the client's wish" : "Restriction ended by the agency",
        RestrictionDeclined => "Restriction of disclosures declined",
        CourtOrderForDisclosureReceived e => $"Court order to disclose received ({Words(e.Basis)})",
        _ => throw NoLine(fact),
    };

    private static string OfErasure(ErasureEvent fact) => fact switch
    {
        SealingOrdered e => $"Erasure ordered ({Words(e.Scope)}, {Words(e.Authority)}, {e.ReasonCode})",
        SealingLifted => "Sealing of the record lifted",
        ExpunctionApplied e => $"Content erased ({Words(e.Scope)}, {Words(e.Authority)}, {e.ReasonCode})",
        KeyDestroyed e => $"Keys destroyed ({Words(e.Scope)})",
        LegalHoldPlaced e => $"Legal hold placed ({Words(e.Authority)}, {e.ReasonCode})",
        LegalHoldReleased e => $"Legal hold released ({Words(e.Authority)})",
        RetentionReached e => string.Create(CultureInfo.InvariantCulture, $"Period of keeping the record over on {e.EndedOn:yyyy-MM-dd}"),
        RetentionPostponed e => string.Create(CultureInfo.InvariantCulture, $"Record kept longer, until {e.Until:yyyy-MM-dd} ({e.ReasonCode})"),
        RecordCalledFor => "Opened in an emergency, or asked for",
        _ => throw NoLine(fact),
    };

    private static string OfSupervision(SupervisionEvent fact) => fact switch
    {
        SupervisionStarted e => $"Supervision started ({Words(e.Status)})",
        AgentAssigned e => $"Agent assigned: {e.AgentId}",
        AgentReassigned e => $"Agent changed from {e.PreviousAgentId} to {e.AgentId}",
        SupervisionEnded e => $"Supervision ended ({Words(e.Reason)})",
        _ => throw NoLine(fact),
    };

    private static string OfOverdose(OverdoseEvent fact) => fact switch
    {
        OverdoseReported e => Of(e.Details),
        OverdosePersonIdentified e => $"Identified as the person of an overdose ({Words(e.How)})",
        OverdoseConfirmed e => $"Overdose confirmed ({Words(e.By)})",
        OverdoseRuledOut => "Overdose ruled out",
        OverdoseFatalityConfirmed e => $"Death by overdose confirmed ({Words(e.By)})",
        FamilyFollowUpScheduled e => $"Support for the family due from {e.EarliestDueOn:yyyy-MM-dd} to {e.LatestDueOn:yyyy-MM-dd}",
        OverdoseReportCorrected => "Overdose report corrected",
        _ => throw NoLine(fact),
    };

    private static string OfDuty(DutyEvent fact) => fact switch
    {
        OverdoseKnownToAgent e => $"Agent learned of the overdose ({Words(e.How)})",
        ReferralDutyTriggered e => $"Duty to refer to {e.ProviderAgencyId}, due {e.DueAt:u}",
        OverdoseMergedIntoDuty => "Further overdose joined to the open duty",
        ReferralDutyNotOwed e => $"No duty to refer ({Words(e.Reason)})",
        ClientNotInterestedRecorded e => $"Asked about a recovery coach and not interested ({Words(e.Mode)})",
        ReferralDutyExemptionRecorded e => $"Duty exempted ({e.ReasonCode})",
        ReferralDutyImpossibilityRecorded e => $"Duty impossible to meet ({Words(e.Reason)})",
        ReferralDutyDischarged e => $"Duty discharged ({Words(e.Path)}), {(e.InTime ? "in time" : "late")}",
        ReferralAttestationGiven => "Agent attested the referral duty",
        AgentSupervisorVerified => "Supervisor verified the referral duty",
        ReferralDutyReturned => "Supervisor returned the referral duty",
        ReferralDutyReassigned e => $"Duty moved from {e.PreviousAgentId} to {e.AgentId}",
        ReferralDutyClosedUnsupervised => "Duty closed: no longer supervised",
        AgentKnowledgeCorrected => "Time of knowing corrected",
        ReferralDutyDueMoved e => $"Duty now due {e.DueAt:u}",
        ReferralDutyRejudged e => $"Duty judged again: {(e.InTime ? "in time" : "late")}",
        _ => throw NoLine(fact),
    };

    private static string OfNotice(DomainEvent fact) => fact switch
    {
        ReferralDutyReminderSent e => $"Reminder sent: due {e.DueAt:u}",
        ReferralDutyOverdue e => $"Notice sent: overdue since {e.DueAt:u}",
        ReferralUnacknowledgedNoticed e => $"Notice sent: receipt not confirmed by {e.DueAt:u}",
        ConsentEnding e => $"Notice sent: consent ends {e.EndsAt:u}",
        ConsentExpired e => $"Notice sent: consent over since {e.EndedAt:u}",
        _ => throw NoLine(fact),
    };

    private static string OfDisclosure(DomainEvent fact) => fact switch
    {
        DisclosureMade e => $"Disclosed by {e.DisclosingAgency} ({Words(e.Method)}, {Words(e.Basis)})",
        DisclosureBlocked e => $"Disclosure by {e.DisclosingAgency} stopped ({Words(e.Rule)})",
        EmergencyAccessUsed e => $"Record opened in an emergency ({Words(e.ReasonCode)})",
        EmergencyAccessReviewed e => $"Opening in an emergency reviewed ({Words(e.Verdict)})",
        _ => throw NoLine(fact),
    };

    private static string OfRights(DomainEvent fact) => fact switch
    {
        AccountingRequested => "Client asked to whom the record was disclosed",
        AccountingProvided e => $"Accounting given ({e.Count} disclosures)",
        RecordsRequestReceived => "Client asked for a copy of the record",
        RecordsRequestFulfilled e => $"Copy of the record given ({Words(e.Method)})",
        AmendmentRequested e => $"Client asked {e.AgencyId} to amend the record",
        AmendmentAccepted => "Record amended at the client's request",
        AmendmentDenied e => $"Amendment denied ({Words(e.Ground)})",
        DisagreementStated e => e.Ground is { } ground ? $"Client disagrees with the denial of an amendment ({Words(ground)})" : "Client disagrees with the denial of an amendment",
        BreachSuspected => "Breach suspected",
        BreachAssessed e => $"Suspected breach assessed ({Words(e.Finding)})",
        BreachAssessmentCorrected e => $"Assessment of a suspected breach corrected ({Words(e.Finding)})",
        BreachNotified e => $"Breach notified ({Words(e.Audience)})",
        _ => throw NoLine(fact),
    };

    private static string OfReferral(ReferralEvent fact) => fact switch
    {
        ReferralCreated e => $"Referral to {e.ToAgencyId} prepared ({e.Need})",
        ReferralSent e => $"Referral sent ({Words(e.Channel)})",
        ReferralDeliveryConfirmed e => $"Referral delivered ({Words(e.Proof)})",
        ReferralDeliveryFailed => "Referral could not be delivered",
        ReferralWithdrawn e => $"Referral withdrawn ({Words(e.Reason)})",
        _ => throw NoLine(fact),
    };

    /// <summary>What the right person's record says of entries that stay on another one.</summary>
    internal static string OnAnotherRecord(IEnumerable<MistakenEntry> entries) =>
        $"On another record by mistake: {string.Join(", ", entries.GroupBy(entry => entry.Kind, (kind, all) => $"{kind.Replace('_', ' ')} ({all.Count()})"))}";

    private static string OfIntake(IntakeEvent fact) => fact switch
    {
        ReferralAcknowledged => "Referral acknowledged",
        ReferralAccepted => "Referral accepted",
        ReferralDeclinedByReceiver e => $"Referral declined ({Words(e.Reason)})",
        ReferralRedirected e => $"Referral redirected to {e.ToAgencyId}",
        ReferralContactAttempted e => $"Contact attempted ({Words(e.Mode)}, {Words(e.Outcome)})",
        ReferralFirstContactMade e => $"First contact made ({Words(e.Mode)})",
        ReferralCouldNotContact e => $"Could not contact after {e.Attempts.Count} attempts",
        ReferralClosed e => $"Referral closed ({Words(e.Outcome)})",
        ReferralReopened => "Referral reopened",
        _ => throw NoLine(fact),
    };

    internal static System.Diagnostics.UnreachableException NoLine(DomainEvent fact) => new($"{fact.GetType().Name} has no line in {nameof(Summaries)}.");
}
