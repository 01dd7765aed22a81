using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.RejectedLines;
using CaseFlow.EventStore;
using FluentValidation;

namespace CaseFlow.Api.RejectedLines;

/// <summary>
/// The lines that imports rejected are in files, sealed under a key for each run. Here those who watch over them see which runs keep any, hold them, and
/// have them erased. What is in a line, no door shows.
/// </summary>
public static class RejectedLinesDoors
{
    /// <param name="ReasonCode">From the policy's list of reasons.</param>
    public sealed record EraseRequest(ErasureAuthority Authority, string ReasonCode);

    /// <param name="ReasonCode">From the policy's list of reasons for a hold.</param>
    /// <param name="HoldId">Chosen by the caller so that telling it twice holds once; made when left out.</param>
    public sealed record HoldRequest(ErasureAuthority Authority, string ReasonCode, Guid? HoldId = null);

    public sealed record ReleaseRequest(ErasureAuthority Authority);

    public sealed record Held(Guid HoldId);

    /// <param name="RunId">The run of the import.</param>
    /// <param name="Source">The source system.</param>
    /// <param name="Lines">How many lines were rejected.</param>
    /// <param name="KeptAt">When, UTC.</param>
    /// <param name="Holds">Holds in force.</param>
    /// <param name="ErasedAt">When they were ordered to be erased, UTC; null while nobody did.</param>
    /// <param name="ReasonCode">Why.</param>
    /// <param name="DestroyedAt">When the key was destroyed, UTC.</param>
    public sealed record Run(
        Guid RunId, string Source, int Lines, DateTimeOffset KeptAt, IReadOnlyList<Guid> Holds, DateTimeOffset? ErasedAt, string? ReasonCode, DateTimeOffset? DestroyedAt)
    {
        /// <summary>Lines that were erased by themselves, in the order of their numbers.</summary>
        public IReadOnlyList<OneErased> ErasedLines { get; init; } = [];
    }

    /// <param name="Line">Line of the imported file on which it begins, from 1.</param>
    /// <param name="ErasedAt">When that was ordered, UTC.</param>
    /// <param name="ReasonCode">Why.</param>
    /// <param name="DestroyedAt">When its key was destroyed, UTC.</param>
    public sealed record OneErased(int Line, DateTimeOffset ErasedAt, string ReasonCode, DateTimeOffset? DestroyedAt);

    /// <param name="Items">The last run first.</param>
    public sealed record ListAnswer(IReadOnlyList<Run> Items);

    public sealed class EraseValidator : AbstractValidator<EraseRequest>
    {
        public EraseValidator() => RuleFor(request => request.ReasonCode).NotNull().MustBeSlug();
    }

    public sealed class HoldValidator : AbstractValidator<HoldRequest>
    {
        public HoldValidator()
        {
            RuleFor(request => request.ReasonCode).NotNull().MustBeSlug();
            RuleFor(request => request.HoldId).MustBeANewId();
        }
    }

    public sealed class ReleaseValidator : AbstractValidator<ReleaseRequest>;

    public static void Map(IEndpointRouteBuilder api)
    {
        const string runs = "/imports/rejected-lines";

        api.MapAsk(runs, ListAsync)
            .Named("listRejectedLines", "Which runs of imports keep rejected lines, what holds them, and which are erased")
            .Allow(Role.Administrator, Role.PrivacyOfficer)
            .ShowsNobody("runs of imports").Asks()
            .Gives(new ListAnswer([new Run(Example, "pa-overdose-incidents", 189, At(8), [], At(9), "client-request", At(9))]));
        api.MapFact(runs + "/{runId:guid}/erase", EraseAsync)
            .WithMetadata(new EndsWhatItBegan())
            .Named("eraseRejectedLines", "All lines that a run rejected are erased in every copy of their file: the key is destroyed, and there is no way back")
            .Allow(Role.Administrator, Role.PrivacyOfficer)
            .Takes(new EraseValidator(), new EraseRequest(ErasureAuthority.Agency, "client-request"));
        api.MapFact(runs + "/{runId:guid}/lines/{line:int}/erase", EraseLineAsync)
            .WithMetadata(new EndsWhatItBegan())
            .Named("eraseRejectedLine", "One line is erased in every copy of its run's file, and the others are not; there is no way back")
            .Allow(Role.Administrator, Role.PrivacyOfficer)
            .Takes(new EraseValidator(), new EraseRequest(ErasureAuthority.Court, "record-sealing"));
        api.MapFact(runs + "/{runId:guid}/holds", (Guid runId, HoldRequest ask, Actor actor, Registers registers, CommandDesk desk) =>
            {
                var holdId = ask.HoldId ?? Guid.CreateVersion7();
                return RunAsync(actor, registers, desk, (_, state, policy, now) =>
                    Task.FromResult(HoldRejectedLines.Decide(new(runId, holdId, ask.Authority, ask.ReasonCode), state, policy, now)), new Held(holdId));
            })
            .Named("holdRejectedLines", "The lines of a run must be kept as they are").Allow(Role.Administrator, Role.PrivacyOfficer)
            .Takes(new HoldValidator(), new HoldRequest(ErasureAuthority.Prosecutor, "litigation"))
            .Gives(new Held(Guid.Parse("0195d6c4-0000-7000-8000-000000000022")), StatusCodes.Status201Created);
        api.MapFact(runs + "/{runId:guid}/holds/{holdId:guid}/release", (Guid runId, Guid holdId, ReleaseRequest ask, Actor actor, Registers registers, CommandDesk desk) =>
                RunAsync(actor, registers, desk, (_, state, _, now) =>
                    Task.FromResult(ReleaseRejectedLines.Decide(new(runId, holdId, ask.Authority), state, now))))
            .Named("releaseRejectedLines", "A hold on the lines of a run no longer stands in the way").Allow(Role.Administrator, Role.PrivacyOfficer)
            .Takes(new ReleaseValidator(), new ReleaseRequest(ErasureAuthority.Prosecutor));
    }

