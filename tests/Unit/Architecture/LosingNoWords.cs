using System.Text.RegularExpressions;

namespace CaseFlow.Unit.Architecture;

/// <summary>
/// A command told again is done already only if it says what is on record: other words would be lost behind a success. So a command that carries words
/// says <c>AlreadyDoneIf</c>, or why it need not.
/// </summary>
public sealed partial class LosingNoWords
{
    private const string Recognised = "the words are recognised by their fingerprint or mark: other words are another value";
    private const string Opened = "the door opens what is on record and the decision compares it";
    private const string StandsSo = "what it would make so is so already, and a reason alone changes nothing";
    private const string AfterARestore = "the program repeats what a list outside holds";

    private static readonly Dictionary<string, string> Exempt = new()
    {
        ["AddAlias"] = Recognised,
        ["AddContactPoint"] = Recognised,
        ["IdentifyAnonymously"] = Recognised,
        ["LinkExternalIdentifier"] = Recognised,
        ["LinkFamilyMember"] = Recognised,
        ["OrderSealing"] = Recognised,
        ["RecordBirthDate"] = Recognised,
        ["RecordCommunicationNeed"] = Recognised,
        ["RecordEmergencyContact"] = Recognised,
        ["RecordPlace"] = Recognised,
        ["CreatePlan"] = Opened,
        ["EndCoaching"] = Opened,
        ["SetGoal"] = Opened,
        ["CorrectAssessment"] = StandsSo,
        ["CorrectDemographics"] = StandsSo,
        ["CorrectLabels"] = StandsSo,
        ["CorrectSession"] = StandsSo,
        ["CorrectTest"] = StandsSo,
        ["ReassignAgent"] = StandsSo,
        ["RepeatLifting"] = AfterARestore,
        ["RepeatSealing"] = AfterARestore,
        ["AnswerRestriction"] = "only an agreement, which has no words",
        ["MoveGoal"] = "only an achievement, which has no words",
        ["TakeConsentBack"] = "only what was told without words",
    };

    [Fact]
    public void A_command_with_words_is_done_already_only_if_they_are_on_record()
    {
        var plain = Sources.Under("src/Domain", ".cs").SelectMany(path => Commands().Split(Sources.Text(path)))
            .Select(command => Comments().Replace(command, ""))
            .Where(command => command.Contains("Sealed<", StringComparison.Ordinal) && command.Contains(" Decide(", StringComparison.Ordinal))
            .Where(command => command.IndexOf("Sealed<", StringComparison.Ordinal) < command.IndexOf(" Decide(", StringComparison.Ordinal))
            .Where(command => PlainlyDone().IsMatch(command))
            .Select(command => Name().Match(command)).Where(name => name.Success).Select(name => name.Groups[1].Value).Order(StringComparer.Ordinal);

        plain.ShouldBe(Exempt.Keys.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("(?=^public sealed record )", RegexOptions.Multiline)]
    private static partial Regex Commands();

    [GeneratedRegex("^\\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comments();

    [GeneratedRegex("\\.AlreadyDone\\b(?!If)")]
    private static partial Regex PlainlyDone();

    [GeneratedRegex("^public sealed record (\\w+)")]
    private static partial Regex Name();
}
