namespace CaseFlow.Domain.Consents;

// Storage format: renaming a word here breaks every consent already recorded.

/// <summary>On what footing a consent stands.</summary>
public enum ConsentKind
{
    /// <summary>42 CFR 2.31: one disclosure, or one kind of disclosures.</summary>
    Part2General,

    /// <summary>42 CFR 2.31 and 2.33: all future treatment, payment and health-care operations.</summary>
    Tpo,

    /// <summary>42 CFR 2.35: participation is a condition of a criminal case; may be irrevocable until an event.</summary>
    CriminalJustice,

    /// <summary>Wis. Stat. 51.30: treatment records under state law.</summary>
    Wi5130,

    /// <summary>The team of a treatment court.</summary>
    CourtTeam,

    /// <summary>A relative, or another person close to the client.</summary>
    Family,

    /// <summary>Research.</summary>
    Research,
}

/// <summary>What may be told: specific enough to mean something to the client (2.31(a)(3)).</summary>
public enum ConsentInformation
{
    /// <summary>That the client is served, and whether they take part.</summary>
    Engagement,
    Attendance,
    Progress,
    TestResults,

    /// <summary>How it ended, and when.</summary>
    Discharge,
    TreatmentPlan,
    Medication,
    Assessment,

    /// <summary>Where the client is reached.</summary>
    ContactDetails,

    /// <summary>Everything; never more than the law lets a consent of its kind give.</summary>
    WholeRecord,
}

/// <summary>What a disclosure is for, as the form says (2.31(a)(5)).</summary>
public enum ConsentPurpose
{
    Treatment,
    Payment,
    HealthCareOperations,
    Supervision,
    CourtMonitoring,
    FamilyInvolvement,
    Research,

    /// <summary>The client asked for it and says no more.</summary>
    AtClientsRequest,
}

/// <summary>An event that a consent waits for, to end or to become revocable.</summary>
public enum ConsentCondition
{
    FinalDisposition,
    EndOfSupervision,
    EndOfProgram,
    EndOfTreatment,
    DisclosureMade,
}

public enum RevocationRightTold
{
    OnTheForm,
    ReadAloud,
    ThroughInterpreter,
}

public enum ConsentSigner
{
    Client,
    ParentOrGuardian,
    LegalRepresentative,
}

public enum AgeAtSigning
{
    Adult,
    MinorOf14OrOlder,
    MinorUnder14,
}

public enum SignatureMethod
{
    Paper,
    Electronic,

    /// <summary>A mark before a witness.</summary>
    Mark,
}

public static class ConsentPurposes
{
    /// <returns>
    /// Whether somebody who asks for a purpose of use is served by a disclosure for this one. Audits and a person's own record rest on law,
    /// never on consent.
    /// </returns>
    public static bool Permits(this ConsentPurpose purpose, Purpose asked) => (purpose, asked) switch
    {
        (ConsentPurpose.Treatment or ConsentPurpose.FamilyInvolvement or ConsentPurpose.AtClientsRequest, Purpose.Care) => true,
        (ConsentPurpose.Supervision or ConsentPurpose.AtClientsRequest, Purpose.Supervision) => true,
        (ConsentPurpose.CourtMonitoring, Purpose.CourtMonitoring) => true,
        (ConsentPurpose.Payment or ConsentPurpose.HealthCareOperations or ConsentPurpose.Research, Purpose.Operations) => true,
        _ => false,
    };
}

public static class ConsentReaders
{
    /// <returns>Whether somebody hears of consents by the court's own papers, not by taking them.</returns>
    public static bool IsBesideTheTeam(this Role role) => role is Role.Judge or Role.Prosecutor or Role.Defence;
}
