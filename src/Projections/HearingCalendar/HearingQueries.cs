using CaseFlow.EventStore.Views;
using CaseFlow.Projections.CourtCompliance;
using Npgsql;

namespace CaseFlow.Projections.HearingCalendar;

/// <summary>How a hearing stands.</summary>
public enum HearingState
{
    Scheduled,
    Held,
    Missed,
    MissedExcused,

    /// <summary>It was still to come when the participation ended: it is held no more. Should the end be retracted, it is scheduled again.</summary>
    Vacated,
}

/// <summary>One hearing of one participant.</summary>
/// <param name="Kind">Code.</param>
/// <param name="At">When it is, or was, UTC.</param>
/// <param name="Presence">How the participant was there; null unless it was held.</param>
/// <param name="PutOff">How often it was put off.</param>
public sealed record Hearing(
    Guid HearingId, Guid ParticipationId, Guid ClientId, string Court, string Kind, DateTimeOffset At, HearingState State, string? Presence, int PutOff);

/// <summary>The questions of the hearing calendar.</summary>
public static class HearingQueries
{
    /// <summary>The court's own entries, or those of its open file.</summary>
    public static ViewScope ScopeOf(string tenantId, string court, bool openFileOnly) =>
        openFileOnly ? new ViewScope(tenantId, ("court", court), ("in_open_file", true)) : new ViewScope(tenantId, ("court", court));

    /// <summary>Every entry of the hearings that lie, or lay, between two instants.</summary>
    /// <exception cref="ViewBehindException">The view did not come to the position in time.</exception>
    public static Task<(IReadOnlyList<HearingEntry> Entries, ViewInstant At)> OfCourtAsync(
        ViewReader reader, HearingCalendarView view, string tenantId, string court, bool openFileOnly, DateTimeOffset from, DateTimeOffset to, ViewInstant at,
        CancellationToken cancellation) => reader.ReadAsync<HearingEntry, (IReadOnlyList<HearingEntry>, ViewInstant)>(
            view,
            tenantId,
            at,
            ScopeOf(tenantId, court, openFileOnly),
            async (connection, table, asOf) =>
            {
                await using var command = new NpgsqlCommand(
                    $"""
                    select v.row::text from (
                      select distinct participation_id, hearing_id from {table}
                      where tenant_id = @tenant and court = @court and hearing_at >= @from and hearing_at < @to and {asOf.Sql}) h
                    cross join lateral (
                      select key, row, in_open_file from {table}
                      where tenant_id = @tenant and hearing_id = h.hearing_id and participation_id = h.participation_id and {asOf.Sql} offset 0) v
                    {(openFileOnly ? "where v.in_open_file" : "")}
                    order by v.key
                    """,
                    connection);
                command.Parameters.AddWithValue("tenant", tenantId);
                command.Parameters.AddWithValue("court", court);
                command.Parameters.AddWithValue("from", from);
                command.Parameters.AddWithValue("to", to);
                asOf.AddTo(command.Parameters);
                var entries = new List<HearingEntry>();
                await using var row = await command.ExecuteReaderAsync(cancellation);
                while (await row.ReadAsync(cancellation))
                    entries.Add(view.RowOf(row.GetString(0)));
                return (entries, new ViewInstant(asOf.Position, asOf.Instant));
            },
            cancellation);

    /// <summary>Every entry about the hearings of some participants, whoever may see it.</summary>
    public static ViewQuestion<IReadOnlyList<HearingEntry>> OfParticipations(HearingCalendarView view, IReadOnlyCollection<Guid> participations) =>
        ViewQuestion.To<HearingEntry, IReadOnlyList<HearingEntry>>(
            view,
            (table, asOf) => $"""
                select {HearingColumns.Names} from unnest(@participations) as p(id)
                cross join lateral (
                  select key, {HearingColumns.Names} from {table} where tenant_id = @tenant and participation_id = p.id and {asOf.Sql} offset 0) v
                order by v.key
                """,
            (parameters, _) => parameters.AddWithValue("participations", participations.Distinct().ToArray()),
            async (row, cancellation) =>
            {
                var entries = new List<HearingEntry>();
                while (await row.ReadAsync(cancellation))
                    entries.Add(HearingColumns.Read(row));
                return entries;
            });

    /// <summary>Where the entries about one participant's hearings changed last up to a moment.</summary>
    public static ViewQuestion<long> LastChange(HearingCalendarView view, Guid participation) => ViewQuestion.To<HearingEntry, long>(
        view,
        (table, _) => $"""
            select coalesce(max(changed), 0) from (
              select greatest(
                case when pos_from <= @position then pos_from else 0 end, case when pos_to <= @position then pos_to else 0 end) as changed
              from {table} where tenant_id = @tenant and participation_id = @participation offset 0) as own
            """,
        (parameters, asOf) =>
        {
            parameters.AddWithValue("participation", participation);
            parameters.AddWithValue("position", asOf.Position);
        },
        async (row, cancellation) =>
        {
            await row.ReadAsync(cancellation);
            return row.GetInt64(0);
        });

    /// <returns>Hearings, each put together from its entries, by time.</returns>
    public static IEnumerable<Hearing> Together(IEnumerable<HearingEntry> entries) => entries
        .Where(entry => entry.Fact.RetractedAt is null && entry.Fact.Kind is FileEntryKind.HearingScheduled or FileEntryKind.HearingContinued
            or FileEntryKind.HearingHeld or FileEntryKind.HearingMissed)
        .GroupBy(entry => (entry.ParticipationId, HearingId: entry.Fact.Subject))
        .Select(TogetherOne)
        .OfType<Hearing>()
        .OrderBy(hearing => hearing.At).ThenBy(hearing => hearing.HearingId).ThenBy(hearing => hearing.ParticipationId);

    private static Hearing? TogetherOne(IGrouping<(Guid ParticipationId, Guid HearingId), HearingEntry> entries)
    {
        HearingEntry? Last(FileEntryKind kind) => entries.Where(entry => entry.Fact.Kind == kind).MaxBy(entry => entry.LogPosition);
        var (scheduled, put, held, missed) =
            (Last(FileEntryKind.HearingScheduled), Last(FileEntryKind.HearingContinued), Last(FileEntryKind.HearingHeld), Last(FileEntryKind.HearingMissed));
        // Without the entry that began it, an outcome that nobody saw begin says nothing.
        var (told, state) = (held, missed, put ?? scheduled) switch
        {
            ({ } one, _, _) => (one, HearingState.Held),
            (_, { } one, _) => (one, one.Fact.Yes is true ? HearingState.MissedExcused : HearingState.Missed),
            (_, _, { } one) => (one, HearingState.Scheduled),
            _ => (null, HearingState.Scheduled),
        };
        return told is null
            ? null
            : new Hearing(
                entries.Key.HearingId,
                entries.Key.ParticipationId,
                told.ClientId,
                told.Court,
                held?.Fact.Code ?? scheduled?.Fact.Code ?? "status",
                state is HearingState.Missed or HearingState.MissedExcused ? (put ?? scheduled ?? told).Fact.At!.Value : told.Fact.At!.Value,
                state,
                held?.Fact.Detail,
                entries.Count(entry => entry.Fact.Kind == FileEntryKind.HearingContinued));
    }
}
