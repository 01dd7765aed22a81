using System.Globalization;

namespace CaseFlow.Domain.Courts;

/// <summary>Every way a court's configuration can be refused.</summary>
public static class CourtRejections
{
    public static Rejection NotFound(string court) => new(RejectionKind.NotFound, "court-not-found", "There is no such court.");

    public static Rejection VersionNotFound(int version) => new(
        RejectionKind.NotFound, "court-version-not-found", string.Create(CultureInfo.InvariantCulture, $"The court has no version {version}."));

    public static Rejection NoneInForce() => new(RejectionKind.Conflict, "court-none-in-force", "No version of the court's configuration was in force then.");

    public static Rejection VersionNotNext(int next) => new(
        RejectionKind.Conflict, "court-version-not-next", string.Create(CultureInfo.InvariantCulture, $"The next version to publish is {next}."), "courtVersion");

    public static Rejection LastInForce() => new(
        RejectionKind.Conflict, "court-last-in-force", "Without this version nothing could be decided; publish the next one first.");

    public static Rejection ChangeNoteMissing() => new(
        RejectionKind.Unprocessable, "court-change-note-missing", "A version says what changed and why.", "changeNote");

    public static Rejection AgencyIsNoCourt(string agencyId) => Invalid(
        "court-agency-is-no-court", $"\"{agencyId}\" is no agency of the directory that is a court and keeps client records.", "agencyId");

    public static Rejection AgencyChanged() => Invalid("court-agency-changed", "A court stays with its agency; open another court instead.", "agencyId");

    public static Rejection NameMissing() => Invalid("court-name-missing", "A court has a name of at most 200 characters.", "name");

    public static Rejection PhasesInvalid() => Invalid(
        "court-phases-invalid", "One to twenty phases, each with a code of its own in kebab-case and a name.", "phases");

    public static Rejection ObjectivesInvalid() => Invalid(
        "court-objectives-invalid", "Each objective of a phase has a code of its own in kebab-case and a name.", "phases.objectives");

    public static Rejection CodesInvalid(string field) => Invalid("court-codes-invalid", "A list of different codes in kebab-case, not empty where something must be chosen.", field);

    public static Rejection ContactDaysInvalid(string field) => Invalid(
        "court-contact-days-invalid", "Three numbers of days: for weeks 1–4, until the third month, and after it (R22).", field);

    public static Rejection ContactsInvalid() => Invalid(
        "court-contacts-invalid", "Days between contacts are set for a phase of this court, a risk, or both, and for each once (R22).", "coaching.contacts");

    public static Rejection TeamRolesInvalid(string field) => Invalid(
        "court-team-roles-invalid", "Different roles, and no more of them than people who decide (R33).", field);

    public static Rejection FileKindUnknown() => Invalid("court-file-kind-unknown", "Each is the stored name of an entry of a participation, once.", "files.neverOpen");

    public static Rejection SourceInvalid() => Invalid("court-source-invalid", "A rule and where it comes from, one line each.", "sources");

    public static Rejection SobrietyWithoutTests() => Invalid(
        "court-sobriety-without-tests", "A court without tests cannot ask for tests or for days of sobriety.", "tests");

    public static Rejection ConfigurationOutOfRange(string field, int least, int most) => Invalid(
        "court-configuration-out-of-range", string.Create(CultureInfo.InvariantCulture, $"It lies between {least} and {most}."), field);

    private static Rejection Invalid(string code, string reason, string field) => new(RejectionKind.Unprocessable, code, reason, $"configuration.{field}");
}
