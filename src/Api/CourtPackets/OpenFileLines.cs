using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Projections.CourtCompliance;
using static CaseFlow.Api.CourtPackets.PageText;

namespace CaseFlow.Api.CourtPackets;

/// <summary>The open file on paper: each entry as it was filed, the latest first; nothing is added up, and nothing says how things stand.</summary>
public sealed class OpenFileLines(PageText text, PageNames names)
{
    /// <summary>Stands before the entries.</summary>
    public const string Preface =
        "Entries of the open file, as far as it tells: what is in the court's other file may have changed what they say, and nothing here says how the participant stands.";

    private static readonly (string Title, Func<FileEntryKind, bool> Holds)[] Sections =
    [
        ("Participation, filed", kind => kind is <= FileEntryKind.Admitted or >= FileEntryKind.TerminationProposed),
        ("Phases, filed", kind => kind is >= FileEntryKind.PhaseAssigned and <= FileEntryKind.ObjectiveWaived),
        ("Hearings, filed", kind => kind.IsOfHearing()),
        ("Conditions and warrants, filed", kind => kind is >= FileEntryKind.ConditionOrdered and <= FileEntryKind.WarrantQuashed),
        ("Responses, filed", kind => kind is >= FileEntryKind.Incentive and <= FileEntryKind.JailServed),
        ("Orders and payments, filed", kind => kind is >= FileEntryKind.RestitutionOrdered and <= FileEntryKind.ServiceDone),
    ];

    /// <returns>A section for each kind of entry.</returns>
    public IEnumerable<PageSection> Of(OpenFileShown open) =>
        Sections.Select(section => PageSection.List(section.Title, [.. open.Entries.Where(entry => section.Holds(entry.Kind)).Reverse().Select(Line)]));

    private PageRow Line(OpenFileEntry entry)
    {
        var what = Together(Details(entry));
        return new PageRow(Day(entry.On), PageWords.Of(entry.Kind) + (what.Length == 0 ? "" : ": " + what));
    }

    private IEnumerable<string> Details(OpenFileEntry entry)
    {
        // That days of jail are jail is said by what was recorded.
        yield return entry.Kind == FileEntryKind.JailImposed ? "" : CodeOf(entry);
        if (entry.Phase is { } phase && entry.Kind is FileEntryKind.PhaseAdvanced or FileEntryKind.PhaseReturned)
            yield return $"from {names.Phase(entry.Detail)} to {names.Phase(entry.Phase)}";
        else if (entry.Phase is not null)
            yield return names.Phase(entry.Phase);
        else if (entry.Detail is not null)
            yield return entry.Kind.IsResponse() ? $"for: {names.Behaviour(entry.Detail)}" : DetailOf(entry);
        if (entry.At is { } at)
            yield return text.Time(at);
        if (entry.Amount is { } amount)
            yield return AmountOf(entry.Kind, amount);
        if (entry.DueOn is { } due)
            yield return $"{(entry.Kind is FileEntryKind.JailImposed ? "begins" : entry.Kind is FileEntryKind.Admitted ? "rests on what ends" : "due")} {Day(due)}";
        if (entry.Yes is { } yes)
            yield return YesOf(entry.Kind, yes);
    }

    private string CodeOf(OpenFileEntry entry) => entry.Kind switch
    {
        FileEntryKind.Referred => PageWords.Of<CourtReferralSource>(entry.Code),
        FileEntryKind.Screened => PageWords.Of<ScreeningKind>(entry.Code),
        FileEntryKind.Admitted => PageWords.Of<LegalBasis>(entry.Code),
        FileEntryKind.ObjectiveMet or FileEntryKind.ObjectiveWaived => names.Objective(entry.Phase, entry.Code),
        FileEntryKind.HearingScheduled or FileEntryKind.HearingHeld => PageWords.Of<HearingKind>(entry.Code),
        FileEntryKind.Incentive or FileEntryKind.Sanction or FileEntryKind.Adjustment => names.Response(entry.Code),
        FileEntryKind.TerminationHeard => PageWords.Of<TerminationOutcome>(entry.Code),
        FileEntryKind.Closed => PageWords.Of<ParticipationClosure>(entry.Code),
        FileEntryKind.Aftercare => PageWords.Of<ContactMode>(entry.Code),
        // Who supervises is somebody's id and no code.
        FileEntryKind.OfficerNamed => entry.Code ?? "",
        _ => PageWords.Code(entry.Code),
    };

    private static string DetailOf(OpenFileEntry entry) => entry.Kind switch
    {
        FileEntryKind.Screened => PageWords.Of<ScreeningResult>(entry.Detail),
        FileEntryKind.Admitted or FileEntryKind.Graduated => $"on completion {PageWords.Of<CompletionEffect>(entry.Detail)}",
        FileEntryKind.HearingHeld => PageWords.Of<HearingPresence>(entry.Detail),
        _ => PageWords.Code(entry.Detail),
    };

    private static string AmountOf(FileEntryKind kind, long amount) => kind switch
    {
        FileEntryKind.JailImposed or FileEntryKind.JailServed => Count(amount, "day"),
        FileEntryKind.ServiceOrdered or FileEntryKind.ServiceDone => Count(amount, "hour"),
        _ => Dollars(amount),
    };

    private static string YesOf(FileEntryKind kind, bool yes) => kind switch
    {
        FileEntryKind.Determined => yes ? "accepted" : "not accepted",
        FileEntryKind.HearingMissed => yes ? "excused" : "without excuse",
        FileEntryKind.Aftercare => yes ? "reached" : "not reached",
        _ => yes ? "referred onward" : "nobody referred to",
    };
}
