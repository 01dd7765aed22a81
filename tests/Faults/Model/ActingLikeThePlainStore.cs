using CaseFlow.EventStore.Sealing;
using CaseFlow.Faults.Scenarios;
using CaseFlow.Faults.Servers;
using FsCheck;
using FsCheck.Fluent;

namespace CaseFlow.Faults.Model;

/// <summary>
/// Whatever is appended, at once or in turn, at whatever version, again or anew, while sessions break, programs begin and views
/// are rebuilt: a store of plain lists explains every answer. A failure shows its shortest story and the two numbers that
/// CASEFLOW_MODEL_REPLAY repeats it with; CASEFLOW_MODEL_STORIES says how many are told.
/// </summary>
public sealed class ActingLikeThePlainStore(ITestOutputHelper output) : IAsyncLifetime
{
    private Server? server;
    private IWrappingKey? key;
    private string? directory;
    private int told;
    private int unknown;

    public async ValueTask InitializeAsync()
    {
        var template = await Template.GetAsync();
        directory = Machine.NewDirectory();
        key = FileWrappingKey.OpenOrCreate(template.Keys.WrappingKeyFile);
        server = await Server.CopyAsync(template.Cluster, Path.Combine(directory, "cluster"));
        await server.StartAsync("fsync=off");
    }

    public async ValueTask DisposeAsync()
    {
        await server!.DisposeAsync();
        Directory.Delete(directory!, recursive: true);
    }

    [Fact]
    public void Every_answer_is_one_that_plain_lists_would_give()
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(Number("CASEFLOW_MODEL_STORIES") ?? 18).WithEndSize(25);
        if (Environment.GetEnvironmentVariable("CASEFLOW_MODEL_REPLAY")?.Split(',') is [var seed, var gamma])
            config = config.WithReplay(ulong.Parse(seed, null), ulong.Parse(gamma, null));
        Check.One(config, Prop.ForAll(Stories.Any, story => TellAsync(story).GetAwaiter().GetResult()));
        output.WriteLine($"{told} stories, {unknown} appends whose answer was lost");
        if (config.Replay is null)
            unknown.ShouldBeGreaterThan(0, "something breaks while it is asked for");
    }

    private async Task<bool> TellAsync(Step[] story)
    {
        var database = $"story_{++told}";
        await server!.AskAsync<object?>($"create database {database} template caseflow");
        await using (var telling = new Telling(server, database, key!))
        {
            await telling.TellAsync(story);
            unknown += telling.Unknown;
        }

        await server.AskAsync<object?>($"drop database {database} with (force)");
        return true;
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;
}
