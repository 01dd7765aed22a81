using CaseFlow.Api.Settings;
using CaseFlow.EventStore.Integrity;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.Api.Integrity;

/// <summary>Where the ledger's key and the copy of its checkpoints are: beside the key ring unless the settings say otherwise.</summary>
public static class LedgerHomes
{
    /// <summary>As the settings name them.</summary>
    public static LedgerHome Open(LedgerSettings settings, KeyHome keys)
    {
        var key = settings.KeyFile ?? Beside(keys, "ledger.key");
        return new LedgerHome(
            new Ed25519SigningKeys(key),
            new CheckpointFile(settings.CheckpointFile ?? Beside(keys, "checkpoints.jsonl")),
            new SuccessionFile(settings.SuccessionFile ?? $"{key}s.jsonl"))
        {
            SignEvery = TimeSpan.FromSeconds(settings.CheckpointSeconds),
        };
    }

    private static string Beside(KeyHome keys, string name) => Path.ChangeExtension(keys.Ring.Path, name);
}
