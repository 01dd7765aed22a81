namespace CaseFlow.EventStore.Views;

/// <summary>A view's memory, one keeper per tenant, because tenants move apart; all of them within one bound.</summary>
internal sealed class RowKeepers<TRow>(FoldedView<TRow> view)
    where TRow : class
{
    private readonly Lock gate = new();

    /// <summary>The longest unused first.</summary>
    private readonly List<(string TenantId, RowKeeper<TRow> Keeper)> keepers = [];

    /// <summary>The tenant's keeper, from now on the last to be let go.</summary>
    public RowKeeper<TRow> Of(string tenantId)
    {
        lock (gate)
        {
            var at = keepers.FindIndex(entry => entry.TenantId == tenantId);
            var keeper = at < 0 ? new RowKeeper<TRow>(view) : keepers[at].Keeper;
            if (at >= 0)
                keepers.RemoveAt(at);
            keepers.Add((tenantId, keeper));
            return keeper;
        }
    }

    /// <summary>Lets go of other tenants' keepers until all keys together are within the view's bound.</summary>
    /// <remarks>A keeper in use may be let go: whoever uses it finishes with it, and the tenant's next page begins a new one.</remarks>
    public void Bound(string tenantId)
    {
        lock (gate)
        {
            var total = keepers.Sum(entry => entry.Keeper.Count);
            for (var n = 0; n < keepers.Count && total > view.CachedKeys;)
            {
                if (keepers[n].TenantId == tenantId)
                {
                    n++;
                    continue;
                }

                total -= keepers[n].Keeper.Count;
                keepers.RemoveAt(n);
            }
        }
    }
}
