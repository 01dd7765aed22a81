namespace CaseFlow.EventStore.Postgres;

/// <summary>First halves of the store's two-part advisory locks; the second half names the store.</summary>
internal static class AdvisoryLocks
{
    /// <summary>Shared by every append from before it draws a sequence number until its commit is visible.</summary>
    public const int FenceClass = 0x43460001;

    /// <summary>Exclusive while positions are stamped, shared while an instant is resolved.</summary>
    public const int StampClass = 0x43460002;

    /// <summary>Held on a session by the node that does the background work.</summary>
    public const int LeaseClass = 0x43460003;

    /// <summary>Exclusive while a node migrates.</summary>
    public const int MigrationClass = 0x43460004;

    /// <summary>Shared by every transaction of the background work, exclusive while a successor begins its epoch.</summary>
    public const int EpochClass = 0x43460005;

    /// <summary>Shared by whoever stores a wrapped key, exclusive while the key ring's epoch is raised; taken by triggers of <c>cf_data_keys</c>.</summary>
    public const int KeysClass = 0x43460006;

    /// <summary>Exclusive while leaves are added to the ledger or a checkpoint is signed.</summary>
    public const int LedgerClass = 0x43460010;
}
