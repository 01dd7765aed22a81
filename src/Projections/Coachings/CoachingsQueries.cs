using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.Projections.Coachings;

/// <summary>The questions of a provider's coachings. They are few enough to be put in order as a whole, by rules that change with the clock.</summary>
public static class CoachingsQueries
{
    /// <summary>A coaching of a client that is under way, from the assignment of its first coach to its end.</summary>
    /// <param name="tenantId">The jurisdiction.</param>
    /// <param name="agencyId">Whose.</param>
    /// <param name="coachId">Who coaches; null for whoever does.</param>
    /// <param name="clientId">The client.</param>
    /// <param name="at">The moment asked about.</param>
    public static ViewPageQuestion UnderWay(string tenantId, string agencyId, string? coachId, Guid clientId, ViewInstant at = default) =>
        new RowFilter()
            .And("agency_id = @agency", "agency", agencyId)
            .And("coach_id = @coach", "coach", coachId)
            .And("under_way")
            .Page(
                new ViewScope(tenantId, ("agency_id", agencyId)), CoachingsView.OfClient,
                new Dictionary<string, object> { ["client_id"] = clientId }, at, new PageWanted(1));

    /// <summary>The clients of a provider's coachings that are under way now, each once.</summary>
    /// <exception cref="ViewBehindException">The view stands still.</exception>
    public static Task<IReadOnlyList<Guid>> ClientsOfAsync(
        ViewReader reader, CoachingsView view, string tenantId, string agencyId, string? coachId, CancellationToken cancellation) =>
        reader.ReadAsync<CoachingLine, IReadOnlyList<Guid>>(view, tenantId, ViewInstant.Now, scope: null, async (connection, table, asOf) =>
        {
            await using var command = new NpgsqlCommand(
                $"""
                select distinct client_id from {table}
                where tenant_id = @tenant and agency_id = @agency and under_way and (@coach::text is null or coach_id = @coach) and {asOf.Sql}
                """,
                connection);
            command.Parameters.AddWithValue("tenant", tenantId);
            command.Parameters.AddWithValue("agency", agencyId);
            command.Parameters.AddWithValue("coach", NpgsqlTypes.NpgsqlDbType.Text, (object?)coachId ?? DBNull.Value);
            asOf.AddTo(command.Parameters);
            var clients = new List<Guid>();
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
                clients.Add(row.GetGuid(0));
            return clients;
        }, cancellation);

    /// <param name="reader">The reader.</param>
    /// <param name="view">The view.</param>
    /// <param name="tenantId">The jurisdiction.</param>
    /// <param name="agencyId">Whose coachings.</param>
    /// <param name="coachId">Only this coach's; null for all.</param>
    /// <param name="at">The moment asked about.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <returns>Those that are open, and the moment with the position of the last change of the agency's coachings.</returns>
    /// <exception cref="ViewBehindException">The view did not come to the position in time.</exception>
    public static Task<(IReadOnlyList<CoachingLine> Lines, ViewInstant At)> OfAgencyAsync(
        ViewReader reader, CoachingsView view, string tenantId, string agencyId, string? coachId, ViewInstant at, CancellationToken cancellation) =>
        reader.ReadAsync<CoachingLine, (IReadOnlyList<CoachingLine>, ViewInstant)>(
            view,
            tenantId,
            at,
            new ViewScope(tenantId, ("agency_id", agencyId)),
            async (connection, table, asOf) =>
            {
                await using var command = new NpgsqlCommand(
                    $"""
                    select row::text from {table}
                    where tenant_id = @tenant and agency_id = @agency and is_open and (@coach::text is null or coach_id = @coach) and {asOf.Sql}
                    order by key
                    """,
                    connection);
                command.Parameters.AddWithValue("tenant", tenantId);
                command.Parameters.AddWithValue("agency", agencyId);
                command.Parameters.AddWithValue("coach", NpgsqlTypes.NpgsqlDbType.Text, (object?)coachId ?? DBNull.Value);
                asOf.AddTo(command.Parameters);
                var lines = new List<CoachingLine>();
                await using var row = await command.ExecuteReaderAsync(cancellation);
                while (await row.ReadAsync(cancellation))
                    lines.Add(view.RowOf(row.GetString(0)));
                return (lines, new ViewInstant(asOf.Position, asOf.Instant));
            },
            cancellation);
}
