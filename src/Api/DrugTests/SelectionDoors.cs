using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;

namespace CaseFlow.Api.DrugTests;

/// <summary>A court's draws: what was promised, what was drawn, and whether it was fair. Whoever has the numbers can draw them again.</summary>
public static class SelectionDoors
{
    private const string Nobody = "it names participations by their ids alone";

    private static readonly Role[] Readers = [Role.Coordinator, Role.Judge, Role.Defence, Role.PrivacyOfficer, Role.Auditor];

    /// <param name="Commitment">SHA-256 of the seed; null while there is none.</param>
    /// <param name="FirstDay">First day that is drawn.</param>
    /// <param name="LastDrawn">The day drawn last; null before the first.</param>
    /// <param name="Seed">In plain hex, once it is disclosed; null while it is secret.</param>
    /// <param name="Draws">Day by day.</param>
    /// <param name="Position">For <c>asRecordedPosition</c>: the same answer for ever; null until what was recorded last has its place in the log.</param>
    public sealed record MonthView(
        string Court, DateOnly Month, string Commitment, DateOnly FirstDay, DateOnly? LastDrawn, string? Seed, IReadOnlyList<DayView> Draws, long? Position);

    /// <param name="CaughtUp">Drawn after the day was over.</param>
    /// <param name="DrawnAt">UTC.</param>
    /// <param name="CourtVersion">Version of the court's configuration that the odds are from.</param>
    /// <param name="Pool">From whom was drawn: who of the court's roster was left out, and why; null in draws of the first format.</param>
    public sealed record DayView(
        DateOnly Day, bool CaughtUp, DateTimeOffset DrawnAt, int CourtVersion, IReadOnlyList<DrawnParticipation> Participations, DrawnPool? Pool);

    /// <param name="Verdict"><c>not-yet</c> while the seed is secret, then <c>fair</c>; <c>not-fair</c> as soon as anything speaks against it.</param>
    /// <param name="PoolVerdict"><c>complete</c> when everybody of the court's roster was drawn or left out with a reason that the log bears out,
    /// <c>not-complete</c> when not; <c>not-kept</c> when draws of the first format are among them, which do not say.</param>
    /// <param name="Method">How to draw again, by hand.</param>
    /// <param name="PoolMethod">How to hash a day's list again, by hand.</param>
    /// <param name="Proof">Each draw done again; null while the seed is secret.</param>
    /// <param name="Pools">Each day's list compared with the log.</param>
    public sealed record VerificationView(
        string Court, DateOnly Month, string Commitment, string? Seed, string Verdict, string PoolVerdict, string Method, string PoolMethod, DrawProof? Proof,
        IReadOnlyList<PoolProof> Pools, long? Position);

    /// <param name="Days">The days drawn now; seven at most, so ask again while there are any.</param>
    public sealed record DrawnNow(IReadOnlyList<DateOnly> Days);

    private const string Method =
        "SHA-256 of the seed's bytes is the commitment. HMAC-SHA-256 with the seed's bytes as key over \"{day}/{participationId}\", both in "
        + "lower case and without quotes: its first 8 bytes as a big-endian number, divided by 2^64, is less than chances/in exactly when selected.";

    private const string PoolMethod =
        "SHA-256 over lines in UTF-8, each ended by a line feed: \"pool/{format} {court} {day} places {placesVersion} roster {rosterVersion} court {courtVersion}\", then in "
        + "the order of their ids \"{participationId} {chances}/{in} @{version}\" for who could be drawn and \"{participationId} left-out {reason} @{version}\", the reason in "
        + "kebab-case, for who could not; without quotes.";

    private static readonly DateOnly ExampleMonth = new(2026, 3, 1);
    private static readonly DrawnParticipation ExampleDrawn = new(Guid.Parse("0195d6c4-0000-8000-8000-0000000000d1"), new SelectionOdds(2, 7), Selected: true) { Version = 12 };
    private static readonly DrawnPool ExamplePool = new(
        DrawnPool.CurrentFormat, PlacesVersion: 31, RosterVersion: 24,
        [new LeftOutParticipation(Guid.Parse("0195d6c4-0000-8000-8000-0000000000d2"), LeftOutReason.TestingNotBegun, Version: 7)], new string('0', 64));

