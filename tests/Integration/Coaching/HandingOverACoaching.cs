using CaseFlow.Api.Coaching;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Integration.Courts;
using CaseFlow.Integration.Infrastructure;
using Npgsql;
using static CaseFlow.Integration.Coaching.CoachStories;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Coaching;

/// <summary>Offered, ordered, coached, and handed over without anything being lost or told to others (R24, scenario 8).</summary>
public sealed class HandingOverACoaching(County county) : IClassFixture<County>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await county.FurnishCoachesAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_peer_is_offered_and_declined_without_consequence_and_later_accepted()
    {
        var coaching = await county.AdmitAsync() + "/coaching";
        (await county.PostAsync(Coordinator, coaching + "/accept", new { })).ShouldBeProblem(404, "coaching-not-found");
        (await county.PostAsync(Coordinator, coaching + "/offer", new OfferRequest("somebody-else"))).ShouldBeProblem(422, "coaching-provider-not-used", "providerAgencyId");
        (await county.PostAsync(Coordinator, coaching + "/offer", new OfferRequest("recovery-coaches", "no-such-programme"))).ShouldBeProblem(422, "filing-program-not-open");
        (await county.PostAsync(Coordinator, coaching + "/offer", new OfferRequest("recovery-coaches"))).ShouldSucceed();
        (await county.PostAsync(Coordinator, coaching + "/decline", new DeclineOfferRequest("Not now."))).ShouldSucceed();
        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Coach.Id))).ShouldBeProblem(404, "coaching-not-found");

        (await county.PostAsync(Coordinator, coaching + "/offer", new OfferRequest("recovery-coaches"))).ShouldSucceed();
        (await county.PostAsync(Coordinator, coaching + "/accept", new { })).ShouldSucceed();
        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Coach.Id))).ShouldSucceed();
    }

    /// <summary>Scenario 8: the coach resigns; the history stays visible to the new one, and the note is mandatory.</summary>
    [Fact]
    public async Task The_new_coach_sees_all_that_the_old_one_did_and_the_old_one_nothing_more()
    {
        var coaching = await county.CoachAsync();
        var (plan, goal, session) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var today = DateOnly.FromDateTime(county.Now.UtcDateTime);
        (await county.PostAsync(Coach, $"{coaching}/plans/{plan}/create", new PlanRequest("A home, and somebody to call.", today.AddMonths(3)))).ShouldSucceed();
        (await county.PostAsync(Coach, $"{coaching}/plans/{plan}/goals/{goal}", new GoalRequest("housing", "A room of my own."))).ShouldSucceed();
        (await county.PostAsync(Coach, $"{coaching}/plans/{plan}/sign", new SignRequest(SessionParty.Client))).ShouldSucceed();
        (await county.PostAsync(Coach, $"{coaching}/sessions/{session}/schedule", new ScheduleRequest(county.Now.AddDays(1), SessionKind.Group, ContactMode.InPerson))).ShouldSucceed();
        (await county.PostAsync(Coach, $"{coaching}/sessions/{session}/miss", new MissedRequest(false))).ShouldBeProblem(409, "session-still-ahead");
        await county.HoldAsync(Coach, coaching, "Spoke about her sister.");
        (await county.PostAsync(Coach, $"{coaching}/assessments/{Guid.CreateVersion7()}", new AssessmentRequest("barc-10", "2017", 47, Answers: [5, 5, 5, 5, 5, 5, 5, 5, 4, 4])))
            .ShouldBeProblem(422, "instrument-total-wrong", "score");
        (await county.PostAsync(Coach, $"{coaching}/assessments/{Guid.CreateVersion7()}", new AssessmentRequest("barc-10", "2017", 48, Answers: [5, 5, 5, 5, 5, 5, 5, 5, 4, 4])))
            .ShouldSucceed();
        (await county.PostAsync(Coach, coaching + "/notes", new TextRequest("I was close to tears myself."))).ShouldSucceed();
        var before = (await county.GetAsync(Coach, coaching)).ShouldSucceed().Json["entries"]!.AsArray();

        (await county.PostAsync(Lead, coaching + "/reassign", new ReassignRequest(Second.Id, CoachChangeReason.CoachLeft, null))).ShouldBeProblem(422, "handover-note-missing", "handoverNote");
        (await county.PostAsync(Lead, coaching + "/reassign", new ReassignRequest(Second.Id, CoachChangeReason.CoachLeft, "Meets best on Mondays."))).ShouldSucceed();
        (await county.PostAsync(Lead, coaching + "/reassign", new ReassignRequest(Second.Id, CoachChangeReason.CoachLeft, "Meets best on Mondays."))).ShouldSucceed();
        (await county.PostAsync(Lead, coaching + "/reassign", new ReassignRequest(Second.Id, CoachChangeReason.CoachLeft, "Never on Mondays."))).ShouldBeProblem(409, "recorded-differently");
        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Second.Id, "Never on Mondays."))).ShouldBeProblem(409, "recorded-differently");
        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Second.Id))).ShouldSucceed();

        var seen = (await county.GetAsync(Second, coaching)).ShouldSucceed().Json;
        seen["attention"]!.AsArray().Select(one => one!.GetValue<string>()).ShouldBe(["handover-unread"]);
        var entries = seen["entries"]!.AsArray();
        List<string> history = [.. before.Where(entry => entry!["kind"]!.GetValue<string>() != "coach_note_kept").Select(entry => entry!.ToJsonString())];
        history.Count.ShouldBe(before.Count - 1, "a coach reads their own note");
        entries.Take(history.Count).Select(entry => entry!.ToJsonString()).ShouldBe(history, "nothing of the history is hidden but what was the old coach's own");
        var text = entries.ToJsonString();
        foreach (var said in new[] { "Spoke about her sister.", "A home, and somebody to call.", "A room of my own.", "Meets best on Mondays.", "5,5,5,5,5,5,5,5,4,4", "remission-likely" })
            text.ShouldContain(said);
        (await county.PostAsync(Second, coaching + "/handover")).ShouldSucceed();
        (await county.GetAsync(Second, coaching)).Json["attention"]!.AsArray().ShouldBeEmpty();
        await county.HoldAsync(Second, coaching);

        // The old coach's time is over.
        (await county.GetAsync(Coach, coaching)).ShouldBeProblem(404, "coaching-not-found");
        (await county.PostAsync(Coach, $"{coaching}/sessions/{Guid.CreateVersion7()}/hold", new HeldRequest(SessionKind.OneToOne, ContactMode.Phone, 10)))
            .ShouldBeProblem(404, "coaching-not-found");

        // The note that was the coach's own stays with those who supervise the work.
        text.ShouldNotContain("close to tears");
        (await county.GetAsync(Lead, coaching)).Text.ShouldContain("close to tears");
        await NothingIsInPlainTextAsync("Spoke about her sister", "Meets best on Mondays", "close to tears", "room of my own", "5,5,5,5,5,5,5,5,4,4");
    }

    [Fact]
    public async Task Other_providers_coaches_and_other_courts_meet_nothing_byte_for_byte()
    {
        var coaching = await county.CoachAsync();
        var (real, unknown) = (Guid.Parse(coaching.Split('/')[^2]), Guid.CreateVersion7());
        var nowhere = $"/api/participations/{unknown}/coaching";

        foreach (var stranger in new[] { Second, OtherCoach, OtherLead })
        {
            (await county.GetAsync(stranger, coaching)).Without(real).ShouldBe((await county.GetAsync(stranger, nowhere)).Without(unknown));
            (await county.PostAsync(stranger, $"{coaching}/sessions/{real}/hold", new HeldRequest(SessionKind.OneToOne, ContactMode.Phone, 10))).Without(real)
                .ShouldBe((await county.PostAsync(stranger, $"{nowhere}/sessions/{unknown}/hold", new HeldRequest(SessionKind.OneToOne, ContactMode.Phone, 10))).Without(unknown));
        }

        (await county.PostAsync(OtherLead, coaching + "/assign", new AssignCoachRequest(OtherCoach.Id))).ShouldBeProblem(404, "coaching-not-found");
        (await county.PostAsync(OtherCoordinator, coaching + "/lift", new EndCoachingRequest(CoachingEndReason.OrderLifted))).ShouldBeProblem(404, "participation-not-found");
    }

    /// <summary>What the provider does moves nothing that the court sees.</summary>
    [Fact]
    public async Task The_courts_version_stands_still_while_the_coach_works()
    {
        var coaching = await county.CoachAsync();
        var order = new OrderRequest("recovery-coaches", county.Weekly());
        var before = (await county.PostAsync(Coordinator, coaching + "/order", order)).ShouldSucceed();

        await county.HoldAsync(Coach, coaching);
        (await county.PostAsync(Lead, coaching + "/end", new EndCoachingRequest(CoachingEndReason.Completed))).ShouldSucceed();

        var after = (await county.PostAsync(Coordinator, coaching + "/order", order)).ShouldSucceed();
        (after.ETag, after["CaseFlow-Recorded"]).ShouldBe((before.ETag, before["CaseFlow-Recorded"]));
    }

    [Fact]
    public async Task Nobody_is_assigned_in_a_participation_that_is_over()
    {
        var participation = await county.AdmitAsync();
        var coaching = await county.OrderAsync(participation);
        await county.EnterAsync(Coordinator, participation, "withdraw", new Api.Courts.EndRequest("moved") { File = Domain.Privacy.CourtFile.Open });

        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Coach.Id))).ShouldBeProblem(409, "participation-over");
        (await county.PostAsync(Coordinator, coaching + "/offer", new OfferRequest("recovery-coaches"))).ShouldBeProblem(409, "participation-over");
    }

    private async Task NothingIsInPlainTextAsync(params string[] said)
    {
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        foreach (var text in said)
        {
            await using var command = source.CreateCommand("select count(*) from caseflow.mt_events where data::text like @text");
            command.Parameters.AddWithValue("text", $"%{text}%");
            ((long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!).ShouldBe(0, text);
        }
    }
}
