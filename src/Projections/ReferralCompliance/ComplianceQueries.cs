using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.Projections.ReferralCompliance;

/// <summary>Whose duties an asker may see.</summary>
public abstract record DutiesOf
{
    private DutiesOf()
    {
    }

    /// <summary>Those that the agent holds.</summary>
    public sealed record Agent(string AgentId) : DutiesOf;

    /// <summary>Those that the agent held and that followed their client away.</summary>
    public sealed record AgentBefore(string AgentId) : DutiesOf;

    public sealed record Office(string AgencyId, string OfficeId) : DutiesOf;

    public sealed record Jurisdiction : DutiesOf;

    /// <returns>Whether a duty is among them.</returns>
    public bool Include(DutyEntry entry) => this switch
    {
        Agent agent => entry.AgentId == agent.AgentId,
        AgentBefore agent => entry.AgentId != agent.AgentId && entry.PreviousAgentIds.Contains(agent.AgentId),
        Office office => entry.AgencyId == office.AgencyId && entry.OfficeId == office.OfficeId,
        _ => true,
    };
}

/// <summary>A question to the duty queue.</summary>
/// <param name="TenantId">The jurisdiction.</param>
/// <param name="Whose">Whose duties.</param>
/// <param name="At">The moment asked about.</param>
/// <param name="EvaluatedAt">Overdue and due soon are judged at this instant.</param>
public sealed record DutiesAsked(string TenantId, DutiesOf Whose, ViewInstant At, DateTimeOffset EvaluatedAt)
{
    public IReadOnlyList<DutyFilter> States { get; init; } = [];

    public string? AgentId { get; init; }

    public string? OfficeId { get; init; }

    public Guid? ClientId { get; init; }

    /// <summary>Further records of the same client.</summary>
    public IReadOnlyList<Guid> OtherRecords { get; init; } = [];

    /// <summary>Inclusive.</summary>
    public DateTimeOffset? DueFrom { get; init; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset? DueTo { get; init; }
}

/// <summary>How many duties of a queue stand where; met late and in time are of the discharged ones, the impossible are counted apart.</summary>
public sealed record DutyCounts(
    long All, long Open, long DueSoon, long Overdue, long SentUndelivered, long Referred, long NotInterested, long Exempt, long Impossible,
    long NoLongerSupervised, long MetInTime, long MetLate, long Unattested, long Unverified, long Returned, long Merged);

/// <summary>The questions of the duty queue, each from the index that fits it.</summary>
public static class ComplianceQueries
{
    private static readonly DutyFilter[] Counted =
    [
        DutyFilter.Open, DutyFilter.DueSoon, DutyFilter.Overdue, DutyFilter.Sent, DutyFilter.Referred, DutyFilter.NotInterested,
        DutyFilter.Exempt, DutyFilter.Impossible, DutyFilter.NoLongerSupervised, DutyFilter.MetInTime, DutyFilter.MetLate,
        DutyFilter.Unattested, DutyFilter.Unverified, DutyFilter.Returned, DutyFilter.Merged,
    ];

    /// <summary>No answer's position moves by what the asker may not see: duties hold nothing of the receiver's side.</summary>
    public static ViewScope ScopeOf(string tenantId) => new(tenantId);

    /// <summary>A page by due time.</summary>
    public static ViewPageQuestion PageOf(DutiesAsked asked, PageWanted page)
    {
        var (order, equalTo) = OrderFor(asked);
        return FilterOf(asked).Page(ScopeOf(asked.TenantId), order, equalTo, asked.At, page) with { MaySort = asked.Whose is DutiesOf.AgentBefore || asked.OtherRecords.Count > 0 };
    }

    /// <summary>Counts of the same duties that the pages list.</summary>
    public static Task<(DutyCounts Counts, ViewInstant At)> CountAsync(
        ViewReader reader, ReferralComplianceView view, DutiesAsked asked, CancellationToken cancellation) =>
        reader.ReadAsync(
            view,
            asked.TenantId,
            asked.At,
            ScopeOf(asked.TenantId),
            async (connection, table, asOf) =>
            {
                var filter = FilterOf(asked);
                var (order, equalTo) = OrderFor(asked);
                foreach (var column in order.EqualTo)
                    filter.And($"{column} = @eq_{column}", "eq_" + column, equalTo[column]);
                await using var command = new NpgsqlCommand(CountSql(table, asOf.Sql, filter.Sql), connection);
                command.Parameters.AddWithValue("tenant", asked.TenantId);
                asOf.AddTo(command.Parameters);
                filter.With("evaluated", asked.EvaluatedAt).AddTo(command.Parameters);
                await using var row = await command.ExecuteReaderAsync(cancellation);
                await row.ReadAsync(cancellation);
                var n = 0;
                long Next() => row.GetInt64(n++);
                var counts = new DutyCounts(
                    Next(), Next(), Next(), Next(), Next(), Next(), Next(), Next(), Next(), Next(), Next(), Next(), Next(), Next(), Next(), Next());
                return (counts, new ViewInstant(asOf.Position, asOf.Instant));
            },
            cancellation);

