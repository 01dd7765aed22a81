using Npgsql;

namespace CaseFlow.EventStore.Views;

/// <summary>One question to one view, asked together with others by <see cref="ViewReader.AskAsync"/>.</summary>
public abstract class ViewQuestion
{
    internal abstract AskedView View { get; }

    /// <summary>Asks for the last change of the question's scope up to a position; null for a question without one.</summary>
    internal abstract NpgsqlBatchCommand? LastChangeFor(string table, long position);

    /// <summary>A question of its own wording.</summary>
    /// <param name="view">The view.</param>
    /// <param name="sql">The statement, from the table's full name and the moment; <c>@tenant</c> is given.</param>
    /// <param name="parameters">Adds its other parameters, but for those of the moment's predicates.</param>
    /// <param name="read">Reads the answer; called again when the database was lost on the way, so it keeps nothing.</param>
    /// <param name="scope">Whose rows the answer is from at most: what others recorded since the moment does not make it one of the past.</param>
    public static ViewQuestion<T> To<TRow, T>(
        FoldedView<TRow> view,
        Func<string, AsOf, string> sql,
        Action<NpgsqlParameterCollection, AsOf> parameters,
        Func<NpgsqlDataReader, CancellationToken, Task<T>> read,
        ViewScope? scope = null)
        where TRow : class => new(
            AskedView.Of(view),
            (table, asOf) =>
            {
                var command = new NpgsqlBatchCommand(sql(table, asOf));
                parameters(command.Parameters, asOf);
                asOf.AddTo(command.Parameters);
                return command;
            },
            read,
            scope is null ? null : (table, position) => scope.LastChange(view.Shape, table, position));

    /// <summary>A question whose answer is whole rows: the statement selects their <c>row::text</c> alone.</summary>
    public static ViewQuestion<IReadOnlyList<TRow>> Rows<TRow>(
        FoldedView<TRow> view, Func<string, AsOf, string> sql, Action<NpgsqlParameterCollection, AsOf> parameters)
        where TRow : class => To<TRow, IReadOnlyList<TRow>>(view, sql, parameters, async (row, cancellation) =>
        {
            var rows = new List<TRow>();
            while (await row.ReadAsync(cancellation))
                rows.Add(view.FromJson(row.GetString(0)));
            return rows;
        });

    /// <summary>The position of a scope's last change at or before the moment.</summary>
    public static ViewQuestion<long> LastChange<TRow>(FoldedView<TRow> view, ViewScope scope)
        where TRow : class => new(
            AskedView.Of(view),
            (table, asOf) =>
            {
                var command = new NpgsqlBatchCommand(scope.SqlFor(view.Shape, table));
                scope.AddTo(command.Parameters, view.Shape, asOf.Position);
                return command;
            },
            async (row, cancellation) =>
            {
                await row.ReadAsync(cancellation);
                return row.GetInt64(0);
            });

    internal abstract NpgsqlBatchCommand CommandFor(string table, AsOf asOf);

    internal abstract Task TakeAsync(NpgsqlDataReader rows, long position, CancellationToken cancellation);
}

/// <summary>A question and, once it was asked, its answer.</summary>
public sealed class ViewQuestion<T> : ViewQuestion
{
    private readonly Func<string, AsOf, NpgsqlBatchCommand> command;
    private readonly Func<NpgsqlDataReader, CancellationToken, Task<T>> read;
    private readonly Func<string, long, NpgsqlBatchCommand>? lastChange;
    private (bool IsThere, T? Value, long Position) answer;

    internal ViewQuestion(
        AskedView view, Func<string, AsOf, NpgsqlBatchCommand> command, Func<NpgsqlDataReader, CancellationToken, Task<T>> read,
        Func<string, long, NpgsqlBatchCommand>? lastChange = null) =>
        (View, this.command, this.read, this.lastChange) = (view, command, read, lastChange);

    /// <summary>The answer.</summary>
    /// <exception cref="InvalidOperationException">It was not asked yet.</exception>
    public T Answer => answer.IsThere ? answer.Value! : throw NotAsked();

    /// <summary>The last change of the question's scope up to the moment; of a question without one, the moment's position.</summary>
    /// <exception cref="InvalidOperationException">It was not asked yet.</exception>
    public long Position => answer.IsThere ? answer.Position : throw NotAsked();

    internal override AskedView View { get; }

    internal override NpgsqlBatchCommand? LastChangeFor(string table, long position) => lastChange?.Invoke(table, position);

    internal override NpgsqlBatchCommand CommandFor(string table, AsOf asOf) => command(table, asOf);

    internal override async Task TakeAsync(NpgsqlDataReader rows, long position, CancellationToken cancellation) =>
        answer = (true, await read(rows, cancellation), position);

    private InvalidOperationException NotAsked() => new($"The view \"{View.Name}\" was not asked yet.");
}

/// <summary>A view as a reader needs to know it: its table, and which stored versions say what the reader understands.</summary>
internal readonly record struct AskedView(string Name, string Table, int ReadableSince, int Version)
{
    public static AskedView Of<TRow>(FoldedView<TRow> view)
        where TRow : class => new(view.Name, view.Shape.Name, view.ReadableSince, view.Version);
}
