using CaseFlow.Api.Access;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Time;
using CaseFlow.Domain.TreatmentAttendance;

namespace CaseFlow.Api.Treatment;

/// <summary>
/// Acts on what a treatment provider reports, in the provider's own stream and record. Who may report is staff, or a system, of an agency that
/// the court names as a provider and that has to do with the client; to everybody else the participation does not exist.
/// </summary>
public sealed class TreatmentDesk(CommandDesk desk, ClientAccess access, Registers registers, JurisdictionTime time)
{
    public Task<IResult> ReportAsync(Guid participationId, Guid reportId, TreatmentDoors.AttendanceRequest ask) => desk.RunAsync(async session =>
    {
        var reports = await session.LoadAsync(Streams.TreatmentAttendance, StreamOf(session.Actor, participationId));
        var participation = (await session.LoadAsync(Streams.Participation, participationId)).State;
        if (!await TreatsAsync(session, participationId, participation))
        {
            session.Refuse(ParticipationRejections.NotFound(participationId));
        }
        else if (await time.PolicyAtAsync(session.Actor.Jurisdiction, session.Now, session.Cancellation) is not { } policy)
        {
            session.Refuse(PolicyRejections.NoneInForce());
        }
        else
        {
            await session.FileAsync(registers, ask.Program is { } program ? new FiledAs(program) : null);
            var calendar = new BusinessCalendar(policy.Policy);
            var (start, end) = calendar.DayOf(ask.To);
            var command = new ReportTreatmentAttendance(
                InOf(participationId, participation, calendar), reportId, session.Actor.Agency!, ask.Program, ask.From, ask.To,
                new AttendanceCount(ask.Offered, ask.Attended, ask.Excused), calendar.LocalDate(session.Now), new When(start, TimePrecision.Day, session.Now, end));
            session.Record(reports, ReportTreatmentAttendance.Decide(command, reports.State, session.Now), About);
        }

        return Answer.Done(reports);
    });

    /// <param name="participationId">Where.</param>
    /// <param name="reportId">Which report.</param>
    /// <param name="count">The right count; null to retract it.</param>
    /// <param name="reason">Why.</param>
    public Task<IResult> CorrectAsync(Guid participationId, Guid reportId, AttendanceCount? count, string reason) => desk.RunAsync(async session =>
    {
        var reports = await session.LoadAsync(Streams.TreatmentAttendance, StreamOf(session.Actor, participationId));
        var reported = reports.History.FirstOrDefault(one => one.Data is TreatmentAttendanceReported fact && fact.ReportId == reportId);
        session.Filing = new Filing(reports.State.Reports.GetValueOrDefault(reportId)?.ProgramId);
        var command = new CorrectTreatmentAttendance(
            participationId, (reported?.Data as TreatmentAttendanceReported)?.ClientId ?? default, reportId,
            reported is null ? null : (reported.EventId, (reported.Headers as Circumstances)?.Actor), count,
            new Corrector(session.Actor.Id, Leads: session.Actor.Role == Role.CoachSupervisor), Sealed<string>.Of(reason));
        session.Record(reports, CorrectTreatmentAttendance.Decide(command, reports.State, session.Now), About);
        return Answer.Done(reports);
    });

    private static Circumstances About(Circumstances about) => about with { Intercept = 3 };

    /// <summary>Every provider has a stream of its own, so nobody acts on another's.</summary>
    private static Guid StreamOf(Actor actor, Guid participationId) => StreamIds.TreatmentAttendance(participationId, actor.Agency ?? "");

    private static AttendedIn InOf(Guid participationId, ParticipationState participation, BusinessCalendar calendar) => new(
        participationId, participation.ClientId, calendar.LocalDate(participation.ReferredAt!.Value),
        participation.EndedAt is { } ended ? calendar.LocalDate(ended) : null);

    /// <summary>
    /// The court names the agency as a source of its data, and the agency has to do with the client: it reaches them, coaches them in this
    /// participation, or is named by a consent of theirs. Another system reports for the agency it belongs to.
    /// </summary>
    private async Task<bool> TreatsAsync(CommandSession session, Guid participationId, ParticipationState participation)
    {
        if (participation.Stage == ParticipationStage.None || session.Actor.Agency is not { } agency)
            return false;
        var court = (await session.LoadAsync(Streams.Court, StreamIds.Court(session.Actor.Jurisdiction, participation.Court!))).State;
        if (court.InForceAt(session.Now) is not { } inForce || !inForce.Configuration.Providers.Contains(agency))
            return false;
        if (session.Actor.Role == Role.Service)
            return true;
        var clientId = participation.ClientId;
        var client = (await session.LoadAsync(Streams.Client, clientId)).State;
        var supervision = (await session.LoadAsync(Streams.Supervision, StreamIds.Supervision(clientId))).State;
        return await access.ReachAsync(session.Actor, clientId, client, supervision, session.Cancellation) >= ClientReach.Contact
            || (await session.LoadAsync(Streams.Coaching, StreamIds.Coaching(participationId, agency))).State.Phase != CoachingPhase.None
            || (await session.LoadAsync(Streams.Consents, StreamIds.Consents(clientId))).State.Consents.Any(consent => consent.Scope.Disclosers.Contains(agency));
    }
}
