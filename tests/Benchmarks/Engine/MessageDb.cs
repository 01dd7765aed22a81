using System.Text;

namespace CaseFlow.Benchmarks.Engine;

/// <summary>message-db: SQL functions, called by pgbench with prepared statements at the version each client knows.</summary>
internal sealed class MessageDb(string database)
{
    /// <summary>Installs it by its own script.</summary>
    public static async Task<MessageDb> InstallAsync(BenchServer server, string peers)
    {
        var database = await server.CreateDatabaseAsync();
        var environment = new Dictionary<string, string>(BenchServer.EnvironmentOf(database))
        {
            ["DATABASE_NAME"] = BenchServer.EnvironmentOf(database)["PGDATABASE"],
            ["CREATE_DATABASE"] = "off",
            ["PATH"] = $"{Path.GetDirectoryName(server.Binary("psql"))}:{Environment.GetEnvironmentVariable("PATH")}",
        };
        await Tool.RunAsync("bash", [Path.Combine(peers, "node_modules", "@eventide", "message-db", "database", "install.sh")], environment);
        return new MessageDb(database);
    }

    public Side Writing(BenchServer server, int clients, int eventsEach)
    {
        const string write = "select message_store.write_message(gen_random_uuid()::varchar, ('touchpoints-' || :run || :client_id)::varchar, :type::varchar, :data::jsonb, :headers::jsonb, :v) as v \\gset\n";
        var script = new StringBuilder();
        if (eventsEach > 1)
            script.Append("begin;\n");
        for (var n = 0; n < eventsEach; n++)
            script.Append(write);
        if (eventsEach > 1)
            script.Append("commit;\n");
        return PgBench.Side(
            server, "message-db", database, clients, eventsEach, script.ToString(),
            () => new Dictionary<string, string>
            {
                ["run"] = $"{Guid.NewGuid():N}x",
                ["v"] = "-1",
                ["type"] = Sample.StoredName,
                ["data"] = Sample.Data,
                ["headers"] = Sample.Headers,
            },
            options: "-c search_path=message_store,public");
    }
}
