using System.Text.RegularExpressions;

namespace CaseFlow.Unit.Architecture;

/// <summary>
/// A command told again is done already only if it says what is on record: other words, another time, code or person would be lost behind a success. So a
/// command says <c>AlreadyDoneIf</c>, or why it need not.
/// </summary>
public sealed partial class LosingNoWords
{
    private const string Recognised = "the words are recognised by their fingerprint or mark: other words are another value";
    private const string Opened = "the door opens what is on record and the decision compares it";
    private const string StandsSo = "what it would make so is so already, and a reason alone changes nothing";
    private const string StandsAgain = "the value stands: that it is told again, and when, is no fact";
    private const string AfterARestore = "the program repeats what a list outside holds";
    private const string Compared = "the state keeps all that it says, and the decision compares it";
    private const string NothingElse = "it says nothing but that it is so, and who told it is not compared";
    private const string Program = "the program does it, once, whatever it finds";
    private const string OtherwiseCompared = "what it says besides is compared with what is on record";

    /// <summary>Commands that are done already without a comparison with what is on record, in one of their answers at least.</summary>
    private static readonly Dictionary<string, string> Exempt = new()
    {
        ["AddAlias"] = Recognised,
        ["AddContactPoint"] = Recognised,
        ["IdentifyAnonymously"] = Recognised,
        ["LinkExternalIdentifier"] = Recognised,
        ["LinkFamilyMember"] = Recognised,
        ["RecordBirthDate"] = Recognised,
        ["RecordCommunicationNeed"] = Recognised,
        ["RecordEmergencyContact"] = Recognised,
        ["RecordName"] = Recognised,
        ["RecordPlace"] = Recognised,
        ["CreatePlan"] = Opened,
        ["SetGoal"] = Opened,
        ["AssignOversight"] = NothingElse,
        ["AttestReferral"] = NothingElse,
        ["CompleteHandover"] = NothingElse,
        ["CompleteReplaySession"] = NothingElse,
        ["MissTest"] = NothingElse,
        ["StartRandomTesting"] = NothingElse,
        ["VerifyDuty"] = NothingElse,
        ["AssignSupervisor"] = StandsAgain,
        ["FlagContactPoint"] = StandsAgain,
        ["MoveStaffMember"] = StandsAgain,
        ["SetCaseloadCapacity"] = StandsAgain,
        ["VerifyIdentity"] = StandsAgain,
        ["CorrectDemographics"] = StandsSo,
        ["CorrectLabels"] = OtherwiseCompared + "; what it was recorded with needs no correction",
        ["EngageStaffMember"] = Compared,
        ["GiveAuditGrant"] = Compared,
        ["OpenOffice"] = Compared,
        ["OpenProgram"] = Compared,
        ["PublishCourt"] = Compared,
        ["PublishPolicy"] = Compared,
        ["RecordContactAttempt"] = Compared,
        ["RegisterAgency"] = Compared,
        ["ReportTreatmentAttendance"] = Compared,
        ["SignPlan"] = Compared,
        ["StartReplaySession"] = Compared,
        ["RepeatErasure"] = AfterARestore,
        ["RepeatLifting"] = AfterARestore,
        ["RepeatRejectedLineErasure"] = AfterARestore,
        ["RepeatRejectedLinesErasure"] = AfterARestore,
        ["RepeatSealing"] = AfterARestore,
        ["ApplyExpunction"] = Program,
        ["BlockDisclosure"] = Program,
        ["CallForRecord"] = Program,
        ["CommitSelectionSeed"] = Program,
        ["ConfirmDelivery"] = Program,
        ["ConfirmKeyDestroyed"] = Program,
        ["ConfirmRejectedLineDestroyed"] = Program,
        ["ConfirmRejectedLinesDestroyed"] = Program,
        ["CountPlaces"] = Program,
        ["DischargeByDelivery"] = Program,
        ["DiscloseSelectionSeed"] = Program,
        ["DrawTests"] = Program,
        ["ExtendExpunction"] = Program,
        ["GiveUpReads"] = Program,
        ["KeepPlace"] = Program,
        ["KeepRejectedLines"] = Program,
        ["LetClientGo"] = Program,
        ["TakeOnClient"] = Program,
        ["AcknowledgeReferral"] = OtherwiseCompared + "; whoever answered has received it, and that is on record with the answer",
        ["RecordConsentCondition"] = OtherwiseCompared + "; what follows from a disclosure says nothing by itself",
        ["EndAuditGrant"] = OtherwiseCompared + "; a grant that ran out by itself needs no ending",
        ["EndOversight"] = OtherwiseCompared + "; of whom nobody gave it there is nothing to end",
        ["EndRandomTesting"] = OtherwiseCompared + "; who was in no draw is in none",
        ["IssueCourtReport"] = "a page that no consent permits is not issued, also when it is asked for again",
        ["OrderSealing"] = OtherwiseCompared + "; whom an order that is carried out left the record to, and when it was given, is over",
        ["TakeConsentBack"] = "only what was told without words or a date: it binds already all that was signed, and nobody who takes a consent back is refused",
    };

