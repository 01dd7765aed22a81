using CaseFlow.Api.CommandLine;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Embedded;
using CaseFlow.Api.Settings;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.Api.Imports;

internal static class ImportDatabase
{
    /// <summary>The database of the settings, with the key of the settings.</summary>
    public static CaseFlowDatabase Open(CommandContext context, OpenDatabase server) => new(
        server.ConnectionString,
        FileWrappingKey.OpenOrCreate(context.Settings.Keys.File ?? KeySettings.DevelopmentFile),
        new EventStoreOptions(context.Settings.Schema));
}
