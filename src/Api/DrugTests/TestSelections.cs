using System.Globalization;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Time;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.Api.DrugTests;

/// <summary>
/// Commits seeds, draws days and discloses seeds: once each, whoever comes first, a timer or the coordinator. The seed is a key of marks:
/// made at random when it is first asked for, wrapped by a key outside the database, and in no event before it is disclosed.
/// </summary>
public sealed class TestSelections(CommandLoop loop, JurisdictionTime time, IMarkKeys keys, DayPools pools)
{
    /// <summary>Days drawn in one transaction at most, after an outage; the rest follows at once.</summary>
    private const int MostDays = 7;

    /// <summary>Draws what is due of a court's month, for the program itself.</summary>
    /// <exception cref="InvalidOperationException">It was not recorded; the timer tries again.</exception>
    public async Task AdvanceAsync(string jurisdiction, string court, DateOnly month, CancellationToken cancellation)
    {
        var program = new Actor("test-selections", Role.Service, jurisdiction, Purpose: Purpose.Operations);
        var result = await loop.RunAsync(
            program,
            async session => new Answer(StatusCodes.Status200OK, null, await AdvanceAsync(session, court, month)),
            new CommandTerms(),
            cancellation);
        if (result is not (CommandResult.Recorded or CommandResult.AlreadyDone))
            throw new InvalidOperationException($"The draws of {court} in {month:yyyy-MM} ended as {result.GetType().Name}.");
    }

    /// <summary>Draws what is due of a court's month and commits the next one's seed; after the month, discloses its own.</summary>
    /// <returns>The days drawn.</returns>
    public async Task<IReadOnlyList<DateOnly>> AdvanceAsync(CommandSession session, string court, DateOnly first)
    {
        var drawn = new List<DateOnly>();
        if (await CalendarAsync(session) is not { } calendar)
            return drawn;
        var jurisdiction = session.Actor.Jurisdiction;
        var month = new SelectionMonth(first, calendar);
        var selection = await session.LoadAsync(Streams.Selection, StreamIds.TestSelection(jurisdiction, court, first));
        var configured = (await session.LoadAsync(Streams.Court, StreamIds.Court(jurisdiction, court))).State;
        while (drawn.Count < MostDays && DrawTests.IsDue(selection.State, month, session.Now))
        {
            var day = selection.State.NextDay;
            if (!await DrawAsync(session, selection, court, month, configured.InForceAt(month.StartOf(day))))
                return drawn;
            drawn.Add(day);
        }

        var about = About(configured.InForceAt(session.Now));
        if (drawn.Count > 0)
            await CommitAsync(session, court, month.Next, about);
        if (selection.State is { Commitment: not null, Disclosed: null } state && state.NextDay > month.Last && session.Now >= month.StartOf(month.Next.First))
            session.Record(selection, DiscloseSelectionSeed.Decide(new(court, month, SeedOf(jurisdiction, court, first)), state, session.Now), about);
        return drawn;
    }

    /// <summary>Commits the seeds of a month and of the one after, before anything is drawn with them.</summary>
    public async Task CommitAsync(CommandSession session, string court, SelectionMonth month, Func<Circumstances, Circumstances> about)
    {
        foreach (var one in new[] { month, month.Next })
        {
            var selection = await session.LoadAsync(Streams.Selection, StreamIds.TestSelection(session.Actor.Jurisdiction, court, one.First));
            if (selection.State.Commitment is not null || one.FirstDayFrom(session.Now) is null)
                continue;
            var commitment = Drawing.CommitmentOf(SeedOf(session.Actor.Jurisdiction, court, one.First));
            session.Record(selection, CommitSelectionSeed.Decide(new(court, one, commitment), selection.State, session.Now), about);
        }
    }

    private async Task<bool> DrawAsync(
        CommandSession session, LoadedStream<SelectionState, SelectionEvent> selection, string court, SelectionMonth month, CourtInForce? inForce)
    {
        var about = About(inForce);
        var day = selection.State.NextDay;
        var roster = await session.LoadAsync(Streams.TestingRoster, StreamIds.TestingRoster(session.Actor.Jurisdiction, court));
        var pool = await pools.OfAsync(session, court, roster, month, day, inForce, about);
        var draw = new DrawTests(court, month, SeedOf(session.Actor.Jurisdiction, court, month.First), pool, inForce?.Version ?? 0);
        var decision = DrawTests.Decide(draw, selection.State, session.Now);
        if (!session.Record(selection, decision, about))
            return false;

        foreach (var fact in decision.Events.OfType<TestsDrawn>())
        {
            foreach (var selected in fact.Participations.Where(one => one.Selected))
            {
                var id = selected.ParticipationId;
                var tests = await session.LoadAsync(Streams.DrugTesting, StreamIds.DrugTesting(id));
                // A test takes the labels that the admission has now, whatever they were when testing began.
                await session.LoadAsync(Streams.Participation, id);
                var command = new SelectDrugTest(
                    new TestedBy(id, roster.State.Tested[id].ClientId, court), SelectDrugTest.IdOfDrawn(id, day), day, TestSelection.Random,
                    fact.CaughtUp, inForce!.Configuration.Tests, inForce.Version, Reason: null);
                session.Record(tests, SelectDrugTest.Decide(command, tests.State, session.Now), about);
            }
        }

        return true;
    }

    private byte[] SeedOf(string jurisdiction, string court, DateOnly month) =>
        keys.Derive(string.Create(CultureInfo.InvariantCulture, $"test-selection/{jurisdiction}/{court}/{month:yyyy-MM}"));

    private async Task<BusinessCalendar?> CalendarAsync(CommandSession session) =>
        await time.PolicyAtAsync(session.Actor.Jurisdiction, session.Now, session.Cancellation) is { } policy ? new BusinessCalendar(policy.Policy) : null;

    private static Func<Circumstances, Circumstances> About(CourtInForce? court) => about => about with
    {
        Intercept = 3,
        RecordOf = court is null || about.Agency == court.Configuration.AgencyId ? null : court.Configuration.AgencyId,
    };
}
