namespace CaseFlow.EventStore.Sealing;

/// <summary>One order that seals a record, or its lifting, as the list outside the database keeps it: ids and codes, never content.</summary>
/// <param name="TenantId">The jurisdiction.</param>
/// <param name="OrderId">The order.</param>
/// <param name="ClientId">Whose record.</param>
/// <param name="Scope">What of it, as the domain names it.</param>
/// <param name="Authority">Who ordered it, a code.</param>
/// <param name="ReasonCode">Why, a code.</param>
/// <param name="LeftTo">Whom the order leaves the record to, as the domain writes it.</param>
/// <param name="At">When it was ordered, UTC.</param>
/// <param name="IsLifted">It ended.</param>
public sealed record ListedSealing(
    string TenantId, Guid OrderId, Guid ClientId, string Scope, string Authority, string ReasonCode, string LeftTo, DateTimeOffset At, bool IsLifted);

/// <summary>
/// What was sealed, in a file outside the database that is only ever added to. A backup from before an order knows nothing of it, and the keys still
/// open it: so what is listed and not lifted is sealed again at every start, before anything is served, and what is listed as lifted is lifted again.
/// </summary>
public sealed class SealingList(string path)
{
    private readonly OutsideList<ListedSealing> list = new(path, "list of sealings");

    /// <summary>Where it is.</summary>
    public string Path => path;

    /// <returns>Everything listed, oldest first.</returns>
    /// <exception cref="InvalidDataException">A line is no sealing: nothing may be served before that is settled.</exception>
    public IReadOnlyList<ListedSealing> Read() => list.Read();

    /// <returns>Orders that were not lifted, oldest first.</returns>
    /// <exception cref="InvalidDataException">A line is no sealing: nothing may be served before that is settled.</exception>
    public IReadOnlyList<ListedSealing> ReadOpen() =>
        [.. list.Read().GroupBy(one => (one.TenantId, one.ClientId, one.OrderId)).Where(order => !order.Any(one => one.IsLifted)).Select(order => order.First())];

    /// <summary>Adds an order, or that it is lifted, once; on the disk when this returns.</summary>
    public void Add(ListedSealing sealing) => list.Add(
        sealing,
        listed => listed.Any(one => (one.TenantId, one.ClientId, one.OrderId, one.IsLifted) == (sealing.TenantId, sealing.ClientId, sealing.OrderId, sealing.IsLifted)));
}
