using CaseFlow.EventStore;

namespace CaseFlow.Integration.Views;

/// <summary>Random histories with facts recorded late, values and times corrected, corrections corrected, and erasures.</summary>
public static class NoteHistories
{
    private static readonly string[] Keys = ["a", "b", "c", "Ä'\"\\"];
    private static readonly string[] Tenants = [ViewsWorld.Tenant, "south"];

    public static async Task RecordAsync(ViewsWorld world, int seed, int events)
    {
        var random = new Random(seed);
        var ids = Tenants.ToDictionary(tenant => tenant, _ => new List<(Guid Id, IReadOnlyList<string> Keys)>());
        for (var n = 0; n < events; n++)
        {
            var tenant = Tenants[random.Next(5) == 0 ? 1 : 0];
            // Mostly in order of occurrence, now and then long ago or at the very same instant.
            var at = ViewsWorld.Hour(random.Next(3) == 0 ? random.Next(events) : n / 2);
            IReadOnlyList<string> keys = random.Next(6) == 0 ? ["a", Keys[random.Next(1, 4)]] : [Keys[random.Next(4)]];
            object fact;
            if (random.Next(4) == 0 && ids[tenant].Count > 0)
            {
                var (corrects, correctedKeys) = ids[tenant][random.Next(ids[tenant].Count)];
                keys = correctedKeys;
                fact = new NoteCorrected(
                    keys, corrects, random.Next(2) == 0 ? random.Next(3) : null, random.Next(2) == 0 ? ViewsWorld.Hour(random.Next(events)) : null, at);
            }
            else
            {
                fact = random.Next(10) switch
                {
                    0 => new NoteErased(keys, at),
                    1 => new NothingNoted(at),
                    _ => new NoteTaken(keys, random.Next(3), at),
                };
            }

            var recorded = await world.RecordAsync(tenant, [fact], place: false);
            if (fact is not NothingNoted)
                ids[tenant].Add((recorded.Ids[0], keys));
        }

        await world.Sequencer.PlaceNewAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The meaning of a bitemporal view, said as plainly as possible.</summary>
    public static NoteRow? RowAt(IEnumerable<RecordedEvent> log, string tenant, string key, long position, DateTimeOffset? instant)
    {
        var known = log.Where(recorded => recorded.Position <= position && recorded.TenantId == tenant
            && NotesView.KeysIn(recorded.Data).Contains(key)).ToList();
        return known.Where(recorded => instant is null || CountsFrom(recorded, known) <= instant)
            .Aggregate((NoteRow?)null, (row, recorded) => NotesView.Fold(row, recorded.Data));
    }

    private static DateTimeOffset CountsFrom(RecordedEvent recorded, List<RecordedEvent> known)
    {
        var root = RootOf(recorded, known);
        return known.Where(other => other.Data is NoteCorrected { At: not null } && other != root && RootOf(other, known) == root)
            .Select(other => ((NoteCorrected)other.Data).At)
            .LastOrDefault() ?? NotesView.OwnInstant(root.Data);
    }

    private static RecordedEvent RootOf(RecordedEvent recorded, List<RecordedEvent> known) =>
        recorded.Data is NoteCorrected corrected
        && known.FirstOrDefault(other => other.EventId == corrected.Corrects) is { } corrects
            ? RootOf(corrects, known)
            : recorded;
}
