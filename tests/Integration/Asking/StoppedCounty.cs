using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Embedded;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Api.Settings;
using CaseFlow.Domain;
using CaseFlow.EventStore;
using CaseFlow.Integration.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CaseFlow.Integration.Asking;

/// <summary>
/// The doors on a composed database, without the work in the background: a test says what is recorded, when the views move,
/// and what time it is.
/// </summary>
public sealed class StoppedCounty : IAsyncDisposable
{
    public const string Jurisdiction = "demo";

    private readonly TestDatabase database;
    private readonly WebApplication app;
    private readonly string directory;
    private readonly DevelopmentTokens tokens;
    private readonly HttpClient http;

    private StoppedCounty(TestDatabase database, WebApplication app, string directory, string tokenKey, StoppedClock clock)
    {
        (this.database, this.app, this.directory, Clock) = (database, app, directory, clock);
        tokens = new DevelopmentTokens(tokenKey);
        http = app.GetTestClient();
        Database = app.Services.GetRequiredService<CaseFlowDatabase>();
    }

    public CaseFlowDatabase Database { get; }

    /// <summary>The owner's, to look and to change behind the program's back.</summary>
    public string ConnectionString => database.ConnectionString;

    public StoppedClock Clock { get; }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>An instant in Wisconsin's summer of 2026.</summary>
    public static DateTimeOffset Cdt(int month, int day, int hour, int minute = 0) =>
        new DateTimeOffset(2026, month, day, hour, minute, 0, TimeSpan.FromHours(-5)).ToUniversalTime();

    public static async Task<StoppedCounty> FoundAsync()
    {
        var database = await TestDatabase.CreateMigratedAsync();
        var directory = System.IO.Directory.CreateTempSubdirectory("caseflow-county-").FullName;
        var tokenKey = Path.Combine(directory, "token.key");
        var settings = new CaseFlowSettings
        {
            ConnectionString = database.ProgramConnectionString,
            MigrationConnectionString = database.ConnectionString,
            Authentication = new AuthenticationSettings { DevelopmentKeyFile = tokenKey },
            Keys = new KeySettings { File = Path.Combine(directory, "wrapping.key") },
        };
        var clock = new StoppedClock(Cdt(6, 15, 9));
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(settings);
        builder.Services.AddCaseFlow(settings, await OpenDatabase.OpenAsync(settings, NullLoggerFactory.Instance, Cancellation));
        builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(BackgroundWork)));
        builder.Services.AddSingleton<TimeProvider>(clock);
        var app = builder.Build();
        app.UseHttpRoom(Doors.Map);
        await app.StartAsync(Cancellation);
        var county = new StoppedCounty(database, app, directory, tokenKey, clock);
        await People.EngageAsync(county);
        return county;
    }

    /// <summary>Records facts of one stream, told by somebody.</summary>
    /// <returns>The ids of their events.</returns>
    public async Task<IReadOnlyList<Guid>> RecordAsync(
        Actor by, Guid stream, string alias, IReadOnlyList<DomainEvent> facts, Func<Circumstances, Circumstances>? about = null)
    {
        var circumstances = new Circumstances { Actor = by.Id, Role = by.Role, Agency = by.Agency, Office = by.Office, Purpose = by.Purpose };
        var told = about?.Invoke(circumstances) ?? circumstances;
        // As the doors do it: by the agency whose record it is.
        told = told with { Labels = [.. told.Labels.Union((told.RecordOf ?? told.Agency) == Stories.Provider ? ["PART2"] : [])] };
        var ids = facts.Select(_ => Guid.CreateVersion7()).ToList();
        var events = facts.Select((fact, n) => new NewEvent(ids[n], fact, told, (fact as IClientEvent)?.ClientId));
        var append = new Append(by.Jurisdiction, [new StreamAppend(stream, alias, ExpectedVersion.Any, [.. events])], new AppendMetadata(by.Id));
        LastSequence = (await Database.Store.AppendAsync(append, Cancellation)).ShouldBeOfType<AppendResult.Appended>().LastSequence;
        return ids;
    }

    /// <summary>The token of the last write.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Places what was recorded and brings the views there.</summary>
    /// <returns>The end of the log.</returns>
    public async Task<long> ShowAsync()
    {
        await Database.CatchUpAsync(Cancellation);
        return (await Database.Store.EndOfLogAsync(Cancellation)).Position;
    }

    /// <summary>Everything recorded since a position was recorded at an instant: moves the database's own times, before views see them.</summary>
    public async Task RecordedAtAsync(DateTimeOffset instant, long afterPosition)
    {
        await Database.Sequencer.PlaceNewAsync(Cancellation);
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        // What is recorded cannot be changed; a test's own database may, past the triggers.
        await using (var past = new NpgsqlCommand("set local session_replication_role = replica", connection))
            await past.ExecuteNonQueryAsync(Cancellation);
        await using (var move = new NpgsqlCommand(
            """
            with moved as (
              update caseflow.cf_log set stamped_at = @at where position > @after returning seq_id)
            update caseflow.mt_events set "timestamp" = @at where seq_id in (select seq_id from moved)
            """,
            connection))
        {
            move.Parameters.AddWithValue("at", instant);
            move.Parameters.AddWithValue("after", afterPosition);
            await move.ExecuteNonQueryAsync(Cancellation);
        }

        await transaction.CommitAsync(Cancellation);
        await ShowAsync();
    }

    /// <summary>Asks as somebody.</summary>
    public Task<Heard> AskAsync(Actor actor, string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, actor, path, null, headers);

    /// <summary>Commands as somebody.</summary>
    public Task<Heard> PostAsync(Actor actor, string path, object body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, actor, path, new StringContent(System.Text.Json.JsonSerializer.Serialize(body, JsonRules.Options), Encoding.UTF8, "application/json"), headers);

    private async Task<Heard> SendAsync(HttpMethod method, Actor actor, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : $"/api/{path}") { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Issue(actor, TimeSpan.FromHours(1)));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request, Cancellation);
        var told = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value));
        return new Heard(response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation), told);
    }

    /// <summary>Follows every page.</summary>
    public async Task<List<JsonNode>> AllAsync(Actor actor, string path, Func<Task>? between = null)
    {
        var items = new List<JsonNode>();
        for (var next = path; next is not null;)
        {
            var page = (await AskAsync(actor, next)).Ok();
            items.AddRange(page["items"]!.AsArray().Select(item => item!));
            next = page["next"]?.GetValue<string>();
            if (between is not null)
                await between();
        }

        return items;
    }

    /// <summary>An instant for an address.</summary>
    public static string At(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
        await database.DisposeAsync();
        System.IO.Directory.Delete(directory, recursive: true);
    }
}

/// <summary>Shows one time until it is told another.</summary>
public sealed class StoppedClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>An answer.</summary>
public sealed record Heard(HttpStatusCode Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Ok()
    {
        Status.ShouldBe(HttpStatusCode.OK, Text);
        return JsonNode.Parse(Text)!;
    }

    public JsonNode ShouldBeProblem(int status, string code)
    {
        ((int)Status).ShouldBe(status, Text);
        var problem = JsonNode.Parse(Text)!;
        problem["code"]!.GetValue<string>().ShouldBe(code);
        return problem;
    }

    /// <summary>Everything that could tell two answers apart.</summary>
    public string Whole()
    {
        var text = new StringBuilder().Append((int)Status).AppendLine();
        foreach (var (name, value) in Headers.OrderBy(header => header.Key, StringComparer.Ordinal).Where(header => header.Key != "Date"))
            text.Append(name).Append(": ").AppendLine(value);
        return text.Append(Text).ToString();
    }
}
