using System.Globalization;
using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.EventStore;

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
    public sealed record MonthView(
        string Court, DateOnly Month, string Commitment, DateOnly FirstDay, DateOnly? LastDrawn, string? Seed, IReadOnlyList<DayView> Draws);

    /// <param name="CaughtUp">Drawn after the day was over.</param>
    /// <param name="DrawnAt">UTC.</param>
    /// <param name="CourtVersion">Version of the court's configuration that the odds are from.</param>
    public sealed record DayView(
        DateOnly Day, bool CaughtUp, DateTimeOffset DrawnAt, int CourtVersion, IReadOnlyList<DrawnParticipation> Participations);

    /// <param name="Verdict"><c>not-yet</c> while the seed is secret, then <c>fair</c> or <c>not-fair</c>.</param>
    /// <param name="Method">How to draw again, by hand.</param>
    /// <param name="Proof">Each draw done again; null while the seed is secret.</param>
    public sealed record VerificationView(string Court, DateOnly Month, string Commitment, string? Seed, string Verdict, string Method, DrawProof? Proof);

    /// <param name="Days">The days drawn now; seven at most, so ask again while there are any.</param>
    public sealed record DrawnNow(IReadOnlyList<DateOnly> Days);

    private const string Method =
        "SHA-256 of the seed's bytes is the commitment. HMAC-SHA-256 with the seed's bytes as key over \"{day}/{participationId}\", both in "
        + "lower case and without quotes: its first 8 bytes as a big-endian number, divided by 2^64, is less than chances/in exactly when selected.";

    private static readonly DateOnly ExampleMonth = new(2026, 3, 1);
    private static readonly DrawnParticipation ExampleDrawn = new(Guid.Parse("0195d6c4-0000-8000-8000-0000000000d1"), new SelectionOdds(2, 7), Selected: true);

    public static void Map(IEndpointRouteBuilder api)
    {
        const string selections = "/courts/{court}/test-selections";
        var commitment = new string('0', 64);

        api.MapFact(selections + "/draw", DrawAsync)
            .Named("drawTests", "Draw the days that are due, should the program not have done so by itself; each day is drawn once").Allow(Role.Coordinator)
            .Gives(new DrawnNow([new DateOnly(2026, 3, 3)]));
        api.MapAsk(selections + "/{month}", ReadAsync)
            .Named("readTestSelection", "A month's draws: the commitment before it, each day's draw, the seed after it").Allow(Readers).ShowsNobody(Nobody)
            .Gives(new MonthView(
                "drug-court", ExampleMonth, commitment, ExampleMonth, ExampleMonth, Seed: null,
                [new DayView(ExampleMonth, CaughtUp: false, new DateTimeOffset(2026, 3, 1, 6, 0, 1, TimeSpan.Zero), 1, [ExampleDrawn])]));
        api.MapAsk(selections + "/{month}/verification", VerifyAsync)
            .Named("verifyTestSelection", "Whether a month was drawn as promised: every draw done again with the disclosed seed").Allow(Readers).ShowsNobody(Nobody)
            .Gives(new VerificationView("drug-court", ExampleMonth, commitment, commitment, "fair", Method, new DrawProof(
                SeedMatches: true,
                [new DayProof(ExampleMonth, CaughtUp: false, [new ParticipationProof(ExampleDrawn.ParticipationId, ExampleDrawn.Odds, true, "1f3a9c0000000000", Holds: true)])],
                [])));
    }

    private static Task<IResult> DrawAsync(string court, CommandDesk desk, TestSelections selections, JurisdictionTime time) =>
        desk.RunAsync(async session =>
        {
            var configured = await session.LoadAsync(Streams.Court, StreamIds.Court(session.Actor.Jurisdiction, court));
            var drawn = new List<DateOnly>();
            if (!IsOwn(session.Actor, configured.State))
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
        string court, string month, Actor actor, IEventStore store, ReadingRights rights, HttpResponse response, CancellationToken cancellation)
    {
        var asked = await FindAsync(court, month, actor, store, rights, cancellation);
        if (asked.Found is not { } found)
            return Problems.From(asked.Refused!);
        response.SetVersion(found.Version);
        return TypedResults.Ok(new MonthView(
            court, asked.Month, found.State.Commitment!, found.State.FirstDay, found.State.LastDrawn, found.State.Disclosed,
            [.. asked.Draws.Select(draw => new DayView(draw.Day, draw.CaughtUp, draw.OccurredAt, draw.CourtVersion, draw.Participations))]));
    }

    private static async Task<IResult> VerifyAsync(
        string court, string month, Actor actor, IEventStore store, ReadingRights rights, CancellationToken cancellation)
    {
        var asked = await FindAsync(court, month, actor, store, rights, cancellation);
        if (asked.Found is not { State: var state })
            return Problems.From(asked.Refused!);
        var proof = state.Disclosed is { } seed ? DrawProof.Of(state.Commitment!, seed, state.FirstDay, asked.Draws) : null;
        var verdict = proof is null ? "not-yet" : proof.Holds ? "fair" : "not-fair";
        return TypedResults.Ok(new VerificationView(court, asked.Month, state.Commitment!, state.Disclosed, verdict, Method, proof));
    }

    private sealed record Asked(DateOnly Month, Rejection? Refused, Folded<SelectionState>? Found, IReadOnlyList<TestsDrawn> Draws);

    private static async Task<Asked> FindAsync(
        string court, string text, Actor actor, IEventStore store, ReadingRights rights, CancellationToken cancellation)
    {
        if (await rights.CheckGrantAsync(actor, cancellation) is { } noGrant)
            return new Asked(default, noGrant, null, []);
        var configured = await store.FoldAsync(Streams.Court, actor.Jurisdiction, StreamIds.Court(actor.Jurisdiction, court), cancellation);
        var watches = actor.Role is Role.PrivacyOfficer or Role.Auditor;
        if (configured.Version == 0 || !(watches || IsOwn(actor, configured.State)))
            return new Asked(default, CourtRejections.NotFound(court), null, []);
        if (!DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
            return new Asked(default, SelectionRejections.MonthNotFound(), null, []);
        var read = await store.ReadStreamAsync(actor.Jurisdiction, StreamIds.TestSelection(actor.Jurisdiction, court, month), cancellation: cancellation);
        var facts = read.Events.Select(recorded => recorded.Data).OfType<SelectionEvent>().ToList();
        var state = facts.Aggregate(SelectionState.Initial, SelectionState.Evolve);
        return state.Commitment is null
            ? new Asked(month, SelectionRejections.MonthNotFound(), null, [])
            : new Asked(month, null, new Folded<SelectionState>(read.Version, state), [.. facts.OfType<TestsDrawn>()]);
    }

    private static bool IsOwn(Actor actor, CourtState court) =>
        court.Versions.Count > 0 && actor.Agency is { } agency && court.Versions[^1].Configuration.AgencyId == agency;
}
