namespace CaseFlow.Domain.Courts;

/// <summary>Recovery coaching for the court's participants.</summary>
/// <param name="Agencies">Agencies whose coaches the court offers or orders.</param>
/// <param name="CoachCaseload">Most participants of a coach (R54: 25 [P]).</param>
/// <param name="CoachCaseloadIsHard">Whether an assignment beyond it is refused; otherwise it is only marked.</param>
/// <param name="OfficerCaseload">Active participants of a supervision officer beyond which a caseload says so (R54: 50 [S:watcp-nadcp]).</param>
/// <param name="ReassignBusinessDays">From a coach's leaving to the next one's assignment (R24: 2 [P]).</param>
/// <param name="ContactDays">Most days between contacts in weeks 1–4, until the third month, and after it (R22: 7, 14, 30 [P]).</param>
/// <param name="Instruments">Codes of instruments that are used; <c>barc-10</c> has 10 items of 1–6 [S:barc-phenx].</param>
public sealed record CoachingRules(
    IReadOnlyList<string> Agencies,
    int CoachCaseload,
    bool CoachCaseloadIsHard,
    int OfficerCaseload,
    int ReassignBusinessDays,
    IReadOnlyList<int> ContactDays,
    IReadOnlyList<string> Instruments)
{
    /// <summary>Where a phase or a risk asks for other days between contacts (R22); null, as in versions from before it was asked for: <see cref="ContactDays"/> for everybody.</summary>
    public IReadOnlyList<ContactRule>? Contacts { get; init; }
}

/// <summary>How often a coach meets participants of a phase, of a risk, or of both (R22).</summary>
/// <param name="Phase">Code of a phase; null for any.</param>
/// <param name="Risk">Of new offences, by the last screening of risk and need; null for any.</param>
/// <param name="Days">Most days between contacts in weeks 1–4, until the third month, and after it.</param>
public sealed record ContactRule(string? Phase, RiskNeedLevel? Risk, IReadOnlyList<int> Days)
{
    /// <returns>Whether it is about such a participant.</returns>
    internal bool Holds(string? phase, RiskNeedLevel? risk) => (Phase is null || Phase == phase) && (Risk is null || Risk == risk);
}

/// <summary>A participant's phase and risk, by which it follows how often a coach meets them (R22).</summary>
/// <param name="On">Local day from which on they stand.</param>
/// <param name="Phase">Null before the first.</param>
/// <param name="Risk">Null while nobody was screened for it.</param>
public sealed record ContactStanding(DateOnly On, string? Phase, RiskNeedLevel? Risk);

public static class ContactRules
{
    /// <returns>
    /// Most days between contacts in each of the three times: by the rule that names both phase and risk; else, of those that name one of them, the fewer days;
    /// else what the court asks for everybody.
    /// </returns>
    public static IReadOnlyList<int> ContactDaysOf(this CoachingRules rules, string? phase, RiskNeedLevel? risk)
    {
        var holding = (rules.Contacts ?? []).Where(rule => rule.Holds(phase, risk)).ToList();
        if (holding.Find(rule => rule is { Phase: not null, Risk: not null }) is { } both)
            return both.Days;
        return holding.Count == 0 ? rules.ContactDays : [.. rules.ContactDays.Select((_, n) => holding.Min(rule => rule.Days[n]))];
    }

    /// <summary>
    /// The last day on which there is to be a contact. The standing of the day of the last one says how many days there are; one that comes later counts from its own
    /// day where it asks for fewer, so that nobody is late before it was known, and from the last contact where it leaves more.
    /// </summary>
    /// <param name="rules">The court's.</param>
    /// <param name="last">Local day of the last contact, or of the coach's beginning.</param>
    /// <param name="time">Which of the three times that day is in, from 0.</param>
    /// <param name="standings">In the order of their days.</param>
    public static DateOnly NextContactBy(this CoachingRules rules, DateOnly last, int time, IReadOnlyList<ContactStanding> standings)
    {
        int DaysOf(ContactStanding? standing) => rules.ContactDaysOf(standing?.Phase, standing?.Risk)[time];
        var due = last.AddDays(DaysOf(standings.LastOrDefault(one => one.On <= last)));
        foreach (var later in standings.Where(one => one.On > last))
        {
            var (ofLast, ofItself) = (last.AddDays(DaysOf(later)), later.On.AddDays(DaysOf(later)));
            var sooner = due < ofItself ? due : ofItself;
            due = ofLast > sooner ? ofLast : sooner;
        }

        return due;
    }

    /// <returns>Every broken rule about them.</returns>
    internal static IEnumerable<Rejection> BrokenBy(CourtConfiguration court)
    {
        var contacts = court.Coaching.Contacts ?? [];
        if (!AreSound(court.Coaching.ContactDays))
            yield return CourtRejections.ContactDaysInvalid("coaching.contactDays");
        if (contacts.Any(rule => !AreSound(rule.Days)))
            yield return CourtRejections.ContactDaysInvalid("coaching.contacts.days");
        if (contacts.Any(rule => rule is { Phase: null, Risk: null } || (rule.Phase is not null && court.FindPhase(rule.Phase) is null) || (rule.Risk is { } risk && !Enum.IsDefined(risk)))
            || contacts.DistinctBy(rule => (rule.Phase, rule.Risk)).Count() < contacts.Count)
        {
            yield return CourtRejections.ContactsInvalid();
        }
    }

    private static bool AreSound(IReadOnlyList<int> days) => days.Count == 3 && days.All(one => one is >= 1 and <= 365);
}
