using Npgsql;

namespace CaseFlow.EventStore.Views;

/// <summary>One question to one view, asked together with others by <see cref="ViewReader.AskAsync"/>.</summary>
public abstract class ViewQuestion
{
    internal abstract AskedView View { get; }

    /// <summary>A question of its own wording.</summary>
    /// <param name="view">The view.</param>
    /// <param name="sql">The statement, from the table's full name and the moment; <c>@tenant</c> is given.</param>
    /// <param name="parameters">Adds its other parameters, but for those of the moment's predicates.</param>
    /// <param name="read">Reads the answer; called again when the database was lost on the way, so it keeps nothing.</param>
    public static ViewQuestion<T> To<TRow, T>(
        FoldedView<TRow> view,
        Func<string, AsOf, string> sql,
        Action<NpgsqlParameterCollection, AsOf> parameters,
        Func<NpgsqlDataReader, CancellationToken, Task<T>> read)
        where TRow : class => new(
            AskedView.Of(view),
            (table, asOf) =>
            {
                var command = new NpgsqlBatchCommand(sql(table, asOf));
                parameters(command.Parameters, asOf);
                asOf.AddTo(command.Parameters);
                return command;
            },
            read);

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

    internal abstract Task TakeAsync(NpgsqlDataReader rows, CancellationToken cancellation);
}

/// <summary>A question and, once it was asked, its answer.</summary>
public sealed class ViewQuestion<T> : ViewQuestion
{
    private readonly Func<string, AsOf, NpgsqlBatchCommand> command;
    private readonly Func<NpgsqlDataReader, CancellationToken, Task<T>> read;
    private (bool IsThere, T? Value) answer;

    internal ViewQuestion(AskedView view, Func<string, AsOf, NpgsqlBatchCommand> command, Func<NpgsqlDataReader, CancellationToken, Task<T>> read) =>
        (View, this.command, this.read) = (view, command, read);

    /// <summary>The answer.</summary>
    /// <exception cref="InvalidOperationException">It was not asked yet.</exception>
    public T Answer => answer.IsThere ? answer.Value! : throw new InvalidOperationException($"The view \"{View.Name}\" was not asked yet.");

    internal override AskedView View { get; }

    internal override NpgsqlBatchCommand CommandFor(string table, AsOf asOf) => command(table, asOf);

    internal override async Task TakeAsync(NpgsqlDataReader rows, CancellationToken cancellation) => answer = (true, await read(rows, cancellation));
}

/// <summary>A view as a reader needs to know it: its table, and which stored versions say what the reader understands.</summary>
internal readonly record struct AskedView(string Name, string Table, int ReadableSince, int Version)
{
    public static AskedView Of<TRow>(FoldedView<TRow> view)
        where TRow : class => new(view.Name, view.Shape.Name, view.ReadableSince, view.Version);
}
