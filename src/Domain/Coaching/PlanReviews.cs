namespace CaseFlow.Domain.Coaching;

/// <summary>
/// When the recovery plan that counts is to be reviewed: on the day that coach and client agreed, each review says the next. Views may fold it as
/// it is.
/// </summary>
/// <param name="Dates">As the plan was made, and each review that counts, in the order of recording; never empty.</param>
public sealed record PlanReviews(Guid PlanId, IReadOnlyList<ReviewDate> Dates)
{
    /// <returns>The review that is to come.</returns>
    public ReviewDate Next() => Dates[^1];

    /// <returns>After an event of the coaching; the same after any that moves no review. A review that never was moves it back.</returns>
    /// <param name="plan">Before it; null while there is no plan.</param>
    /// <param name="eventId">Of the event.</param>
    /// <param name="fact">What it says.</param>
    public static PlanReviews? After(PlanReviews? plan, Guid eventId, CoachingEvent fact) => fact switch
    {
        RecoveryPlanCreated e => new PlanReviews(e.PlanId, [new ReviewDate(eventId, e.ReviewOn, e.OccurredAt)]),
        RecoveryPlanReviewed e when plan?.PlanId == e.PlanId => plan with { Dates = [.. plan.Dates, new ReviewDate(eventId, e.NextReviewOn, e.OccurredAt)] },
        RecoveryPlanEntryRetracted { Retracts: PlanStatement.Review } e when plan?.PlanId == e.SubjectId =>
            plan with { Dates = [.. plan.Dates.Where(date => date.EventId != e.CorrectedEventId)] },
        _ => plan,
    };
}

/// <param name="EventId">What says so.</param>
/// <param name="On">Local day.</param>
/// <param name="Since">When it was agreed, UTC.</param>
public sealed record ReviewDate(Guid EventId, DateOnly On, DateTimeOffset Since);
