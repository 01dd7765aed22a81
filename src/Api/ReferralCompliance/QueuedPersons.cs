using CaseFlow.Api.Access;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Identities;
using CaseFlow.Domain;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.ReferralCompliance;

namespace CaseFlow.Api.ReferralCompliance;

/// <summary>Which duties of a queue are of one person: among those that the asker sees, so that a merge with anybody else changes nothing.</summary>
public sealed class QueuedPersons(Persons persons, ReadingRights rights, AskDesk desk, CaseFlowDatabase database)
{
    /// <summary>Finds them for one question.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="whose">Whose duties they see.</param>
    /// <param name="clientId">The client that is asked about, if one is.</param>
    /// <param name="asked">Which moment.</param>
    /// <param name="page">Which page; null for a question without pages.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<QueuedPersonsFound> OfAsync(
        Actor actor, DutiesOf whose, Guid? clientId, AskedMoment asked, AskedPage? page, CancellationToken cancellation)
    {
        var view = desk.Views.ReferralCompliance;
        await desk.AwaitAsync(view, actor.Jurisdiction, asked, cancellation);
        var history = await persons.OfAsync(actor.Jurisdiction, cancellation);
        if (history.IsEmpty)
            return QueuedPersonsFound.Nobody;

        var position = page is null
            ? (await desk.ThenAsync(actor.Jurisdiction, asked, cancellation)).Position
            : await desk.PositionAsync(actor, asked, page, cancellation);
        var reached = await ComplianceQueries.ClientsAsync(
            database.Reader, view, actor.Jurisdiction, whose, [.. history.EverMerged()], new ViewInstant(position, asked.AsOf), cancellation);
        var marks = new PersonMarks(history, reached, position);
        await desk.AwaitPositionAsync(view, actor.Jurisdiction, marks.ChangedAt, cancellation);
        var others = clientId is { } client && (reached.Contains(client) || await MayAskForAsync(actor, whose, client, cancellation)) ? marks.OthersOf(client) : [];
        return new QueuedPersonsFound(marks, others);
    }

    /// <summary>Whoever does not reach the client that they name learns nothing of another one by it.</summary>
    private async Task<bool> MayAskForAsync(Actor actor, DutiesOf whose, Guid clientId, CancellationToken cancellation) =>
        whose is DutiesOf.Jurisdiction || await rights.TimelineAsync(actor, clientId, cancellation, inEmergency: false) is null;
}

/// <param name="Marks">Null where nobody was ever merged.</param>
/// <param name="OtherRecords">Further records of the client that is asked about.</param>
public sealed record QueuedPersonsFound(PersonMarks? Marks, IReadOnlyList<Guid> OtherRecords)
{
    public static readonly QueuedPersonsFound Nobody = new(null, []);

    /// <summary>The log position from which the answer is the same.</summary>
    public long ChangedAt => Marks?.ChangedAt ?? 0;

    /// <returns>A duty's item with the record that stands for its client.</returns>
    public DutyItem Marked(DutyItem item) => Marks is null ? item : item with { PersonId = Marks.PersonOf(item.ClientId) };
}
