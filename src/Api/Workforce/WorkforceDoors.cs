using CaseFlow.Api.Coaching;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Time;
using CaseFlow.Domain.Workforce;
using FluentValidation;

namespace CaseFlow.Api.Workforce;

/// <summary>
/// A peer worker's certifications, caseload and conflicts: kept by those who supervise the coaches of the worker's agency. A conflict is
/// declared by the worker too; nobody reads whom it is with.
/// </summary>
public static class WorkforceDoors
{
    private static readonly Role[] Supervisors = [Role.CoachSupervisor];
    private static readonly Role[] Workers = [Role.Coach, Role.PeerSpecialist, Role.CoachSupervisor];

    /// <param name="ContinuingEducationHours">For a renewal (R50); left out for the first.</param>
    public sealed record CertifyRequest(Certification Kind, DateOnly ValidUntil, int? ContinuingEducationHours = null, WhenPart? When = null);

    public sealed record LapseRequest(Certification Kind, WhenPart? When = null);

    /// <param name="ReasonCode">A code in kebab-case.</param>
    public sealed record SuspendRequest(Certification Kind, string ReasonCode, WhenPart? When = null);

    public sealed record CapacityRequest(int Advised, int Most);

    public sealed record ConflictRequest(Guid ClientId);

    /// <param name="ReasonCode">A code in kebab-case.</param>
    public sealed record RevokeRequest(Certification Kind, string ReasonCode, WhenPart? When = null);

    public static void Map(IEndpointRouteBuilder api)
    {
        const string worker = ReadWorkers.Worker;

        api.MapFact(worker + "/certifications", (string staffId, CertifyRequest ask, WorkforceDesk desk) =>
                desk.ActAsync(staffId, ask.When, (on, when) => CertifyWorker.Decide(
                    new(staffId, ask.Kind, on.DayOf(when), ask.ValidUntil, ask.ContinuingEducationHours, on.Policy, when), on.State, on.Now)))
            .Named("certifyWorker", "A certification is granted, or renewed with its hours of continuing education (R50)").Allow(Supervisors)
            .Takes(Shape.Of<CertifyRequest>(rules => rules.MayStateWhen(ask => ask.When)), new CertifyRequest(Certification.Cps, new DateOnly(2028, 3, 1)));
        api.MapFact(worker + "/certifications/lapse", (string staffId, LapseRequest ask, WorkforceDesk desk) =>
                desk.ActAsync(staffId, ask.When, (on, when) => WithdrawCertification.Decide(new(staffId, ask.Kind, null, when), on.State, on.Now)))
            .Named("lapseCertification", "It no longer counts; no new client, and none is taken away (R50)").Allow(Supervisors)
            .Takes(Shape.Of<LapseRequest>(rules => rules.MayStateWhen(ask => ask.When)), new LapseRequest(Certification.Cps));
        api.MapFact(worker + "/certifications/suspend", (string staffId, SuspendRequest ask, WorkforceDesk desk) =>
                desk.ActAsync(staffId, ask.When, (on, when) => WithdrawCertification.Decide(new(staffId, ask.Kind, ask.ReasonCode, when), on.State, on.Now)))
            .Named("suspendCertification", "It does not count until it is renewed").Allow(Supervisors)
            .Takes(
                Shape.Of<SuspendRequest>(rules =>
                {
                    rules.RuleFor(ask => ask.ReasonCode).NotNull().MustBeSlug();
                    rules.MayStateWhen(ask => ask.When);
                }),
                new SuspendRequest(Certification.Cps, "complaint-under-review"));
        api.MapFact(worker + "/certifications/revoke", (string staffId, RevokeRequest ask, WorkforceDesk desk) =>
                desk.ActAsync(staffId, ask.When, (on, when) => RevokeCertification.Decide(new(staffId, ask.Kind, ask.ReasonCode, when), on.State, on.Now)))
            .Named("revokeCertification", "It is taken away for good: not renewed, and granted anew if at all").Allow(Supervisors)
            .Takes(
                Shape.Of<RevokeRequest>(rules =>
                {
                    rules.RuleFor(ask => ask.ReasonCode).NotNull().MustBeSlug();
                    rules.MayStateWhen(ask => ask.When);
                }),
                new RevokeRequest(Certification.Cps, "revoked-by-the-state"));
        api.MapFact(worker + "/capacity", (string staffId, CapacityRequest ask, WorkforceDesk desk) =>
                desk.ActAsync(staffId, null, (on, _) => SetCaseloadCapacity.Decide(new(staffId, ask.Advised, ask.Most), on.State, on.Now)))
            .Named("setCaseloadCapacity", "How many clients the worker can have (R54)").Allow(Supervisors)
            .Takes(Shape.Of<CapacityRequest>(_ => { }), new CapacityRequest(15, 20));
        api.MapFact(worker + "/conflicts", (string staffId, ConflictRequest ask, WorkforceDesk desk) => desk.DeclareConflictAsync(staffId, ask.ClientId))
            .Named("declareConflict", "A conflict of interest with somebody (R56); whether there is such a client is neither asked nor told").Allow(Workers)
            .Takes(
                Shape.Of<ConflictRequest>(rules => rules.RuleFor(ask => ask.ClientId).MustBeAnId()),
                new ConflictRequest(Guid.Parse("0195d6c4-0000-7000-8000-000000000001")));
    }
}

