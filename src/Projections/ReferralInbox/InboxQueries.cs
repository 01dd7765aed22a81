using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.Projections.ReferralInbox;

/// <summary>The questions of a provider's inbox.</summary>
public static class InboxQueries
{
    /// <summary>The referrals that an agency holds.</summary>
    public static ViewScope ScopeOf(string tenantId, string agencyId) => new(tenantId, ("agency_id", agencyId));

    /// <summary>A page by when the referral was received.</summary>
    public static ViewPageQuestion PageOf(string tenantId, string agencyId, InboxStatus? status, ViewInstant at, PageWanted page) =>
        status is { } wanted
            ? new RowFilter().Page(
                ScopeOf(tenantId, agencyId), ReferralInboxView.OfAgencyWithStatus,
                new Dictionary<string, object> { ["agency_id"] = agencyId, ["status"] = ViewText.Of(wanted) }, at, page)
            : new RowFilter().Page(
                ScopeOf(tenantId, agencyId), ReferralInboxView.OfAgency, new Dictionary<string, object> { ["agency_id"] = agencyId }, at, page);

    /// <summary>A referral of a client that the agency holds; one never sent, withdrawn or declined gives nobody a client.</summary>
    public static ViewPageQuestion HeldOf(string tenantId, string agencyId, Guid clientId, ViewInstant at = default) =>
        new RowFilter()
            .And("agency_id = @agency", "agency", agencyId)
            .And($"status not in ('{ViewText.Of(InboxStatus.Withdrawn)}', '{ViewText.Of(InboxStatus.Declined)}')")
            .Page(
                ScopeOf(tenantId, agencyId), ReferralInboxView.OfClient,
                new Dictionary<string, object> { ["client_id"] = clientId }, at, new PageWanted(1));

    /// <summary>The clients of the referrals that an agency holds now, each once.</summary>
    /// <exception cref="ViewBehindException">The view stands still.</exception>
    public static Task<IReadOnlyList<Guid>> ClientsOfAsync(
        ViewReader reader, ReferralInboxView view, string tenantId, string agencyId, CancellationToken cancellation) =>
        reader.ReadAsync<InboxEntry, IReadOnlyList<Guid>>(view, tenantId, ViewInstant.Now, scope: null, async (connection, table, asOf) =>
        {
            await using var command = new NpgsqlCommand(
                $"""
                select distinct client_id from {table}
                where tenant_id = @tenant and agency_id = @agency and {asOf.Sql}
                  and status not in ('{ViewText.Of(InboxStatus.Withdrawn)}', '{ViewText.Of(InboxStatus.Declined)}')
                """,
                connection);
            command.Parameters.AddWithValue("tenant", tenantId);
            command.Parameters.AddWithValue("agency", agencyId);
            asOf.AddTo(command.Parameters);
            var clients = new List<Guid>();
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
                clients.Add(row.GetGuid(0));
            return clients;
        }, cancellation);
}
