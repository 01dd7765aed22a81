using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Courts;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Time;
using CaseFlow.EventStore;

namespace CaseFlow.Api.DrugTests;

/// <summary>Acts on the drug tests of a participation: by the court's own staff, or by the laboratory's system, in the court's record.</summary>
public sealed class TestDesk(CommandDesk desk, TestSelections selections, JurisdictionTime time)
{
    /// <summary>Acts on a test, under the rules of the version that it was selected under.</summary>
    /// <param name="participationId">Whose test.</param>
    /// <param name="testId">Which.</param>
    /// <param name="stated">When it happened; now when left out.</param>
    /// <param name="decide">The act.</param>
    /// <param name="afterwards">Whether it can still be recorded once the participation is over: a result comes when it comes.</param>
    /// <param name="corrects">What is right, for who corrects an entry; null for anything else.</param>
    public Task<IResult> ActAsync(
        Guid participationId, Guid testId, WhenPart? stated, Func<TestedNow, When, Decision<DrugTestEvent>> decide, bool afterwards = false, CorrectTestRequest? corrects = null) =>
        desk.RunAsync(async session =>
        {
            var tests = await session.LoadAsync(Streams.DrugTesting, StreamIds.DrugTesting(participationId));
            if (await EnterAsync(session, participationId, session.Now, afterwards) is not { } entered)
                return Answer.Done(tests);
            var version = tests.State.Find(testId)?.CourtVersion;
            var rules = version is { } known ? entered.Court.Find(known)?.Configuration.Tests : entered.InForce.Configuration.Tests;
            if (rules is null)
            {
                session.Refuse(SelectionRejections.CourtWithoutTests());
                return Answer.Done(tests);
            }

            var when = await time.WhenAsync(session.Actor.Jurisdiction, stated, session.Now, session.Cancellation);
            var now = new TestedNow(entered.Of, rules, entered.Calendar, tests.State, tests.History, session.Now)
            {
                IsErased = (await session.LoadAsync(Streams.Erasure, StreamIds.Erasure(entered.Participation.ClientId))).State.IsErased,
                Ordered = await RightAsync(session, corrects?.Ordered),
                Reported = await RightAsync(session, corrects?.Reported),
                Notified = await RightAsync(session, corrects?.Notified),
                Collected = await RightAsync(session, corrects?.Collected),
                Over = ResultTime.Between(entered.Participation.EndedAt, entered.Participation.OverSince),
            };
            session.Record(tests, decide(now, when), entered.About);
            return Answer.Done(tests);
        });

    private async Task<When?> RightAsync(CommandSession session, WhenPart? stated) =>
        stated is null ? null : await time.WhenAsync(session.Actor.Jurisdiction, stated, session.Now, session.Cancellation);

    /// <summary>Somebody decides that there is to be a test: for cause, or on a set day. It is under the court's rules of when that was decided, however late it is told.</summary>
    public Task<IResult> OrderAsync(Guid participationId, OrderTestRequest ask)
    {
        var testId = ask.TestId ?? Guid.CreateVersion7();
        return desk.RunAsync(async session =>
        {
            var tests = await session.LoadAsync(Streams.DrugTesting, StreamIds.DrugTesting(participationId));
            var answer = Answer.Created(tests, $"/api/participations/{participationId}/drug-tests", new TestOrdered(testId));
            var when = await time.WhenAsync(session.Actor.Jurisdiction, ask.When, session.Now, session.Cancellation);
            if (await EnterAsync(session, participationId, when.OccurredAt) is not { } entered)
                return answer;
            var that = entered.Calendar.LocalDate(when.OccurredAt);
            var command = new SelectDrugTest(
                entered.Of, testId, ask.Day ?? that, ask.ForCause ? TestSelection.ForCause : TestSelection.Scheduled,
                CaughtUp: false, entered.InForce.Configuration.Tests, entered.InForce.Version, Sealing.Seal(ask.Reason))
            { OrderedOn = that, Ordered = when };
            session.Record(tests, SelectDrugTest.Decide(command, tests.State, session.Now), entered.About);
            return answer;
        });
    }

    /// <summary>The participation takes part in the draws from tomorrow on; the first of a court commits the month's seed.</summary>
    public Task<IResult> StartAsync(Guid participationId) => desk.RunAsync(async session =>
    {
        var tests = await session.LoadAsync(Streams.DrugTesting, StreamIds.DrugTesting(participationId));
        if (await EnterAsync(session, participationId, session.Now) is not { } entered)
            return Answer.Done(tests);
        var roster = await session.LoadAsync(Streams.TestingRoster, StreamIds.TestingRoster(session.Actor.Jurisdiction, entered.Of.Court));
        var tomorrow = entered.Calendar.LocalDate(session.Now).AddDays(1);
        var start = new StartRandomTesting(entered.Of.Court, participationId, entered.Of.ClientId, entered.InForce.Configuration.Tests, tomorrow) { Death = entered.Death };
        if (session.Record(roster, StartRandomTesting.Decide(start, roster.State, session.Now), entered.About))
            await selections.CommitAsync(session, entered.Of.Court, SelectionMonth.Of(tomorrow, entered.Calendar), entered.About);
        return new Answer(StatusCodes.Status204NoContent, null);
    });

