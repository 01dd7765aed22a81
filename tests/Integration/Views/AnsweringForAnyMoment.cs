namespace CaseFlow.Integration.Views;

public sealed class AnsweringForAnyMoment
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 7)]
    [InlineData(3, 500)]
    public async Task Is_the_fold_of_what_was_recorded_and_had_occurred(int seed, int pageSize)
    {
        await using var world = await ViewsWorld.CreateAsync();
        await NoteHistories.RecordAsync(world, seed, events: 60);
        var view = new NotesView();
        await world.Runner(view).CatchUpAsync(pageSize, Cancellation);
        var log = await world.LogAsync();
        var rows = await RowsAsync(world);

        for (var position = 0L; position <= log.Count; position++)
        {
            for (var hour = -1; hour <= 61; hour++)
            {
                var instant = hour == 61 ? (DateTimeOffset?)null : ViewsWorld.Hour(hour);
                foreach (var (tenant, key) in rows.Select(row => (row.Tenant, row.Key)).Distinct())
                {
                    var expected = NoteHistories.RowAt(log, tenant, key, position, instant);
                    var found = rows.Where(row => row.Tenant == tenant && row.Key == key && row.Holds(position, instant)).ToList();
                    found.Select(row => row.Value).ShouldBe(
                        expected is null ? [] : [expected], $"{tenant}/{key} at position {position}, instant {instant}");
                }
            }
        }
    }

    [Fact]
    public async Task Asks_the_table_with_one_predicate()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await NoteHistories.RecordAsync(world, seed: 4, events: 40);
        var view = new NotesView();
        await world.Runner(view).CatchUpAsync(cancellation: Cancellation);
        var log = await world.LogAsync();

        foreach (var position in new long?[] { null, 3, 17, 39, 40 })
        {
            foreach (var instant in new DateTimeOffset?[] { null, ViewsWorld.Hour(0), ViewsWorld.Hour(9.5), ViewsWorld.Hour(90) })
            {
                var (row, at) = await world.Reader.FindAsync(view, ViewsWorld.Tenant, "a", new(position, instant), Cancellation);
                at.Position.ShouldBe(position ?? log.Last(recorded => recorded.TenantId == ViewsWorld.Tenant).Position);
                row.ShouldBe(NoteHistories.RowAt(log, ViewsWorld.Tenant, "a", at.Position!.Value, instant));
            }
        }
    }

    [Fact]
    public async Task Costs_one_closed_and_two_new_rows_for_the_usual_event()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var view = new NotesView();
        for (var n = 0; n < 20; n++)
            await world.RecordAsync(new NoteTaken(["a"], n, ViewsWorld.Hour(n)));
        await world.Runner(view).CatchUpAsync(1, Cancellation);

        (await RowsAsync(world)).Count.ShouldBe(1 + (19 * 2));
    }

    [Fact]
    public async Task Keeps_one_rectangle_while_nothing_changes()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var view = new NotesView();
        await world.RecordAsync(new NoteTaken(["a"], 0, ViewsWorld.Hour(0)), new NothingNoted(ViewsWorld.Hour(1)));
        await world.RecordAsync(new NoteCorrected(["a"], Guid.CreateVersion7(), null, null, ViewsWorld.Hour(2)));
        await world.Runner(view).CatchUpAsync(cancellation: Cancellation);

        (await RowsAsync(world)).Count.ShouldBe(1);
    }

    private static async Task<List<StoredRow>> RowsAsync(ViewsWorld world)
    {
        await using var command = world.Owner.CreateCommand(
            "select tenant_id, key, pos_from, pos_to, occ_from, occ_to, row->>'value', row->>'mixed', row->>'dueAt' from views.notes");
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var rows = new List<StoredRow>();
        while (await reader.ReadAsync(Cancellation))
        {
            rows.Add(new(
                reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3),
                reader.GetFieldValue<DateTimeOffset>(4), reader.GetFieldValue<DateTimeOffset>(5),
                new(int.Parse(reader.GetString(6)), int.Parse(reader.GetString(7)), DateTimeOffset.Parse(reader.GetString(8)))));
        }

        return rows;
    }

    private sealed record StoredRow(
        string Tenant, string Key, long PosFrom, long PosTo, DateTimeOffset OccFrom, DateTimeOffset OccTo, NoteRow Value)
    {
        public bool Holds(long position, DateTimeOffset? instant) => PosFrom <= position && position < PosTo
            && (instant is { } at ? OccFrom <= at && at < OccTo : OccTo == DateTimeOffset.MaxValue);
    }
}
