using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.Asking;
using CaseFlow.Integration.Privacy;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;
using TestResult = CaseFlow.Domain.DrugTests.TestResult;

namespace CaseFlow.Integration.CourtViews;

/// <summary>What is measured is what is known: by the consents of the moment, by tests, until now, and until the participation ended.</summary>
public sealed class CountingWhatIsKnown
{
    [Fact]
    public async Task What_an_admission_would_ask_for_is_missing_before_there_is_any_consent()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var (robin, stranger) = (await county.AdmittedAsync(), await county.ClientAsync());
        await county.ShowAsync();

        foreach (var actor in new[] { Coordinator, Judge, Defence, PrivacyOfficer, Auditor })
        {
            var item = (await county.AskAsync(actor, Missing(robin.ClientId))).Ok()["items"]!.AsArray().ShouldHaveSingleItem(actor.Id)!;
            (item["source"]!.GetValue<string>(), item["gap"]!.GetValue<string>(), item["consentId"]).ShouldBe((Stories.Provider, "none", null));
        }

        (await MeasureAsync(county, robin)).ShouldBe([Stories.Provider]);
        (await CaseloadAsync(county)).ShouldBe([Stories.Provider]);
        (await county.AskAsync(PrivacyOfficer, Missing(stranger))).Ok()["items"]!.AsArray().Count.ShouldBe(1, "whoever is in no court of the agency may come to any");

