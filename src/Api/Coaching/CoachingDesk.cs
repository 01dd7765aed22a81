using CaseFlow.Api.Access;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Courts;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Time;

namespace CaseFlow.Api.Coaching;

/// <summary>
/// Acts on the coaching in a participation. The court offers, orders and lifts in its own stream; the provider coaches in its own, filed
/// under the programme that the court named, whose law the record is under. Neither stream moves by what the other does.
/// </summary>
public sealed class CoachingDesk(CommandDesk desk, Registers registers, JurisdictionTime time, OpenedTexts texts)
{
    /// <summary>An act of the court: of its own staff, while the participation lasts.</summary>
    /// <param name="participationId">Where.</param>
    /// <param name="stated">When it happened; now when left out.</param>
    /// <param name="decide">The act.</param>
    /// <param name="provider">The provider that it names; null for none.</param>
    /// <param name="program">The provider's programme that it names; null for none.</param>
    public Task<IResult> OfCourtAsync(
        Guid participationId, WhenPart? stated, Func<OrderedNow, When, Decision<CoachingOrderEvent>> decide, string? provider = null, string? program = null) =>
        desk.RunAsync(async session =>
        {
            var order = await session.LoadAsync(Streams.CoachingOrder, StreamIds.CoachingOrder(participationId));
            var participation = (await session.LoadAsync(Streams.Participation, participationId)).State;
            if (!ParticipationDesk.Acts(session.Actor, participation))
            {
                session.Refuse(ParticipationRejections.NotFound(participationId));
            }
            else if (participation.IsOver)
            {
                session.Refuse(ParticipationRejections.Over(participation.Stage));
            }
            else if (await time.WhenAsync(session.Actor.Jurisdiction, stated, session.Now, session.Cancellation) is var when
                && await RulesAsync(session, participation.Court!, when.OccurredAt) is { } rules)
            {
                if (program is not null && await CheckProgramAsync(session, provider!, program) is { } closed)
                    session.Refuse(closed);
                var now = new OrderedNow(new CoachedIn(participationId, participation.ClientId), participation.Court!, order.State, rules);
                session.Record(order, decide(now, when), About);
            }

            return Answer.Done(order);
        });

    /// <summary>An act of the provider: of the coach who is assigned, or of who supervises the coaches there.</summary>
    /// <param name="participationId">Where.</param>
    /// <param name="stated">When it happened; now when left out.</param>
    /// <param name="decide">The act.</param>
    /// <param name="named">The plan or the goal that the caller names by an id of its own; null for neither.</param>
    /// <param name="formerly">Whether whoever coached before may tell it too, of the time in which they did: the act decides.</param>
    /// <param name="labels">Labels beside those of the source.</param>
    public Task<IResult> OfProviderAsync(
        Guid participationId, WhenPart? stated, Func<CoachedNow, When, Decision<CoachingEvent>> decide, Guid? named = null, bool formerly = false, params Label[] labels) =>
        desk.RunAsync(async session =>
        {
            var coaching = await session.LoadAsync(Streams.Coaching, StreamOf(session.Actor, participationId));
            var isTheirs = IsCoachOrSupervisor(session.Actor, coaching.State) || (formerly && coaching.State.Coached.Any(one => one.CoachId == session.Actor.Id));
            if (coaching.State.Phase == CoachingPhase.None || !isTheirs)
            {
                session.Refuse(CoachingRejections.NotFound());
            }
            else
            {
                var order = (await session.LoadAsync(Streams.CoachingOrder, StreamIds.CoachingOrder(participationId))).State;
                if (await RulesAsync(session, order.Court, session.Now) is { } rules)
                {
                    var when = await time.WhenAsync(session.Actor.Jurisdiction, stated, session.Now, session.Cancellation);
                    var participation = (await session.LoadAsync(Streams.Participation, participationId)).State;
                    var coached = new CoachedIn(participationId, coaching.State.ClientId)
                    {
                        Death = await PersonLife.DeathOfAsync(session, coaching.State.ClientId),
                        OrderEndedAt = EndedOrder.Of(coaching.State, order, participation.OverSince, rules.Calendar),
                        FreeUntil = coaching.State.FreeUntil,
                        Calendar = rules.Calendar,
                    };
                    var now = new CoachedNow(coached, coaching.State, rules, session.Actor)
                    {
                        OnRecord = named is { } id ? await OnRecordAsync(session, coaching, id) : null,
                    };
                    session.Filing = new Filing(coaching.State.ProgramId);
                    session.Record(coaching, decide(now, when), about => About(about) with { Labels = labels.ToCodes() });
                }
            }

            return Answer.Done(coaching);
        });

