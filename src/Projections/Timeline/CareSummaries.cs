using System.Globalization;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.TreatmentAttendance;
using static CaseFlow.Domain.PlainNames;
using static CaseFlow.Projections.Timeline.Summaries;

namespace CaseFlow.Projections.Timeline;

/// <summary>Lines of drug tests and coaching. Those about sessions say what a court may know of them: kind, length, whether attended.</summary>
internal static class CareSummaries
{
    public static string Of(DomainEvent fact) => fact switch
    {
        RandomTestingStarted e => $"Takes part in the draws of drug tests from {e.FirstDay:yyyy-MM-dd}",
        RandomTestingEnded e => $"No longer takes part in the draws of drug tests ({Words(e.Reason)})",
        DrugTestEvent e => OfTest(e),
        ICoachingCorrection e => Right(e) is { } right ? $"Corrected: {right}" : $"Retracted: {WhatWasWrong(e)}",
        CoachingEvent e => OfCoaching(e),
        TreatmentAttendanceReported e => string.Create(CultureInfo.InvariantCulture, $"Treatment from {e.From:yyyy-MM-dd} to {e.To:yyyy-MM-dd}: {Of(e.Count)}"),
        TreatmentAttendanceCorrected { Count: { } count } => $"Attendance of treatment corrected: {Of(count)}",
        TreatmentAttendanceCorrected => "Report of attendance of treatment retracted",
        _ => throw NoLine(fact),
    };

    /// <returns>What is right in place of what was recorded; null where nothing is, for it never was.</returns>
    public static string? Right(ICoachingCorrection fact) => fact switch
    {
        CoachingSessionCorrected { Outcome: { } outcome } => outcome.Attended switch
        {
            Attendance.Attended => string.Create(CultureInfo.InvariantCulture, $"Coaching session attended ({Words(outcome.Kind)}, {outcome.Minutes} minutes)"),
            _ => $"Coaching session missed ({Words(outcome.Kind)}{(outcome.Attended == Attendance.Excused ? ", excused" : "")})",
        },
        AssessmentCorrected { Score: { } score } e => string.Create(CultureInfo.InvariantCulture, $"Assessed with the score {score}{(e.Band is { } band ? $" ({band})" : "")}"),
        _ => null,
    };

    private static string WhatWasWrong(ICoachingCorrection fact) => fact switch
    {
        CoachingSessionCorrected e => $"coaching session {Words(e.Corrects)}",
        RecoveryPlanEntryRetracted e => $"{Words(e.Retracts)} in a recovery plan",
        _ => "assessment",
    };

    private static string Of(AttendanceCount count) => string.Create(
        CultureInfo.InvariantCulture, $"{count.Attended} of {count.Offered} sessions attended, {count.Excused} excused, {count.Missed()} missed");

    private static string OfTest(DrugTestEvent fact) => fact switch
    {
        DrugTestSelected e => $"Drug test on {e.Day:yyyy-MM-dd} ({Words(e.Selection)}{(e.CaughtUp ? ", drawn too late to be asked for" : "")})",
        DrugTestNotified e => $"Told to give a specimen ({Words(e.Specimen)}) by {e.CollectBy:u}",
        DrugTestCollected e => $"Specimen given ({Words(e.Specimen)}{(e.WithinWindow ? "" : ", too late")})",
        DrugTestMissed e => $"Drug test missed, counts as {Words(e.CountsAs)}",
        DrugTestRefused e => $"Drug test refused, counts as {Words(e.CountsAs)}",
        DrugTestDilute e => $"Specimen dilute, counts as {Words(e.CountsAs)}",
        DrugTestAdulterated e => $"Specimen adulterated, counts as {Words(e.CountsAs)}",
        DrugTestResultReported e => $"Drug test {Of(e.Outcome)}",
        DrugTestContested => "Result of a drug test contested",
        DrugTestConfirmed e => $"Drug test confirmed as {Of(e.Outcome)}",
        DrugTestCorrected { Outcome: { } right } e => $"Result of the drug test is {Of(right)} (error: {Words(e.Error)})",
        DrugTestCorrected { Corrects: TestStatement.Reported or TestStatement.Confirmed, CorrectedOccurredAt: { } right } e =>
            $"Result of the drug test was {Words(e.Corrects)} {Then(right, e)} (error: {Words(e.Error)})",
        DrugTestCorrected { Corrects: TestStatement.Notified, CorrectedOccurredAt: { } right } e => $"Told {Then(right, e)} to give the specimen by {e.CollectBy:u}{Judged(e)} (error: {Words(e.Error)})",
        DrugTestCorrected { Corrects: TestStatement.Collected, CorrectedOccurredAt: { } right } e => $"The specimen was given {Then(right, e)}{Judged(e)} (error: {Words(e.Error)})",
        DrugTestCorrected { Corrects: TestStatement.WindowOver, CorrectedOccurredAt: { } right } e => $"The time to give the specimen ended at {right:u} (error: {Words(e.Error)})",
        DrugTestCorrected { CorrectedOccurredAt: { } right } e => $"Drug test{(e.Day is { } day ? $" on {day:yyyy-MM-dd}" : "")} was ordered at {right:u} (error: {Words(e.Error)})",
        DrugTestCorrected e => $"Struck out of the drug test: {Words(e.Corrects)} (error: {Words(e.Error)})",
        DrugTestExcused => "Drug test excused",
        DrugTestClosed e => $"Drug test closed, nothing more is awaited ({Words(e.Reason)})",
        _ => throw NoLine(fact),
    };

