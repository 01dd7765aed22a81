using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.Integration.Views;

/// <summary>Several questions to several views in one snapshot.</summary>
public sealed class AskingTogether
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_others_recorded_since_makes_no_answer_of_a_scope_one_of_the_past()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var view = new NotesView();
        await world.RecordAsync(new NoteTaken(["a"], 1, ViewsWorld.Hour(1)));
        await world.RecordAsync(new NoteTaken(["b"], 2, ViewsWorld.Hour(2)));
        await world.Runner(view).CatchUpAsync(cancellation: Cancellation);
        var position = (await world.LogAsync())[^1].Position!.Value;
        await world.RecordAsync(new NoteTaken(["c"], 2, ViewsWorld.Hour(3)));
        await world.Runner(view).CatchUpAsync(cancellation: Cancellation);

        var (within, before, whole) = (new Asked(view, value: 1), new Asked(view, value: 2), new Asked(view, value: null));
        await world.Reader.AskAsync(ViewsWorld.Tenant, new(position, null), [within.Question, before.Question, whole.Question], Cancellation);

        (within.Question.Answer, within.Question.Position, within.IsCurrent).ShouldBe(("a", position - 1, true));
        (before.Question.Answer, before.Question.Position, before.IsCurrent).ShouldBe(("b", position, false), "the scope's own change came later");
        (whole.Question.Answer, whole.Question.Position, whole.IsCurrent).ShouldBe(("a,b", position, false));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_of_a_question_stays_with_its_session(bool fails)
    {
        await using var world = await ViewsWorld.CreateAsync();
        var view = new NotesView();
        await world.RecordAsync(new NoteTaken(["a"], 1, ViewsWorld.Hour(1)));
        await world.Runner(view).CatchUpAsync(cancellation: Cancellation);
        var position = (await world.LogAsync())[^1].Position!.Value;
        // One session for all, so that what is left behind is met.
        await using var source = StoreDataSource.ForQuestions(new NpgsqlConnectionStringBuilder(world.ProgramConnectionString) { MaxPoolSize = 1, Timeout = 5 }.ConnectionString);
        var reader = new ViewReader(source, new ViewPositions(source));
        var before = await SessionAsync(source);

        for (var n = 0; n < 5; n++)
        {
            var asked = new Asked(view, value: 1);
            await reader.AskAsync(ViewsWorld.Tenant, new(position, null), [asked.Question], Cancellation);
            asked.Question.Answer.ShouldBe("a");
            if (fails)
            {
                var wrong = ViewQuestion.To<NoteRow, int>(view, (_, _) => "select 1 / 0", (_, _) => { }, (_, _) => Task.FromResult(0));
                var error = await Should.ThrowAsync<PostgresException>(() => reader.AskAsync(ViewsWorld.Tenant, new(position, null), [wrong], Cancellation));
                error.SqlState.ShouldBe(PostgresErrorCodes.DivisionByZero);
            }
        }

        (await SessionAsync(source)).ShouldBe(before);
    }

    /// <summary>The one session: its process, its settings, and that no transaction is open in it.</summary>
    private static async Task<string> SessionAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("""
            select concat_ws(' ', pg_backend_pid(), current_setting('plan_cache_mode'), current_setting('enable_seqscan'),
              coalesce(nullif(current_setting('caseflow.tenant', true), ''), 'nobody'), current_setting('transaction_isolation'))
            """);
        return (string)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    /// <summary>A question for the keys of a value, or of all, that keeps how it was asked.</summary>
    private sealed class Asked
    {
        public Asked(NotesView view, int? value) => Question = ViewQuestion.To<NoteRow, string>(
            view,
            (table, asOf) =>
            {
                IsCurrent = asOf.IsCurrent;
                return $"select coalesce(string_agg(key, ',' order by key), '') from {table} where tenant_id = @tenant and (@value is null or value = @value) and {asOf.Sql}";
            },
            (parameters, _) => parameters.Add(new NpgsqlParameter<long?>("value", NpgsqlTypes.NpgsqlDbType.Bigint) { TypedValue = value }),
            async (row, cancellation) =>
            {
                await row.ReadAsync(cancellation);
                return row.GetString(0);
            },
            value is null ? null : new ViewScope(ViewsWorld.Tenant, ("value", (long)value.Value)));

        public ViewQuestion<string> Question { get; }

        public bool IsCurrent { get; private set; }
    }
}
