using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.RejectedLines;
using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using CaseFlow.EventStore.Sealing;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Api.Erasures;

/// <summary>
/// Carries erasures out: what is recorded as applied gets its keys destroyed, and that is recorded. At every start it ends what
/// a kill left, and repeats in a restored database what the list outside holds.
/// </summary>
public sealed class Eraser(CaseFlowDatabase database, TimeProvider clock)
{
    private readonly CommandLoop loop = new(database.Store, clock);

    /// <summary>Subjects of a client's content with ids of their own: of everything that is committed when this is asked.</summary>
    /// <param name="jurisdiction">The tenant.</param>
    /// <param name="clientId">The client.</param>
    /// <param name="cancellation">Ends the question.</param>
    /// <param name="nobodyMoves">Nothing runs yet that would move the timeline, so it is moved here.</param>
    /// <exception cref="ViewBehindException">The timeline does not come so far in time.</exception>
    public async Task<IReadOnlyList<Guid>> FurtherSubjectsAsync(
        string jurisdiction, Guid clientId, CancellationToken cancellation, bool nobodyMoves = false)
    {
        await database.Sequencer.PlaceNewAsync(cancellation);
        if (nobodyMoves)
            await database.Runner.MoveAsync(database.Views.Timeline, cancellation);
        var end = await database.Store.EndOfLogAsync(cancellation);
        await database.Reader.AwaitPositionAsync(TimelineView.ViewName, jurisdiction, end.Position, TimeSpan.Zero, cancellation);
        return await TimelineQueries.OverdosesAsync(database.Reader, database.Views.Timeline, jurisdiction, clientId, ViewInstant.Now, cancellation);
    }

    /// <summary>
    /// Destroys the keys of every order that is applied, and records it; an order that is on record as ended but not on the list outside
    /// is carried out once more. Once begun it is not given up.
    /// </summary>
    /// <remarks>
    /// An overdose may have been identified as the client's after the subjects were gathered and before the order was applied; after
    /// that none is. So they are gathered again, and the order is not ended before that could be done.
    /// </remarks>
    /// <exception cref="ViewBehindException">Keys are destroyed, and it is not known yet whether there are more; ask again.</exception>
    public async Task FinishAsync(string jurisdiction, Guid clientId, bool nobodyMoves = false)
    {
        var listed = Listed(database.Keys.Erasures.Read());
        var stream = await database.Store.ReadStreamAsync(jurisdiction, StreamIds.Erasure(clientId));
        var state = stream.Events.Aggregate(ErasureState.Initial, (folded, recorded) => ErasureState.Evolve(folded, (ErasureEvent)recorded.Data));
        foreach (var applied in stream.Events.Select(recorded => recorded.Data).OfType<ExpunctionApplied>())
        {
            if (state.Orders[applied.OrderId].Step == ErasureStep.KeyDestroyed && listed.Contains((jurisdiction, applied.OrderId)))
                continue;
            await DestroyAsync(jurisdiction, applied, applied.Subjects);
            if (applied.Scope == ErasureScope.WholeRecord
                && (await FurtherSubjectsAsync(jurisdiction, clientId, CancellationToken.None, nobodyMoves)).Except(applied.Subjects).ToList() is { Count: > 0 } further)
            {
                await DestroyAsync(jurisdiction, applied, further);
            }

            await RecordAsync(jurisdiction, clientId, (known, now) => ConfirmKeyDestroyed.Decide(new(clientId, applied.OrderId), known, now));
        }
    }

    /// <summary>Before the first answer: destroys again what is listed, records it where a restore took it back, ends what a kill left.</summary>
    /// <exception cref="InvalidDataException">The list cannot be read.</exception>
    public async Task RepeatAsync(CancellationToken cancellation)
    {
        var listed = database.Keys.Erasures.Read();
        await database.Destruction.DestroyListedAsync(listed, cancellation);
        var recorded = await database.RecordedErasuresAsync(Listed(listed), cancellation);
        foreach (var erasure in listed.Where(erasure => !RejectedLinesEraser.IsOf(erasure.Scope) && !recorded.Contains((erasure.TenantId, erasure.OrderId))))
        {
            if (await IsOnRecordAsync(erasure.TenantId, erasure.ClientId, cancellation))
                await RecordAsync(erasure.TenantId, erasure.ClientId, (state, now) => RepeatErasure.Decide(CommandOf(erasure), state, now));
        }

        await EndAsync(listed, nobodyMoves: true, cancellation);
        await SealAgainAsync(cancellation);
        await LiftAgainAsync(cancellation);
        await ListSealingsAsync(cancellation);
    }

    /// <returns>Whether there is a client, or an overdose, in a database that may be older than what is ordered of it.</returns>
    private async Task<bool> IsOnRecordAsync(string jurisdiction, Guid record, CancellationToken cancellation) =>
        (await database.Store.FoldAsync(Streams.Client, jurisdiction, record, cancellation)).State.IsRegistered
        || (await database.Store.FoldAsync(Streams.Overdose, jurisdiction, record, cancellation)).State.Reported;

    /// <summary>A backup from before an order does not know it: sealed again before anything is served.</summary>
    private async Task SealAgainAsync(CancellationToken cancellation)
    {
        var open = database.Keys.Sealings.ReadOpen();
        var recorded = await database.RecordedOrdersAsync(Listed(open), cancellation);
        foreach (var sealing in open.Where(sealing => !recorded.Contains((sealing.TenantId, sealing.OrderId))))
        {
            var client = await database.Store.FoldAsync(Streams.Client, sealing.TenantId, sealing.ClientId, cancellation);
            if (client.State.IsRegistered)
                await RecordAsync(sealing.TenantId, sealing.ClientId, (state, now) => RepeatSealing.Decide(CommandOf(sealing), state, now));
        }
    }

