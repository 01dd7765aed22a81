using CaseFlow.Api.Erasures;
using CaseFlow.Api.RejectedLines;

namespace CaseFlow.Api.Composition;

public sealed partial class CaseFlowDatabase
{
    /// <summary>When reviews of openings in an emergency are due.</summary>
    public EmergencyTimers EmergencyReviews { get; }

    /// <summary>Disclosures without a basis that nobody has suspected yet.</summary>
    public SuspicionTimers Suspicions { get; }

    /// <summary>Forgets reads whose time is over.</summary>
    public EventStore.Access.AccessExpiry AccessExpiry => new(background, Options);

    /// <summary>Seals history, proves it and verifies it.</summary>
    public EventStore.Integrity.HistoryIntegrity History { get; }

    /// <summary>
    /// Everything that comes before the first answer: migrates, checks that the key ring is this database's, fills inline views whose tables
    /// took the place of earlier ones, and erases again what
    /// the list outside says, because the database may be a restored backup, and what the database says, because ring and list may be
    /// older copies.
    /// </summary>
    /// <exception cref="InvalidOperationException">The key ring is another one, an older copy, or gone.</exception>
    /// <exception cref="InvalidDataException">The list of erasures cannot be read.</exception>
    public async Task<IReadOnlyList<int>> PrepareAsync(CancellationToken cancellation)
    {
        var applied = await MigrateAsync(cancellation);
        await Rotation.CheckRingAsync(cancellation);
        await Rotation.PutMarksUnderRingAsync(cancellation);
        await FillReplacementsAsync(cancellation);
        await new Eraser(this, TimeProvider.System).RepeatAsync(cancellation);
        await new RejectedLinesEraser(this, TimeProvider.System).RepeatAsync(Keys.Erasures.Read(), cancellation);
        return applied;
    }

    /// <summary>Clients of all jurisdictions with an erasure that was recorded and not ended, or that the list outside does not hold.</summary>
    public Task<IReadOnlyList<(string TenantId, Guid ClientId)>> UnfinishedErasuresAsync(
        IReadOnlyCollection<(string TenantId, Guid OrderId)> listed, CancellationToken cancellation) =>
        Views.Erasures.UnfinishedAsync(background, listed, cancellation);

    /// <summary>The orders, of those asked for and of all jurisdictions, whose erasure is recorded.</summary>
    public Task<IReadOnlySet<(string TenantId, Guid OrderId)>> RecordedErasuresAsync(
        IReadOnlyCollection<(string TenantId, Guid OrderId)> asked, CancellationToken cancellation) =>
        Views.Erasures.RecordedAsync(background, asked, isApplied: true, cancellation);

    /// <summary>The orders, of those asked for and of all jurisdictions, that are recorded.</summary>
    public Task<IReadOnlySet<(string TenantId, Guid OrderId)>> RecordedOrdersAsync(
        IReadOnlyCollection<(string TenantId, Guid OrderId)> asked, CancellationToken cancellation) =>
        Views.Erasures.RecordedAsync(background, asked, isApplied: false, cancellation);

    /// <summary>The orders, of those asked for and of all jurisdictions, that seal a record: neither lifted nor carried out.</summary>
    public Task<IReadOnlySet<(string TenantId, Guid OrderId)>> StandingSealingsAsync(
        IReadOnlyCollection<(string TenantId, Guid OrderId)> asked, CancellationToken cancellation) =>
        Views.Erasures.StandingAsync(background, asked, cancellation);

    /// <summary>Clients of all jurisdictions with an order of which the list outside does not say what the database does.</summary>
    /// <param name="listed">All orders on the list.</param>
    /// <param name="open">Those that it does not say to be lifted.</param>
    /// <param name="cancellation">Ends the question.</param>
    public async Task<IReadOnlyList<(string TenantId, Guid ClientId)>> UnlistedSealingsAsync(
        IReadOnlyCollection<(string TenantId, Guid OrderId)> listed, IReadOnlyCollection<(string TenantId, Guid OrderId)> open, CancellationToken cancellation) =>
        [.. (await Views.Erasures.SealedAsync(background, listed, cancellation)).Union(await Views.Erasures.LiftedAsync(background, open, cancellation))];

    /// <summary>Clients of a jurisdiction whom a legal hold keeps, and overdoses that are held by themselves: as committed, from few rows.</summary>
    public Task<IReadOnlySet<Guid>> HeldRecordsAsync(string jurisdiction, CancellationToken cancellation) =>
        Views.Erasures.HeldAsync(background, jurisdiction, cancellation);

    /// <summary>Ids of all streams of a kind, by its alias: a walk along the jurisdiction's streams, for what is counted once and kept.</summary>
    public Task<IReadOnlyList<Guid>> StreamsOfKindAsync(string jurisdiction, string alias, CancellationToken cancellation) =>
        new EventStore.Postgres.StreamList(background, Options).OfKindAsync(jurisdiction, alias, cancellation);

    /// <summary>The earlier table goes last: whoever is stopped before that begins again at the next start.</summary>
    private async Task FillReplacementsAsync(CancellationToken cancellation)
    {
        foreach (var view in Views.Inline.Where(view => view.Replaces.Count > 0))
        {
            await using var find = background.CreateCommand("select exists (select from unnest($1::text[]) as earlier (name) where to_regclass(name) is not null)");
            find.Parameters.AddWithValue(view.Replaces.ToArray());
            if (await find.ExecuteScalarAsync(cancellation) is not true)
                continue;
            await RebuildAsync(view.Name, (_, _) => { }, cancellation);
            await using var drop = background.CreateCommand($"drop table if exists {string.Join(", ", view.Replaces)}");
            await drop.ExecuteNonQueryAsync(cancellation);
        }
    }
}
