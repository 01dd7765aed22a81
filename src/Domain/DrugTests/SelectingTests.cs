using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Courts;

namespace CaseFlow.Domain.DrugTests;

/// <summary>A month's seed is bound by its hash, before the first day that is drawn with it.</summary>
/// <param name="Commitment">SHA-256 of the seed.</param>
public sealed record CommitSelectionSeed(string Court, SelectionMonth Month, string Commitment)
{
    public static Decision<SelectionEvent> Decide(CommitSelectionSeed command, SelectionState state, DateTimeOffset now)
    {
        if (state.Commitment is not null)
            return Decision<SelectionEvent>.AlreadyDone;
        return command.Month.FirstDayFrom(now) is { } firstDay
            ? new SelectionSeedCommitted(command.Commitment, firstDay, command.Month.StartOf(firstDay))
            {
                Court = command.Court,
                Month = command.Month.First,
            }.At(now)
            : SelectionRejections.MonthOver();
    }
}

/// <summary>The next day of a month is drawn, once; days that were not drawn in time are drawn in their order, and say so.</summary>
/// <param name="Seed">The month's.</param>
/// <param name="Pool">Who may be tested that day, with the odds of each, and who may not, with the reason.</param>
/// <param name="CourtVersion">Version of the court's configuration that the odds are from.</param>
public sealed record DrawTests(string Court, SelectionMonth Month, byte[] Seed, DayPool Pool, int CourtVersion)
{
    public static Decision<SelectionEvent> Decide(DrawTests command, SelectionState state, DateTimeOffset now)
    {
        if (state.Commitment is null)
            return SelectionRejections.NothingCommitted();
        if (Drawing.CommitmentOf(command.Seed) != state.Commitment)
            return SelectionRejections.AnotherSeed();
        var day = state.NextDay;
        if (!IsDue(state, command.Month, now))
            return Decision<SelectionEvent>.AlreadyDone;

        var after = command.Month.StartOf(day.AddDays(1));
        var drawn = new TestsDrawn(
            day,
            CaughtUp: now >= after,
            [
                .. command.Pool.Candidates.OrderBy(one => one.ParticipationId)
                    .Select(one => Drawing.Draw(command.Seed, day, one.ParticipationId, one.Odds) with { Version = one.Version }),
            ],
            command.CourtVersion,
            after)
        {
            Court = command.Court,
            Month = command.Month.First,
            Pool = new DrawnPool(
                DrawnPool.CurrentFormat, command.Pool.PlacesVersion, command.Pool.RosterVersion,
                [.. command.Pool.LeftOut.OrderBy(one => one.ParticipationId)], Hash: ""),
        }.At(now);
        return drawn with { Pool = drawn.Pool! with { Hash = DayPool.HashOf(drawn) } };
    }

    /// <summary>
    /// Nobody is drawn who has died by the end of the day, as known when it is drawn: they are not among those who could be. The draw of everybody
    /// else follows from seed, day and participation alone, so it is the same, and is proved the same.
    /// </summary>
    /// <param name="month">Of the day.</param>
    /// <param name="day">The local day.</param>
    /// <param name="death">As far as any record of the person knows; null while they live.</param>
    public static bool MayBeDrawn(SelectionMonth month, DateOnly day, KnownDeath? death) => death is null || death.Latest > month.StartOf(day.AddDays(1));

    /// <returns>Whether the month has a day that has begun and is not drawn.</returns>
    public static bool IsDue(SelectionState state, SelectionMonth month, DateTimeOffset now) =>
        state.Commitment is not null && state.NextDay <= month.Last && month.StartOf(state.NextDay) <= now;
}

/// <summary>After the month, and once every day of it is drawn, the seed is no longer secret: each draw can be checked.</summary>
public sealed record DiscloseSelectionSeed(string Court, SelectionMonth Month, byte[] Seed)
{
    public static Decision<SelectionEvent> Decide(DiscloseSelectionSeed command, SelectionState state, DateTimeOffset now)
    {
        if (state.Commitment is null)
            return SelectionRejections.NothingCommitted();
        if (state.Disclosed is not null)
            return Decision<SelectionEvent>.AlreadyDone;
        if (state.NextDay <= command.Month.Last || now < command.Month.StartOf(command.Month.Next.First))
            return SelectionRejections.MonthNotOver();
        return Drawing.CommitmentOf(command.Seed) == state.Commitment
            ? new SelectionSeedDisclosed(Convert.ToHexStringLower(command.Seed)) { Court = command.Court, Month = command.Month.First }.At(now)
            : SelectionRejections.AnotherSeed();
    }
}

/// <summary>A participation takes part in the draws from the next day on.</summary>
/// <param name="Rules">The court's; null for a court without tests.</param>
/// <param name="FirstDay">The local day after today.</param>
public sealed record StartRandomTesting(string Court, Guid ParticipationId, Guid ClientId, TestRules? Rules, DateOnly FirstDay)
{
    /// <summary>As far as any record of the person knows; null while they live.</summary>
    public KnownDeath? Death { get; init; }

    public static Decision<TestingRosterEvent> Decide(StartRandomTesting command, TestingRosterState state, DateTimeOffset now) => command switch
    {
        { Rules: null } => SelectionRejections.CourtWithoutTests(),
        _ when command.Death?.CheckDone(now) is { } dead => dead,
        _ when state.Tested.ContainsKey(command.ParticipationId) => Decision<TestingRosterEvent>.AlreadyDone,
        _ => new RandomTestingStarted(command.FirstDay)
        {
            Court = command.Court,
            ParticipationId = command.ParticipationId,
            ClientId = command.ClientId,
        }.At(now),
    };
}

/// <summary>A participation takes part in no draw any more.</summary>
public sealed record EndRandomTesting(string Court, Guid ParticipationId, TestingEndReason Reason)
{
    public static Decision<TestingRosterEvent> Decide(EndRandomTesting command, TestingRosterState state, DateTimeOffset now) =>
        state.Tested.TryGetValue(command.ParticipationId, out var tested)
            ? new RandomTestingEnded(command.Reason)
            {
                Court = command.Court,
                ParticipationId = command.ParticipationId,
                ClientId = tested.ClientId,
            }.At(now)
            : state.Left.Contains(command.ParticipationId)
                ? Decision<TestingRosterEvent>.AlreadyDoneIf<RandomTestingEnded>(fact => fact.ParticipationId == command.ParticipationId, (fact, _) => fact.Reason == command.Reason)
                : Decision<TestingRosterEvent>.AlreadyDone;
}

/// <summary>Every way a draw can be refused.</summary>
public static class SelectionRejections
{
    public static Rejection CourtWithoutTests() =>
        new(RejectionKind.Conflict, "court-without-tests", "This court does not test for drugs.");

    public static Rejection NothingCommitted() =>
        new(RejectionKind.Conflict, "selection-seed-not-committed", "A month is drawn only with a seed that was committed to before.");

    public static Rejection AnotherSeed() =>
        new(RejectionKind.Conflict, "selection-seed-differs", "This is not the seed that was committed to.");

    public static Rejection MonthOver() =>
        new(RejectionKind.Conflict, "selection-month-over", "No day of the month is left that a seed could be committed to before.");

    public static Rejection MonthNotOver() =>
        new(RejectionKind.Conflict, "selection-month-not-over", "The seed stays secret until the month is over and every day of it is drawn.");

    public static Rejection MonthNotFound() =>
        new(RejectionKind.NotFound, "selection-month-not-found", "There are no draws of that month here; a month is written as 2026-03.");
}
