using CaseFlow.Api.Coaching;
using CaseFlow.Api.Http;
using CaseFlow.Domain.Coaching;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Coaching.CoachStories;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Coaching;

/// <summary>A coaching's entries put right over HTTP: by whom, with what is kept, and what the court is told then and was told before (R65).</summary>
public sealed class CorrectingACoaching(County county) : IClassFixture<County>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await county.FurnishCoachesAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_court_is_told_what_is_right_and_as_it_was_held_then_what_was_wrong()
    {
        var (coaching, client) = await CoachedAsync();
        await county.HoldAsync(Coach, coaching, "Spoke about the move.", minutes: 450);
        var entry = await EntryAsync(Coach, coaching, "coaching_session_held");
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        var then = (await county.Database.Store.EndOfLogAsync(TestContext.Current.CancellationToken)).Position;

        (await county.PostAsync(Coach, $"{coaching}/entries/{entry}/correct-session", new CorrectSessionRequest(Attendance.Attended, SessionKind.OneToOne, "Typed one nought too much.", 45)))
            .ShouldSucceed();

        (await MinutesAsync("")).ShouldBe(45);
        (await MinutesAsync($"?asRecordedPosition={then}")).ShouldBe(450);
        var told = (await county.GetAsync(Coach, coaching)).ShouldSucceed().Json["entries"]!.AsArray();
        var (held, corrected) = (told[^2]!, told[^1]!);
        (held["facts"]!["minutes"]!.GetValue<int>(), held["correctedBy"]!.GetValue<Guid>()).ShouldBe((450, corrected["eventId"]!.GetValue<Guid>()));
        corrected["facts"]!["reason"].ShouldSay("Typed one nought too much.");
        corrected["correctedBy"].ShouldBeNull();
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        var line = (await county.GetAsync(Coach, $"{client}/timeline?kind=coaching_session_held")).ShouldSucceed().Json["items"]![0]!;
        line["summary"].ShouldSay("Coaching session attended (one to one, 45 minutes)");
        line["correction"]!["previousSummary"].ShouldSay("Coaching session attended (one to one, 450 minutes)");
        line["correction"]!["reason"].ShouldSay("Typed one nought too much.");
        // The court is told of attendance: that it was put right, and not in whose words.
        var toCourt = (await county.GetAsync(Judge, $"{client}/timeline?kind=coaching_session_held")).ShouldSucceed();
        toCourt.Json["items"]![0]!["correction"]!["previousSummary"].ShouldSay("Coaching session attended (one to one, 450 minutes)");
        toCourt.Text.ShouldNotContain("nought");

        async Task<int> MinutesAsync(string more) => (await county.GetAsync(Coordinator, coaching + "/attendance" + more)).ShouldSucceed()
            .Json["providers"]![0]!["sessions"]![0]!["minutes"]!.GetValue<int>();
    }

    [Fact]
    public async Task A_session_moved_to_its_right_day_is_there_on_that_day_and_not_on_the_other()
    {
        var first = new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);
        await using var later = await County.AtAsync(first);
        await later.FurnishCoachesAsync();
        var (participation, client) = await later.ReferredAsync();
        await later.ConsentToCourtAsync(client);
        var coaching = await later.CoachAsync(participation);
        await later.GoToAsync(first.AddDays(10));
        await later.HoldAsync(Coach, coaching, hoursAgo: 2);
        var entry = (await later.GetAsync(Coach, coaching)).Json["entries"]!.AsArray()[^1]!["eventId"]!.GetValue<Guid>();
        (await SessionsAsync(first.AddDays(5))).ShouldBe(0);

        (await later.PostAsync(Coach, $"{coaching}/entries/{entry}/correct-session", new CorrectSessionRequest(
            Attendance.Attended, SessionKind.OneToOne, "It was the week before.", 45, new WhenPart(first.AddDays(4))))).ShouldSucceed();
        (await SessionsAsync(first.AddDays(5))).ShouldBe(1);
        (await SessionsAsync(first.AddDays(3))).ShouldBe(0);

        // Of a day no more is known than the day: it counts from its end, whichever view is asked.
        (await later.PostAsync(Coach, $"{coaching}/entries/{entry}/correct-session", new CorrectSessionRequest(
            Attendance.Attended, SessionKind.OneToOne, "Nobody knows the hour.", 45, new WhenPart(OccurredOn: DateOnly.FromDateTime(first.UtcDateTime).AddDays(5))))).ShouldSucceed();
        await later.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        var midnight = new DateTimeOffset(2026, 3, 9, 5, 0, 0, TimeSpan.Zero);
        foreach (var (asOf, there) in new[] { (midnight.AddSeconds(-1), 0), (midnight, 1) })
        {
            var at = $"asOf={asOf:yyyy-MM-ddTHH:mm:ssZ}";
            (await SessionsAsync(asOf)).ShouldBe(there, "the court's attendance");
            (await later.GetAsync(Coach, $"{coaching}?{at}")).ShouldSucceed().Json["entries"]!.AsArray()
                .Count(one => one!["eventId"]!.GetValue<Guid>() == entry).ShouldBe(there, "the coaching itself");
            (await later.GetAsync(Judge, $"{participation}/compliance?{at}")).ShouldSucceed().Json["compliance"]!["coaching"]!["attendance"]?["held"]?.GetValue<int>().ShouldBe(there);
            (await later.GetAsync(Coach, $"{client}/timeline?{at}&kind=coaching_session_held")).ShouldSucceed().Json["items"]!.AsArray().Count.ShouldBe(there, "the timeline");
        }

        (await later.PostAsync(Coach, $"{coaching}/entries/{entry}/retract", new RetractCoachingRequest("Of another client."))).ShouldSucceed();
        (await SessionsAsync(midnight)).ShouldBe(0, "a retraction counts from what it takes back");

        async Task<int> SessionsAsync(DateTimeOffset asOf) => (await later.GetAsync(Coordinator, $"{coaching}/attendance?asOf={asOf:yyyy-MM-ddTHH:mm:ssZ}")).ShouldSucceed()
            .Json["providers"]![0]!["sessions"]!.AsArray().Count;
    }

    [Fact]
    public async Task Whoever_recorded_it_corrects_it_or_the_lead_and_to_others_the_coaching_does_not_exist()
    {
        var (coaching, _) = await CoachedAsync();
        await county.HoldAsync(Coach, coaching);
        var entry = await EntryAsync(Coach, coaching, "coaching_session_held");
        var retract = $"{coaching}/entries/{entry}/retract";
        var body = new RetractCoachingRequest("Of another client.");
        (await county.PostAsync(OtherLead, retract, body)).ShouldBeProblem(404, "coaching-not-found");
        (await county.PostAsync(Second, retract, body)).ShouldBeProblem(404, "coaching-not-found");
        (await county.PostAsync(Coordinator, retract, body)).ShouldBeProblem(403, "role-not-allowed");
        (await county.PostAsync(Coach, $"{coaching}/entries/{Guid.CreateVersion7()}/retract", body)).ShouldBeProblem(409, "coaching-entry-unknown");
        (await county.PostAsync(Coach, retract, new { })).ShouldBeProblem(400, "validation-failed");

        (await county.PostAsync(Lead, coaching + "/reassign", new ReassignRequest(Second.Id, CoachChangeReason.Reassigned, "Meets best on Mondays."))).ShouldSucceed();
        (await county.PostAsync(Second, retract, body)).ShouldBeProblem(403, "not-the-recorder");
        (await county.PostAsync(Coach, $"{coaching}/entries/{await EntryAsync(Lead, coaching, "coach_assigned")}/retract", body)).ShouldBeProblem(404, "coaching-not-found");
        (await county.PostAsync(Coach, retract, body)).ShouldSucceed();
        (await county.PostAsync(Lead, retract, body)).ShouldSucceed();
        (await county.GetAsync(Lead, coaching)).Json["entries"]!.AsArray().Count(one => one!["kind"]!.GetValue<string>() == "coaching_session_corrected")
            .ShouldBe(1, "told twice it is one correction");
    }

    [Fact]
    public async Task Two_corrections_at_once_are_both_on_record_and_the_last_counts()
    {
        var (coaching, _) = await CoachedAsync();
        await county.HoldAsync(Coach, coaching);
        var correct = $"{coaching}/entries/{await EntryAsync(Coach, coaching, "coaching_session_held")}/correct-session";

        var answers = await Task.WhenAll(new[] { (Coach, 30), (Lead, 40) }.Select(one =>
            county.PostAsync(one.Item1, correct, new CorrectSessionRequest(Attendance.Attended, SessionKind.OneToOne, "Typed wrongly.", one.Item2))));

        foreach (var answer in answers)
            answer.ShouldSucceed();
        var entries = (await county.GetAsync(Lead, coaching)).Json["entries"]!.AsArray();
        var corrections = entries.Where(one => one!["kind"]!.GetValue<string>() == "coaching_session_corrected").ToList();
        corrections.Count.ShouldBe(2);
        (await county.GetAsync(Coordinator, coaching + "/attendance")).Json["providers"]![0]!["sessions"]![0]!["minutes"]!.GetValue<int>()
            .ShouldBe(corrections[^1]!["facts"]!["outcome"]!["minutes"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_assessment_is_corrected_with_score_and_band()
    {
        var (coaching, _) = await CoachedAsync();
        (await county.PostAsync(Coach, $"{coaching}/assessments/{Guid.CreateVersion7()}", new AssessmentRequest("barc-10", "2017", 48))).ShouldSucceed();
        var correct = $"{coaching}/entries/{await EntryAsync(Coach, coaching, "assessment_completed")}/correct-assessment";

        (await county.PostAsync(Coach, correct, new CorrectAssessmentRequest(61, "Added up wrongly."))).ShouldBeProblem(422, "instrument-score-out-of-range", "score");
        (await county.PostAsync(Coach, correct, new CorrectAssessmentRequest(46, "Added up wrongly.", Answers: [5, 5, 5, 5, 5, 5, 4, 4, 4, 4]))).ShouldSucceed();

        var corrected = (await county.GetAsync(Coach, coaching)).Json["entries"]!.AsArray()[^1]!["facts"]!;
        (corrected["score"]!.GetValue<int>(), corrected["band"]!.GetValue<string>(), corrected["items"]!.GetValue<string>()).ShouldBe((46, "below-cut-off", "5,5,5,5,5,5,4,4,4,4"));
    }

    private async Task<Guid> EntryAsync(Domain.Actor actor, string coaching, string kind) => (await county.GetAsync(actor, coaching)).ShouldSucceed()
        .Json["entries"]!.AsArray().Last(one => one!["kind"]!.GetValue<string>() == kind)!["eventId"]!.GetValue<Guid>();

    private async Task<(string Coaching, string Client)> CoachedAsync()
    {
        var (participation, client) = await county.ReferredAsync();
        await county.ConsentToCourtAsync(client);
        return (await county.CoachAsync(participation), client);
    }
}