    /// <summary>
    /// An act of whoever recorded an entry, also once somebody else coaches, or of who supervises the coaches there; also once the coaching or
    /// the participation is over. To everybody else the coaching does not exist.
    /// </summary>
    /// <param name="participationId">Where.</param>
    /// <param name="eventId">The entry.</param>
    /// <param name="stated">When what is right happened; now when left out.</param>
    /// <param name="decide">The act.</param>
    /// <param name="coachId">The coach whom it names; null for none.</param>
    public Task<IResult> CorrectAsync(
        Guid participationId, Guid eventId, WhenPart? stated, Func<CorrectedNow, When, Decision<CoachingEvent>> decide, string? coachId = null) => desk.RunAsync(async session =>
        {
            var coaching = await session.LoadAsync(Streams.Coaching, StreamOf(session.Actor, participationId));
            var recorded = coaching.History.FirstOrDefault(one => one.EventId == eventId);
            var entry = recorded?.Data is CoachingEvent fact ? new CoachingEntry(eventId, fact, (recorded.Headers as Circumstances)?.Actor) : null;
            if (coaching.State.Phase == CoachingPhase.None || !(IsCoachOrSupervisor(session.Actor, coaching.State) || entry?.RecordedBy == session.Actor.Id))
            {
                session.Refuse(CoachingRejections.NotFound());
            }
            else
            {
                var when = await time.WhenAsync(session.Actor.Jurisdiction, stated, session.Now, session.Cancellation);
                var by = new Corrector(session.Actor.Id, Leads: session.Actor.Role == Role.CoachSupervisor);
                var policy = await time.PolicyAtAsync(session.Actor.Jurisdiction, session.Now, session.Cancellation);
                var calendar = policy is null ? null : new BusinessCalendar(policy.Policy);
                var order = (await session.LoadAsync(Streams.CoachingOrder, StreamIds.CoachingOrder(participationId))).State;
                var participation = (await session.LoadAsync(Streams.Participation, participationId)).State;
                var coached = new CoachedIn(participationId, coaching.State.ClientId)
                {
                    Death = await PersonLife.DeathOfAsync(session, coaching.State.ClientId),
                    FreeUntil = coaching.State.FreeUntil,
                    OrderEndedAt = calendar is null ? null : EndedOrder.Of(coaching.State, order, participation.OverSince, calendar),
                    Calendar = calendar,
                };
                var on = calendar?.LocalDate(stated is null && entry?.Fact is { } told ? told.OccurredAt : when.OccurredAt);
                var now = new CorrectedNow(coached, coaching.State, entry, by, session.Now)
                {
                    CoachCertified = coachId is not null && on is { } day && await Workers.IsCertifiedAsync(session, coachId, day, calendar!),
                };
                session.Filing = new Filing(coaching.State.ProgramId);
                session.Record(coaching, decide(now, when), About);
            }

            return Answer.Done(coaching);
        });

    /// <summary>Every provider has a stream of its own, so nobody acts on, or reads, another's.</summary>
    public static Guid StreamOf(Actor actor, Guid participationId) => StreamIds.Coaching(participationId, actor.Agency ?? "");

    public static bool IsCoachOrSupervisor(Actor actor, CoachingState coaching) => actor.Role == Role.CoachSupervisor || coaching.CoachId == actor.Id;

    internal static Circumstances About(Circumstances about) => about with { Intercept = 3 };

    /// <returns>The court's rules at an instant; null once the command is refused, because none were in force.</returns>
    internal async Task<CourtRulesNow?> RulesAsync(CommandSession session, string court, DateTimeOffset at)
    {
        var (rules, missing) = await FindRulesAsync(session, court, at);
        if (missing is not null)
            session.Refuse(missing);
        return rules;
    }

