using System.Text.Json;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Http.Idempotency;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Commands;

/// <summary>What a door hands its command to: version, idempotency and answer are settled here, once for all.</summary>
public sealed class CommandDesk(IHttpContextAccessor http, CommandLoop loop, Once once, ErasedCommands erased)
{
    private HttpContext Context => http.HttpContext ?? throw new InvalidOperationException("Outside a request, use CommandLoop.");

    /// <summary>Runs a command on one stream that answers 204 with the version reached.</summary>
    public Task<IResult> RunAsync<TState, TEvent>(
        StreamOf<TState, TEvent> kind,
        Guid id,
        Func<TState, DateTimeOffset, Decision<TEvent>> decide,
        Func<Circumstances, Circumstances>? about = null)
        where TEvent : DomainEvent =>
        RunAsync(async session =>
        {
            var stream = await session.LoadAsync(kind, id);
            session.Record(stream, decide(stream.State, session.Now), about);
            return Answer.Done(stream);
        });

    /// <summary>Runs a command. The lambda may run several times, each on a fresh session.</summary>
    public async Task<IResult> RunAsync(Func<CommandSession, Task<Answer>> act)
    {
        var context = Context;
        var route = context.GetEndpoint()?.Metadata.GetMetadata<CommandRoute>()
            ?? throw new InvalidOperationException("A command's route is mapped with MapChange or MapFact.");
        var pending = context.Features.Get<PendingKey>();
        var terms = new CommandTerms(
            route.NeedsVersion,
            IfMatch.Of(context.Request),
            Trace.Of(context),
            pending is null ? null : (answer, session) => Keep(pending, answer, session),
            (session, answer) => erased.RefusalAsync(context, session, answer));

        var result = await loop.RunAsync(context.Actor(), act, terms, context.RequestAborted);
        if (result is CommandResult.AnsweredBefore before)
            return await once.RepeatAsync(context, pending!, before.Answer) ?? Problems.From(ErasureRejections.ContentErased());
        if (result is not CommandResult.Recorded && pending is not null && await once.FindAsync(context, pending) is { } first)
            return first;
        return result switch
        {
            CommandResult.Recorded recorded => Written(recorded.Answer, recorded.Answer.Status, recorded.LastSequence),
            CommandResult.AlreadyDone done => Written(done.Answer, StatusOf(done.Answer), done.LastSequence),
            CommandResult.Refused refused => Problems.From(refused.Rejection),
            CommandResult.Stale stale => new Problem(ProblemCatalogue.Stale) { CurrentVersion = stale.CurrentVersion },
            CommandResult.VersionMissing => new Problem(ProblemCatalogue.IfMatchMissing, field: "If-Match"),
            CommandResult.Busy => new Problem(ProblemCatalogue.TryAgain),
            _ => throw new InvalidOperationException($"No answer for {result}."),
        };
    }

    /// <summary>Nothing new was created by a command whose work was done before.</summary>
    private static int StatusOf(Answer answer) => answer switch
    {
        { Status: StatusCodes.Status201Created, Body: null } => StatusCodes.Status204NoContent,
        { Status: StatusCodes.Status201Created } => StatusCodes.Status200OK,
        _ => answer.Status,
    };

    private static CommandAnswer Written(Answer answer, int status, long lastSequence) =>
        new(status, Render(answer), TagOf(answer), answer.Location, lastSequence);

    private static StoredAnswer Keep(PendingKey pending, Answer answer, CommandSession session)
    {
        var written = session.Streams
            .Where(stream => stream.Pending.Count > 0)
            .Select(stream => new KeptAnswer.WrittenTo(stream.Id, stream.Version));
        var kept = new KeptAnswer(Render(answer), TagOf(answer), answer.Location, [.. written]);
        return new StoredAnswer(pending.Actor, pending.Key, pending.RequestHash, answer.Status, kept.ToJson());
    }

    private static string? Render(Answer answer) =>
        answer.Body is null ? null : JsonSerializer.Serialize(answer.Body, answer.Body.GetType(), JsonRules.Options);

    private static string? TagOf(Answer answer) => answer.Of is null ? null : ETags.Of(answer.Of.ToldVersion);
}
