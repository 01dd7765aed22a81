using CaseFlow.Api.CourtPackets;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.Projections.CourtActivity;
using CaseFlow.Projections.CourtCompliance;
using CaseFlow.Projections.HearingCalendar;

namespace CaseFlow.Unit.CourtReports;

/// <summary>Pages that were not kept are made again by the measures of their time: what is measured otherwise since makes none of them another page.</summary>
public sealed class MakingFirstPagesAgain
{
    private static readonly (Guid Participation, Guid Client) Ids = (Guid.Parse("0195d6c4-0000-8000-8000-0000000000d1"), Guid.Parse("0195d6c4-0000-7000-8000-000000000001"));
    private static readonly DateTimeOffset Now = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 3, 3);
    private static readonly CourtConfiguration Court = CourtTemplates.Of(CourtType.Drug, "Drug court", "court", []);
    private static readonly FileEntry Admission = Fact(FileEntryKind.Admitted, 10, "sentence") with { Detail = "sentenceReduced" };
    private static readonly FileEntry First = Fact(FileEntryKind.PhaseAssigned, 10) with { Phase = "acute-stabilization" };

    [Theory]
    [InlineData(20, -20)]
    [InlineData(10, -10)]
    [InlineData(3, -3)]
    [InlineData(null, -10)]
    public void The_next_hearing_was_due_after_the_last_also_after_one_of_before_the_admission(int? heldDaysAgo, int from)
    {
        var content = Content([Admission, First], heldDaysAgo);
        var days = Court.Phases[0].HearingIntervalDays;

        FirstFormats.Without(content).Compliance!.Hearings.NextDueBy.ShouldBe(Today.AddDays(from + days));
        content.Compliance!.Hearings.NextDueBy.ShouldBe(Today.AddDays(Math.Max(from, -10) + days), "and today it is counted from the later of the two");
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(null, FileEntryKind.Withdrew, true)]
    [InlineData("terminate", null, false)]
    [InlineData("continue", null, false)]
    [InlineData("terminate", FileEntryKind.Terminated, false)]
    public void A_proposal_was_open_until_a_hearing_or_a_termination(string? outcome, FileEntryKind? end, bool open)
    {
        var proposal = Fact(FileEntryKind.TerminationProposed, 5, "absconded");
        List<FileEntry> facts = [Admission, First, proposal];
        if (outcome is not null)
            facts.Add(Fact(FileEntryKind.TerminationHeard, 4, outcome) with { About = proposal.EntryId });
        if (end is { } kind)
            facts.Add(Fact(kind, 3, "moved") with { About = kind == FileEntryKind.Terminated ? proposal.EntryId : null });

        var made = FirstFormats.Without(Content(facts, null));
        (made.Compliance!.TerminationProposed, made.Compliance.TerminationDecided).ShouldBe((open, false));
    }

    /// <summary>Days served are told with the jail that they are of; those that were taken back stood among the first pages' responses.</summary>
    [Fact]
    public void Days_served_that_were_taken_back_are_shown_where_they_stood_and_nowhere_else()
    {
        static ActivityLine Line(FileEntry entry)
        {
            var row = new ActivityEntry(Ids.Participation, Ids.Client, ActivityKind.Response, entry.EntryId, entry.On, "", []) { Entry = entry };
            return new ActivityLine(Ids.Participation, ActivityKind.Response, row.State, row.Step, entry.On, entry.Amount ?? 0, "", row);
        }

        var jail = Fact(FileEntryKind.JailImposed, 5, "jail") with { Amount = 2 };
        var served = Fact(FileEntryKind.JailServed, 4) with { About = jail.EntryId, Amount = 1 };
        var wrong = Fact(FileEntryKind.JailServed, 3, "") with { About = jail.EntryId, Amount = 1, RetractedAt = Now };
        var content = Content([Admission, First], null, Line(jail), Line(served), Line(wrong));

        content.Compliance!.Responses.Latest.Select(one => (one.Code, one.Days, one.DaysServed)).ShouldBe([("jail", 2, 1)]);
        FirstFormats.Without(content).Compliance!.Responses.Latest.Select(one => (one.Code, one.Retracted)).ShouldBe([("", true), ("jail", false)]);
    }

    [Fact]
    public void Of_how_it_was_measured_then_no_answer_tells() => PageMade.DataOf(Content([Admission, First], 20)).ShouldNotContain("\"first\"");

    private static PageContent Content(IReadOnlyList<FileEntry> facts, int? heldDaysAgo, params ActivityLine[] activity)
    {
        List<HearingEntry> hearings = heldDaysAgo is { } ago
            ? [new HearingEntry(Ids.Participation, Ids.Client, "drug-court", InOpenFile: true, Fact(FileEntryKind.HearingHeld, ago, "status") with { At = Now.AddDays(-ago) }, 1)]
            : [];
        var entry = new ComplianceEntry(Ids.Participation, Ids.Client, "C-1", "drug-court", "court", 1, facts);
        var measured = Measuring.Of(new MeasuredBy(entry, activity, hearings, new CourtInForce(Court, 1), Now, Today));
        return new PageContent("Drug court", null, "whole", Today, measured, RedisclosureNotice: null);
    }

    private static FileEntry Fact(FileEntryKind kind, int daysAgo, string? code = null) =>
        new(NamedId.Of("entry", $"{kind}/{code}"), kind, Today.AddDays(-daysAgo), CourtFile.Open) { Code = code };
}
