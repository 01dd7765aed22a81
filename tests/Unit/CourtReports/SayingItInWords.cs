using System.Collections;
using System.Net;
using System.Text.RegularExpressions;
using CaseFlow.Api.CourtPackets;
using CaseFlow.Domain;
using CaseFlow.Domain.CourtReports;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Privacy;
using CaseFlow.Projections.CourtActivity;
using CaseFlow.Projections.CourtCompliance;

namespace CaseFlow.Unit.CourtReports;

/// <summary>A page on paper is for people: whatever its data say in codes, it says in words.</summary>
public sealed partial class SayingItInWords
{
    /// <summary>Kinds of member that are spelt as codes in what a page is made of.</summary>
    private static readonly Type[] Spelt = [typeof(LegalBasis), typeof(CompletionEffect), typeof(HearingKind), typeof(CoachingStatus), typeof(Role)];

    /// <summary>Of what is recorded of a participation: what no entry of a file tells, or no page prints.</summary>
    private static readonly Type[] Untold =
        [typeof(CourtFile), typeof(DueProcess), typeof(TerminationImpartiality), typeof(RiskNeedLevel), typeof(TimePrecision), typeof(TestStatement)];

    [Fact]
    public void Every_member_that_can_come_to_a_page_has_words()
    {
        var told = EnumsOf(typeof(PageContent), [])
            .Concat(RichPage.Filed().SelectMany(fact => fact.GetType().GetProperties()).Select(property => EnumIn(property.PropertyType)).OfType<Type>())
            .Concat(Spelt).Except(Untold).Except([typeof(Domain.Disclosures.RightsOutcome)]).Distinct().ToList();

        told.ShouldContain(typeof(TestVerdict), "the walk reaches what is inside");
        told.SelectMany(type => Enum.GetValues(type).Cast<Enum>()).Where(member => !PageWords.Has(member)).Select(member => $"{member.GetType().Name}.{member}").ShouldBeEmpty();
        PageWords.Kinds.Except(told).ShouldBeEmpty("words that no page prints");
    }

    [Fact]
    public void Words_hold_no_code()
    {
        var court = RichPage.Court;
        IEnumerable<string> codes =
        [
            .. court.Conditions, .. court.EligibilityReasons, .. court.EndReasons, .. court.Responses.Behaviours.Select(one => one.Code), .. Substances.Codes, "drug_test_result_reported", "gonePlain",
        ];
        var words = PageWords.Kinds.SelectMany(type => Enum.GetValues(type).Cast<Enum>()).Select(PageWords.Of).Concat(codes.Select(PageWords.Code)).ToList();

        words.Where(text => text.Length == 0 || Code().IsMatch(text)).ShouldBeEmpty();
    }

    [Fact]
    public void No_page_prints_a_code()
    {
        foreach (var content in new[] { RichPage.Whole(1), RichPage.Whole(10), RichPage.Whole(100), RichPage.Open(1), RichPage.Open(5) })
        {
            // What is above the footer; there, packet and page are named by their ids, and who issued it.
            var text = TextOf(Sheet(content)[..^1].Split("<footer>")[0]).Replace(content.ClientCode, "", StringComparison.Ordinal);
            Code().Matches(text).Select(match => match.Value).ShouldBeEmpty();
        }

        TextOf(Sheet(RichPage.Open(1))).ShouldContain(", for prosecution. Issued");
    }

    /// <summary>A court answers tampering and use otherwise: the bench is told which it was.</summary>
    [Fact]
    public void A_test_that_counts_by_its_specimen_says_so()
    {
        var whole = RichPage.Whole(1);
        var tests = whole.Compliance!.Tests!;
        string Text(params SpecimenFinding[] findings) => TextOf(Sheet(whole with
        {
            Compliance = whole.Compliance with
            {
                Tests = tests with { Latest = [new TestShown(tests.Latest[0].Day, TestStep.Collected, TestVerdict.Positive, Contested: false, Correction: null) { Findings = findings }] },
            },
        }));

        Text().ShouldNotContain("tampered");
        Text(SpecimenFinding.Dilute, SpecimenFinding.Adulterated).ShouldContain("positive; dilute specimen, specimen tampered with");
    }

    [Fact]
    public void Each_entry_of_a_file_is_told()
    {
        foreach (var fact in RichPage.Filed())
        {
            var content = RichPage.Open(1);
            var kept = content.OpenFile!.Entries.Where(entry => entry.EntryId == fact.EntryId).ToList();
            kept.ShouldNotBeEmpty();
        }

        new OpenFileLines(PageText.InUtc, RichPage.Names).Of(RichPage.Open(1).OpenFile!).Sum(section => section.Listed.Count).ShouldBe(RichPage.Filed().Count());
    }

    private static string Sheet(PageContent content) => new PacketHtml(PageText.InUtc).Sheet(
        new CourtReportIssued(Guid.Empty, "drug-court", Role.Prosecutor, PacketPages.Format, 1, null, DateTimeOffset.UnixEpoch, 1, 1, "00") { PacketId = Guid.Empty, ClientId = Guid.Empty },
        content, RichPage.Names, DateTimeOffset.UnixEpoch, "coordinator-1");

    private static string TextOf(string html) => WebUtility.HtmlDecode(Tag().Replace(html, " "));

    /// <summary>Kinds of member inside a shape, at any depth.</summary>
    private static IEnumerable<Type> EnumsOf(Type type, HashSet<Type> seen)
    {
        if (EnumIn(type) is { } found)
            return [found];
        var item = type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) ? type.GetGenericArguments()[0] : Nullable.GetUnderlyingType(type) ?? type;
        if (EnumIn(item) is { } listed)
            return [listed];
        return item.Namespace?.StartsWith("CaseFlow", StringComparison.Ordinal) is true && seen.Add(item)
            ? item.GetProperties().SelectMany(property => EnumsOf(property.PropertyType, seen))
            : item == type ? [] : EnumsOf(item, seen);
    }

    private static Type? EnumIn(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true, Namespace: { } space } found
        && space.StartsWith("CaseFlow", StringComparison.Ordinal) ? found : null;

    /// <summary>Letters joined by a hyphen or an underscore, or a capital inside a word that began small.</summary>
    [GeneratedRegex(@"\b[a-z]+(?:[-_][a-z0-9]+)+\b|\b[a-z]+[A-Z]\w*")]
    private static partial Regex Code();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();
}
