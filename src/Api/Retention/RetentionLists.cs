using CaseFlow.Api.Access;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Identities;
using CaseFlow.Domain;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.RecordAges;

namespace CaseFlow.Api.Retention;

/// <summary>Which records' periods are over, and how one stands: judged when it is asked, by the policy in force then.</summary>
public sealed class RetentionLists(CaseFlowDatabase database, RetentionReading reading, Persons persons, OpenedTexts texts, TimeProvider clock)
{
    private readonly AgesCursor cursor = new(new ViewCursors(database.MarkKeys.Derive("retention-cursors")));

    /// <returns>
    /// The records whose period is over, the oldest first, among so many as a page has; where another record of the person, a birth date or a decision keeps
    /// one longer, it is left out, so that a page may be short.
    /// </returns>
    /// <exception cref="Http.UnreadableRequestException">The cursor is not one of this question.</exception>
    public async Task<(IReadOnlyList<(RecordAgeRow Row, RetentionFound Found)> Items, string? Next, RetentionTerms Terms)> PageAsync(
        AskedPage page, Actor actor, CancellationToken cancellation)
    {
        var terms = await reading.TermsAsync(actor.Jurisdiction, clock.GetUtcNow(), cancellation);
        var asked = new OldestAsked(
            actor.Jurisdiction, terms.Now.AddYears(-terms.Policy.RecordYears), terms.Now.AddYears(-terms.Policy.DocumentationYears), cursor.After(page, actor));
        var rows = await RecordAgesQueries.OldestAsync(database.Reading, database.Options, database.Views.RecordAges, asked, page.Limit + 1, cancellation);
        var shown = rows.Take(page.Limit).ToList();
        var found = await JudgeAsync(actor.Jurisdiction, [.. shown.Select(row => row.ClientId)], terms, cancellation);
        var next = rows.Count > page.Limit ? cursor.Next(page, actor, shown[^1].Age, shown[^1].ClientId) : null;

        return ([.. shown.Select(row => (Row: row, Found: found[row.ClientId])).Where(one => one.Row.IsOfAClient && one.Found.Standing.EndsOn <= terms.Today)], next, terms);
    }

    /// <returns>How a record stands; null for a client of whom nothing is recorded.</returns>
    public async Task<(RecordAgeRow Row, RetentionFound Found, RetentionTerms Terms)?> OfAsync(string jurisdiction, Guid clientId, CancellationToken cancellation)
    {
        await reading.AwaitAsync(jurisdiction, cancellation);
        var terms = await reading.TermsAsync(jurisdiction, clock.GetUtcNow(), cancellation);
        var identities = (await persons.OfAsync(jurisdiction, cancellation)).Now;
        return (await reading.AgesAsync(jurisdiction, [clientId], identities, cancellation)).GetValueOrDefault(clientId) is { IsOfAClient: true } row
            ? (row, (await JudgeAsync(jurisdiction, [clientId], terms, cancellation))[clientId], terms)
            : null;
    }

    private async Task<IReadOnlyDictionary<Guid, RetentionFound>> JudgeAsync(
        string jurisdiction, IReadOnlyList<Guid> clients, RetentionTerms terms, CancellationToken cancellation)
    {
        var identities = (await persons.OfAsync(jurisdiction, cancellation)).Now;
        var records = clients.ToDictionary(client => client, identities.RecordsOf);
        List<Guid> all = [.. records.Values.SelectMany(one => one).Distinct()];
        var ages = await reading.AgesAsync(jurisdiction, all, identities, cancellation);
        var around = await reading.AroundAsync(jurisdiction, all, identities, cancellation);
        await texts.PreloadAsync(jurisdiction, all, cancellation);
        var streams = await database.Store.ReadStreamsAsync(jurisdiction, [.. ages.Values.SelectMany(row => row.Streams).Distinct()], cancellation);
        return clients.ToDictionary(client => client, client => reading.Judge(jurisdiction, records[client], ages, HistoryOf, around, terms));

        IReadOnlyList<RecordedEvent> HistoryOf(Guid stream) => streams.GetValueOrDefault(stream)?.Events ?? [];
    }
}
