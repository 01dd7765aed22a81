using CaseFlow.Domain.Courts;
using CaseFlow.Projections.CourtActivity;
using CaseFlow.Projections.CourtCompliance;
using static CaseFlow.Api.CourtPackets.PageText;

namespace CaseFlow.Api.CourtPackets;

/// <summary>How a participant stands, on paper: measures always, what comes one by one as far as there is room.</summary>
public sealed class StandingLines(PageText text, PageNames names)
{
    /// <param name="c">How they stand.</param>
    /// <param name="today">The court's local day that it is told of.</param>
    public IEnumerable<PageSection> Of(ParticipantCompliance c, DateOnly today)
    {
        yield return PageSection.Of("Standing", [.. Standing(c)]);
        if (c.Phase is { } phase)
            yield return PhaseOf(phase);
        if (c.Tests is { } tests)
            yield return TestsOf(tests);
        if (c.Coaching is { } coaching)
            yield return CoachingOf(coaching);
        if (c.TreatmentAttendance is { } treatment)
            yield return PageSection.List("Attendance of treatment", [.. treatment.Select(Treatment)]);
        yield return PageSection.Of("Hearings", [.. Hearings(c.Hearings)]);
        yield return PageSection.List("Conditions", [.. c.Conditions.OrderBy(one => Weight(one, today)).ThenByDescending(one => one.SatisfiedOn ?? one.LiftedOn ?? one.OrderedOn).Select(one => Condition(one, today))]);
        yield return PageSection.Of(
            "Orders",
            new("Restitution", Money(c.Orders.Restitution)),
            new("Fees", Money(c.Orders.Fees)),
            new("Community service", $"{N(c.Orders.CommunityServiceHours.Settled)} of {N(c.Orders.CommunityServiceHours.Ordered)} hours{(c.Orders.CommunityServiceHours.Overdue is > 0 and var late ? $", {N(late)} overdue" : "")}"));
        yield return ResponsesOf(c.Responses);
    }

    /// <summary>What is to be known before anything is decided.</summary>
    public static PageSection Alerts(IReadOnlyList<ComplianceAlert> alerts) => PageSection.Of("To be known first", [.. alerts.Select(alert => new PageRow(
        PageWords.Of(alert.Kind),
        alert.Kind switch
        {
            ComplianceAlertKind.Deceased => $"{Day(alert.On)}: nothing is missed from that day on; the court closes the participation",
            ComplianceAlertKind.LegalBasisOver => $"since {Day(alert.On)}",
            ComplianceAlertKind.JailUnusual => $"{N(alert.Days ?? 0)}, the last imposed {Day(alert.On)}; more than {N(alert.Limit ?? 0)} is unusual (R36)",
            _ => Day(alert.On),
        }))]);

    private IEnumerable<PageRow> Standing(ParticipantCompliance c)
    {
        yield return new("Standing", PageWords.Of(c.Stage));
        if (c.OpenWarrant)
            yield return new("Warrant", "open");
        if (c.TerminationProposed)
            yield return new("Termination", c.TerminationDecided ? "decided, not done" : "proposed, not decided");
        if (c.Basis is { } basis)
        {
            yield return new("Basis", $"{PageWords.Of<LegalBasis>(basis.Basis)}; on completion {PageWords.Of<CompletionEffect>(basis.OnCompletion)}");
            yield return new("Admitted", $"{Day(basis.AdmittedOn)}, {Count(basis.DaysInProgram, "day")}{(basis.EndsOn is { } ends ? $"; basis until {Day(ends)}" : "")}");
        }

        if (c.Ended is { } ended)
        {
            // A closure has reasons of its own; those of other ends are the court's.
            var reason = c.Stage == ParticipationStage.Closed ? PageWords.Of<ParticipationClosure>(ended.Reason) : PageWords.Code(ended.Reason);
            yield return new("Ended", $"{Day(ended.On)}{(reason.Length == 0 ? "" : $": {reason}")}");
        }

        if (c.SourcesWithoutConsent.Count > 0)
            yield return new("No consent in force for", string.Join(", ", c.SourcesWithoutConsent.Select(names.Agency)));
    }

