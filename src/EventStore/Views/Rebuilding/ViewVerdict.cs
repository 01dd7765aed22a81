namespace CaseFlow.EventStore.Views.Rebuilding;

/// <summary>What came of verifying a view.</summary>
/// <param name="View">The view.</param>
/// <param name="Position">The position compared at; a tenant's rows are compared at its last event up to there.</param>
/// <param name="Tables">Each table compared.</param>
/// <param name="Behind">Tenants for which the live view did not come to the rebuilt one's position; then nothing is compared.</param>
public sealed record ViewVerdict(string View, long Position, IReadOnlyList<TableVerdict> Tables, IReadOnlyList<string> Behind)
{
    /// <summary>Why nothing was compared at all; null when something was, or could have been.</summary>
    public string? Why { get; private init; }

    /// <summary>The view could not be compared.</summary>
    public static ViewVerdict Refused(string view, string why) => new(view, 0, [], []) { Why = why };

    /// <summary>The live view is what its events say, row by row.</summary>
    public bool IsSame => Why is null && Behind.Count == 0 && Tables.All(table => table is { Missing: 0, Extra: 0, Different: 0 });
}

/// <summary>How a live table differs from its rebuilt one.</summary>
/// <param name="Table">The table.</param>
/// <param name="Rows">Rows of the live table.</param>
/// <param name="Missing">Rows that the live table should have and has not.</param>
/// <param name="Extra">Rows that it has and should not have.</param>
/// <param name="Different">Rows that it has otherwise than they should be.</param>
/// <param name="Examples">The first differences: which row, and which columns; never what they hold.</param>
public sealed record TableVerdict(string Table, long Rows, long Missing, long Extra, long Different, IReadOnlyList<string> Examples);
