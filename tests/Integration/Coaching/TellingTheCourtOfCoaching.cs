using CaseFlow.Api.Agencies;
using CaseFlow.Api.Coaching;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Coaching.CoachStories;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Coaching;

/// <summary>Attendance reaches the court by the client's consent, and what was said never does (R38; domain reference 0.3).</summary>
public sealed class TellingTheCourtOfCoaching(County county) : IClassFixture<County>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await county.FurnishCoachesAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Two participants, the same sessions; one coach wrote down everything, the other nothing.</summary>
    [Fact]
    public async Task Attendance_is_the_same_bytes_whatever_was_said()
    {
        var (full, bare) = (await CoachedAsync(), await CoachedAsync());
        await county.HoldAsync(Coach, full.Coaching, "Used on Friday and is afraid of the judge.");
        (await county.PostAsync(Coach, full.Coaching + "/notes", new TextRequest("He frightens me."))).ShouldSucceed();
        (await county.PostAsync(Coach, $"{full.Coaching}/plans/{Guid.CreateVersion7()}/create", new PlanRequest("To leave his brother.", new DateOnly(2100, 1, 1)))).ShouldSucceed();
        await county.HoldAsync(Coach, bare.Coaching);

        var told = (await county.GetAsync(Coordinator, full.Coaching + "/attendance")).ShouldSucceed();
        var alike = (await county.GetAsync(Coordinator, bare.Coaching + "/attendance")).ShouldSucceed();

        told.Json["providers"]!.ToJsonString().ShouldBe(alike.Json["providers"]!.ToJsonString());
        var session = told.Json["providers"]![0]!["sessions"]!.AsArray().ShouldHaveSingleItem()!.AsObject();
        session.Select(member => member.Key).ShouldBe(["on", "kind", "minutes", "attended"]);
        (session["kind"]!.GetValue<string>(), session["minutes"]!.GetValue<int>(), session["attended"]!.GetValue<string>()).ShouldBe(("oneToOne", 45, "attended"));
        foreach (var said in new[] { "Friday", "frightens", "brother", "inPerson" })
            told.Text.ShouldNotContain(said);
        told.Json["notice"].ShouldNotBeNull();
        told["Redisclosure-Notice"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Without_a_consent_nothing_of_the_providers_side_moves_the_courts_answer()
    {
        var (participation, _) = await county.ReferredAsync();
        var coaching = await county.CoachAsync(participation);
        var before = await county.GetAsync(Coordinator, coaching + "/attendance");
        await county.HoldAsync(Coach, coaching, "Came.");

        var after = await county.GetAsync(Coordinator, coaching + "/attendance");

        after.Text.ShouldBe(before.Text);
        after.Json["providers"]![0]!["attendance"].ShouldSay("restricted");
        after.Json["providers"]![0]!["sessions"].ShouldBeNull();
        after.Json["order"]!["sessions"]!.GetValue<int>().ShouldBe(1, "its own order the court knows");
    }

    /// <summary>No session says which programme it was of: what one programme may not tell, the later naming of another does not open.</summary>
    [Fact]
    public async Task A_programme_that_may_tell_nothing_is_not_opened_by_naming_another()
    {
        var (coaching, _) = await CoachedAsync();
        (await county.PostAsync(Administrator, "/api/agencies/recovery-coaches/programs", new OpenProgramRequest("safe-house", "Safe House"))).ShouldSucceed();
        (await county.PostAsync(Administrator, "/api/agencies/recovery-coaches/record-status", new RecordStatusRequest(
            new RecordStatus(Part2Status.Part2Program, VictimServices: true), "Works for victims.", "safe-house"))).ShouldSucceed();
        (await AttendanceAsync()).ShouldBe("shown");

        (await county.PostAsync(Coordinator, coaching + "/order", new OrderRequest("recovery-coaches", county.Weekly(), "safe-house"))).ShouldSucceed();
        (await AttendanceAsync()).ShouldBe("restricted");
        (await county.PostAsync(Coordinator, coaching + "/order", new OrderRequest("recovery-coaches", county.Weekly()))).ShouldSucceed();

        (await AttendanceAsync()).ShouldBe("restricted");

        async Task<string> AttendanceAsync() => (await county.GetAsync(Coordinator, coaching + "/attendance")).ShouldSucceed()
            .Json["providers"]!.AsArray().ShouldHaveSingleItem()!["attendance"]!.GetValue<string>();
    }

    [Fact]
    public async Task What_is_told_by_consent_is_on_record_as_a_disclosure_and_the_prosecution_sees_no_more()
    {
        var (coaching, client) = await CoachedAsync();
        await county.HoldAsync(Coach, coaching, "Came.");
        (await county.GetAsync(Prosecutor, coaching + "/attendance")).ShouldSucceed().Json["providers"]![0]!["sessions"]!.AsArray().Count.ShouldBe(1);

        var disclosures = (await county.Database.Store.ReadStreamAsync("demo", StreamIds.Disclosures(client), cancellation: TestContext.Current.CancellationToken))
            .Events.Select(recorded => recorded.Data).OfType<DisclosureMade>().ToList();

        var made = disclosures.Where(fact => fact.Description is null && fact.DisclosingAgency == "recovery-coaches").ShouldHaveSingleItem();
        (made.Basis, made.Recipient.StaffId).ShouldBe((DisclosureBasis.Consent, Prosecutor.Id));
    }

    /// <summary>Labels follow the provider: recovery-coaches is a Part 2 programme.</summary>
    [Fact]
    public async Task The_providers_record_is_under_part_2_and_the_courts_in_its_confidential_file()
    {
        var coaching = await county.CoachAsync();
        await county.HoldAsync(Coach, coaching);
        var participationId = Guid.Parse(coaching.Split('/')[^2]);

        (await LabelsAsync(StreamIds.Coaching(participationId, "recovery-coaches"))).ShouldAllBe(labels => labels.Contains("PART2") && !labels.Contains("COURT_CONFIDENTIAL"));
        (await LabelsAsync(StreamIds.CoachingOrder(participationId))).ShouldAllBe(labels => labels.Contains("COURT_CONFIDENTIAL") && !labels.Contains("PART2"));
    }

    private async Task<IEnumerable<IReadOnlyList<string>>> LabelsAsync(Guid streamId) =>
        (await county.Database.Store.ReadStreamAsync("demo", streamId, cancellation: TestContext.Current.CancellationToken)).Events
            .Select(recorded => ((Circumstances)recorded.Headers!).Labels);

    private async Task<(string Coaching, Guid Client)> CoachedAsync()
    {
        var (participation, client) = await county.ReferredAsync();
        await county.ConsentToCourtAsync(client);
        return (await county.CoachAsync(participation), Guid.Parse(client.Split('/')[^1]));
    }
}
