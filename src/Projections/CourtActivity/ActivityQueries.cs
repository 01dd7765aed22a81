using CaseFlow.EventStore.Views;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Projections.CourtActivity;

/// <summary>One row of a participant's activity, as far as measures need it.</summary>
/// <param name="Row">Whole, where a word and a number do not say enough; null otherwise.</param>
public sealed record ActivityLine(
    Guid ParticipationId, ActivityKind Kind, string State, string Step, DateOnly Day, long Amount, string Source, ActivityEntry? Row)
{
    /// <summary>When a session is to begin, or began, UTC; null for anything else.</summary>
    public DateTimeOffset? StartsAt { get; init; }
}

/// <summary>The questions of the activity.</summary>
public static class ActivityQueries
{
    /// <summary>All rows of some participants at a moment, whatever anybody may see, in the order of their days.</summary>
    /// <param name="view">The view.</param>
    /// <param name="participations">Whose.</param>
    /// <param name="whole">Every row whole, also where its columns say enough.</param>
    public static ViewQuestion<IReadOnlyList<ActivityLine>> Of(CourtActivityView view, IReadOnlyCollection<Guid> participations, bool whole = false) =>
        ViewQuestion.To<ActivityEntry, IReadOnlyList<ActivityLine>>(
        view,
        (table, asOf) =>
        {
            const string Columns = "participation_id, kind, state, step, day, amount, source, starts_at, key";
            string Found(string row, string condition) => $"""
                select v.participation_id, v.kind, v.state, v.step, v.day, v.amount, v.source, {(row.Length == 0 ? "null" : "v.row::text")}, v.starts_at, v.key
                from unnest(@participations) as p(id)
                cross join lateral (
                  select {Columns}{row} from {table} where tenant_id = @tenant and participation_id = p.id{condition} and {asOf.Sql} offset 0) v
                """;
            var rows = whole ? Found(", row", "") : $"{Found(", row", " and noted")} union all {Found("", " and not noted")}";
            return $"{rows} order by 1, 2, 5, 10";
        },
        (parameters, _) => parameters.AddWithValue("participations", participations.Distinct().ToArray()),
        async (row, cancellation) =>
        {
            var lines = new List<ActivityLine>();
            while (await row.ReadAsync(cancellation))
            {
                lines.Add(new ActivityLine(
                    row.GetGuid(0),
                    ViewText.To<ActivityKind>(row.GetString(1)),
                    row.GetString(2),
                    row.GetString(3),
                    row.GetFieldValue<DateOnly>(4),
                    row.GetInt64(5),
                    row.GetString(6),
                    row.IsDBNull(7) ? null : view.RowOf(row.GetString(7)))
                {
                    StartsAt = row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8),
                });
            }

            return lines;
        });

    /// <summary>The last change of each source of one participant's rows up to a moment, so that what is withheld moves no position.</summary>
    /// <param name="view">The view.</param>
    /// <param name="participation">Whose.</param>
    /// <param name="over">
    /// From when on sessions are not the court's any more, nor who coaches; null while the participation is not over. A session that was put off until then is gone by that change.
    /// </param>
    public static ViewQuestion<IReadOnlyDictionary<string, long>> LastChanges(CourtActivityView view, Guid participation, DateTimeOffset? over = null) =>
        ViewQuestion.To<ActivityEntry, IReadOnlyDictionary<string, long>>(
        view,
        (table, _) => $"""
            select source, max(greatest(
              case when pos_from <= @position then pos_from else 0 end, case when pos_to <= @position then pos_to else 0 end))
            from {table} where tenant_id = @tenant and participation_id = @participation
            {(over is null ? "" : "and kind <> @coach and (kind <> @session or starts_at < @over)")} group by source
            """,
        (parameters, asOf) =>
        {
            parameters.AddWithValue("participation", participation);
            parameters.AddWithValue("position", asOf.Position);
            if (over is not { } from)
                return;
            parameters.AddWithValue("over", from);
            parameters.AddWithValue("coach", ViewText.Of(ActivityKind.Coach));
            parameters.AddWithValue("session", ViewText.Of(ActivityKind.Session));
        },
        async (row, cancellation) =>
        {
            var changes = new Dictionary<string, long>(StringComparer.Ordinal);
            while (await row.ReadAsync(cancellation))
                changes[row.GetString(0)] = row.GetInt64(1);
            return changes;
        });

    /// <returns>The sources that a row's facts come from; whoever sees the row sees them all.</returns>
    public static IEnumerable<TimelineSource> SourcesOf(string joined) => ActivityFold.SourcesOf(joined);

    /// <returns>Whether any of a row's facts is an agency's.</returns>
    public static bool IsOf(string joined, string? agencyId) => SourcesOf(joined).Any(source => source.AgencyId == agencyId);
}
