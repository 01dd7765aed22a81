using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Identity;
using CaseFlow.Api.Retention;
using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.RejectedLines;

namespace CaseFlow.Api.RejectedLines;

/// <summary>How long the lines that a run rejected are kept: whose period is over is proposed, and goes when the privacy officer approves it.</summary>
public sealed class RejectedLinesRetention(
    CommandDesk desk, CaseFlowDatabase database, RetentionReading reading, Persons persons, RejectedLinesEraser eraser, TimeProvider clock)
{
    /// <returns>Runs whose lines need not be kept any more and are, the oldest first.</returns>
    public async Task<IReadOnlyList<RejectedLinesRetentionDoors.Item>> OverAsync(string jurisdiction, CancellationToken cancellation)
    {
        var terms = await reading.TermsAsync(jurisdiction, clock.GetUtcNow(), cancellation);
        var runs = (await database.Store.FoldAsync(Streams.RejectedLines, jurisdiction, StreamIds.RejectedLines(jurisdiction), cancellation)).State.Runs.Values;
        List<RejectedRun> over =
        [
            .. runs.Where(run => run.Erased is null && RejectedLinesStanding.Of(run, isHeld: false, terms.Policy, terms.DayOf).EndsOn <= terms.Today)
                .OrderBy(run => run.KeptAt).ThenBy(run => run.RunId),
        ];
        var held = await HeldOverdosesAsync(jurisdiction, [.. over.SelectMany(run => run.Overdoses).Distinct()], cancellation);
        return [.. over.Select(run => ItemOf(run, RejectedLinesStanding.Of(run, run.Overdoses.Exists(held.Contains), terms.Policy, terms.DayOf), terms))];
    }

    /// <summary>Destroys the run's key before it answers. Asked again, it ends what did not come to its end (<see cref="EndsWhatItBegan"/>).</summary>
    public async Task<IResult> GiveUpAsync(Actor actor, Guid runId, ApprovalRequest ask)
    {
        var result = await desk.RunAsync(async session =>
        {
            var stream = await session.LoadAsync(Streams.RejectedLines, StreamIds.RejectedLines(actor.Jurisdiction));
            var terms = await reading.TermsAsync(actor.Jurisdiction, session.Now, session.Cancellation);
            var standing = stream.State.Runs.TryGetValue(runId, out var run)
                ? RejectedLinesStanding.Of(run, await RejectedLinesDoors.IsAnybodyHeldAsync(session, run), terms.Policy, terms.DayOf)
                : null;
            session.Record(
                stream, GiveUpRejectedLines.Decide(new(runId, ask.EndsOn, ask.PolicyVersion), stream.State, standing, terms.Version, terms.Today, session.Now),
                about => about with { PolicyVersion = terms.Version });
            return Answer.Done(stream);
        });
        if (result is CommandAnswer)
            await eraser.FinishAsync(actor.Jurisdiction);
        return result;
    }

    /// <returns>Which of some overdoses a hold keeps: on them, or on a record of their person. For a question: nothing is guarded.</returns>
    private async Task<IReadOnlySet<Guid>> HeldOverdosesAsync(string jurisdiction, IReadOnlyCollection<Guid> overdoses, CancellationToken cancellation)
    {
        var held = await database.HeldRecordsAsync(jurisdiction, cancellation);
        if (held.Count == 0 || overdoses.Count == 0)
            return new HashSet<Guid>();
        var identities = (await persons.OfAsync(jurisdiction, cancellation)).Now;
        var streams = await database.Store.ReadStreamsAsync(jurisdiction, overdoses, cancellation);
        return overdoses.Where(overdose => held.Contains(overdose)
            || (PersonOf(overdose) is { } person && identities.RecordsOf(person).Any(held.Contains))).ToHashSet();

        Guid? PersonOf(Guid overdose) => identities.PersonOf(overdose, (streams.GetValueOrDefault(overdose)?.Events ?? [])
            .Aggregate(OverdoseState.Initial, (known, recorded) => OverdoseState.Evolve(known, (OverdoseEvent)recorded.Data)).ClientId);
    }

    private static RejectedLinesRetentionDoors.Item ItemOf(RejectedRun run, RejectedLinesStanding standing, RetentionTerms terms) => new(
        run.RunId, run.Source, run.Lines, run.KeptAt, standing.EndsOn, standing.Blocks, standing.IsProposedOn(terms.Today), terms.Version);
}

/// <summary>What a run rejected is given up by its age, as it is erased by order beside it.</summary>
public static class RejectedLinesRetentionDoors
{
    /// <param name="Lines">How many lines were rejected.</param>
    /// <param name="KeptAt">When, UTC.</param>
    /// <param name="EndsOn">The first local day on which they need not be kept any more.</param>
    /// <param name="Blocks">What stands in the way whatever the day.</param>
    /// <param name="IsProposed">Nothing stands in the way.</param>
    /// <param name="PolicyVersion">By which version of the policy; null while there is none.</param>
    public sealed record Item(
        Guid RunId, string Source, int Lines, DateTimeOffset KeptAt, DateOnly EndsOn, IReadOnlyList<RetentionBlock> Blocks, bool IsProposed, int? PolicyVersion);

    /// <param name="Items">The oldest first.</param>
    public sealed record Answer(IReadOnlyList<Item> Items);

    private static Item Example { get; } = new(
        Guid.Parse("0195d6c4-0000-7000-8000-00000000000c"), "pa-overdose-incidents", 189, new DateTimeOffset(2020, 2, 27, 8, 0, 0, TimeSpan.Zero),
        new DateOnly(2026, 2, 28), [], IsProposed: true, PolicyVersion: 3);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapAsk("/retention/rejected-lines", async (Actor actor, RejectedLinesRetention lines, CancellationToken cancellation) =>
                TypedResults.Ok(new Answer(await lines.OverAsync(actor.Jurisdiction, cancellation))))
            .Named("listRejectedLinesRetention", "Runs whose rejected lines need not be kept any more, the oldest first, with what stands in the way of giving them up")
            .Allow(Role.PrivacyOfficer).ShowsNobody("runs of imports").Asks()
            .Gives(new Answer([Example]));
        api.MapFact("/imports/rejected-lines/{runId:guid}/give-up", (Guid runId, ApprovalRequest ask, Actor actor, RejectedLinesRetention lines) => lines.GiveUpAsync(actor, runId, ask))
            .WithMetadata(new EndsWhatItBegan())
            .Named("giveUpRejectedLines", "Rejected lines whose period is over are erased in every copy of their file: the key is destroyed, and there is no way back")
            .Allow(Role.PrivacyOfficer)
            .Takes(new ApprovalRequestValidator(), ApprovalRequest.Example);
    }
}
