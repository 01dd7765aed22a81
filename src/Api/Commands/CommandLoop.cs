using System.Data.Common;
using CaseFlow.Api.Http;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.Api.Commands;

/// <summary>
/// Load, decide, append; again when a stream moved in between. Used by the doors and by everything else that commands
/// (imports, processes), so all of them decide by the same rules.
/// </summary>
/// <param name="store">Where it is recorded.</param>
/// <param name="clock">The program's.</param>
/// <param name="labels">Labels what is recorded; without one nothing has labels.</param>
/// <param name="words">Opens what was recorded, to compare it with what is told again; without one what is sealed passes for the same.</param>
public sealed class CommandLoop(IEventStore store, TimeProvider clock, ISourceLabels? labels = null, RecordedWords? words = null)
{
    /// <summary>Tries before giving up.</summary>
    public const int Tries = 8;

    /// <summary>The system that all of it is taken over from, as an import's rows are; null for what people record here. Nobody's delay is measured by it.</summary>
    public string? SourceSystem { get; init; }

    /// <summary>Runs a command. Order of answers: who may not or what is not there, erased, already done, version, refusal, facts.</summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="act">The command; runs once per try, on fresh streams.</param>
    /// <param name="terms">Version and idempotency, as the caller asked.</param>
    /// <param name="cancellation">Ends the command before its append.</param>
    public async Task<CommandResult> RunAsync(
        Actor actor, Func<CommandSession, Task<Answer>> act, CommandTerms terms, CancellationToken cancellation)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            var session = new CommandSession(store, words ?? RecordedWords.Unopened, actor, clock.GetUtcNow(), terms.TraceId, cancellation);
            if (SourceSystem is not null)
                session.Circumstances = session.Circumstances with { SourceSystem = SourceSystem };
            var answer = await act(session);
            if (HiddenBy(session) is { } hidden)
                return new CommandResult.Refused(hidden);
            if (terms.Closed is { } closed && await closed(session, answer) is { } erased)
                return new CommandResult.Refused(erased);
            if (Settle(session, answer, terms) is { } settled)
                return settled;
            if (labels is not null)
                session.Label(await labels.ForAsync(actor.Jurisdiction, cancellation), await CompletedLabels.OfAsync(session));

            AppendResult appending;
            try
            {
                appending = await AppendAsync(session.ToAppend(session.IsRefusedOnRecord ? null : terms.Keep?.Invoke(answer, session)), cancellation);
            }
            catch (KeyDestroyedException)
            {
                return new CommandResult.Refused(ErasureRejections.ContentErased());
            }

            switch (appending)
            {
                case AppendResult.Appended when session.IsRefusedOnRecord:
                    return new CommandResult.Refused(session.Rejection!);
                case AppendResult.Appended appended:
                    return new CommandResult.Recorded(answer, appended.LastSequence);
                case AppendResult.AnsweredBefore before:
                    return new CommandResult.AnsweredBefore(before.Answer);
                case AppendResult.Duplicate duplicate:
                    return new CommandResult.Refused(session.MeaningOf(duplicate));
                case AppendResult.Conflict:
                    await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(2, 10 * attempt)), clock, cancellation);
                    break;
                case var other:
                    throw new InvalidOperationException($"The store answered {other}, which no command expects.");
            }
        }

        return new CommandResult.Busy();
    }

    /// <summary>Rights and existence come before everything else, or a refusal or a stale tag would tell strangers that a record exists.</summary>
    private static Rejection? HiddenBy(CommandSession session) =>
        !session.IsRefusedOnRecord
        && (session.Rejection?.Kind is RejectionKind.NotFound or RejectionKind.Forbidden
            || session.Rejection?.Code == ProblemCatalogue.IdTaken.Code
            || session.Streams.Any(stream => stream.BelongsElsewhere))
            ? session.Rejection
            : null;

    /// <returns>The answer that needs no append, or null.</returns>
    private static CommandResult? Settle(CommandSession session, Answer answer, CommandTerms terms)
    {
        if (session.IsRefusedOnRecord)
            return null;
        if (session.Rejection is null && !session.HasFacts)
            return new CommandResult.AlreadyDone(answer, session.Streams.Select(stream => stream.Last).DefaultIfEmpty().Max().Sequence);
        if (session.EndsWorkOnErased)
            return null;
        if (terms.NeedsVersion && terms.SeenVersion is null)
            return new CommandResult.VersionMissing();
        if (terms.SeenVersion is { } seen && (answer.Of ?? session.First) is { } asked && asked.SeenVersion != seen)
            return new CommandResult.Stale(asked.SeenVersion);
        return session.Rejection is { } rejection ? new CommandResult.Refused(rejection) : null;
    }

    /// <summary>A connection lost on the way leaves the outcome unknown; the same ids again find it out.</summary>
    private async Task<AppendResult> AppendAsync(Append append, CancellationToken cancellation)
    {
        try
        {
            return await store.AppendAsync(append, cancellation);
        }
        catch (DbException lost) when (lost.IsTransient)
        {
            return await store.AppendAsync(append, cancellation);
        }
    }
}
