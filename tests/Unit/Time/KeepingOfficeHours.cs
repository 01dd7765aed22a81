using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Time;
using FsCheck;
using FsCheck.Fluent;

namespace CaseFlow.Unit.Time;

/// <summary>Whatever the office hours and holidays, whenever the clock starts; offices open by day (05:00 to 22:00).</summary>
public sealed class KeepingOfficeHours : CalendarSpec
{
    private const int MinutesInAYear = 365 * 24 * 60;

    [Fact]
    public void A_limit_never_ends_before_it_starts() => Always(Enum.GetValues<TimeUnit>(), story => story.Due() > story.From);

    [Fact]
    public void A_limit_of_the_office_ends_while_it_is_open_or_at_closing() =>
        Always([TimeUnit.BusinessDays, TimeUnit.OfficeHours], story =>
            story.OpenOn(story.Calendar.LocalDate(story.Due())) is { } day
            && story.Calendar.LocalTime(story.Due()) is var time && time >= day.Opens && time <= day.Closes);

    [Fact]
    public void A_later_start_never_ends_earlier() => Always(Enum.GetValues<TimeUnit>(), story =>
        story.Calendar.Add(story.From + story.Further, story.Limit) >= story.Due());

    [Fact]
    public void So_many_business_days_cross_so_many_office_days() => Always([TimeUnit.BusinessDays], story =>
    {
        var start = story.Calendar.OfficeTimeFrom(story.From);
        var (first, last) = (story.Calendar.LocalDate(start), story.Calendar.LocalDate(story.Due()));
        var wholeFirstDay = story.Calendar.LocalTime(start) == story.OpenOn(first)!.Opens;

        return story.OpenDays(first, last) == story.Limit.Amount + (wholeFirstDay ? 0 : 1)
            && (!wholeFirstDay || story.Calendar.LocalTime(story.Due()) == story.OpenOn(last)!.Closes);
    });

    [Fact]
    public void So_many_office_hours_are_open_until_the_end() => Always([TimeUnit.OfficeHours], story =>
        story.OpenTime() == TimeSpan.FromHours(story.Limit.Amount));

    [Fact]
    public void The_clock_starts_at_the_first_open_moment() => Always([TimeUnit.BusinessDays], story =>
        story.Calendar.OfficeTimeFrom(story.From) is var start
        && start >= story.From
        && story.Calendar.OfficeTimeFrom(start) == start
        && story.OpenTime(start) == TimeSpan.Zero);

    private static void Always(TimeUnit[] units, Func<Story, bool> holds) =>
        Check.QuickThrowOnFailure(Prop.ForAll(Stories(units).ToArbitrary(), holds));

    private static Gen<Story> Stories(TimeUnit[] units) =>
        from days in Gen.SubListOf(Enum.GetValues<DayOfWeek>()).Where(days => days.Count > 0)
        from hours in Hours().ArrayOf(days.Count)
        from holidays in Gen.Choose(0, 400).ArrayOf()
        from minute in Gen.Choose(0, MinutesInAYear)
        from second in Gen.Choose(0, 59)
        from further in Gen.Frequency((1, Gen.Choose(0, 120)), (1, Gen.Choose(0, 20_000)))
        from unit in Gen.Elements(units)
        from amount in Gen.Choose(1, 12)
        select new Story(
            Weekdays with
            {
                OfficeHours = [.. days.Zip(hours, (day, open) => new OfficeDay(day, open.Opens, open.Closes))],
                Holidays = [.. holidays.Select(new DateOnly(2026, 1, 1).AddDays).Distinct()],
            },
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minute).AddSeconds(second),
            TimeSpan.FromMinutes(further),
            new TimeLimit(amount, unit));

    private static Gen<(TimeOnly Opens, TimeOnly Closes)> Hours() =>
        from opens in Gen.Choose(10, 24)
        from halfHours in Gen.Choose(1, 20)
        select (new TimeOnly(5, 0).AddMinutes((opens - 10) * 30), new TimeOnly(5, 0).AddMinutes((opens - 10 + halfHours) * 30));

    private sealed record Story(JurisdictionPolicy Policy, DateTimeOffset From, TimeSpan Further, TimeLimit Limit)
    {
        public BusinessCalendar Calendar { get; } = new(Policy);

        public DateTimeOffset Due() => Calendar.Add(From, Limit);

        public OfficeDay? OpenOn(DateOnly date) =>
            Policy.Holidays.Contains(date) ? null : Policy.OfficeHours.SingleOrDefault(day => day.Day == date.DayOfWeek);

        public int OpenDays(DateOnly first, DateOnly last) => Dates(first, last).Count(date => OpenOn(date) is not null);

        /// <returns>How long the office is open from the start until an instant, the due time unless said.</returns>
        public TimeSpan OpenTime(DateTimeOffset? until = null)
        {
            var end = until ?? Due();
            return Dates(Calendar.LocalDate(From), Calendar.LocalDate(end))
                .Where(date => OpenOn(date) is not null)
                .Select(date => Shared(Calendar.Utc(date, OpenOn(date)!.Opens), Calendar.Utc(date, OpenOn(date)!.Closes), From, end))
                .Aggregate(TimeSpan.Zero, (sum, open) => sum + open);
        }

        private static TimeSpan Shared(DateTimeOffset opens, DateTimeOffset closes, DateTimeOffset from, DateTimeOffset until)
        {
            var (start, end) = (opens > from ? opens : from, closes < until ? closes : until);
            return end > start ? end - start : TimeSpan.Zero;
        }

        private static IEnumerable<DateOnly> Dates(DateOnly first, DateOnly last) =>
            Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays);
    }
}
