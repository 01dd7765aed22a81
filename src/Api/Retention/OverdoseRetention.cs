using CaseFlow.Api.Asking;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.RejectedLines;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Sealing;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.RecordAges;
using CaseFlow.Projections.UnidentifiedOverdoses;

namespace CaseFlow.Api.Retention;

/// <summary>How an overdose of nobody known stands by the policy on keeping: judged by its own stream, what is ordered of it, and lines that are about it.</summary>
public sealed class OverdoseRetention(CaseFlowDatabase database, RetentionReading reading, TimeProvider clock)
{
    private readonly AgesCursor cursor = new(new ViewCursors(database.MarkKeys.Derive("overdose-retention-cursors")));

    /// <summary>
    /// The last thing that happened with it counts, as with a client's record. A hold on it keeps it; so does one on rejected lines that are about it, because
    /// they are sealed under its key.
    /// </summary>
    public static RetentionFound Judge(
        Guid overdoseId, IReadOnlyList<RecordedEvent> history, ErasureState orders, RejectedLinesState lines, RetentionTerms terms)
    {
        var age = history.Aggregate(RecordAge.None with { IsErased = orders.IsErased }, (so, recorded) =>
            RecordAge.After(so, (DomainEvent)recorded.Data, recorded.RecordedAt, (recorded.Headers as Circumstances)?.Labels ?? []));
        RetentionBlock[] blocks = orders.IsHeld || lines.Runs.Values.Any(run => run.IsHeld && run.Overdoses.Contains(overdoseId)) ? [RetentionBlock.LegalHold] : [];
        var known = new RetentionFacts(age, LastConsentAt: null, BornOn: null, orders.KeptUntil, blocks);
        return new RetentionFound(age, RetentionStanding.Of(known, terms.Policy.OfUnidentified(), terms.DayOf));
    }

    /// <returns>Overdoses of nobody known whose period is over, the oldest first; a page may be short.</returns>
    /// <exception cref="UnreadableRequestException">The cursor is not one of this question.</exception>
    public async Task<(IReadOnlyList<(Guid OverdoseId, RetentionFound Found)> Items, string? Next, RetentionTerms Terms)> PageAsync(
        AskedPage page, Actor actor, CancellationToken cancellation)
    {
        var terms = await reading.TermsAsync(actor.Jurisdiction, clock.GetUtcNow(), cancellation);
        var asked = new OldestAsked(
            actor.Jurisdiction, terms.Now.AddYears(-terms.Policy.UnidentifiedYears), terms.Now.AddYears(-terms.Policy.DocumentationYears), cursor.After(page, actor));
        var rows = await UnidentifiedOverdosesQueries.OldestAsync(
            database.Reading, database.Options, database.Views.UnidentifiedOverdoses, asked, page.Limit + 1, cancellation);
        var shown = rows.Take(page.Limit).ToList();
        var lines = await LinesAsync(actor.Jurisdiction, cancellation);
        var streams = await database.Store.ReadStreamsAsync(
            actor.Jurisdiction, [.. shown.SelectMany(row => (Guid[])[row.OverdoseId, StreamIds.Erasure(row.OverdoseId)])], cancellation);
        var next = rows.Count > page.Limit ? cursor.Next(page, actor, shown[^1].Age, shown[^1].OverdoseId) : null;

        var items = shown
            .Select(row => (row.OverdoseId, Facts: FactsOf(row.OverdoseId), Orders: OrdersOf(FactsOf(StreamIds.Erasure(row.OverdoseId)))))
            // The view may be older than what was read.
            .Where(one => !one.Orders.IsErased && StateOf(one.Facts).ClientId is null)
            .Select(one => (one.OverdoseId, Found: Judge(one.OverdoseId, one.Facts, one.Orders, lines, terms)))
            .Where(one => one.Found.Standing.EndsOn <= terms.Today);
        return ([.. items], next, terms);

        IReadOnlyList<RecordedEvent> FactsOf(Guid stream) => streams.GetValueOrDefault(stream)?.Events ?? [];
    }

    /// <returns>How one stands, and what was ordered of it; a refusal for none, and for one whose person is known.</returns>
    public async Task<(Rejection? Refused, RetentionFound Found, IReadOnlyList<RecordedEvent> Orders, RetentionTerms Terms)> OfAsync(
        string jurisdiction, Guid overdoseId, CancellationToken cancellation)
    {
        var terms = await reading.TermsAsync(jurisdiction, clock.GetUtcNow(), cancellation);
        var overdose = await database.Store.FoldAsync(Streams.Overdose, jurisdiction, overdoseId, cancellation);
        var orders = await database.Store.FoldAsync(Streams.Erasure, jurisdiction, StreamIds.Erasure(overdoseId), cancellation);
        var found = Judge(overdoseId, overdose.History, orders.State, await LinesAsync(jurisdiction, cancellation), terms);
        return (RefusalOf(overdoseId, overdose.State), found, orders.History, terms);
    }

    /// <returns>Why nothing is ordered of an overdose by itself; null when it can be.</returns>
    internal static Rejection? RefusalOf(Guid overdoseId, OverdoseState overdose) => overdose switch
    {
        { Reported: false } => OverdoseRejections.NotFound(overdoseId),
        { ClientId: not null } => OverdoseRejections.PersonKnown(overdoseId),
        _ => null,
    };

    private async Task<RejectedLinesState> LinesAsync(string jurisdiction, CancellationToken cancellation) =>
        (await database.Store.FoldAsync(Streams.RejectedLines, jurisdiction, StreamIds.RejectedLines(jurisdiction), cancellation)).State;

