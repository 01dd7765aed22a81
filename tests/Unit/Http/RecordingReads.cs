using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.EventStore.Access;
using CaseFlow.Unit.Documents;
using CaseFlow.Unit.Http.Toy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseFlow.Unit.Http;

/// <summary>A question says whose record it shows, and its answer waits for the record of the read.</summary>
public sealed class RecordingReads
{
    private static readonly Guid One = Guid.Parse("019a0000-0000-7000-8000-000000000001");
    private static readonly Guid Two = Guid.Parse("019a0000-0000-7000-8000-000000000002");

    public sealed record Shelf(IReadOnlyList<Guid> Owners, bool Hidden, long Position, DateTimeOffset? AsOf) : IAnsweredFrom;

    [Fact]
    public async Task Every_question_of_the_program_records_its_reads_or_is_one_of_few_that_show_no_client()
    {
        var routes = await ProgramRoutes.ListAsync();

        routes.Where(route => route.Shown is { WhyNobody: not null }).Select(route => route.Name).ShouldBe(
            ["listProjections", "readDirectory", "listPolicies", "readPolicyInForce", "readPolicy", "countUnitsOfService", "readTimeliness", "readCourt", "listCourts", "readCourtVersion", "listCourtTemplates",
                "readTestSelection", "verifyTestSelection", "readWorker", "listWorkforce", "readIntegrity", "listLedgerKeys", "listReplays", "listRejectedLines", "listRejectedLinesRetention", "proveEvent", "proveConsistency"], ignoreOrder: true);
        routes.Where(route => route.Method == "GET" && route.Access.Roles is not null).ShouldAllBe(route => route.Shown != null);
        routes.Single(route => route.Name == "findClient").Shown!.View.ShouldBe("client_identifiers");
        routes.Where(route => route.Shown is { View: not null }).ShouldAllBe(route => route.Name.Length > 0);
        routes.Count(route => route.Shown is { View: not null }).ShouldBe(45);
    }