    /// <summary>A backup from before a lifting holds the record as sealed: lifted again, because what ended does not begin anew by a restore.</summary>
    private async Task LiftAgainAsync(CancellationToken cancellation)
    {
        var lifted = database.Keys.Sealings.Read().Where(one => one.IsLifted).ToList();
        var standing = await database.StandingSealingsAsync(Listed(lifted), cancellation);
        foreach (var lifting in lifted.Where(one => standing.Contains((one.TenantId, one.OrderId))))
            await RecordAsync(lifting.TenantId, lifting.ClientId, (state, now) => RepeatLifting.Decide(SealingsListed.LiftedAgain(lifting), state, now));
    }

    /// <summary>Ends what a failure left while the program runs, should nobody have asked for it again.</summary>
    /// <exception cref="InvalidDataException">The list cannot be read.</exception>
    public async Task EndOpenAsync(CancellationToken cancellation)
    {
        await EndAsync(database.Keys.Erasures.Read(), nobodyMoves: false, cancellation);
        await ListSealingsAsync(cancellation);
    }

    /// <summary>
    /// Puts on the list outside what of orders and liftings it does not hold: a program was killed between the database and the list and nobody asked
    /// again, or the order is from before there was a list.
    /// </summary>
    private async Task ListSealingsAsync(CancellationToken cancellation)
    {
        foreach (var (jurisdiction, clientId) in await database.UnlistedSealingsAsync(
            Listed(database.Keys.Sealings.Read()), Listed(database.Keys.Sealings.ReadOpen()), cancellation))
        {
            var read = await database.Store.ReadStreamAsync(jurisdiction, StreamIds.Erasure(clientId), cancellation: cancellation);
            foreach (var fact in read.Events.Select(recorded => recorded.Data))
            {
                if (fact is SealingOrdered ordered)
                    database.Keys.Sealings.Add(SealingsListed.Of(jurisdiction, ordered));
                else if (fact is SealingLifted lifted)
                    database.Keys.Sealings.Add(SealingsListed.Of(jurisdiction, lifted));
            }
        }
    }

    private async Task EndAsync(IReadOnlyList<ListedErasure> listed, bool nobodyMoves, CancellationToken cancellation)
    {
        foreach (var (jurisdiction, clientId) in await database.UnfinishedErasuresAsync(Listed(listed), cancellation))
        {
            try
            {
                await FinishAsync(jurisdiction, clientId, nobodyMoves);
            }
            catch (ViewBehindException)
            {
                // What the order names is destroyed. A timeline that stands still must keep neither the program from starting nor other
                // erasures from their end; the order stays open until a later turn.
            }
        }
    }

    private static HashSet<(string TenantId, Guid OrderId)> Listed(IEnumerable<ListedErasure> listed) =>
        [.. listed.Select(erasure => (erasure.TenantId, erasure.OrderId))];

    private static HashSet<(string TenantId, Guid OrderId)> Listed(IEnumerable<ListedSealing> listed) =>
        [.. listed.Select(sealing => (sealing.TenantId, sealing.OrderId))];

    private Task DestroyAsync(string jurisdiction, ExpunctionApplied applied, IReadOnlyList<Guid> subjects) => database.Destruction.DestroyAsync(
        new ListedErasure(
            jurisdiction, applied.OrderId, applied.ClientId, applied.Scope.ToString(), subjects,
            applied.Authority.ToString(), applied.ReasonCode, applied.OccurredAt),
        CancellationToken.None);

    private static RepeatErasure CommandOf(ListedErasure erasure) => new(
        erasure.ClientId,
        new ErasureOrder(
            erasure.OrderId, Word<ErasureScope>(erasure.Scope), Word<ErasureAuthority>(erasure.Authority), erasure.ReasonCode, ErasureStep.Ordered, erasure.Subjects),
        erasure.At);

    private static RepeatSealing CommandOf(ListedSealing sealing) => new(
        sealing.ClientId,
        new ErasureOrder(
            sealing.OrderId, Word<ErasureScope>(sealing.Scope), Word<ErasureAuthority>(sealing.Authority), sealing.ReasonCode, ErasureStep.Ordered, [])
        {
            LeftTo = SealingsListed.LeftTo(sealing),
        },
        Sealed<string>.Of("Sealed again after a restore; the order's number was not in the backup."),
        sealing.At);

    private static T Word<T>(string word)
        where T : struct, Enum => Enum.TryParse<T>(word, out var known)
            ? known
            : throw new InvalidDataException($"A list outside the database says \"{word}\", which this program does not know.");

    private async Task RecordAsync(string jurisdiction, Guid clientId, Func<ErasureState, DateTimeOffset, Decision<ErasureEvent>> decide)
    {
        var system = new Actor("caseflow-eraser", Role.Service, jurisdiction, Purpose: Purpose.Operations);
        var result = await loop.RunAsync(
            system,
            async session =>
            {
                var stream = await session.LoadAsync(Streams.Erasure, StreamIds.Erasure(clientId));
                session.Record(stream, decide(stream.State, session.Now));
                return Answer.Done(stream);
            },
            new CommandTerms(),
            CancellationToken.None);
        if (result is not (CommandResult.Recorded or CommandResult.AlreadyDone))
            throw new InvalidOperationException($"An erasure could not be recorded: {result.GetType().Name}.");
    }
}
