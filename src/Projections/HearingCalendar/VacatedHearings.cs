namespace CaseFlow.Projections.HearingCalendar;

/// <summary>
/// An end vacates the hearings that were still to come. Nobody records that: it follows from the end as long as the end stands, so that a
/// retracted end brings them back, and every moment that is asked about has its own answer.
/// </summary>
public static class VacatedHearings
{
    /// <summary>
    /// A hearing before the day of the end that lacks its outcome still does. Of the day itself, whatever the hour: no outcome is recorded any more once the
    /// participation is over.
    /// </summary>
    /// <param name="hearing">As its entries tell it.</param>
    /// <param name="endedOn">The court's local day of the end; null while there is none.</param>
    /// <param name="dayOf">The court's local day of an instant.</param>
    public static Hearing After(this Hearing hearing, DateOnly? endedOn, Func<DateTimeOffset, DateOnly> dayOf) =>
        hearing.State == HearingState.Scheduled && endedOn is { } last && dayOf(hearing.At) >= last ? hearing with { State = HearingState.Vacated } : hearing;
}
