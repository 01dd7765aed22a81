using CaseFlow.EventStore.Sealing;
using NpgsqlTypes;

namespace CaseFlow.EventStore.Postgres;

/// <summary>Events, answers and data keys as the array parameters that the appending statements share.</summary>
internal static class EventArrays
{
    public const NpgsqlDbType Texts = NpgsqlDbType.Array | NpgsqlDbType.Varchar;
    private const NpgsqlDbType Jsons = NpgsqlDbType.Array | NpgsqlDbType.Jsonb;

    public static StatementText.Binding WithEvents(this StatementText.Binding statement, EncodedEvent[] events)
    {
        var ids = new Guid[events.Length];
        var (types, dotnetTypes) = (new string[events.Length], new string[events.Length]);
        var (data, headers) = (new byte[events.Length][], new byte[]?[events.Length]);
        for (var i = 0; i < events.Length; i++)
        {
            var stored = events[i];
            (ids[i], types[i], dotnetTypes[i], data[i], headers[i]) =
                (stored.EventId, stored.TypeName, stored.DotnetType, stored.Data, stored.Headers);
        }

        return statement.With("ids", ids).With("types", types, Texts).With("dotnet_types", dotnetTypes, Texts)
            .With("data", data, Jsons).With("headers", headers, Jsons);
    }

    /// <summary>One event as single values, several as arrays (<see cref="AppendStatements"/>).</summary>
    public static StatementText.Binding WithOneOrMore(this StatementText.Binding statement, EncodedEvent[] events) =>
        events is not [var stored] ? statement.WithEvents(events) : statement
            .With("id", stored.EventId)
            .With("type", stored.TypeName, NpgsqlDbType.Varchar)
            .With("dotnet_type", stored.DotnetType, NpgsqlDbType.Varchar)
            .With("data", stored.Data, NpgsqlDbType.Jsonb)
            .With("headers", stored.Headers, NpgsqlDbType.Jsonb);

    public static StatementText.Binding WithKeys(this StatementText.Binding statement, IReadOnlyList<WrappedDataKey> keys) => statement
        .With("subjects", keys.Select(key => key.SubjectId).ToArray())
        .With("wrapped_keys", keys.Select(key => key.Wrapped).ToArray())
        .With("wrapping_key_ids", keys.Select(key => key.WrappingKeyId).ToArray(), Texts);

    public static StatementText.Binding WithAnswers(this StatementText.Binding statement, params StoredAnswer[] answers) => statement
        .With("actors", Array.ConvertAll(answers, answer => answer.Actor), Texts)
        .With("keys", Array.ConvertAll(answers, answer => answer.Key), Texts)
        .With("request_hashes", Array.ConvertAll(answers, answer => answer.RequestHash))
        .With("statuses", Array.ConvertAll(answers, answer => answer.Status))
        .With("bodies", Array.ConvertAll(answers, answer => answer.Body), NpgsqlDbType.Array | NpgsqlDbType.Text);
}