    /// <summary>It takes part in no draw any more; also once the participation is over.</summary>
    public Task<IResult> EndAsync(Guid participationId, TestingEndReason reason) => desk.RunAsync(async session =>
    {
        var tests = await session.LoadAsync(Streams.DrugTesting, StreamIds.DrugTesting(participationId));
        if (await EnterAsync(session, participationId, session.Now, afterwards: true) is not { } entered)
            return Answer.Done(tests);
        var roster = await session.LoadAsync(Streams.TestingRoster, StreamIds.TestingRoster(session.Actor.Jurisdiction, entered.Of.Court));
        session.Record(
            roster, EndRandomTesting.Decide(new EndRandomTesting(entered.Of.Court, participationId, reason), roster.State, session.Now), entered.About);
        return new Answer(StatusCodes.Status204NoContent, null);
    });

    /// <summary>The court's own participation, while it lasts; to everybody else it does not exist.</summary>
    /// <returns>What acts rest on, or null once the command is refused.</returns>
    private async Task<EnteredCourt?> EnterAsync(CommandSession session, Guid participationId, DateTimeOffset at, bool afterwards = false)
    {
        var participation = (await session.LoadAsync(Streams.Participation, participationId)).State;
        if (!MayAct(session.Actor, participation))
            session.Refuse(ParticipationRejections.NotFound(participationId));
        else if (participation.IsOver && !(afterwards && participation.AdmittedAt is not null))
            session.Refuse(ParticipationRejections.Over(participation.Stage));
        else if (participation.AdmittedAt is null)
            session.Refuse(ParticipationRejections.WrongStage(participation.Stage));
        else
            return await CourtOfAsync(session, participation, at) is { } entered ? entered with { Death = await PersonLife.DeathOfAsync(session, participation.ClientId) } : null;
        return null;
    }

    private async Task<EnteredCourt?> CourtOfAsync(CommandSession session, ParticipationState participation, DateTimeOffset at)
    {
        var court = (await session.LoadAsync(Streams.Court, StreamIds.Court(session.Actor.Jurisdiction, participation.Court!))).State;
        var policy = await time.PolicyAtAsync(session.Actor.Jurisdiction, session.Now, session.Cancellation);
        if (policy is null)
            session.Refuse(PolicyRejections.NoneInForce());
        if (court.InForceAt(at) is not { } inForce)
            session.Refuse(CourtRejections.NoneInForce());
        else if (policy is not null)
            return new EnteredCourt(participation, court, inForce, new BusinessCalendar(policy.Policy));
        return null;
    }

    private static bool MayAct(Actor actor, ParticipationState participation) =>
        actor.Role == Role.Service ? participation.Stage != ParticipationStage.None : ParticipationDesk.Acts(actor, participation);
}

/// <summary>What a decision about a test rests on.</summary>
/// <param name="Rules">Of the version that the test was selected under.</param>
/// <param name="Calendar">The jurisdiction's.</param>
/// <param name="History">For acts that name an event.</param>
public sealed record TestedNow(
    TestedBy Of, TestRules Rules, BusinessCalendar Calendar, DrugTestingState State, IReadOnlyList<RecordedEvent> History, DateTimeOffset Now)
{
    /// <summary>The content of the participant's record is erased.</summary>
    public bool IsErased { get; init; }

    /// <summary>When the test was ordered, as whoever corrects that states it; null for anything else.</summary>
    public When? Ordered { get; init; }

    /// <summary>When its result was reported or confirmed, as whoever corrects that states it; null for anything else.</summary>
    public When? Reported { get; init; }

    /// <summary>When the participant was told of it, as whoever corrects that states it; null for anything else.</summary>
    public When? Notified { get; init; }

    /// <summary>When the specimen was given, as whoever corrects that states it; null for anything else.</summary>
    public When? Collected { get; init; }

    /// <summary>When the participation ended, UTC; null while it lasts.</summary>
    public ResultTime? Over { get; init; }

    /// <returns>Whether the same was told of a test again after an event about it.</returns>
    public bool IsToldAnew(Guid testId, Guid eventId) => History.SkipWhile(recorded => recorded.EventId != eventId).ToList() is [{ Data: DrugTestMissed or DrugTestRefused or DrugTestResultReported } told, .. var since]
        && since.Exists(recorded => recorded.Data.GetType() == told.Data.GetType() && ((DrugTestEvent)recorded.Data).TestId == testId);

    /// <returns>The event that says that a test was missed, the last of them; null for none.</returns>
    public Guid? MissOf(Guid testId) => History.LastOrDefault(recorded => recorded.Data is DrugTestMissed missed && missed.TestId == testId)?.EventId;
}

/// <summary>A court, entered by somebody who acts there on a participation.</summary>
/// <param name="Court">All its versions.</param>
/// <param name="InForce">The one that counted when what is told happened.</param>
/// <param name="Calendar">The jurisdiction's.</param>
public sealed record EnteredCourt(ParticipationState Participation, CourtState Court, CourtInForce InForce, BusinessCalendar Calendar)
{
    /// <summary>As far as any record of the person knows; null while they live.</summary>
    public KnownDeath? Death { get; init; }

    public TestedBy Of => new(Participation.ParticipationId, Participation.ClientId, Participation.Court!) { Death = Death, AdmittedOn = Participation.AdmittedOn };

    /// <summary>Whoever records it, it belongs to the court's record.</summary>
    public Circumstances About(Circumstances about) => about with
    {
        Intercept = 3,
        RecordOf = about.Agency == Participation.AgencyId ? null : Participation.AgencyId,
    };
}
