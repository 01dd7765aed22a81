using System.Globalization;
using CaseFlow.Domain;

namespace CaseFlow.Api.Imports;

/// <summary>Date and time of a row as honestly as they can be told (<c>docs/imports.md</c>, "Time").</summary>
internal static class IncidentTime
{
    /// <summary>Dates before are defaults of some machine.</summary>
    private static readonly DateOnly Earliest = new(1990, 1, 1);

    private static readonly string[] TimeShapes = ["HH:mm:ss", "HH:mm"];

    /// <param name="when">The times, when the row stands.</param>
    /// <param name="notes">Gets what could not be told.</param>
    /// <returns>Why the row is rejected, or null.</returns>
    public static RejectedRow? Read(IncidentRow row, ImportTerms terms, List<RowNote> notes, out When when)
    {
        when = default;
        if (!DateOnly.TryParseExact(row.IncidentDate, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return row.Reject("date-unreadable", "incident_date", "Not a date of the form 2018-01-31.");
        if (date < Earliest)
            return row.Reject("date-too-early", "incident_date", "The date lies before 1990.");
        if (date > terms.Calendar.LocalDate(terms.KnownAt))
            return row.Reject("date-in-future", "incident_date", "The date lies in the future.");

        var unknown = IncidentCodes.IsUnknown(row.IncidentTime);
        var time = TimeOnly.MinValue;
        if (!unknown
            && !TimeOnly.TryParseExact(row.IncidentTime, TimeShapes, CultureInfo.InvariantCulture, DateTimeStyles.None, out time))
        {
            return row.Reject("time-unreadable", "incident_time", "Not a time of the form 18:30:00.");
        }

        if (unknown || time == TimeOnly.MinValue)
        {
            notes.Add(new RowNote("incident_time", RowNote.Unknown));
            var (start, end) = terms.Calendar.DayOf(date);
            when = new When(start, TimePrecision.Day, terms.KnownAt, end);
            return null;
        }

        var local = date.ToDateTime(time);
        if (terms.Zone.IsInvalidTime(local))
            return row.Reject("time-skipped", "incident_time", "The clocks went forward over this time; it never was.");
        var twice = terms.Zone.IsAmbiguousTime(local);
        if (twice)
            notes.Add(new RowNote("incident_time", RowNote.TwiceThatNight));
        when = new When(terms.Calendar.Utc(date, time), twice ? TimePrecision.Estimated : TimePrecision.Minute, terms.KnownAt);
        return when.OccurredAt > terms.KnownAt + When.Skew
            ? row.Reject("date-in-future", "incident_time", "The time lies in the future.")
            : null;
    }
}

/// <summary>Something that is not known of a row that stands; counted in the summary.</summary>
/// <param name="Field">The column.</param>
/// <param name="What">What is the matter.</param>
public readonly record struct RowNote(string Field, string What)
{
    /// <summary>The source says that it does not know.</summary>
    public const string Unknown = "unknown";

    /// <summary>A value outside the code list; recorded as unknown.</summary>
    public const string NotListed = "not in the code list";

    /// <summary>Some substances named, and others unknown.</summary>
    public const string PartlyUnknown = "partly unknown";

    /// <summary>The clocks went back over it; recorded as an estimate.</summary>
    public const string TwiceThatNight = "twice that night";
}