    private static PageSection PhaseOf(PhaseShown phase) => PageSection.List(
        "Phase",
        [
            .. phase.Missing.Select(one => new PageRow("Missing", $"{one.Name}{(one.Required ? "" : " (encouraged)")}")),
            .. (phase.Waived ?? []).Select(one => new PageRow("Waived", one.Name)),
            .. phase.Met.Select(one => new PageRow("Met", one.Name)),
        ]) with
    {
        Always =
        [
            new("Phase", phase.Name == phase.Code ? PageWords.Code(phase.Code) : phase.Name),
            new("In it", $"since {Day(phase.Since)}, {N(phase.Days)} of at least {Count(phase.MinDays, "day")}"),
            new("Everything asked is there", phase.IsEligible ? "yes: the team may decide" : "no"),
        ],
    };

    private PageSection TestsOf(TestsShown tests)
    {
        List<PageRow> always =
        [
            new("Selected, collected, missed, refused", $"{N(tests.Selected)}, {N(tests.Collected)}, {N(tests.Missed)}, {N(tests.Refused)}"),
            new("Positive, negative, not as asked, awaited", $"{N(tests.Positive)}, {N(tests.Negative)}, {N(tests.NonCompliant)}, {N(tests.Pending)}"),
        ];
        if (tests.Untold > 0)
            always.Add(new("Drawn, and nobody told the participant", $"{N(tests.Untold)}: counts for nothing"));
        if (tests.Sobriety is { } run)
            always.Add(new("Sobriety", Together($"{Count(run.CurrentDays, "day")}, longest {N(run.LongestDays)}", tests.LastNegativeOn is { } last ? $"last negative test {Day(last)}" : "")));
        else if (tests.SobrietyBasis is { } basis)
            always.Add(new("Sobriety", PageWords.Of(basis)));
        var listed = tests.Latest.Where(one => Counts(one) || one.Correction is not null).OrderBy(one => !one.SinceHearing).ToList();
        var before = Math.Max(0, tests.Positive + tests.NonCompliant - listed.Count(Counts));
        return new PageSection("Drug tests", always, [.. listed.Select(Test)], listed.Count + before, "the participant's list of drug tests")
        {
            Named = listed.Count(one => one.SinceHearing),
        };
    }

    private static bool Counts(TestShown one) => one.Verdict is TestVerdict.Positive or TestVerdict.NonCompliance;

    private PageRow Test(TestShown one) => new(Day(one.Day), PageWords.Of(one.Verdict)
        + (one.Substances is { Count: > 0 } found && one.Verdict == TestVerdict.Positive ? $": {string.Join(", ", found.Select(PageWords.Code))}" : "")
        + (one.Findings is { Count: > 0 } findings && Counts(one) ? $"; {string.Join(", ", findings.Select(finding => PageWords.Of(finding)))}" : "")
        + (one.Verdict == TestVerdict.NonCompliance && one.Step is TestStep.Missed or TestStep.Refused ? $": {PageWords.Of(one.Step)}" : "")
        + (one.Contested ? "; contested" : "")
        + (one.Correction is { } correction ? $"; corrected {text.DayOf(correction.CorrectedAt)} ({PageWords.Of(correction.Error)}), was {PageWords.Of(correction.Previous)}" : ""));

    private PageSection CoachingOf(CoachingShown coaching)
    {
        List<PageRow> always =
        [
            new("State", (coaching.Status is { } status ? PageWords.Of<CoachingStatus>(status) : "not told") + (coaching.ProviderAgencyId is { } provider ? $", {names.Agency(provider)}" : "")),
            new("Ordered", coaching.Order is { } order
                ? $"{N(order.Sessions)} {PageWords.Of(order.Per)} ({PageWords.Of(order.Kind)}), {Day(order.From)} to {Day(order.Until)}; so far {N(coaching.OrderedSoFar ?? 0)}"
                : "offered, not ordered"),
            new("Held, missed, excused", coaching.Attendance is { } attended
                ? $"{N(attended.Held)} ({N(attended.Minutes)} min), {N(attended.Missed)}, {N(attended.Excused)}"
                : "none recorded, or not told"),
        ];
        if (coaching.AttendedSoFar is { } kept)
            always.Add(new("Attended of what was ordered so far", $"{N(kept)} of {N(coaching.OrderedSoFar ?? 0)}"));
        return PageSection.List(
            "Recovery coaching",
            [
                .. (coaching.Attention ?? []).Select(one => new PageRow(
                    PageWords.Of(one.Kind), $"since {text.Time(one.Since)}{(one.DueAt is { } due ? $", due {text.Time(due)}" : "")}{(one.Overdue ? ", overdue" : "")}")),
                .. (coaching.Apart ?? []).Select(one => new PageRow(
                    $"Beside it: {PageWords.Of(one.Kind)}",
                    $"held {N(one.Attendance.Held)} ({N(one.Attendance.Minutes)} min), missed {N(one.Attendance.Missed)}, excused {N(one.Attendance.Excused)}; {PageWords.Of(one.Reason)}{(one.ProviderAgencyId is { } whose ? $", {names.Agency(whose)}" : "")}")),
            ]) with
        {
            Always = always,
        };
    }

