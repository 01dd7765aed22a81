using CaseFlow.EventStore.Views;

namespace CaseFlow.Integration.Views;

public sealed class PagingAView
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answers_every_page_from_the_position_of_the_first_while_writes_go_on(bool descending)
    {
        await using var world = await ViewsWorld.CreateAsync();
        var view = new NotesView();
        // Three of each due time, so that the key has to decide.
        await world.RecordAsync([.. Enumerable.Range(0, 30).Select(n => new NoteTaken([$"k{n:00}"], 1, ViewsWorld.Hour(n / 3)))]);
        var runner = world.Runner(view);
        await runner.CatchUpAsync(cancellation: Cancellation);
        var question = new ViewPageQuestion(ViewsWorld.Tenant, NotesView.ByDue, new Dictionary<string, object>()) { Size = 7, Descending = descending };

        var keys = new List<string>();
        for (ViewCursor? after = null; ;)
        {
            var page = await world.Reader.PageAsync(view, question with { After = after }, Cancellation);
            page.At.Position.ShouldBe(30);
            keys.AddRange(page.Rows.Select(row => row.Key));
            after = page.Next;
            if (after is null)
                break;
            page.Rows.Count.ShouldBe(7);
            await world.RecordAsync(new NoteTaken([$"k{keys.Count:00}"], 2, ViewsWorld.Hour(40)), new NoteTaken([$"new{keys.Count}"], 1, ViewsWorld.Hour(5)));
            await runner.CatchUpAsync(cancellation: Cancellation);
        }

        var expected = Enumerable.Range(0, 30).Select(n => $"k{n:00}").ToList();
        if (descending)
            expected.Reverse();
        keys.ShouldBe(expected);
    }

    [Fact]
    public async Task Narrows_to_fixed_columns_tenant_and_rights()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var view = new NotesView();
        await world.RecordAsync([.. Enumerable.Range(0, 12).Select(n => new NoteTaken([$"k{n:00}"], n % 2, ViewsWorld.Hour(n)))]);
        await world.RecordAsync("south", [new NoteTaken(["k98"], 1, ViewsWorld.Hour(3))]);
        await world.Runner(view).CatchUpAsync(cancellation: Cancellation);

        var page = await world.Reader.PageAsync(
            view,
            new ViewPageQuestion(ViewsWorld.Tenant, NotesView.ByValueAndDue, new Dictionary<string, object> { ["value"] = 1L })
            {
                Where = "key < @below",
                WhereParameters = parameters => parameters.AddWithValue("below", "k08"),
            },
            Cancellation);

        page.Rows.Select(row => row.Key).ShouldBe(["k01", "k03", "k05", "k07"]);
        page.Next.ShouldBeNull();
    }

    [Fact]
    public async Task Sorts_by_value_and_not_by_spelling()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var view = new NotesView();
        await world.RecordAsync([.. Enumerable.Range(0, 15).Select(n => new NoteTaken([$"k{n % 4}-{n}"], n, ViewsWorld.Hour(0)))]);
        await world.Runner(view).CatchUpAsync(cancellation: Cancellation);
        var question = new ViewPageQuestion(ViewsWorld.Tenant, NotesView.ByValue, new Dictionary<string, object>()) { Size = 8 };

        var first = await world.Reader.PageAsync(view, question, Cancellation);
        var second = await world.Reader.PageAsync(view, question with { After = first.Next }, Cancellation);

        first.Rows.Concat(second.Rows).Select(row => row.Row.Value).ShouldBe(Enumerable.Range(0, 15));
    }

    [Fact]
    public async Task Answers_from_an_index_now_and_then()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var view = new NotesView();
        await world.RecordAsync(new NoteTaken([.. Enumerable.Range(0, 20_000).Select(n => $"k{n}")], 1, ViewsWorld.Hour(0)), new NothingNoted(ViewsWorld.Hour(0)));
        await world.Runner(view).CatchUpAsync(cancellation: Cancellation);
        await using (var analyze = world.Owner.CreateCommand("analyze views.notes"))
            await analyze.ExecuteNonQueryAsync(Cancellation);

        foreach (var at in new ViewInstant[] { ViewInstant.Now, new(1, null), new(null, ViewsWorld.Hour(1)), new(1, ViewsWorld.Hour(1)) })
        {
            var question = new ViewPageQuestion(ViewsWorld.Tenant, NotesView.ByDue, new Dictionary<string, object>(), at);
            var first = await world.Reader.PageAsync(view, question, Cancellation);
            foreach (var after in new[] { null, first.Next })
            {
                var plan = await world.Reader.ExplainAsync(view, question with { After = after }, Cancellation);
                plan.ShouldContain("Index Scan using notes_due_");
                plan.ShouldNotContain("Sort");
            }
        }
    }

    [Fact]
    public async Task Pages_entries_by_the_time_they_count_from_also_as_of_then()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var view = new NoteEntriesView();
        var (ids, _) = await world.RecordAsync([.. Enumerable.Range(0, 5).Select(n => new NoteTaken(["a"], n, ViewsWorld.Hour(n)))]);
        await world.RecordAsync(new NoteCorrected(["a"], ids[4], 40, ViewsWorld.Hour(0.5), ViewsWorld.Hour(9)));
        await world.Runner(view).CatchUpAsync(cancellation: Cancellation);

        (await ValuesAsync(ViewInstant.Now)).ShouldBe([3, 2, 1, 40, 0]);
        (await ValuesAsync(new(5, null))).ShouldBe([4, 3, 2, 1, 0]);
        (await ValuesAsync(new(null, ViewsWorld.Hour(1)))).ShouldBe([1, 40, 0]);
        (await ValuesAsync(new(5, ViewsWorld.Hour(1)))).ShouldBe([1, 0]);

        async Task<IEnumerable<int>> ValuesAsync(ViewInstant at)
        {
            var fixedTo = new Dictionary<string, object> { ["note_key"] = "a" };
            var values = new List<int>();
            for (ViewCursor? after = null; ;)
            {
                var page = await world.Reader.PageAsync(
                    view, new ViewPageQuestion(ViewsWorld.Tenant, NoteEntriesView.OfKey, fixedTo, at) { Size = 2, Descending = true, After = after }, Cancellation);
                values.AddRange(page.Rows.Select(row => row.Row.Value));
                if ((after = page.Next) is null)
                    return values;
            }
        }
    }

    [Fact]
    public async Task Says_when_the_view_has_not_come_that_far()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var view = new NotesView();
        await world.Runner(view).CatchUpAsync(cancellation: Cancellation);
        await world.RecordAsync(new NothingNoted(ViewsWorld.Hour(0)));
        var reader = new ViewReader(world.Questions, world.Positions) { Patience = TimeSpan.FromMilliseconds(30) };

        await Should.ThrowAsync<ViewBehindException>(() => reader.FindAsync(view, ViewsWorld.Tenant, "a", new(1, null), Cancellation));
    }

    [Fact]
    public async Task Resolves_instants_to_positions_that_stay()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var instants = new ViewInstants(world.Store);
        await world.RecordAsync(new NothingNoted(ViewsWorld.Hour(0)), new NothingNoted(ViewsWorld.Hour(1)));
        var stamp = (await world.Store.EndOfLogAsync(Cancellation)).StampedAt;

        (await instants.ResolveAsync(null, stamp, null, Cancellation)).ShouldBe(new ViewInstantAnswer.At(new(2, null)));
        (await instants.ResolveAsync(ViewsWorld.Hour(1), null, 1, Cancellation)).ShouldBe(new ViewInstantAnswer.At(new(1, ViewsWorld.Hour(1))));
        (await instants.ResolveAsync(null, null, null, Cancellation)).ShouldBe(new ViewInstantAnswer.At(ViewInstant.Now));
        (await instants.ResolveAsync(null, stamp.AddYears(-1), null, Cancellation)).ShouldBe(new ViewInstantAnswer.At(new(0, null)));
        (await instants.ResolveAsync(null, null, 3, Cancellation)).ShouldBe(new ViewInstantAnswer.BeyondLog(3, 2));
        (await instants.ResolveAsync(null, stamp, 1, Cancellation)).ShouldBeOfType<ViewInstantAnswer.Contradictory>();
        (await instants.ResolveAsync(null, null, -1, Cancellation)).ShouldBeOfType<ViewInstantAnswer.Contradictory>();
    }
}
