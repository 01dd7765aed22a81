using CaseFlow.Projections.CourtActivity;
using CaseFlow.Projections.CourtCaseload;

namespace CaseFlow.Projections.CourtCompliance;

/// <summary>What is to be known of a participant before anything is decided, the most pressing first.</summary>
public enum ComplianceAlertKind
{
    /// <summary>A record of the participant's knows that they have died; what was missed since is not counted.</summary>
    Deceased,

    /// <summary>What the participation rests on has ended, and the participation has not.</summary>
    LegalBasisOver,

    /// <summary>Unusually many days of jail were imposed within the court's window (R36).</summary>
    JailUnusual,

    /// <summary>What the participation rests on ends within the policy's days.</summary>
    LegalBasisEnding,

    /// <summary>The time in which a past participant is contacted ends within the policy's days.</summary>
    AftercareEnding,
}

/// <param name="On">The local day of the death or of the last jail sanction, or the last day of what ends.</param>
/// <param name="Days">Days of jail; null for anything else.</param>
/// <param name="Limit">Days beyond which it is unusual; null for anything else.</param>
public sealed record ComplianceAlert(ComplianceAlertKind Kind, DateOnly On, long? Days, int? Limit);

/// <summary>Tells what is to be known, from the same rows as the measures; pure, as <see cref="Measuring"/> is.</summary>
internal static class ComplianceAlerts
{
    /// <returns>Null for nothing, so that pages without any are written as ever.</returns>
    public static IReadOnlyList<ComplianceAlert>? Of(MeasuredBy by)
    {
        ComplianceAlert?[] all = [Death(by), BasisOver(by), Jail(by), BasisEnding(by), Aftercare(by)];
        List<ComplianceAlert> told = [.. all.OfType<ComplianceAlert>()];
        return told.Count == 0 ? null : told;
    }

    private static ComplianceAlert? Death(MeasuredBy by) => by.Death is { IsTold: true } death ? new(ComplianceAlertKind.Deceased, death.On, null, null) : null;

    private static ComplianceAlert? BasisOver(MeasuredBy by) =>
        BasisEndsOn(by) is { } last && last < by.Today ? new(ComplianceAlertKind.LegalBasisOver, last, null, null) : null;

    private static ComplianceAlert? BasisEnding(MeasuredBy by) => BasisEndsOn(by) is { } last && last >= by.Today && last <= by.Today.AddDays(by.Rules.BasisEndingDays)
        ? new(ComplianceAlertKind.LegalBasisEnding, last, null, null)
        : null;

    private static ComplianceAlert? Aftercare(MeasuredBy by)
    {
        var (stage, court, endedOn) = (by.Entry.Stage, by.Court.Configuration, by.Entry.Ended?.On);
        return !by.IsKnownDead && AftercareEnds.IsNear(stage, endedOn, court, by.Rules, by.Today)
            ? new(ComplianceAlertKind.AftercareEnding, AftercareEnds.On(stage, endedOn, court)!.Value, null, null)
            : null;
    }

    /// <summary>All sanctions of the window count together, with a hearing or without: how much liberty was taken is what is unusual.</summary>
    private static ComplianceAlert? Jail(MeasuredBy by)
    {
        var jail = by.Court.Configuration.Jail;
        var since = by.Today.AddDays(-jail.WindowDays);
        var imposed = Measuring.Lines(by, ActivityKind.Response)
            .Where(line => line.State == ViewText.Of(FileEntryKind.JailImposed) && line.Day > since)
            .ToList();
        var days = imposed.Sum(line => line.Amount);
        return days > jail.AlertAboveDays ? new(ComplianceAlertKind.JailUnusual, imposed.Max(line => line.Day), days, jail.AlertAboveDays) : null;
    }

    private static DateOnly? BasisEndsOn(MeasuredBy by) => by.Entry.Ended is null && !by.IsKnownDead ? by.Entry.Admitted?.DueOn : null;
}
