namespace CaseFlow.Faults.Scenarios;

/// <summary>One kind of fault, done some times to a database under load.</summary>
/// <param name="Name">What is done.</param>
/// <param name="IsKill">Whether it counts among the kills.</param>
/// <param name="InSoak">How often it is done in one round of the soak.</param>
/// <param name="RunAsync">Takes a seed and how often; throws when anything that was promised does not hold.</param>
internal sealed record Scenario(string Name, bool IsKill, int InSoak, Func<int, int, Task<Report>> RunAsync)
{
    /// <summary>Every kind, in the order in which the soak goes round them.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("killing the program", IsKill: true, InSoak: 5, Kills.OfTheProgramAsync),
        new("killing the leading node", IsKill: true, InSoak: 5, Kills.OfTheLeaderAsync),
        new("killing PostgreSQL", IsKill: true, InSoak: 5, Kills.OfPostgresAsync),
        new("killing between firing and removing", IsKill: true, InSoak: 4, Timers.KilledBetweenFiringAndRemovingAsync),
        new("killing between sending and marking", IsKill: true, InSoak: 4, Messages.KilledBetweenSendingAndMarkingAsync),
        new("killing an upgrade", IsKill: true, InSoak: 3, Rebuilds.UpgradeKilledAsync),
        new("losing the primary", IsKill: true, InSoak: 1, Promotions.OfTheReplicaAsync),
        new("interrupting a rebuild", IsKill: true, InSoak: 4, Rebuilds.InterruptedAsync),
        new("terminating sessions", IsKill: false, InSoak: 40, Cuts.OfSessionsAsync),
        new("cutting connections", IsKill: false, InSoak: 60, Cuts.OfConnectionsAsync),
        new("filling the data disk", IsKill: false, InSoak: 2, Disks.FilledWithDataAsync),
        new("filling the log disk", IsKill: false, InSoak: 2, Disks.FilledWithLogAsync),
    ];
}
