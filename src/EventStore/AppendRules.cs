namespace CaseFlow.EventStore;

/// <summary>What every store asks of an append before it begins.</summary>
internal static class AppendRules
{
    /// <exception cref="ArgumentException">The append contradicts its own contract: a mistake of the program.</exception>
    public static void Check(Append append)
    {
        if (string.IsNullOrEmpty(append.TenantId))
            throw new ArgumentException("An append belongs to a tenant.", nameof(append));
        if (append.Streams.Count > 1 && append.Streams.Select(stream => stream.StreamId).Distinct().Count() != append.Streams.Count)
            throw new ArgumentException("A stream is named at most once in an append.", nameof(append));
        CheckIds(append);
        if (append.Streams.Count == 0 && append.Answer is null)
            throw new ArgumentException("An append names a stream or an answer.", nameof(append));
    }

    /// <returns>Whose data keys the append needs.</returns>
    public static IReadOnlyCollection<Guid> SubjectsOf(Append append)
    {
        HashSet<Guid>? subjects = null;
        foreach (var stream in append.Streams)
        {
            foreach (var fresh in stream.Events)
            {
                if (fresh.SubjectId is { } subject)
                    (subjects ??= []).Add(subject);
            }
        }

        return subjects ?? (IReadOnlyCollection<Guid>)[];
    }

    private static void CheckIds(Append append)
    {
        if (append.Streams.Count == 1 && append.Streams[0].Events.Count <= 1)
            return;
        var ids = new HashSet<Guid>();
        foreach (var stream in append.Streams)
        {
            foreach (var fresh in stream.Events)
            {
                if (!ids.Add(fresh.EventId))
                    throw new ArgumentException("Two events of an append have the same id.", nameof(append));
            }
        }
    }
}