    private PageRow Treatment(TreatmentShown told) => new(
        names.Agency(told.ProviderAgencyId),
        $"{N(told.Attended)} of {N(told.Offered)} sessions attended, {N(told.Excused)} excused, {N(told.Missed)} missed; reported until {Day(told.Latest[0].To)}");

    private IEnumerable<PageRow> Hearings(HearingsShown hearings)
    {
        yield return new("Next", hearings.Next is { } next ? $"{text.Time(next.At)} ({PageWords.Of<HearingKind>(next.Kind)})" : "none scheduled");
        yield return new("Held, missed, missed with excuse", $"{N(hearings.Held)}, {N(hearings.Missed)}, {N(hearings.MissedExcused)}");
        yield return new("Next due by", hearings.NextDueBy is { } due ? Day(due) : "");
        if (hearings.Vacated > 0)
            yield return new("Vacated by the end", N(hearings.Vacated));
    }

    /// <summary>What is overdue first, then what is open, then what was violated, then what is over.</summary>
    private static int Weight(OrderedCondition one, DateOnly today) => one.IsOverdue(today) ? 0 : one.IsOpen ? 1 : one.Violations > 0 ? 2 : 3;

    private static PageRow Condition(OrderedCondition one, DateOnly today) => new(PageWords.Code(one.Kind), Together(
        one.SatisfiedOn is { } satisfied ? $"satisfied {Day(satisfied)}" : one.LiftedOn is { } lifted ? $"lifted {Day(lifted)}" : "open",
        one.IsOpen && one.DueOn is { } due ? $"due {Day(due)}" : "",
        one.IsOverdue(today) ? "overdue" : "",
        one.Violations > 0 ? $"violated {Count(one.Violations, "time")}" : ""));

    private static string Money(OrderSum sum) => Together(
        $"{Dollars(sum.Settled)} of {Dollars(sum.Ordered)} settled",
        sum.Waived > 0 ? $"{Dollars(sum.Waived)} waived" : "",
        sum.Overdue > 0 ? $"{Dollars(sum.Overdue)} overdue" : "");

    private PageSection ResponsesOf(ResponsesShown responses)
    {
        // Days served are told with the sanction that they are of.
        var listed = responses.Latest.Where(one => one.Code.Length > 0).ToList();
        var before = Math.Max(0, responses.AllIncentives + responses.AllSanctions + responses.Adjustments - listed.Count(one => !one.Retracted));
        return new PageSection(
            $"Responses, {Count(responses.Days, "day")}",
            [
                new("Incentives to sanctions", $"{N(responses.Incentives)} : {N(responses.Sanctions)} (aim {N(responses.TargetPerSanction)} : 1)"),
                .. responses.JailDays > 0 ? new PageRow[] { new("Jail since the beginning", Count(responses.JailDays, "day")) } : [],
            ],
            [.. listed.Select(Response)],
            listed.Count + before,
            "the participant's record with the court");
    }

    private PageRow Response(ResponseShown one)
    {
        var kind = one.Retracted ? ActivityEntry.Retracted + (one.Days is null ? "" : " jail") : PageWords.Of<FileEntryKind>(one.Kind);
        var what = one.Days is { } days ? $"{Count(days, "day")}, {(one.DaysServed is > 0 and var served ? N(served) : "none")} on record as served" : names.Response(one.Code);
        return new PageRow(Day(one.On), $"{kind}: {what}{(one.Behaviour is { } behaviour ? $"; for: {names.Behaviour(behaviour)}" : "")}");
    }
}