/// <summary>Acts on a worker's record, by those who supervise the coaches of the worker's agency.</summary>
public sealed class WorkforceDesk(CommandDesk desk, Registers registers, JurisdictionTime time, CoachChanges coaches)
{
    public Task<IResult> ActAsync(string staffId, WhenPart? stated, Func<WorkerNow, When, Decision<WorkforceEvent>> decide) => desk.RunAsync(async session =>
    {
        var worker = await session.LoadAsync(Streams.Workforce, StreamIds.Workforce(session.Actor.Jurisdiction, staffId));
        var directory = await registers.DirectoryAsync(session.Actor.Jurisdiction, session.Cancellation);
        if (!Keeps(session.Actor, staffId, directory.PostOf(staffId), orItself: false))
        {
            session.Refuse(WorkforceRejections.NotFound(staffId));
        }
        else if (await time.PolicyAtAsync(session.Actor.Jurisdiction, session.Now, session.Cancellation) is not { } policy)
        {
            session.Refuse(PolicyRejections.NoneInForce());
        }
        else
        {
            var when = await time.WhenAsync(session.Actor.Jurisdiction, stated, session.Now, session.Cancellation);
            session.Record(worker, decide(new WorkerNow(worker.State, policy.Policy.Workforce, new BusinessCalendar(policy.Policy), session.Now), when));
        }

        return Answer.Done(worker);
    });

    /// <summary>Always the same answer: neither the client nor an earlier declaration can be told from it.</summary>
    public Task<IResult> DeclareConflictAsync(string staffId, Guid clientId) => desk.RunAsync(async session =>
    {
        var worker = await session.LoadAsync(Streams.Workforce, StreamIds.Workforce(session.Actor.Jurisdiction, staffId));
        var directory = await registers.DirectoryAsync(session.Actor.Jurisdiction, session.Cancellation);
        if (!Keeps(session.Actor, staffId, directory.PostOf(staffId), orItself: true))
            session.Refuse(WorkforceRejections.NotFound(staffId));
        else
            session.Record(worker, DeclareConflict.Decide(new(staffId, coaches.ConflictMark(session.Actor.Jurisdiction, staffId, clientId)), worker.State, session.Now));
        return new Answer(StatusCodes.Status204NoContent, null);
    });

    /// <summary>Whether the actor keeps the worker's record: a supervisor of coaches in the worker's agency, or the worker.</summary>
    public static bool Keeps(Actor actor, string staffId, StaffPost? post, bool orItself) =>
        post is { Departed: false } && post.AgencyId == actor.Agency
        && (actor.Role == Role.CoachSupervisor || (orItself && actor.Id == staffId));
}

/// <summary>What a decision about a worker rests on.</summary>
/// <param name="Policy">The jurisdiction's (R50).</param>
/// <param name="Calendar">The jurisdiction's.</param>
public sealed record WorkerNow(WorkforceState State, WorkforcePolicy Policy, BusinessCalendar Calendar, DateTimeOffset Now)
{
    /// <returns>The local day of a stated time.</returns>
    public DateOnly DayOf(When when) => Calendar.LocalDate(when.OccurredAt);
}