    /// <summary>Commands that state a time and are, in one comparison with what is on record at least, compared otherwise than by <c>When.Says</c>.</summary>
    private static readonly Dictionary<string, string> TimedOtherwise = new()
    {
        ["CompleteAssessment"] = "a correction of the score says no other time",
        ["CorrectAgentKnowledge"] = "the time is what is said, and it is compared",
        ["HoldSession"] = "the state keeps what was told and what is right, and both times are compared",
        ["ProvideAccounting"] = "through when is what the program found, not what anybody tells",
        ["RecordAnonymousVisit"] = "the day is compared",
        ["RecordDeath"] = "the state keeps the times, and they are compared",
        ["RecordNotInterested"] = "when they were asked is compared",
        ["RecordOverdoseKnown"] = "the state keeps the time, and it is compared",
        ["RequestConsent"] = "what was given says when it was signed, not when it was asked for",
        ["RescheduleSession"] = "when it is to be is compared",
        ["ScheduleSession"] = "when it is to be is compared",
        ["RecordDisclosure"] = "the state keeps the time, and it is compared",
        ["ReportOverdose"] = "the state keeps the times, as reported and as corrected, and they are compared",
        ["TakeConsentBack"] = "it binds already, also what was signed since: a second request is no second taking back",
    };

    [Fact]
    public void A_command_is_done_already_only_if_what_it_says_is_on_record() =>
        Decided().Where(command => PlainlyDone().IsMatch(command.Text)).Select(command => command.Name).ShouldBe(Exempt.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void A_time_that_is_stated_is_compared_too() => Decided()
        .Where(command => Timed().IsMatch(command.Text[..command.Text.IndexOf(" Decide(", StringComparison.Ordinal)]))
        .Where(command => Comparisons(command.Text).Any(comparison => !comparison.Contains(".Says(", StringComparison.Ordinal)))
        .Select(command => command.Name).ShouldBe(TimedOtherwise.Keys.Order(StringComparer.Ordinal));

    /// <returns>Each comparison with what is on record, from its bracket to the one that closes it.</returns>
    private static IEnumerable<string> Comparisons(string text) => ComparedWith().Matches(text).Select(match =>
    {
        var (start, depth) = (match.Index + match.Length, 1);
        var end = start;
        for (; depth > 0; end++)
            depth += text[end] switch { '(' => 1, ')' => -1, _ => 0 };
        return text[start..end];
    });

    private static IEnumerable<(string Name, string Text)> Decided() => Sources.Under("src/Domain", ".cs").SelectMany(path => Commands().Split(Sources.Text(path)))
        .Select(command => Comments().Replace(command, ""))
        .Where(command => command.Contains(" Decide(", StringComparison.Ordinal))
        .Select(command => (Name: Name().Match(command), Text: command)).Where(command => command.Name.Success)
        .Select(command => (command.Name.Groups[1].Value, command.Text)).OrderBy(command => command.Value, StringComparer.Ordinal);

    [GeneratedRegex("(?=^public (?:sealed record|static class) )", RegexOptions.Multiline)]
    private static partial Regex Commands();

    [GeneratedRegex("^\\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comments();

    [GeneratedRegex("\\.AlreadyDone\\b(?!If)")]
    private static partial Regex PlainlyDone();

    [GeneratedRegex(@"\b(?:AlreadyDoneIf|Or)<\w+>\(")]
    private static partial Regex ComparedWith();

    [GeneratedRegex(@"\b(?:When|DateTimeOffset)\??\s+\w+\s*[,){]")]
    private static partial Regex Timed();

    [GeneratedRegex("^public (?:sealed record|static class) (\\w+)")]
    private static partial Regex Name();
}