    public static void Map(IEndpointRouteBuilder api)
    {
        const string selections = "/courts/{court}/test-selections";
        var commitment = new string('0', 64);

        api.MapFact(selections + "/draw", DrawAsync)
            .Named("drawTests", "Draw the days that are due, should the program not have done so by itself; each day is drawn once").Allow(Role.Coordinator)
            .Gives(new DrawnNow([new DateOnly(2026, 3, 3)]));
        api.MapAsk(selections + "/{month}", ReadAsync)
            .Named("readTestSelection", "A month's draws: the commitment before it, each day's draw, the seed after it").Allow(Readers).ShowsNobody(Nobody)
            .Asks(AskedMoment.Parameters)
            .Gives(new MonthView(
                "drug-court", ExampleMonth, commitment, ExampleMonth, ExampleMonth, Seed: null,
                [new DayView(ExampleMonth, CaughtUp: false, new DateTimeOffset(2026, 3, 1, 6, 0, 1, TimeSpan.Zero), 1, [ExampleDrawn], ExamplePool)], Position: 4711));
        api.MapAsk(selections + "/{month}/verification", VerifyAsync)
            .Named("verifyTestSelection", "Whether a month was drawn as promised: every draw done again with the disclosed seed, and nobody left out without a reason")
            .Allow(Readers).ShowsNobody(Nobody)
            .Asks(AskedMoment.Parameters)
            .Gives(new VerificationView("drug-court", ExampleMonth, commitment, commitment, "fair", "complete", Method, PoolMethod, new DrawProof(
                SeedMatches: true,
                [new DayProof(ExampleMonth, CaughtUp: false, [new ParticipationProof(ExampleDrawn.ParticipationId, ExampleDrawn.Odds, true, "1f3a9c0000000000", Holds: true)])],
                []),
                [new PoolProof(ExampleMonth, DrawnPool.CurrentFormat)], Position: 4711));
    }

    private static Task<IResult> DrawAsync(string court, CommandDesk desk, TestSelections selections, JurisdictionTime time) =>
        desk.RunAsync(async session =>
        {
            var configured = await session.LoadAsync(Streams.Court, StreamIds.Court(session.Actor.Jurisdiction, court));
            var drawn = new List<DateOnly>();
            if (!SelectionReading.IsOwn(session.Actor, configured.State))
            {
                session.Refuse(CourtRejections.NotFound(court));
            }
            else if (await time.PolicyAtAsync(session.Actor.Jurisdiction, session.Now, session.Cancellation) is { } policy)
            {
                var today = new Domain.Time.BusinessCalendar(policy.Policy).LocalDate(session.Now);
                var month = new DateOnly(today.Year, today.Month, 1);
                drawn.AddRange(await selections.AdvanceAsync(session, court, month.AddMonths(-1)));
                if (drawn.Count == 0)
                    drawn.AddRange(await selections.AdvanceAsync(session, court, month));
            }

            return new Answer(StatusCodes.Status200OK, null, new DrawnNow(drawn));
        });

    private static async Task<IResult> ReadAsync(
        string court, string month, AskedMoment asked, Actor actor, SelectionReading reading, HttpResponse response, CancellationToken cancellation)
    {
        var (found, refused) = await reading.OfAsync(actor, court, month, asked, cancellation);
        if (found is null)
            return Problems.From(refused!);
        if (asked.IsNow)
            response.SetVersion(found.Version);
        return TypedResults.Ok(new MonthView(
            court, found.Month, found.State.Commitment!, found.State.FirstDay, found.State.LastDrawn, found.State.Disclosed,
            [.. found.Drawn.Select(draw => new DayView(draw.Day, draw.CaughtUp, draw.OccurredAt, draw.CourtVersion, draw.Participations, draw.Pool))],
            found.Position));
    }

    private static async Task<IResult> VerifyAsync(
        string court, string month, AskedMoment asked, Actor actor, SelectionReading reading, CancellationToken cancellation)
    {
        var (found, refused) = await reading.OfAsync(actor, court, month, asked, cancellation);
        if (found is null)
            return Problems.From(refused!);
        var state = found.State;
        var proof = state.Disclosed is { } seed ? DrawProof.Of(state.Commitment!, seed, state.FirstDay, [.. found.Drawn]) : null;
        var pools = await reading.ProveAsync(actor, court, found, cancellation);
        // Who was left out can be told before the seed is known: that needs no secret.
        var verdict = !pools.All(pool => pool.Holds) || proof is { Holds: false } ? "not-fair" : proof is null ? "not-yet" : "fair";
        return TypedResults.Ok(new VerificationView(
            court, found.Month, state.Commitment!, state.Disclosed, verdict, PoolVerdict(pools), Method, PoolMethod, proof, pools, found.Position));
    }

    private static string PoolVerdict(IReadOnlyList<PoolProof> pools) =>
        !pools.All(pool => pool.Holds) ? "not-complete" : pools.All(pool => pool.IsKept) ? "complete" : "not-kept";
}
