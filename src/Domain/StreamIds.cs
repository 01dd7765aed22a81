namespace CaseFlow.Domain;

/// <summary>The streams there is one of per jurisdiction or client: their ids follow from what they belong to.</summary>
public static class StreamIds
{
    public static Guid Directory(string jurisdiction) => NamedId.Of(jurisdiction, "directory");

    public static Guid Policies(string jurisdiction) => NamedId.Of(jurisdiction, "policies");

    /// <summary>Which records are of one person.</summary>
    public static Guid Identities(string jurisdiction) => NamedId.Of(jurisdiction, "identities");

    public static Guid Projections(string jurisdiction) => NamedId.Of(jurisdiction, "projections");

    /// <summary>What verifications of the stored history found.</summary>
    public static Guid Integrity(string jurisdiction) => NamedId.Of(jurisdiction, "integrity");

    /// <summary>Which auditor went through what a programme recorded.</summary>
    public static Guid ReplaySessions(string jurisdiction) => NamedId.Of(jurisdiction, "replay-sessions");

    /// <summary>What became of the lines that runs of imports rejected.</summary>
    public static Guid RejectedLines(string jurisdiction) => NamedId.Of(jurisdiction, "rejected-lines");

    /// <summary>Until when the record of reads goes back.</summary>
    public static Guid ReadsKept(string jurisdiction) => NamedId.Of(jurisdiction, "reads-kept");

    /// <summary>What was ordered about the content of the client's record.</summary>
    public static Guid Erasure(Guid clientId) => NamedId.Of(clientId, "erasure");

    public static Guid Supervision(Guid clientId) => NamedId.Of(clientId, "supervision");

    public static Guid ReferralDuty(Guid clientId) => NamedId.Of(clientId, "referral-duty");

    /// <summary>What was decided about two clients who looked like one, the smaller id first.</summary>
    public static Guid Duplicates(Guid first, Guid second) => NamedId.Of(first, $"duplicates/{second}");

    /// <summary>Corrections of labels in a client's record.</summary>
    public static Guid Labels(Guid clientId) => NamedId.Of(clientId, "labels");

    /// <summary>What the client consents to.</summary>
    public static Guid Consents(Guid clientId) => NamedId.Of(clientId, "consents");

    /// <summary>What was told of a client's record, and to whom.</summary>
    public static Guid Disclosures(Guid clientId) => NamedId.Of(clientId, "disclosures");

    /// <summary>One opening of a record in an emergency.</summary>
    public static Guid EmergencyAccess(Guid emergencyAccessId) => NamedId.Of(emergencyAccessId, "emergency-access");

    /// <summary>Where all openings of a jurisdiction stood before each had a stream of its own; read, and only the reviews of these are added.</summary>
    public static Guid EarlierEmergencyAccess(string jurisdiction) => NamedId.Of(jurisdiction, "emergency-access");

    /// <summary>What a client asked once of the own record.</summary>
    public static Guid RecordRights(Guid requestId) => NamedId.Of(requestId, "record-rights");

    /// <summary>Where all requests of a jurisdiction stood before each had a stream of its own; read, and only the answers to these are added.</summary>
    public static Guid EarlierRecordRights(string jurisdiction) => NamedId.Of(jurisdiction, "record-rights");

    /// <summary>Suspected breaches.</summary>
    public static Guid Breaches(string jurisdiction) => NamedId.Of(jurisdiction, "breaches");

    /// <summary>The receiver's side of a referral.</summary>
    public static Guid ReferralIntake(Guid referralId) => NamedId.Of(referralId, "intake");

    /// <summary>Plain facts that an agency records about a client.</summary>
    public static Guid Touchpoints(Guid clientId, string agencyId) => NamedId.Of(clientId, $"touchpoints/{agencyId}");

    /// <summary>What an agency knows about a client's person.</summary>
    public static Guid Profile(Guid clientId, string agencyId) => NamedId.Of(clientId, $"profile/{agencyId}");

    /// <summary>How a treatment court works.</summary>
    public static Guid Court(string jurisdiction, string court) => NamedId.Of(jurisdiction, "court", court);

    /// <summary>Who holds the places of a treatment court.</summary>
    public static Guid CourtPlaces(string jurisdiction, string court) => NamedId.Of(jurisdiction, "court-places", court);

    /// <summary>A client's first, second, … time in a court: one after the other, so that there is one at a time.</summary>
    public static Guid Participation(Guid clientId, string court, int time) => NamedId.Of(clientId, $"participation/{court}/{time}");

    /// <summary>The drug tests of a participation in a court.</summary>
    public static Guid DrugTesting(Guid participationId) => NamedId.Of(participationId, "drug-testing");

    /// <summary>A court's draws of a month.</summary>
    public static Guid TestSelection(string jurisdiction, string court, DateOnly month) =>
        NamedId.Of(jurisdiction, "test-selection", court, month.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Who takes part in a court's draws.</summary>
    public static Guid TestingRoster(string jurisdiction, string court) => NamedId.Of(jurisdiction, "testing-roster", court);

    /// <summary>A provider's coaching in a participation.</summary>
    public static Guid Coaching(Guid participationId, string agencyId) => NamedId.Of(participationId, $"coaching/{agencyId}");

    /// <summary>What a treatment provider tells of attendance in a participation.</summary>
    public static Guid TreatmentAttendance(Guid participationId, string agencyId) => NamedId.Of(participationId, $"treatment-attendance/{agencyId}");

    /// <summary>What the court offers and orders in a participation.</summary>
    public static Guid CoachingOrder(Guid participationId) => NamedId.Of(participationId, "coaching-order");

    /// <summary>What deciding about a worker's assignments takes.</summary>
    public static Guid Workforce(string jurisdiction, string staffId) => NamedId.Of(jurisdiction, "workforce", staffId);

    /// <summary>The one notice of a kind about a due time.</summary>
    public static Guid Notice(Guid subjectId, string kind, DateTimeOffset dueAt) =>
        NamedId.Of(subjectId, $"notice/{kind}/{dueAt.UtcTicks}");

    /// <summary>An overdose from a source system: the same row is the same overdose, however often it is read.</summary>
    public static Guid ImportedOverdose(string jurisdiction, string sourceSystem, string externalId) =>
        NamedId.Of(jurisdiction, "overdose", sourceSystem, externalId);
}
