using System.Diagnostics.Metrics;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.Api.Telemetry;

/// <summary>What is damaged is said and counted wherever it is met: on a page, in a comparison, in a view that is built anew.</summary>
internal static class DamageFound
{
    /// <summary>How often something damaged was to be opened.</summary>
    internal const string Count = "caseflow.sealed.damaged";

    private static readonly Meter Meter = new(TelemetryRegistration.Name);
    private static readonly Counter<long> Found = Meter.CreateCounter<long>(Count);

    /// <summary>Its message names ids and no word.</summary>
    internal static void Say(ILogger log, string jurisdiction, SealDamagedException damage)
    {
        Found.Add(1);
        log.LogError("Something sealed of {Jurisdiction} is damaged and shown as that: {Damage}", jurisdiction, damage.Message);
    }
}
