using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Erasure;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Sealing;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.ClientSearch;
using CaseFlow.Projections.Storage;
using Npgsql;

namespace CaseFlow.Projections.CodeWords;

/// <summary>
/// Finds an anonymous client by the word that they share with an agency. Inline, because an agency has a word for one client only, and the
/// second must fail in its own transaction. Each agency has its own word for a client: one takes no other's place. The rows hold keyed marks
/// over agency and word: nobody learns from one agency's words, or from its refusals, anything about another's.
/// </summary>
public sealed class CodeWordsView(EventStoreOptions options, ISealer sealer, BlindIndex marks) : IInlineView
{
    public const string ViewName = "client_code_words";

    /// <summary>Broken when another client of the agency has the word.</summary>
    public const string OneClientPerWord = "agency_code_words_one_client";

    private readonly string table = $"{options.ViewsSchema}.agency_code_words";

    public string Name => ViewName;

    public string TablesSql => $"""
        create table if not exists {table} (
          tenant_id text collate "C" not null,
          client_id uuid not null,
          agency_id text collate "C" not null,
          mark bytea not null,
          sealed_under uuid not null,
          constraint agency_code_words_pkey primary key (tenant_id, client_id, agency_id)
        );
        create unique index if not exists {OneClientPerWord} on {table} (tenant_id, mark)
        """;

    public IReadOnlyList<string> Tables => [table];

    /// <summary>It held one word for a client, whichever agency told one last.</summary>
    public IReadOnlyList<string> Replaces => [$"{options.ViewsSchema}.client_code_words"];

    /// <returns>The mark of an agency's word, however it is said; hexadecimal.</returns>
    public string MarkOf(string tenantId, string agencyId, string word) =>
        Convert.ToHexString(marks.MarkOf(tenantId, "code-word", $"{agencyId} {CodeWord.Normalise(SearchWords.Plain(word))}"));

    public IEnumerable<NpgsqlBatchCommand> RowsFor(InlineEvent appended)
    {
        switch (appended.Data)
        {
            case ClientIdentifiedAnonymously e when TryMark(appended.TenantId, e) is { } mark:
                var known = Command(
                    $"""
                    insert into {table} (tenant_id, client_id, agency_id, mark, sealed_under) values (@tenant, @client, @agency, @mark, @subject)
                    on conflict (tenant_id, client_id, agency_id) do update set mark = excluded.mark, sealed_under = excluded.sealed_under
                    """,
                    appended,
                    e.ClientId);
                known.Parameters.AddWithValue("agency", e.AgencyId);
                known.Parameters.AddWithValue("mark", mark);
                known.Parameters.AddWithValue("subject", SealedToken.Parse(e.Mark.Token!).SubjectId);
                yield return known;
                break;
            case ExpunctionApplied e:
                var erased = Command(
                    $"delete from {table} where tenant_id = @tenant and client_id = @client and sealed_under = any (@subjects)", appended, e.ClientId);
                erased.Parameters.AddWithValue("subjects", e.Subjects.ToArray());
                yield return erased;
                break;
        }
    }

    /// <returns>Who has that word with the agency; null for nobody.</returns>
    public async Task<Guid?> FindAsync(NpgsqlDataSource source, string tenantId, string agencyId, string word, CancellationToken cancellation)
    {
        await using var question = new TenantQuestion(source, tenantId, $"select client_id from {table} where tenant_id = @tenant and mark = @mark");
        question.Parameters.AddWithValue("mark", Indexed(tenantId, MarkOf(tenantId, agencyId, word)));
        await using var reader = await question.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? reader.GetGuid(0) : null;
    }

    /// <returns>Null when the mark is erased, or damaged: a rebuild then leaves out what the erasure took away.</returns>
    private byte[]? TryMark(string tenantId, ClientIdentifiedAnonymously known) => SealedJson.Readable(() => Indexed(tenantId, sealer.Open(tenantId, known.Mark)));

    /// <summary>A mark of the mark: what is sealed in the event is not to be read off the index.</summary>
    private byte[] Indexed(string tenantId, string mark) => marks.MarkOf(tenantId, "search/code-word", mark);

    private static NpgsqlBatchCommand Command(string sql, InlineEvent appended, Guid clientId)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddWithValue("tenant", appended.TenantId);
        command.Parameters.AddWithValue("client", clientId);
        return command;
    }
}
