namespace CaseFlow.Domain.Coaching;

/// <summary>Who coaches since when, as far as times are counted from it. Views may fold it as it is.</summary>
/// <param name="CoachedSince">When the first coach of this coaching took the client on, UTC; null while it is not, or is over.</param>
/// <param name="AssignedAt">When the coach of now did, UTC; null while there is none.</param>
/// <param name="UnassignedAt">When the last one left, UTC; null while there is one, and once it is over with nobody to come.</param>
/// <param name="NextCoachBy">When there is to be a next one, UTC (R24).</param>
/// <param name="NextCoachByVersion">Version of the court's configuration that says so; null where it was not kept.</param>
/// <param name="HandoverOpen">The coach of now has not confirmed having read what the one before left.</param>
/// <param name="HadCoach">There was a coach here before.</param>
public sealed record CoachTenure(
    DateTimeOffset? CoachedSince, DateTimeOffset? AssignedAt, DateTimeOffset? UnassignedAt, DateTimeOffset? NextCoachBy, int? NextCoachByVersion,
    bool HandoverOpen, bool HadCoach)
{
    public static readonly CoachTenure None = new(null, null, null, null, null, false, false);

    /// <returns>The tenure after what happened; the same after anything that is not about who coaches.</returns>
    public CoachTenure After(CoachingEvent fact) => fact switch
    {
        CoachAssigned e => None with { CoachedSince = CoachedSince ?? e.OccurredAt, AssignedAt = e.OccurredAt, HandoverOpen = HadCoach, HadCoach = true },
        CoachUnassigned e => None with
        {
            CoachedSince = CoachedSince,
            UnassignedAt = e.OccurredAt,
            NextCoachBy = e.NextCoachBy,
            NextCoachByVersion = e.CourtVersion,
            HadCoach = HadCoach,
        },
        HandoverCompleted => this with { HandoverOpen = false },
        // What is ended while the court's order stands wants a next coach; a time that runs already goes on.
        CoachingEnded { NextCoachBy: { } nextBy } e => None with
        {
            UnassignedAt = UnassignedAt ?? e.OccurredAt,
            NextCoachBy = nextBy,
            NextCoachByVersion = e.CourtVersion,
            HadCoach = HadCoach,
        },
        CoachingEnded => None with { HadCoach = HadCoach },
        _ => this,
    };
}
