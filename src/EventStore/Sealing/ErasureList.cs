namespace CaseFlow.EventStore.Sealing;

/// <summary>One erasure, as the list outside the database keeps it: ids and codes, never content.</summary>
/// <param name="TenantId">The jurisdiction.</param>
/// <param name="OrderId">The order that it followed.</param>
/// <param name="ClientId">Whose record.</param>
/// <param name="Scope">What of it, as the domain names it.</param>
/// <param name="Subjects">Whose data keys were destroyed.</param>
/// <param name="Authority">Who ordered it, a code.</param>
/// <param name="ReasonCode">Why, a code.</param>
/// <param name="At">When, UTC.</param>
public sealed record ListedErasure(
    string TenantId, Guid OrderId, Guid ClientId, string Scope, IReadOnlyList<Guid> Subjects, string Authority, string ReasonCode, DateTimeOffset At);

/// <summary>
/// What was erased, in a file outside the database that is only ever added to, one JSON object a line, each on the disk before
/// its key is destroyed. It is applied again at every start, so that a restored backup is erased before anything is served.
/// </summary>
public sealed class ErasureList(string path)
{
    private readonly OutsideList<ListedErasure> list = new(path, "erasure list");

    /// <summary>Where it is.</summary>
    public string Path => path;

    /// <returns>Everything listed, oldest first.</returns>
    /// <exception cref="InvalidDataException">A line is no erasure: nothing may be served before that is settled.</exception>
    public IReadOnlyList<ListedErasure> Read() => list.Read();

    /// <summary>Adds an erasure unless it is listed with all its subjects; on the disk when this returns.</summary>
    public void Add(ListedErasure erasure) => list.Add(erasure, listed =>
    {
        var known = listed.Where(one => one.TenantId == erasure.TenantId && one.OrderId == erasure.OrderId).ToList();
        return known.Count > 0 && !erasure.Subjects.Except(known.SelectMany(one => one.Subjects)).Any();
    });
}
