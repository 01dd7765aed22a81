namespace CaseFlow.Domain.RejectedLines;

/// <summary>A run of an import keeps the lines that it rejected.</summary>
/// <param name="Overdoses">Which overdoses some of them are about, each once.</param>
public sealed record KeepRejectedLines(Guid RunId, string Source, int Lines, IReadOnlyList<Guid> Overdoses)
{
    /// <summary>Of one event: an event is read whole, and a file may be rejected whole.</summary>
    public const int MostOverdoses = 1000;

    public static Decision<RejectedLinesEvent> Decide(KeepRejectedLines command, RejectedLinesState state, DateTimeOffset now)
    {
        if (state.Runs.ContainsKey(command.RunId))
            return Decision<RejectedLinesEvent>.AlreadyDone;
        var parts = command.Overdoses.Chunk(MostOverdoses).DefaultIfEmpty([]).ToList();
        RejectedLinesEvent[] facts =
        [
            .. parts.Select((overdoses, at) => new RejectedLinesKept(command.Source, at == 0 ? command.Lines : 0, overdoses) { RunId = command.RunId }.At(now)),
        ];
        return facts;
    }
}
