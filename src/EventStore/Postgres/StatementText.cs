using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;

namespace CaseFlow.EventStore.Postgres;

/// <summary>A statement as the server sees it, with parameters by place: the driver need not parse it at every call.</summary>
internal sealed partial class StatementText
{
    private readonly string[] names;

    /// <param name="named">SQL with parameters by name (<c>@tenant</c>).</param>
    public StatementText(string named)
    {
        var found = new List<string>();
        Text = Parameter().Replace(named, match =>
        {
            var name = match.Groups[1].Value;
            if (!found.Contains(name))
                found.Add(name);
            return $"${found.IndexOf(name) + 1}";
        });
        names = [.. found];
    }

    /// <summary>SQL with parameters by place.</summary>
    public string Text { get; }

    /// <summary>Begins to give the parameters their values.</summary>
    public Binding Bind() => new(this);

    [GeneratedRegex("@([a-z_]+)")]
    private static partial Regex Parameter();

    /// <summary>The values of one call.</summary>
    internal readonly struct Binding(StatementText statement)
    {
        private readonly NpgsqlParameter[] values = new NpgsqlParameter[statement.names.Length];

        /// <summary>Sets a parameter; null is the database's null.</summary>
        public Binding With<T>(string name, T value, NpgsqlDbType? type = null)
        {
            var parameter = new NpgsqlParameter<T> { TypedValue = value };
            if (type is { } known)
                parameter.NpgsqlDbType = known;
            values[Array.IndexOf(statement.names, name)] = parameter;
            return this;
        }

        public NpgsqlCommand ToCommand(NpgsqlConnection connection)
        {
            var command = new NpgsqlCommand(statement.Text, connection);
            foreach (var value in values)
                command.Parameters.Add(value);
            return command;
        }

        public NpgsqlCommand ToCommand(NpgsqlDataSource source)
        {
            var command = source.CreateCommand(statement.Text);
            foreach (var value in values)
                command.Parameters.Add(value);
            return command;
        }

        public NpgsqlBatchCommand ToBatchCommand()
        {
            var command = new NpgsqlBatchCommand(statement.Text);
            foreach (var value in values)
                command.Parameters.Add(value);
            return command;
        }
    }
}
