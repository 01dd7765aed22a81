using System.Globalization;

namespace CaseFlow.Domain.TreatmentAttendance;

/// <summary>Every way a report of attendance can be refused.</summary>
public static class TreatmentAttendanceRejections
{
    public static Rejection NotFound(Guid reportId) => new(
        RejectionKind.NotFound, "treatment-attendance-not-found", $"There is no report {reportId}.");

    public static Rejection ToldDifferently(Guid reportId) => new(
        RejectionKind.Conflict, "treatment-attendance-told-differently", $"Report {reportId} is recorded with other content. Correct it, with the reason.", "reportId");

    public static Rejection Retracted() => new(
        RejectionKind.Conflict, "treatment-attendance-retracted", "The report is retracted; what is right is reported anew, under another id.");

    public static Rejection PeriodUnsound(int mostDays) => new(
        RejectionKind.Unprocessable, "treatment-attendance-period-unsound",
        string.Create(CultureInfo.InvariantCulture, $"A period has begun and is over by today, and lasts at most {mostDays} days."), "to");

    public static Rejection OutsideParticipation() => new(
        RejectionKind.Unprocessable, "treatment-attendance-outside-participation", "The period lies wholly before the participation or after it.", "from");

    public static Rejection PeriodReported() => new(
        RejectionKind.Conflict, "treatment-attendance-period-reported", "Days of the period are reported already; correct that report, or leave them out.", "from");

    public static Rejection CountUnsound(int most) => new(
        RejectionKind.Unprocessable, "treatment-attendance-count-unsound",
        string.Create(CultureInfo.InvariantCulture, $"At most {most} sessions are offered, and no more attended and excused together than offered."), "offered");

    public static Rejection NotTheRecorder() => new(
        RejectionKind.Forbidden, "treatment-attendance-not-the-recorder", "Whoever reported it corrects it, or who leads the provider's coaches.");
}
