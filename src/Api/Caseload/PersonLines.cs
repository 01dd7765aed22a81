using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Identities;
using CaseFlow.Domain;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.Caseload;

namespace CaseFlow.Api.Caseload;

/// <summary>
/// One line for a person who is on a caseload with several records: in the place of the one that is due first, with the duties of all. Records
/// that the asker's caseload does not hold take no part, so nothing of an answer follows from them.
/// </summary>
public sealed class PersonLines(Persons persons, AskDesk desk, MovedContacts contacts, CaseFlowDatabase database)
{
    /// <summary>Finds the lines of a question.</summary>
    public async Task<PersonLinesFound> OfAsync(Actor actor, CaseloadAsked whose, AskedMoment asked, AskedPage page, CancellationToken cancellation)
    {
        var view = desk.Views.Caseload;
        await desk.AwaitAsync(view, actor.Jurisdiction, asked, cancellation);
        var history = await persons.OfAsync(actor.Jurisdiction, cancellation);
        if (history.IsEmpty)
            return PersonLinesFound.None;

        // One position for both questions: what leads a line must not change between them.
        var position = await desk.PositionAsync(actor, asked, page, cancellation)
            ?? await database.Positions.PositionOfAsync(view.Name, actor.Jurisdiction, cancellation);
        var at = new ViewInstant(position, asked.AsOf);
        var rows = await database.Reader.HistoriesAsync(
            view, actor.Jurisdiction, [.. history.EverMerged().Union(MovedContacts.Ever(history)).Select(id => id.ToString())], at, cancellation);
        var state = history.At(position);
        var (theirs, moved) = await contacts.PutRightAsync(
            actor.Jurisdiction, state, [.. rows.Values.Select(found => found.Row).OfType<CaseloadEntry>().Where(whose.Includes)], at, cancellation);
        var lines = theirs.GroupBy(row => state.SurvivorOf(row.ClientId)).Where(line => line.Count() > 1)
            .Select(line => (Leading: Leading(line), Line: Together(line.Key, [.. line])));
        return new PersonLinesFound(
            position,
            Math.Max(
                history.ChangedAt([.. theirs.Select(row => row.ClientId)], position),
                MovedContacts.ChangedAt(history, moved, position)),
            [.. theirs.GroupBy(row => state.SurvivorOf(row.ClientId)).SelectMany(line => line.Where(row => row.ClientId != Leading(line))).Select(row => $"{row.ClientId}")],
            lines.ToDictionary(line => line.Leading, line => line.Line))
        {
            Rows = theirs.ToDictionary(row => row.ClientId),
        };
    }

    private static Guid Leading(IEnumerable<CaseloadEntry> line) => line
        .OrderBy(row => row.NextDueAt ?? DateTimeOffset.MaxValue).ThenBy(row => $"{row.ClientId}", StringComparer.Ordinal).First().ClientId;

    private static PersonLine Together(Guid survivorId, CaseloadEntry[] rows)
    {
        var head = Array.Find(rows, row => row.ClientId == survivorId) ?? Array.Find(rows, row => row.ClientId == Leading(rows))!;
        var duties = rows.SelectMany(row => row.OpenDuties).ToDictionary(duty => duty.Key, duty => duty.Value);
        var contacts = rows.SelectMany(row => row.LastContacts).GroupBy(contact => contact.Key).ToDictionary(by => by.Key, by => by.Max(contact => contact.Value));
        return new PersonLine(
            head with { OpenDuties = new(duties, StringComparer.Ordinal), LastContacts = new(contacts, StringComparer.Ordinal) },
            [.. rows.Select(row => row.ClientId).Where(id => id != head.ClientId).Order()]);
    }
}

/// <param name="Entry">The line.</param>
/// <param name="OtherRecords">Further records of the person that are in it.</param>
public sealed record PersonLine(CaseloadEntry Entry, IReadOnlyList<Guid> OtherRecords);

/// <param name="Position">The log position that all is from; null where nobody was ever merged.</param>
/// <param name="ChangedAt">The log position from which these are the lines.</param>
/// <param name="Hidden">Keys of records whose line is another one's.</param>
/// <param name="Lines">By the record in whose place the line stands.</param>
public sealed record PersonLinesFound(long? Position, long ChangedAt, IReadOnlyList<string> Hidden, IReadOnlyDictionary<Guid, PersonLine> Lines)
{
    public static readonly PersonLinesFound None = new(null, 0, [], new Dictionary<Guid, PersonLine>());

    /// <summary>Rows with the contacts that are of their persons, by record; of those that no mistake and no merge ever touched there are none.</summary>
    public IReadOnlyDictionary<Guid, CaseloadEntry> Rows { get; init; } = new Dictionary<Guid, CaseloadEntry>();

    /// <returns>The line of a row of the answer.</returns>
    public PersonLine Of(CaseloadEntry row) => Lines.GetValueOrDefault(row.ClientId) ?? new PersonLine(Rows.GetValueOrDefault(row.ClientId) ?? row, []);
}