        await county.PublishAsync(2, Participants.Configuration with { Providers = [] });
        await county.ShowAsync();
        (await county.AskAsync(Judge, Missing(robin.ClientId))).Ok()["items"]!.AsArray().ShouldBeEmpty("the configuration in force names nobody");
    }

    [Fact]
    public async Task Sources_without_consent_follow_the_consents_and_what_changes_nothing_of_them_moves_nothing()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync();
        await county.ShowAsync();
        var before = (await county.AskAsync(Judge, robin.Path)).Ok();
        await county.GrantAsync(robin.ClientId, ConsentStories.ToCorrections);
        await county.ShowAsync();
        (await county.AskAsync(Judge, robin.Path)).Ok().ToJsonString().ShouldBe(before.ToJsonString(), "between others");

        var consentId = await county.GrantAsync(robin.ClientId, ConsentStories.ToCourt, ConsentKind.CourtTeam);
        await county.ShowAsync();
        var consented = (await county.AskAsync(Judge, robin.Path)).Ok();
        consented["compliance"]!["sourcesWithoutConsent"]!.AsArray().ShouldBeEmpty();
        consented["position"]!.GetValue<long>().ShouldBeGreaterThan(before["position"]!.GetValue<long>());
        county.Clock.Now = county.Clock.Now.AddHours(1);
        await county.RevokeAsync(robin.ClientId, consentId);
        await county.ShowAsync();

        (await MeasureAsync(county, robin)).ShouldBe([Stories.Provider]);
        (await MeasureAsync(county, robin, $"?asRecordedPosition={consented["position"]}")).ShouldBeEmpty("as it was known then");
        (await MeasureAsync(county, robin, $"?asOf={At(county.Clock.Now.AddMinutes(-30))}")).ShouldBeEmpty("as it stood then");
        (await MeasureAsync(county, robin, $"?asOf={At(Cdt(6, 7, 9))}")).ShouldBe([Stories.Provider], "before it was signed");
    }

    [Fact]
    public async Task Without_a_test_no_day_of_sobriety_is_counted()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync(Cdt(4, 1, 9));
        foreach (var objective in Participants.Configuration.Phases[0].Objectives)
            await robin.FileAsync(CourtFile.Open, Cdt(4, 20, 9), new PhaseRequirementRecorded(Participants.FirstPhase, objective.Code));
        await robin.TestedAsync(new DateOnly(2026, 5, 9), null);
        await county.ShowAsync();

        var none = (await county.AskAsync(Judge, robin.Path)).Ok()["compliance"]!;
        (none["tests"]!["sobriety"], none["tests"]!["sobrietyBasis"]!.GetValue<string>()).ShouldBe((null, "noneYet"));
        none["phase"]!["isEligible"]!.GetValue<bool>().ShouldBeFalse();
        (await ReasonsAsync(county)).ShouldNotContain("eligibleForAdvancement");

        await robin.TestedAsync(new DateOnly(2026, 5, 20), TestResult.Negative);
        await robin.TestedAsync(new DateOnly(2026, 6, 10), TestResult.Negative);
        await county.ShowAsync();
        var some = (await county.AskAsync(Judge, robin.Path)).Ok()["compliance"]!;
        (some["tests"]!["sobriety"]!["currentDays"]!.GetValue<int>(), some["tests"]!["sobriety"]!["since"]!.GetValue<string>()).ShouldBe((21, "2026-05-20"));
        some["phase"]!["isEligible"]!.GetValue<bool>().ShouldBeTrue();
        (await ReasonsAsync(county)).ShouldContain("eligibleForAdvancement");
    }

    /// <summary>A moment ahead is answered: what is recorded for it, and no day that nobody has lived.</summary>
    [Fact]
    public async Task A_moment_ahead_counts_no_day_after_now()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync(Cdt(4, 1, 9));
        await robin.FileAsync(CourtFile.Open, Cdt(5, 1, 9), new ConditionOrdered("essay", new DateOnly(2026, 7, 1)));
        await county.ShowAsync();
        var now = (await county.AskAsync(Judge, robin.Path)).Ok()["compliance"]!.ToJsonString();
        var caseload = (await county.AskAsync(Coordinator, Caseload)).Ok();

        var ahead = (await county.AskAsync(Judge, $"{robin.Path}?asOf={At(county.Clock.Now.AddYears(1))}")).Ok();
        ahead["compliance"]!.ToJsonString().ShouldBe(now);
        (ahead["asOf"]!.GetValue<DateTimeOffset>(), ahead["evaluatedAt"]!.GetValue<DateTimeOffset>()).ShouldBe((county.Clock.Now.AddYears(1), county.Clock.Now));
        (await county.AskAsync(Coordinator, $"{Caseload}?asOf={At(county.Clock.Now.AddYears(1))}")).Ok()["items"]!.ToJsonString().ShouldBe(caseload["items"]!.ToJsonString());

        county.Clock.Now = county.Clock.Now.AddDays(30);
        (await DaysAsync("")).ShouldBe(105);
        (await DaysAsync($"?asOf={At(Cdt(6, 15, 9))}")).ShouldBe(75);

        async Task<int> DaysAsync(string more) => (await county.AskAsync(Judge, robin.Path + more)).Ok()["compliance"]!["basis"]!["daysInProgram"]!.GetValue<int>();
    }

    /// <summary>What coach and client go on with afterwards moves nothing of what the court reads, nor is it told of any disclosure of it.</summary>
    [Fact]
    public async Task After_the_end_sessions_and_coaches_move_nothing_byte_for_byte()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var (robin, kim) = (await county.AdmittedAsync(), await county.AdmittedAsync());
        foreach (var one in new[] { robin, kim })
        {
            await county.GrantAsync(one.ClientId, ConsentStories.ToCourt, ConsentKind.CourtTeam);
            await one.FileAsync(CourtFile.Open, Cdt(6, 10, 9), new ParticipantWithdrew("moved", null));
        }

        await robin.AssignCoachAsync(Cdt(6, 2, 9));
        await robin.SessionAsync(Cdt(6, 3, 10), 45);
        await county.ShowAsync();
        var (before, without) = ((await county.AskAsync(Judge, robin.Path)).Whole(), (await county.AskAsync(Judge, kim.Path)).Whole());

        foreach (var one in new[] { robin, kim })
        {
            await one.SessionAsync(Cdt(6, 11, 10), 45);
            await one.CoachingAsync(Coach, Cdt(6, 12, 9), new CoachAssigned(Coach.Id, Stories.Provider, null, AboveAdvised: false, 1) { ParticipationId = default, ClientId = default });
        }

        await county.ShowAsync();
        (await county.AskAsync(Judge, robin.Path)).Whole().ShouldBe(before);
        (await county.AskAsync(Judge, kim.Path)).Whole().ShouldBe(without, "of whom nothing was told before either");
        before.ShouldContain("by-consent");
        without.ShouldContain("\"restricted\"");

        await robin.SessionAsync(Cdt(6, 4, 10), 30);
        await county.ShowAsync();
        (await county.AskAsync(Judge, robin.Path)).Ok()["compliance"]!["coaching"]!["attendance"]!["held"]!.GetValue<int>().ShouldBe(2, "what was before the end is the court's");
    }

    private const string Caseload = $"courts/{Participants.Court}/caseload";

    private static string Missing(Guid clientId) => $"clients/{clientId}/consents/missing?court=court";

    private static async Task<List<string>> MeasureAsync(StoppedCounty county, Participant robin, string more = "") =>
        [.. (await county.AskAsync(Judge, robin.Path + more)).Ok()["compliance"]!["sourcesWithoutConsent"]!.AsArray().Select(one => one!.GetValue<string>())];

    private static async Task<List<string>> CaseloadAsync(StoppedCounty county) =>
        [.. (await county.AskAsync(Coordinator, Caseload)).Ok()["items"]![0]!["consentsMissing"]!.AsArray().Select(one => one!.GetValue<string>())];

    private static async Task<List<string>> ReasonsAsync(StoppedCounty county) =>
        [.. (await county.AskAsync(Coordinator, Caseload)).Ok()["items"]![0]!["attention"]!.AsArray().Select(one => one!.GetValue<string>())];
}