    private static OverdoseState StateOf(IReadOnlyList<RecordedEvent> facts) =>
        facts.Aggregate(OverdoseState.Initial, (state, recorded) => OverdoseState.Evolve(state, (OverdoseEvent)recorded.Data));

    private static ErasureState OrdersOf(IReadOnlyList<RecordedEvent> facts) =>
        facts.Aggregate(ErasureState.Initial, (state, recorded) => ErasureState.Evolve(state, (ErasureEvent)recorded.Data));
}

/// <summary>
/// An overdose of nobody known goes when its period is over and the privacy officer approves it, by the road of every erasure; is kept longer; or is held. Each
/// rests on the overdose itself: who recognises its person meanwhile is decided before, and refuses it, or after, and is refused.
/// </summary>
public sealed class OverdoseRetentionDesk(
    CommandDesk desk, RetentionReading reading, Registers registers, JurisdictionTime time, CaseFlowDatabase database, Eraser eraser)
{
    private readonly Clients.ClientMarks marks = new(database.Marks);

    /// <summary>Destroys the key before it answers. Asked again, it ends what did not come to its end (<see cref="EndsWhatItBegan"/>).</summary>
    public async Task<IResult> ApproveAsync(Actor actor, Guid overdoseId, ApprovalRequest ask)
    {
        var result = await desk.RunAsync(async session =>
        {
            var (stream, overdose) = await LoadAsync(session, overdoseId);
            var terms = await reading.TermsAsync(actor.Jurisdiction, session.Now, session.Cancellation);
            var lines = (await session.LoadAsync(Streams.RejectedLines, StreamIds.RejectedLines(actor.Jurisdiction))).State;
            var found = OverdoseRetention.Judge(overdoseId, overdose.History, stream.State, lines, terms);
            session.Record(
                stream,
                ApproveRetention.Decide(
                    new(overdoseId, ask.EndsOn, ask.PolicyVersion, []), stream.State, found.Age, found.Standing, terms.Version, terms.Today, session.Now),
                about => about with { PolicyVersion = terms.Version });
            return Answer.Ok(stream, new Erased(ApproveRetention.OrderOf(overdoseId), session.Now + AesGcmSealer.LongestInMemory));
        });
        if (result is CommandAnswer)
            await eraser.FinishAsync(actor.Jurisdiction, overdoseId);
        return result;
    }

    public Task<IResult> PostponeAsync(Guid overdoseId, PostponementRequest ask) => desk.RunAsync(async session =>
    {
        var (stream, _) = await LoadAsync(session, overdoseId);
        var terms = await reading.TermsAsync(session.Actor.Jurisdiction, session.Now, session.Cancellation);
        session.Record(
            stream, PostponeRetention.Decide(new(overdoseId, ask.Until, ask.ReasonCode), stream.State, terms.Policy, terms.Version, terms.Today, session.Now),
            about => about with { PolicyVersion = terms.Version });
        return Answer.Done(stream);
    });

    public Task<IResult> HoldAsync(Guid overdoseId, HoldRequest ask) => desk.RunAsync(async session =>
    {
        var (stream, _) = await LoadAsync(session, overdoseId);
        var inForce = (await registers.PoliciesAsync(session.Actor.Jurisdiction, session.Cancellation)).InForceAt(session.Now);
        var when = await time.WhenAsync(session.Actor.Jurisdiction, ask.When, session.Now, session.Cancellation);
        var command = new PlaceLegalHold(
            overdoseId, ask.Authority, ask.ReasonCode, Sealed<string>.Of(ask.Reference), marks.OrderReference(session.Actor.Jurisdiction, ask.Reference), when);
        session.Record(
            stream, PlaceLegalHold.Decide(command, stream.State, inForce?.Policy.Erasure ?? Domain.Policies.ErasurePolicy.Default, session.Now),
            about => about with { PolicyVersion = inForce?.Version });
        return Answer.Created(stream, $"/api/overdoses/{overdoseId}/retention", new HoldRecorded(command.HoldId));
    });

    /// <summary>Also once somebody was recognised in it: else nobody could release it.</summary>
    public Task<IResult> ReleaseAsync(Guid overdoseId, Guid holdId, ReleaseRequest ask) => desk.RunAsync(async session =>
    {
        var stream = await session.LoadAsync(Streams.Erasure, StreamIds.Erasure(overdoseId));
        if (!(await session.LoadAsync(Streams.Overdose, overdoseId)).State.Reported)
            session.Refuse(OverdoseRejections.NotFound(overdoseId));
        var when = await time.WhenAsync(session.Actor.Jurisdiction, ask.When, session.Now, session.Cancellation);
        session.Record(stream, ReleaseLegalHold.Decide(new(overdoseId, holdId, ask.Authority, when), stream.State, session.Now));
        return Answer.Done(stream);
    });

    private static async Task<(LoadedStream<ErasureState, ErasureEvent> Orders, LoadedStream<OverdoseState, OverdoseEvent> Overdose)> LoadAsync(
        CommandSession session, Guid overdoseId)
    {
        var orders = await session.LoadAsync(Streams.Erasure, StreamIds.Erasure(overdoseId));
        var overdose = await session.LoadAsync(Streams.Overdose, overdoseId);
        if (OverdoseRetention.RefusalOf(overdoseId, overdose.State) is { } refused)
            session.Refuse(refused);
        return (orders, overdose);
    }
}
