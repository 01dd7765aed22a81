namespace CaseFlow.Integration.Views;

/// <summary>What is kept of an error: what this program says, never a value that somebody else quotes.</summary>
public sealed class TellingWhyAViewStopped
{
    private static readonly Dictionary<string, Action> Errors = new()
    {
        [nameof(FormatException)] = () => _ = int.Parse("her name", null),
        [nameof(KeyNotFoundException)] = () => _ = new Dictionary<string, int>()["her name"],
    };

    [Theory]
    [InlineData(nameof(FormatException))]
    [InlineData(nameof(KeyNotFoundException))]
    public async Task Says_of_an_error_of_the_runtime_only_what_and_where(string error)
    {
        await using var world = await ViewsWorld.CreateAsync();
        await world.RecordAsync(new NoteTaken(["a"], 1, ViewsWorld.Hour(0)));

        (await StoppedAsync(world, Errors[error])).ShouldBe((error, $"{error} in {typeof(TellingWhyAViewStopped).FullName}"));
    }

    [Fact]
    public async Task Says_of_an_unreadable_event_which_member_and_nothing_below_it()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var (ids, _) = await world.RecordAsync(new NoteTaken(["a"], 1, ViewsWorld.Hour(0)));
        await world.SpoilAsync("""update caseflow.mt_events set data = jsonb_set(data, '{keys}', '{"her name": 1}')""");

        (await StoppedAsync(world, () => { })).ShouldBe((
            "UnreadableEventException", $"Event 1 of stream {ids[0]} is stored as \"note_taken\" and cannot be read: JsonException at $.keys"));
    }

    [Fact]
    public async Task Keeps_what_a_text_of_the_database_can_hold()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await world.RecordAsync(new NoteTaken(["a"], 1, ViewsWorld.Hour(0)));
        var long499 = new string('x', 499);

        (await StoppedAsync(world, () => throw new InvalidOperationException($"\0{long499}\U0001F600"))).Error.ShouldBe(long499);
    }

    private static async Task<(string Type, string Error)> StoppedAsync(ViewsWorld world, Action act)
    {
        var notes = new NotesView(fails: _ =>
        {
            act();
            return false;
        });
        await using var running = new Running(world.Runner(notes));
        var failure = (await world.StoppedAsync(notes, ViewsWorld.Tenant)).Failure!;
        return (failure.ErrorType, failure.Error);
    }
}
