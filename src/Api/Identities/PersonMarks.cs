using CaseFlow.Domain.Identities;

namespace CaseFlow.Api.Identities;

/// <summary>Which lines of a list are of one person, among the records that the asker reaches by that list: nothing follows from any other.</summary>
public sealed class PersonMarks
{
    private readonly IdentityState state;
    private readonly IReadOnlySet<Guid> reached;

    /// <param name="history">What was decided about identities.</param>
    /// <param name="reached">Records on the list that were ever merged.</param>
    /// <param name="position">The log position asked about; null for now.</param>
    public PersonMarks(PersonHistory history, IReadOnlySet<Guid> reached, long? position) =>
        (state, this.reached, ChangedAt) = (history.At(position), reached, history.ChangedAt(reached, position));

    /// <summary>The log position from which the marks are the same; 0 when nothing changed them.</summary>
    public long ChangedAt { get; }

    /// <returns>The record that stands for the person of a line: the line's own where the asker reaches no other.</returns>
    public Guid PersonOf(Guid clientId) => reached.Contains(clientId) ? state.RecordsOf(clientId).First(reached.Contains) : clientId;

    /// <returns>Further records of the same person that are on the list.</returns>
    public IReadOnlyList<Guid> OthersOf(Guid clientId) => [.. state.RecordsOf(clientId).Where(other => other != clientId && reached.Contains(other))];
}
