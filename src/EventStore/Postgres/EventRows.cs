using Npgsql;

namespace CaseFlow.EventStore.Postgres;

/// <summary>
/// Events from the rows of the reading statements, which all select the same columns; those of one stream leave out the last
/// two, which are the same for all. Texts that repeat from row to row are kept as one.
/// </summary>
/// <param name="reader">Stands on a row.</param>
/// <param name="codec">JSON to events.</param>
/// <param name="tenantId">The tenant, when the rows are of one stream.</param>
/// <param name="streamId">The stream, likewise.</param>
internal sealed class EventRows(NpgsqlDataReader reader, EventCodec codec, string? tenantId, Guid? streamId)
{
    private AppendMetadata metadata = new("");
    private string? lastTenant;
    private string? lastStreamType;

    public RecordedEvent Current()
    {
        var (version, eventId, name) = (reader.GetInt64(0), reader.GetGuid(1), reader.GetString(5));
        var stream = streamId ?? reader.GetGuid(13);
        var tenant = tenantId ?? Same(ref lastTenant, reader.GetString(12));
        try
        {
            return Current(tenant, stream, version, eventId, name);
        }
        catch (UnreadableEventException unreadable)
        {
            unreadable.TenantId = tenant;
            throw;
        }
    }

    private RecordedEvent Current(string tenant, Guid stream, long version, Guid eventId, string name) => new(
        tenant,
        stream,
        TextOrNull(11) is { } type ? Same(ref lastStreamType, type) : null,
        version,
        eventId,
        reader.GetInt64(2),
        reader.IsDBNull(3) ? null : reader.GetInt64(3),
        new DateTimeOffset(reader.GetDateTime(4)),
        codec.Decode(stream, version, eventId, name, reader.GetFieldValue<byte[]>(6)),
        reader.IsDBNull(7) ? null : codec.DecodeHeaders(stream, version, name, reader.GetFieldValue<byte[]>(7)),
        Metadata());

    private AppendMetadata Metadata()
    {
        var (user, correlation, causation) = (TextOrNull(8) ?? "", TextOrNull(9), TextOrNull(10));
        return metadata.UserName == user && metadata.CorrelationId == correlation && metadata.CausationId == causation
            ? metadata
            : metadata = new AppendMetadata(user, correlation, causation);
    }

    private string? TextOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static string Same(ref string? last, string current) => last = last == current ? last : current;
}