    /// <returns>The court's rules at an instant; or why there are none, for what does without.</returns>
    internal async Task<(CourtRulesNow? Rules, Rejection? Missing)> FindRulesAsync(CommandSession session, string court, DateTimeOffset at)
    {
        var configured = (await session.LoadAsync(Streams.Court, StreamIds.Court(session.Actor.Jurisdiction, court))).State;
        if (configured.InForceAt(at) is not { } inForce)
            return (null, CourtRejections.NoneInForce());
        return await time.PolicyAtAsync(session.Actor.Jurisdiction, session.Now, session.Cancellation) is { } policy
            ? (new CourtRulesNow(inForce.Configuration.Coaching, inForce.Version, new BusinessCalendar(policy.Policy), at, session.Now), null)
            : (null, PolicyRejections.NoneInForce());
    }

    /// <summary>What the plan or the goal of that id says, for one that is told again; null for none.</summary>
    private async Task<string?> OnRecordAsync(CommandSession session, LoadedStream<CoachingState, CoachingEvent> coaching, Guid id)
    {
        var said = coaching.History.Select(recorded => recorded.Data switch
        {
            RecoveryPlanCreated e when e.PlanId == id => e.Summary,
            GoalSet e when e.GoalId == id => e.Words,
            _ => null,
        }).FirstOrDefault(text => text is not null);
        return await OpenedAsync(session, coaching, said);
    }

    /// <summary>What the note of the last end says, for an end that is told again; null for none.</summary>
    internal Task<string?> NoteOfTheEndAsync(CommandSession session, LoadedStream<CoachingState, CoachingEvent> coaching) =>
        OpenedAsync(session, coaching, coaching.History.Select(recorded => recorded.Data).OfType<CoachingEnded>().LastOrDefault()?.HandoverNote);

    private async Task<string?> OpenedAsync(CommandSession session, LoadedStream<CoachingState, CoachingEvent> coaching, Sealed<string>? said)
    {
        if (said is null)
            return null;
        await texts.PreloadAsync(session.Actor.Jurisdiction, [coaching.State.ClientId], session.Cancellation);
        return texts.OpenIntact(session.Actor.Jurisdiction, said.Token);
    }

    private async Task<Rejection?> CheckProgramAsync(CommandSession session, string agencyId, string program)
    {
        var directory = await registers.DirectoryAsync(session.Actor.Jurisdiction, session.Cancellation);
        return Labelling.Check(new Filing(program), directory.FindAgency(agencyId), session.Actor.Role);
    }
}

/// <summary>What a court's configuration says of an instant, and the calendar.</summary>
/// <param name="Version">Of the court's configuration.</param>
/// <param name="At">When what is told happened, for an act of the court; now for one of a provider.</param>
public sealed record CourtRulesNow(CoachingRules Coaching, int Version, BusinessCalendar Calendar, DateTimeOffset At, DateTimeOffset Now)
{
    /// <summary>Of that instant, local.</summary>
    public DateOnly Today => Calendar.LocalDate(At);
}

/// <summary>What an act of the court rests on.</summary>
public sealed record OrderedNow(CoachedIn In, string Court, CoachingOrderState State, CourtRulesNow Rules)
{
    public DateTimeOffset Now => Rules.Now;
}

/// <summary>What an act of the provider rests on.</summary>
public sealed record CoachedNow(CoachedIn In, CoachingState State, CourtRulesNow Rules, Actor Actor)
{
    /// <summary>What the plan or the goal that is named says already; null for one that is new, and for what nobody can open any more.</summary>
    public string? OnRecord { get; init; }

    /// <summary>The coach who tells it; null for who leads the coaches, who tells everything.</summary>
    public string? Teller => Actor.Role == Role.CoachSupervisor ? null : Actor.Id;

    public DateTimeOffset Now => Rules.Now;
}

/// <summary>What a correction rests on.</summary>
/// <param name="Entry">The entry that is named; null when the coaching has none of that id.</param>
public sealed record CorrectedNow(CoachedIn In, CoachingState State, CoachingEntry? Entry, Corrector By, DateTimeOffset Now)
{
    /// <summary>Whether the coach whom it names was certified on the day of the session (R50).</summary>
    public bool CoachCertified { get; init; }
}