    /// <summary>The clients, of some, whose duties the asker sees at a moment.</summary>
    /// <exception cref="ViewBehindException">The view did not come to the position in time.</exception>
    public static Task<IReadOnlySet<Guid>> ClientsAsync(
        ViewReader reader, ReferralComplianceView view, string tenantId, DutiesOf whose, IReadOnlyList<Guid> among, ViewInstant at, CancellationToken cancellation) =>
        reader.ReadAsync<DutyEntry, IReadOnlySet<Guid>>(view, tenantId, at, scope: null, async (connection, table, asOf) =>
        {
            var filter = FilterOf(new DutiesAsked(tenantId, whose, at, default)).And("client_id = any(@among)", "among", among.ToArray());
            await using var command = new NpgsqlCommand($"select distinct client_id from {table} where tenant_id = @tenant and {asOf.Sql} and {filter.Sql}", connection);
            command.Parameters.AddWithValue("tenant", tenantId);
            asOf.AddTo(command.Parameters);
            filter.AddTo(command.Parameters);
            var clients = new HashSet<Guid>();
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
                clients.Add(row.GetGuid(0));
            return clients;
        }, cancellation);

    private static string CountSql(string table, string moment, string? filter) => $"""
        select count(*), {string.Join(", ", Counted.Select(state => $"count(*) filter (where {state.Sql()})"))}
        from {table} where tenant_id = @tenant and {moment}{(filter is null ? "" : $" and {filter}")}
        """;

    /// <summary>The narrowest of: client, agent, the rare states, office and phase, office, phase, everything.</summary>
    private static (ViewOrder Order, Dictionary<string, object> EqualTo) OrderFor(DutiesAsked asked)
    {
        var agent = (asked.Whose as DutiesOf.Agent)?.AgentId ?? asked.AgentId;
        var office = (asked.Whose as DutiesOf.Office)?.OfficeId ?? asked.OfficeId;
        var phase = asked.States.Select(state => state.PhaseOf()).FirstOrDefault(one => one is not null) is { } known ? ViewText.Of(known) : null;
        return (asked.OtherRecords.Count == 0 ? asked.ClientId : null, agent, office, phase) switch
        {
            ({ } client, _, _, _) => (ReferralComplianceView.OfClient, new() { ["client_id"] = client }),
            (_, { } agentId, _, _) => (ReferralComplianceView.OfAgent, new() { ["agent_id"] = agentId }),
            _ when asked.States.Contains(DutyFilter.Returned) => (ReferralComplianceView.Returned, []),
            _ when asked.States.Contains(DutyFilter.Merged) => (ReferralComplianceView.Merged, []),
            (_, _, { } officeId, { } inPhase) => (ReferralComplianceView.OfOfficeInPhase, new() { ["office_id"] = officeId, ["phase"] = inPhase }),
            (_, _, { } officeId, _) => (ReferralComplianceView.OfOffice, new() { ["office_id"] = officeId }),
            (_, _, _, { } inPhase) => (ReferralComplianceView.InPhase, new() { ["phase"] = inPhase }),
            _ => (ReferralComplianceView.All, []),
        };
    }

    private static RowFilter FilterOf(DutiesAsked asked)
    {
        var filter = new RowFilter()
            .And("agent_id = @agent", "agent", asked.AgentId)
            .And("office_id = @office", "office", asked.OfficeId)
            .And("client_id = @client", "client", asked.OtherRecords.Count == 0 ? asked.ClientId : null)
            .And("client_id = any(@clients)", "clients", asked is { ClientId: { } client, OtherRecords.Count: > 0 } ? asked.OtherRecords.Append(client).ToArray() : null)
            .And("due_at >= @due_from", "due_from", asked.DueFrom)
            .And("due_at < @due_to", "due_to", asked.DueTo);
        foreach (var state in asked.States)
            filter.And(state.Sql());
        if (asked.States.Any(state => state is DutyFilter.DueSoon or DutyFilter.Overdue))
            filter.With("evaluated", asked.EvaluatedAt);
        return asked.Whose switch
        {
            DutiesOf.Agent one => filter.And("agent_id = @holder", "holder", one.AgentId),
            DutiesOf.AgentBefore one => filter.And(
                "previous_agent_ids <> '{}' and previous_agent_ids @> @held_before and agent_id <> @holder", "holder", one.AgentId)
                .With("held_before", new[] { one.AgentId }),
            DutiesOf.Office one => filter.And("office_id = @whose_office", "whose_office", one.OfficeId)
                .And("agency_id = @whose_agency", "whose_agency", one.AgencyId),
            _ => filter,
        };
    }
}
