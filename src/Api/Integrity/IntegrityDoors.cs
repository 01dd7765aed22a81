using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Integrity;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Integrity;

namespace CaseFlow.Api.Integrity;

/// <summary>
/// Whether the stored history is the one that was recorded, for those who watch over it. Nothing here shows what is in an event: a proof
/// is hashes, a difference is a position and the id of an event of the asker's jurisdiction.
/// </summary>
public static class IntegrityDoors
{
    /// <summary>Which event is to be proved.</summary>
    public sealed record Asked(long? Position, Guid? EventId)
    {
        public static ValueTask<Asked?> BindAsync(HttpContext context)
        {
            var query = new QueryReader(context.Request);
            var asked = new Asked(query.Number("position"), query.Id("eventId"));
            return (asked.Position is null) == (asked.EventId is null)
                ? throw QueryReader.Bad("position", "Either position or eventId.")
                : new(asked);
        }
    }

    /// <summary>The checkpoint that somebody kept.</summary>
    public sealed record Kept(long Earlier)
    {
        public static ValueTask<Kept?> BindAsync(HttpContext context) =>
            new(new Kept(new QueryReader(context.Request).Number("earlier") ?? throw QueryReader.Bad("earlier", "Events of the earlier checkpoint.")));
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapAsk("/integrity", ShowAsync)
            .Named("readIntegrity", "How far history is sealed and signed, and what the last verification said")
            .Allow(Role.Administrator, Role.Auditor, Role.PrivacyOfficer)
            .ShowsNobody("counts, hashes and signatures").Asks()
            .Gives(IntegrityAnswer.Example);
        api.MapAsk("/integrity/keys", ListKeysAsync)
            .Named("listLedgerKeys", "The public keys that the history is and was signed with, each with the statement by which the one before names it")
            .Allow(Role.Administrator, Role.Auditor, Role.PrivacyOfficer)
            .ShowsNobody("public keys and signatures").Asks()
            .Gives(LedgerKeysAnswer.Example);
        api.MapAsk("/integrity/proofs", ProveAsync)
            .Named("proveEvent", "A proof that an event is in the history of the last signed checkpoint, to be checked without this program")
            .Allow(Role.Auditor, Role.PrivacyOfficer)
            .ShowsNobody("hashes")
            .Asks([
                new("position", "The event's log position.", QueryType.Number),
                new("eventId", "The event; instead of position."),
            ])
            .Gives(InclusionAnswer.Example);
        api.MapAsk("/integrity/consistency", ExtendAsync)
            .Named("proveConsistency", "A proof that the history of an earlier checkpoint is the beginning of the last one's")
            .Allow(Role.Auditor, Role.PrivacyOfficer)
            .ShowsNobody("hashes")
            .Asks([new("earlier", "How many events the earlier checkpoint has.", QueryType.Number)])
            .Gives(ConsistencyAnswer.Example);
        api.MapFact("/integrity/verifications", VerifyAsync)
            .Named("verifyHistory", "Every event is hashed anew and held against ledger, checkpoints and the copy outside; the verdict is recorded")
            .Allow(Role.Administrator, Role.Auditor, Role.PrivacyOfficer)
            .Takes(new VerifyHistoryRequestValidator(), VerifyHistoryRequest.Example)
            .Gives(VerificationAnswer.Example);
    }

    private static async Task<IResult> ShowAsync(
        Actor actor, ReadingRights rights, CaseFlowDatabase database, IEventStore store, CancellationToken cancellation)
    {
        if (await rights.CheckGrantAsync(actor, cancellation) is { } refused)
            return Problems.From(refused);
        var history = database.History;
        var status = await history.Ledger.StatusAsync(cancellation);
        var verdicts = await store.FoldAsync(Streams.Integrity, actor.Jurisdiction, StreamIds.Integrity(actor.Jurisdiction), cancellation);
        return TypedResults.Ok(new IntegrityAnswer(
            status.Origin, status.Size, status.EndOfLog - status.Size, status.SignedSize, status.Checkpoint?.At, status.Checkpoint?.Note,
            await SignerOfAsync(history, status.Checkpoint, cancellation), history.Sealer.WhyUnsealed ?? history.Sealer.WhyUnsigned, verdicts.State.Last));
    }

