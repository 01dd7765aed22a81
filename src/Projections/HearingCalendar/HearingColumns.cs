using System.Globalization;
using CaseFlow.Domain.Privacy;
using CaseFlow.Projections.CourtCompliance;
using Npgsql;

namespace CaseFlow.Projections.HearingCalendar;

/// <summary>An entry about a hearing as the view's columns hold it, whole: read from them it is what the row's JSON says, without reading the row.</summary>
internal static class HearingColumns
{
    /// <summary>In the order in which <see cref="Read"/> takes them.</summary>
    public const string Names =
        "participation_id, client_id, court, in_open_file, entry_id, event_id, kind, file, told_on, told_at, about, code, detail, yes, retracted_at, log_position, juvenile";

    /// <summary>To the tick and with its offset, as it was told; a time of the database's own ends at the microsecond.</summary>
    public static string? Written(DateTimeOffset? at) => at?.ToString("O", CultureInfo.InvariantCulture);

    public static HearingEntry Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetGuid(1),
        row.GetString(2),
        row.GetBoolean(3),
        new FileEntry(row.GetGuid(4), ViewText.To<FileEntryKind>(row.GetString(6)), row.GetFieldValue<DateOnly>(8), ViewText.To<CourtFile>(row.GetString(7)))
        {
            EventId = row.GetGuid(5),
            At = Time(row, 9),
            About = row.IsDBNull(10) ? null : row.GetGuid(10),
            Code = row.IsDBNull(11) ? null : row.GetString(11),
            Detail = row.IsDBNull(12) ? null : row.GetString(12),
            Yes = row.IsDBNull(13) ? null : row.GetBoolean(13),
            RetractedAt = Time(row, 14),
            IsJuvenile = row.GetBoolean(16),
        },
        row.GetInt64(15));

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.ParseExact(row.GetString(column), "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