    private static string Then(DateTimeOffset right, DrugTestCorrected e) =>
        e.CorrectedOccurredUntil is { } until ? $"between {right:u} and {until:u}" : $"at {right:u}";

    private static string Judged(DrugTestCorrected e) => e.InTime switch { true => ", in time", false => ", too late", null => "" };

    private static string OfCoaching(CoachingEvent fact) => fact switch
    {
        PeerOffered e => $"Offered a peer of {e.ProviderAgencyId}",
        PeerAccepted => "Accepted the peer that was offered",
        PeerDeclined => "Declined the peer that was offered",
        CoachingOrdered { Order: var order } =>
            string.Create(CultureInfo.InvariantCulture, $"Coaching ordered: {order.Sessions} per {Words(order.Per)} ({Words(order.Kind)}) until {order.Until:yyyy-MM-dd}"),
        CoachingOrderLifted e => $"Coaching no longer offered or ordered ({Words(e.Reason)})",
        CoachAssigned e => $"Coach assigned: {e.CoachId}",
        CoachUnassigned e => $"Coach handed over: {e.CoachId} ({Words(e.Reason)})",
        HandoverCompleted e => $"Handover read by {e.CoachId}",
        CoachingEnded e => $"Coaching ended ({Words(e.Reason)})",
        CoachingContinued => "Coaching goes on of the client's own free will",
        CoachingSessionScheduled e => $"Coaching session agreed for {e.StartsAt:u} ({Words(e.Kind)})",
        CoachingSessionRescheduled e => $"Coaching session moved to {e.StartsAt:u}",
        CoachingSessionHeld e => string.Create(CultureInfo.InvariantCulture, $"Coaching session attended ({Words(e.Kind)}, {e.Minutes} minutes)"),
        CoachingSessionMissed e => $"Coaching session missed ({Words(e.Kind)}{(e.Excused ? ", excused" : "")})",
        CoachingSessionExcused => "Missed coaching session excused",
        CoachNoteKept => "The coach's own note",
        RecoveryPlanCreated e => $"Recovery plan made, review on {e.ReviewOn:yyyy-MM-dd}",
        RecoveryPlanSigned e => $"Recovery plan signed ({Words(e.SignedBy)})",
        RecoveryPlanReviewed e => $"Recovery plan reviewed, next on {e.NextReviewOn:yyyy-MM-dd}",
        RecoveryPlanSuperseded => "Recovery plan replaced by another",
        GoalSet e => $"Goal set ({e.Area})",
        GoalProgressRecorded => "Progress on a goal",
        GoalAchieved => "Goal achieved",
        GoalAbandoned => "Goal abandoned",
        AssessmentCompleted e => string.Create(CultureInfo.InvariantCulture, $"Assessed with {e.Instrument}: {e.Score}{(e.Band is { } band ? $" ({band})" : "")}"),
        _ => throw NoLine(fact),
    };

    private static string Of(TestOutcome outcome) =>
        outcome.Result == TestResult.Positive ? $"positive: {string.Join(", ", outcome.Substances)}" : "negative";
}