    private static async Task<IResult> ListKeysAsync(Actor actor, ReadingRights rights, CaseFlowDatabase database, CancellationToken cancellation)
    {
        if (await rights.CheckGrantAsync(actor, cancellation) is { } refused)
            return Problems.From(refused);
        var ledger = database.History.Ledger;
        try
        {
            return TypedResults.Ok(LedgerKeysAnswer.Of((await ledger.StatusAsync(cancellation)).Origin, await ledger.KeysAsync(cancellation)));
        }
        catch (KeyChainBrokenException)
        {
            return Problems.From(IntegrityRejections.LedgerKeysBroken());
        }
    }

    /// <summary>What a checkpoint is checked with; today's key when there is none, or none that signed it, which a verification says.</summary>
    private static async Task<string> SignerOfAsync(HistoryIntegrity history, SignedCheckpoint? checkpoint, CancellationToken cancellation)
    {
        try
        {
            var chain = await history.Ledger.KeysAsync(cancellation);
            return SignedNote.VerifierKeyOf(((checkpoint is null ? null : chain.SignerOf(checkpoint.Note)) ?? chain.Today).Verifier);
        }
        catch (KeyChainBrokenException)
        {
            return SignedNote.VerifierKeyOf(history.Home.Key);
        }
    }

    private static async Task<IResult> ProveAsync(
        Asked asked, Actor actor, ReadingRights rights, CaseFlowDatabase database, CancellationToken cancellation)
    {
        if (await rights.CheckGrantAsync(actor, cancellation) is { } refused)
            return Problems.From(refused);
        var history = database.History;
        var position = asked.Position ?? await history.Ledger.PositionOfAsync(actor.Jurisdiction, asked.EventId!.Value, cancellation);
        if (position is not > 0 || position > (await history.Ledger.StatusAsync(cancellation)).EndOfLog)
            return Problems.From(IntegrityRejections.EventNotFound());
        try
        {
            return await history.Ledger.InclusionAsync(position.Value, cancellation) is { } proof
                ? TypedResults.Ok(new InclusionAnswer(
                    proof.Position, Convert.ToBase64String(proof.LeafHash), proof.Size, Written(proof.Path), proof.Checkpoint.Note,
                    await SignerOfAsync(history, proof.Checkpoint, cancellation)))
                : Problems.From(IntegrityRejections.NotSignedYet(position.Value));
        }
        catch (LedgerBrokenException)
        {
            return Problems.From(IntegrityRejections.LedgerIncomplete());
        }
    }

    private static async Task<IResult> ExtendAsync(
        Kept kept, Actor actor, ReadingRights rights, CaseFlowDatabase database, CancellationToken cancellation)
    {
        if (await rights.CheckGrantAsync(actor, cancellation) is { } refused)
            return Problems.From(refused);
        var history = database.History;
        try
        {
            return await history.Ledger.ConsistencyAsync(kept.Earlier, cancellation) is { } proof
                ? TypedResults.Ok(new ConsistencyAnswer(
                    proof.Earlier, proof.Size, Written(proof.Path), proof.Checkpoint.Note, await SignerOfAsync(history, proof.Checkpoint, cancellation)))
                : Problems.From(IntegrityRejections.NotSignedYet(kept.Earlier));
        }
        catch (LedgerBrokenException)
        {
            return Problems.From(IntegrityRejections.LedgerIncomplete());
        }
    }

    private static async Task<IResult> VerifyAsync(
        VerifyHistoryRequest ask, Actor actor, ReadingRights rights, HistoryDesk history, CommandDesk desk, CancellationToken cancellation)
    {
        if (await rights.CheckGrantAsync(actor, cancellation) is { } refused)
            return Problems.From(refused);
        HistoryVerdict? verdict = null;
        return await desk.RunAsync(async session =>
        {
            var stream = await session.LoadAsync(Streams.Integrity, StreamIds.Integrity(actor.Jurisdiction));
            // Decided again because another verdict was recorded meanwhile, what was found is still what was found.
            verdict ??= await history.VerifyAsync(ask.FirstPosition, ask.LastPosition, session.Cancellation);
            if (verdict is null)
                session.Refuse(IntegrityRejections.AlreadyVerifying());
            else
                session.Record(stream, RecordVerification.Decide(HistoryDesk.CommandOf(verdict, actor.Jurisdiction), session.Now));
            return verdict is null ? Answer.Done(stream) : Answer.Ok(stream, VerificationAnswer.Of(verdict, actor.Jurisdiction));
        });
    }

    private static IReadOnlyList<string> Written(IReadOnlyList<byte[]> path) => [.. path.Select(hash => Convert.ToBase64String(hash))];
}
