using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.TreatmentAttendance;
using FluentValidation;

namespace CaseFlow.Api.Treatment;

/// <summary>
/// What a treatment provider reports of a participant's attendance: counts over a period, no content of sessions. The report has an id that
/// the caller chooses, so telling it twice records it once. The court's team reads it in the participant's compliance, by consent alone (R38).
/// </summary>
public static class TreatmentDoors
{
    private static readonly Role[] Providers = [Role.Coach, Role.CoachSupervisor, Role.PeerSpecialist, Role.Service];

    /// <param name="From">First local day.</param>
    /// <param name="To">Last local day.</param>
    /// <param name="Excused">Missed with an excuse.</param>
    /// <param name="Program">The provider's programme; left out for none.</param>
    public sealed record AttendanceRequest(DateOnly From, DateOnly To, int Offered, int Attended, int Excused, string? Program = null);

    /// <param name="Reason">Stored sealed.</param>
    public sealed record CorrectAttendanceRequest(int Offered, int Attended, int Excused, string Reason);

    /// <param name="Reason">Stored sealed.</param>
    public sealed record RetractAttendanceRequest(string Reason);

    public static void Map(IEndpointRouteBuilder api)
    {
        const string report = "/participations/{participationId:guid}/treatment-attendance/{reportId:guid}";

        api.MapFact(report, (Guid participationId, Guid reportId, AttendanceRequest ask, TreatmentDesk desk) => desk.ReportAsync(participationId, reportId, ask))
            .Named("reportTreatmentAttendance", "A treatment provider reports sessions offered, attended and excused; never what was in them").Allow(Providers)
            .Takes(
                Shape<AttendanceRequest>(rules => rules.RuleFor(ask => ask.Program).MustBeSlug()),
                new AttendanceRequest(new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 8), 3, 2, 1));
        api.MapFact(report + "/correct", (Guid participationId, Guid reportId, CorrectAttendanceRequest ask, TreatmentDesk desk) =>
                desk.CorrectAsync(participationId, reportId, new AttendanceCount(ask.Offered, ask.Attended, ask.Excused), ask.Reason))
            .Named("correctTreatmentAttendance", "The count of a report was wrong; the record shows both").Allow(Providers)
            .Takes(
                Shape<CorrectAttendanceRequest>(rules => rules.RuleFor(ask => ask.Reason).NotNull().MustBeText()),
                new CorrectAttendanceRequest(3, 3, 0, "The sheet of the group came late."));
        api.MapFact(report + "/retract", (Guid participationId, Guid reportId, RetractAttendanceRequest ask, TreatmentDesk desk) =>
                desk.CorrectAsync(participationId, reportId, null, ask.Reason))
            .Named("retractTreatmentAttendance", "A report that should not be, for example of another client; it counts no more").Allow(Providers)
            .Takes(
                Shape<RetractAttendanceRequest>(rules => rules.RuleFor(ask => ask.Reason).NotNull().MustBeText()),
                new RetractAttendanceRequest("Of another client."));
    }

    private static InlineValidator<T> Shape<T>(Action<InlineValidator<T>> rules)
    {
        var validator = new InlineValidator<T>();
        rules(validator);
        return validator;
    }
}