    private static async Task<IResult> EraseAsync(
        Guid runId, EraseRequest ask, Actor actor, Registers registers, CommandDesk desk, RejectedLinesEraser eraser)
    {
        var result = await RunAsync(actor, registers, desk, async (session, state, policy, now) => EraseRejectedLines.Decide(
            new(runId, ask.Authority, ask.ReasonCode), state, policy, state.Runs.TryGetValue(runId, out var run) && await IsAnybodyHeldAsync(session, run), now));
        if (result is CommandAnswer)
            await eraser.FinishAsync(actor.Jurisdiction);
        return result;
    }

    private static async Task<IResult> EraseLineAsync(
        Guid runId, int line, EraseRequest ask, Actor actor, Registers registers, CommandDesk desk, CaseFlowDatabase database, RejectedLinesEraser eraser)
    {
        var result = await RunAsync(actor, registers, desk, async (session, state, policy, now) =>
        {
            var isOfNobody = await HasKeyAsync(RejectedRun.SubjectOf(runId, line));
            var isOfOverdose = !isOfNobody && await HasKeyAsync(RejectedRun.SubjectOfOverdoseLine(runId, line));
            // Which of the overdoses it is about only the file says: a hold on one of them keeps the lines about all.
            var isHeld = isOfOverdose && state.Runs.TryGetValue(runId, out var run) && await IsAnybodyHeldAsync(session, run);
            return EraseRejectedLine.Decide(new(runId, line, ask.Authority, ask.ReasonCode), state, policy, isOfNobody || isOfOverdose, isHeld, now);

            Task<bool> HasKeyAsync(Guid subject) => database.Sealer.HasKeyAsync(actor.Jurisdiction, subject, session.Cancellation);
        });
        if (result is CommandAnswer)
            await eraser.FinishAsync(actor.Jurisdiction);
        return result;
    }

    /// <summary>
    /// A person's records are held together: guarded, so that a hold at the same time is decided before, and stops it, or after. An overdose of nobody known
    /// may be held by itself, and the lines about it with it.
    /// </summary>
    internal static async Task<bool> IsAnybodyHeldAsync(CommandSession session, RejectedRun run)
    {
        if (run.Overdoses.Count == 0)
            return false;
        var clients = new List<Guid?>();
        var identities = (await session.LoadAsync(Streams.Identities, StreamIds.Identities(session.Actor.Jurisdiction))).State;
        foreach (var overdose in run.Overdoses)
        {
            if ((await session.LoadAsync(Streams.Erasure, StreamIds.Erasure(overdose))).State.IsHeld)
                return true;
            clients.Add(identities.PersonOf(overdose, (await session.LoadAsync(Streams.Overdose, overdose)).State.ClientId));
        }

        foreach (var record in clients.OfType<Guid>().SelectMany(identities.RecordsOf).Distinct())
        {
            if ((await session.LoadAsync(Streams.Erasure, StreamIds.Erasure(record))).State.IsHeld)
                return true;
        }

        return false;
    }

    private static Task<IResult> RunAsync(
        Actor actor,
        Registers registers,
        CommandDesk desk,
        Func<CommandSession, RejectedLinesState, ErasurePolicy, DateTimeOffset, Task<Decision<RejectedLinesEvent>>> decide,
        object? created = null) => desk.RunAsync(async session =>
        {
            var stream = await session.LoadAsync(Streams.RejectedLines, StreamIds.RejectedLines(actor.Jurisdiction));
            var inForce = (await registers.PoliciesAsync(actor.Jurisdiction, session.Cancellation)).InForceAt(session.Now);
            var decision = await decide(session, stream.State, inForce?.Policy.Erasure ?? ErasurePolicy.Default, session.Now);
            session.Record(stream, decision, about => about with { PolicyVersion = inForce?.Version });
            return created is null ? Answer.Done(stream) : Answer.Created(stream, "/api/imports/rejected-lines", created);
        });

    private static async Task<IResult> ListAsync(Actor actor, IEventStore store, CancellationToken cancellation)
    {
        var read = await store.FoldAsync(Streams.RejectedLines, actor.Jurisdiction, StreamIds.RejectedLines(actor.Jurisdiction), cancellation);
        return TypedResults.Ok(new ListAnswer(
        [
            .. read.State.Runs.Values.OrderByDescending(run => run.KeptAt).ThenBy(run => run.RunId).Select(run => new Run(
                run.RunId, run.Source, run.Lines, run.KeptAt, [.. run.Holds.Where(hold => hold.Value).Select(hold => hold.Key).Order()],
                run.Erased?.OccurredAt, run.Erased?.ReasonCode, run.DestroyedAt)
            {
                ErasedLines = [.. run.ErasedLines.Select(one => new OneErased(one.Key, one.Value.Erased.OccurredAt, one.Value.Erased.ReasonCode, one.Value.DestroyedAt))],
            }),
        ]));
    }

    private static Guid Example { get; } = Guid.Parse("0195d6c4-0000-7000-8000-00000000000c");

    private static DateTimeOffset At(int hour) => new(2026, 3, 2, hour, 0, 0, TimeSpan.Zero);
}
