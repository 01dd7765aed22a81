using System.Globalization;
using CaseFlow.Domain;
using CaseFlow.Projections.CourtCompliance;

namespace CaseFlow.Api.CourtPackets;

/// <summary>The open file on paper: each entry as it was filed, the latest first; nothing is added up, and nothing says how things stand.</summary>
/// <param name="time">An instant as the court's clock shows it.</param>
public sealed class OpenFileLines(Func<DateTimeOffset, string> time)
{
    /// <summary>Stands before the entries.</summary>
    public const string Preface =
        "Entries of the open file, as far as it tells: what is in the court's other file may have changed what they say, and nothing here says how the participant stands.";

    /// <summary>More entries of one kind than this would not stay on one page; the page says how many more there are.</summary>
    private const int Latest = 6;

    private static readonly (string Title, Func<FileEntryKind, bool> Holds)[] Sections =
    [
        ("Participation, filed", kind => kind is <= FileEntryKind.Admitted or >= FileEntryKind.TerminationProposed),
        ("Phases, filed", kind => kind is >= FileEntryKind.PhaseAssigned and <= FileEntryKind.ObjectiveWaived),
        ("Hearings, filed", kind => kind.IsOfHearing()),
        ("Conditions and warrants, filed", kind => kind is >= FileEntryKind.ConditionOrdered and <= FileEntryKind.WarrantQuashed),
        ("Responses, filed", kind => kind is >= FileEntryKind.Incentive and <= FileEntryKind.JailServed),
        ("Orders and payments, filed", kind => kind is >= FileEntryKind.RestitutionOrdered and <= FileEntryKind.ServiceDone),
    ];

    /// <returns>Sections that have entries, each with its lines.</returns>
    public IEnumerable<(string Title, List<(string Name, string Value)> Lines)> Of(OpenFileShown open)
    {
        foreach (var (title, holds) in Sections)
        {
            var entries = open.Entries.Where(entry => holds(entry.Kind)).Reverse().ToList();
            List<(string, string)> lines = [.. entries.Take(Latest).Select(Line)];
            if (entries.Count > Latest)
                lines.Add(("Filed before", $"{(entries.Count - Latest).ToString(CultureInfo.InvariantCulture)} more entries, in the data of this page"));
            if (lines.Count > 0)
                yield return (title, lines);
        }
    }

    private (string Name, string Value) Line(OpenFileEntry entry)
    {
        var what = Details(entry).Where(text => text.Length > 0).ToList();
        return (Day(entry.On), PlainNames.Words(entry.Kind) + (what.Count == 0 ? "" : ": " + string.Join(", ", what)));
    }

    private IEnumerable<string> Details(OpenFileEntry entry)
    {
        yield return Plain(entry.Code);
        if (entry.Phase is { } phase)
            yield return entry.Kind is FileEntryKind.PhaseAdvanced or FileEntryKind.PhaseReturned ? $"from {Plain(entry.Detail)} to {Plain(phase)}" : Plain(phase);
        else if (entry.Detail is { } detail)
            yield return entry.Kind.IsResponse() ? $"for {Plain(detail)}" : Plain(detail);
        if (entry.At is { } at)
            yield return time(at);
        if (entry.Amount is { } amount)
            yield return AmountOf(entry.Kind, amount);
        if (entry.DueOn is { } due)
            yield return $"{(entry.Kind is FileEntryKind.JailImposed ? "begins" : entry.Kind is FileEntryKind.Admitted ? "rests on what ends" : "due")} {Day(due)}";
        if (entry.Yes is { } yes)
            yield return YesOf(entry.Kind, yes);
    }

    private static string AmountOf(FileEntryKind kind, long amount) => kind switch
    {
        FileEntryKind.JailImposed or FileEntryKind.JailServed => $"{amount.ToString(CultureInfo.InvariantCulture)} {(amount == 1 ? "day" : "days")}",
        FileEntryKind.ServiceOrdered or FileEntryKind.ServiceDone => $"{amount.ToString(CultureInfo.InvariantCulture)} {(amount == 1 ? "hour" : "hours")}",
        _ => string.Create(CultureInfo.InvariantCulture, $"${amount / 100}.{amount % 100:00}"),
    };

    private static string YesOf(FileEntryKind kind, bool yes) => kind switch
    {
        FileEntryKind.Determined => yes ? "accepted" : "not accepted",
        FileEntryKind.HearingMissed => yes ? "excused" : "without excuse",
        FileEntryKind.Aftercare => yes ? "reached" : "not reached",
        _ => yes ? "referred onward" : "nobody referred to",
    };

    /// <summary>A code in words: <c>missed-test</c> and <c>inPerson</c> read as people say them.</summary>
    private static string Plain(string? code)
    {
        if (string.IsNullOrEmpty(code))
            return "";
        var words = string.Concat(code.Select(letter => char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : letter == '-' ? " " : letter.ToString()));
        return words.TrimStart();
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
