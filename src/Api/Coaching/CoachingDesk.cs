using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Courts;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Time;

namespace CaseFlow.Api.Coaching;

/// <summary>
/// Acts on the coaching in a participation. The court offers, orders and ends it, in its own record; the provider coaches, in its own,
/// filed under the programme that the court named, whose law the record is under.
/// </summary>
public sealed class CoachingDesk(CommandDesk desk, Registers registers, JurisdictionTime time)
{
    /// <summary>An act of the court: of its own staff, while the participation lasts.</summary>
    public Task<IResult> OfCourtAsync(Guid participationId, WhenPart? stated, Func<CoachedNow, When, Decision<CoachingEvent>> decide, string? programOf = null, string? program = null) =>
        desk.RunAsync(async session =>
        {
            var coaching = await session.LoadAsync(Streams.Coaching, StreamIds.Coaching(participationId));
            if (await EnterCourtAsync(session, participationId, coaching.State) is not { } now)
                return Answer.Done(coaching);
            if (program is not null && await CheckProgramAsync(session, programOf!, program) is { } closed)
                session.Refuse(closed);
            var when = await time.WhenAsync(session.Actor.Jurisdiction, stated, session.Now, session.Cancellation);
            session.Record(coaching, decide(now, when), about => about with { Intercept = 3 });
            return Answer.Done(coaching);
        });

    /// <summary>An act of the provider: of the coach who is assigned, or of who supervises the coaches there.</summary>
    /// <param name="participationId">Where.</param>
    /// <param name="stated">When it happened; now when left out.</param>
    /// <param name="decide">The act.</param>
    /// <param name="labels">Labels beside those of the source.</param>
    public Task<IResult> OfProviderAsync(
        Guid participationId, WhenPart? stated, Func<CoachedNow, When, Decision<CoachingEvent>> decide, params Label[] labels) =>
        desk.RunAsync(async session =>
        {
            var coaching = await session.LoadAsync(Streams.Coaching, StreamIds.Coaching(participationId));
            if (!IsProvider(session.Actor, coaching.State))
                session.Refuse(CoachingRejections.NotFound());
            else if (!IsCoachOrSupervisor(session.Actor, coaching.State))
                session.Refuse(CoachingRejections.NotTheCoach());
            else if (await NowAsync(session, participationId, coaching.State) is { } now)
            {
                var when = await time.WhenAsync(session.Actor.Jurisdiction, stated, session.Now, session.Cancellation);
                session.Filing = new Filing(coaching.State.ProgramId);
                session.Record(coaching, decide(now, when), about => about with { Intercept = 3, Labels = labels.ToCodes() });
            }

            return Answer.Done(coaching);
        });

    /// <summary>Whether the actor works for the agency that coaches: before anything is agreed, nobody there knows of it.</summary>
    public static bool IsProvider(Actor actor, CoachingState coaching) =>
        coaching.Phase is CoachingPhase.Agreed or CoachingPhase.Coached or CoachingPhase.Ended && coaching.ProviderAgencyId == actor.Agency;

    public static bool IsCoachOrSupervisor(Actor actor, CoachingState coaching) => actor.Role == Role.CoachSupervisor || coaching.CoachId == actor.Id;

    /// <summary>What a decision rests on besides the coaching; refuses the command when no rules are in force.</summary>
    internal async Task<CoachedNow?> NowAsync(CommandSession session, Guid participationId, CoachingState coaching, string? court = null, Guid? client = null)
    {
        var configured = (await session.LoadAsync(Streams.Court, StreamIds.Court(session.Actor.Jurisdiction, court ?? coaching.Court))).State;
        if (configured.InForceAt(session.Now) is not { } inForce)
            session.Refuse(CourtRejections.NoneInForce());
        else if (await time.PolicyAtAsync(session.Actor.Jurisdiction, session.Now, session.Cancellation) is not { } policy)
            session.Refuse(PolicyRejections.NoneInForce());
        else
        {
            var calendar = new BusinessCalendar(policy.Policy);
            return new CoachedNow(
                new CoachedIn(participationId, client ?? coaching.ClientId), court ?? coaching.Court, coaching, inForce, calendar, session.Actor, session.Now);
        }

        return null;
    }

    private async Task<CoachedNow?> EnterCourtAsync(CommandSession session, Guid participationId, CoachingState coaching)
    {
        var participation = (await session.LoadAsync(Streams.Participation, participationId)).State;
        if (!ParticipationDesk.Acts(session.Actor, participation))
            session.Refuse(ParticipationRejections.NotFound(participationId));
        else if (participation.IsOver)
            session.Refuse(ParticipationRejections.Over(participation.Stage));
        else
            return await NowAsync(session, participationId, coaching, participation.Court, participation.ClientId);
        return null;
    }

    private async Task<Rejection?> CheckProgramAsync(CommandSession session, string agencyId, string program)
    {
        var directory = await registers.DirectoryAsync(session.Actor.Jurisdiction, session.Cancellation);
        return Labelling.Check(new Filing(program), directory.FindAgency(agencyId), session.Actor.Role);
    }
}

/// <summary>What a decision about a coaching rests on.</summary>
/// <param name="Court">Code of the court.</param>
/// <param name="InForce">The court's configuration now.</param>
/// <param name="Calendar">The jurisdiction's.</param>
public sealed record CoachedNow(
    CoachedIn In, string Court, CoachingState State, CourtInForce InForce, BusinessCalendar Calendar, Actor Actor, DateTimeOffset Now)
{
    public CoachingRules Rules => InForce.Configuration.Coaching;

    /// <summary>Local.</summary>
    public DateOnly Today => Calendar.LocalDate(Now);
}