    [Fact]
    public async Task Whatever_those_who_watch_over_records_may_ask_says_whether_it_tells_criminal_justice_information()
    {
        var asked = (await ProgramRoutes.ListAsync())
            .Where(route => route.Shown is { View: not null } && route.Access.Roles?.Any(role => role is Role.Auditor or Role.PrivacyOfficer) is true).ToList();

        asked.ShouldNotBeEmpty();
        asked.Where(route => route.Shown!.Answer is not { } answer || (!answer.IsAssignableTo(typeof(ITellsCji)) && !answer.IsAssignableTo(typeof(IToldByAgencies))))
            .Select(route => route.Name).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task A_question_that_does_not_say_once_whose_record_it_shows_stops_the_start(bool shows, bool nobody)
    {
        var start = () => DoorHost.StartAsync(doors: api =>
        {
            var route = api.MapAsk("/shelves", () => TypedResults.Ok(One)).Named("listShelves", "Shelves").Allow(Role.Agent);
            if (shows)
                route.Shows<Guid>("shelf");
            if (nobody)
                route.ShowsNobody("shelves");
        });

        (await start.ShouldThrowAsync<InvalidOperationException>()).Message.ShouldContain("GET /api/shelves must say once whose record it shows");
    }

    [Fact]
    public async Task A_question_by_POST_is_a_question_and_a_command_is_none()
    {
        var question = () => DoorHost.StartAsync(doors: api => api.MapPost("/shelves/find", () => TypedResults.Ok(One)).Allow(Role.Agent));
        var command = () => DoorHost.StartAsync(doors: api => api.MapFact("/shelves", () => TypedResults.Ok(One)).Allow(Role.Agent).Shows<Guid>("shelf"));

        (await question.ShouldThrowAsync<InvalidOperationException>()).Message.ShouldContain("POST /api/shelves/find must say once whose record");
        (await command.ShouldThrowAsync<InvalidOperationException>()).Message.ShouldContain("POST /api/shelves must say nothing of records");
    }

    [Fact]
    public async Task The_read_is_recorded_before_the_answer_leaves()
    {
        var accesses = new HeldLog();
        await using var door = await ShelvesAsync(accesses);

        var asked = door.GetAsync($"/api/clients/{One}/shelf");
        var entry = await accesses.Asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        asked.IsCompleted.ShouldBeFalse();
        accesses.Commit.SetResult();

        ((int)(await asked).Status).ShouldBe(200);
        var actor = DoorHost.Agent;
        entry.SubjectIds.ShouldBe([One]);
        entry.ShouldBe(new AccessEntry(
            entry.Id, actor.Jurisdiction, actor.Id, "agent", actor.Agency, actor.Office, "supervision", "readShelf", "shelf", AccessOutcome.Shown,
            One, entry.SubjectIds, AsOf: null, AsRecorded: null, Position: 4711, entry.TraceId));
        entry.Id.Version.ShouldBe(7);
        entry.TraceId.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task What_cannot_be_recorded_does_not_leave()
    {
        var accesses = new HeldLog();
        await using var door = await ShelvesAsync(accesses);
        accesses.Commit.SetException(new AccessNotRecordedException("The table is away."));

        foreach (var path in new[] { $"/api/clients/{One}/shelf", $"/api/clients/{One}/shelf?what=missing", $"/api/clients/{One}/shelf?what=forbidden" })
        {
            var reply = await door.GetAsync(path);

            reply.ShouldBeProblem(503, "access-not-recorded");
            reply["Retry-After"].ShouldBe("2");
            reply["ETag"].ShouldBeNull();
            reply["Link"].ShouldBeNull();
            reply.Text.ShouldNotContain(One.ToString());
            reply.Text.ShouldNotContain("away");
        }
    }

    [Theory]
    [InlineData("", AccessOutcome.Shown)]
    [InlineData("?what=hidden", AccessOutcome.Restricted)]
    [InlineData("?what=others", AccessOutcome.NotFound)]
    [InlineData("?what=missing", AccessOutcome.NotFound)]
    [InlineData("?what=forbidden", AccessOutcome.Refused)]
    public async Task The_record_says_what_the_reader_got(string query, AccessOutcome outcome)
    {
        var accesses = new HeldLog();
        accesses.Commit.SetResult();
        await using var door = await ShelvesAsync(accesses);

        await door.GetAsync($"/api/clients/{One}/shelf{query}");

        var entry = await accesses.Asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        entry.Outcome.ShouldBe(outcome);
        entry.SubjectIds.ShouldBe([One]);
    }

    [Fact]
    public async Task A_list_records_everybody_on_it_once()
    {
        var accesses = new HeldLog();
        accesses.Commit.SetResult();
        await using var door = await ShelvesAsync(accesses);

        ((int)(await door.GetAsync("/api/shelves")).Status).ShouldBe(200);

        var entry = await accesses.Asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        entry.SubjectIds.ShouldBe([One, Two], ignoreOrder: true);
        entry.AskedId.ShouldBeNull();
    }

    [Theory]
    [InlineData("?what=unreadable", 400)]
    [InlineData("?what=another-shape", 500)]
    public async Task What_read_nothing_is_not_recorded_and_an_answer_of_unknown_shape_stays(string query, int status)
    {
        var accesses = new HeldLog();
        accesses.Commit.SetResult();
        await using var door = await ShelvesAsync(accesses);

        var reply = await door.GetAsync($"/api/clients/{One}/shelf{query}");

        ((int)reply.Status).ShouldBe(status, reply.Text);
        reply.Text.ShouldNotContain("secret");
        accesses.Asked.Task.IsCompleted.ShouldBeFalse();
    }

    private static Task<DoorHost> ShelvesAsync(IAccessLog accesses) => DoorHost.StartAsync(accesses: accesses, doors: api =>
    {
        api.MapAsk("/clients/{clientId:guid}/shelf", Read).Named("readShelf", "A shelf").Allow(Role.Agent)
            .Shows<Shelf>("shelf", (shelf, _) => shelf.Owners, shelf => shelf.Hidden);
        api.MapAsk("/shelves", () => TypedResults.Ok(new Shelf([One, Two, One], false, 4711, null))).Named("listShelves", "Shelves").Allow(Role.Agent)
            .Shows<Shelf>("shelf", (shelf, _) => shelf.Owners);
    });

    private static IResult Read(Guid clientId, string? what, HttpResponse response)
    {
        response.Headers.ETag = "\"3\"";
        response.Headers.Link = "</api/shelves?cursor=secret>; rel=\"next\"";
        return what switch
        {
            "missing" => new Problem(ProblemCatalogue.NoSuchRoute),
            "forbidden" => new Problem(ProblemCatalogue.RoleNotAllowed),
            "unreadable" => new Problem(ProblemCatalogue.BadParameter),
            "another-shape" => TypedResults.Ok("secret"),
            _ => TypedResults.Ok(new Shelf([what == "others" ? Two : clientId], what == "hidden", 4711, null)),
        };
    }

    /// <summary>A log that commits when it is told to.</summary>
    private sealed class HeldLog : IAccessLog
    {
        public TaskCompletionSource<AccessEntry> Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Commit { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IDisposable Expect() => new MemoryStream();

        public Task RecordAsync(AccessEntry entry, CancellationToken cancellation)
        {
            Asked.TrySetResult(entry);
            return Commit.Task;
        }
    }
}
