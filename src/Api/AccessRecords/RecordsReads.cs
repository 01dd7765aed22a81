using CaseFlow.Api.Asking;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.EventStore.Access;

namespace CaseFlow.Api.AccessRecords;

/// <summary>
/// Stands between a question's handler and its answer: the read is committed first, then the answer is written. What was
/// found, what was not and what was refused cost the same commit, so the time of an answer tells nothing. A request that is
/// refused for its form has read nothing.
/// </summary>
internal sealed class RecordsReads<TAnswer>(string view, Func<TAnswer, Guid?, IEnumerable<Guid>?> whose, Func<TAnswer, bool> withheld) : IEndpointFilter
{
    /// <exception cref="AccessNotRecordedException">The answer stays here.</exception>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var log = context.HttpContext.RequestServices.GetRequiredService<IAccessLog>();
        using var expected = log.Expect();
        var answer = await next(context);
        // What is sealed from the asker, or erased, does not leave, whatever the door says.
        var covered = answer is IValueHttpResult { Value: TAnswer value }
            ? await SealedAnswers.CoverAsync(context.HttpContext, value, [.. (whose(value, ClientAsked(context.HttpContext)) ?? []).Union((value as IShowsAlso)?.AlsoShown ?? [])])
            : null;
        var entry = covered switch
        {
            null => EntryOf(context, answer),
            { IsRefused: true } => Entry(context, AccessOutcome.Refused, Asked(context)),
            _ => EntryOf(context, answer) is { } whole ? whole with { Outcome = AccessOutcome.Restricted, SubjectIds = [.. whole.SubjectIds.Except(covered.LeftOut)] } : null,
        };
        if (entry is not null)
            await log.RecordAsync(await MarkedAsync(context.HttpContext, answer, entry), context.HttpContext.RequestAborted);
        return covered?.Answer ?? answer;
    }

    private static Task<AccessEntry> MarkedAsync(HttpContext http, object? answer, AccessEntry entry) =>
        http.RequestServices.GetRequiredService<CjiReads>().MarkAsync(http, (answer as IValueHttpResult)?.Value, entry);

    private AccessEntry? EntryOf(EndpointFilterInvocationContext context, object? answer) => answer switch
    {
        IValueHttpResult { Value: TAnswer value } => Found(context, value),
        Problem { Status: StatusCodes.Status404NotFound } => NotFound(context),
        Problem { Status: StatusCodes.Status403Forbidden } => Entry(context, AccessOutcome.Refused, Asked(context)),
        Problem => null,
        _ => throw new InvalidOperationException($"This route shows {typeof(TAnswer)}; whose record {answer?.GetType()} shows, nobody said."),
    };

    private AccessEntry Found(EndpointFilterInvocationContext context, TAnswer value)
    {
        var client = ClientAsked(context.HttpContext);
        var shown = whose(value, client)?.ToHashSet();
        shown?.UnionWith((value as IShowsAlso)?.AlsoShown ?? []);
        if (shown is null || (client is { } asked && !shown.Contains(asked)))
            return NotFound(context);

        var from = value as IAnsweredFrom;
        var entry = Entry(context, withheld(value) ? AccessOutcome.Restricted : AccessOutcome.Shown, shown);
        return entry with { AskedId = (value as IMadeFor)?.RequestId ?? entry.AskedId, AsOf = from?.AsOf ?? entry.AsOf, Position = from?.Position };
    }

    private AccessEntry NotFound(EndpointFilterInvocationContext context) => Entry(context, AccessOutcome.NotFound, Asked(context));

    private AccessEntry Entry(EndpointFilterInvocationContext context, AccessOutcome outcome, IEnumerable<Guid> subjects)
    {
        var http = context.HttpContext;
        var actor = http.Actor();
        var moment = context.Arguments.OfType<AskedMoment>().SingleOrDefault();
        return new AccessEntry(
            Guid.CreateVersion7(),
            actor.Jurisdiction,
            actor.Id,
            actor.Role.Kebab(),
            actor.Agency,
            actor.Office,
            actor.Purpose.Kebab(),
            http.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? view,
            view,
            outcome,
            AskedId(http),
            [.. subjects],
            moment?.AsOf,
            moment?.AsRecorded,
            moment?.AsRecordedPosition,
            Trace.Of(http));
    }

    private static IEnumerable<Guid> Asked(EndpointFilterInvocationContext context) => AskedId(context.HttpContext) is { } id ? [id] : [];

    /// <summary>The id in the address, whatever it names.</summary>
    private static Guid? AskedId(HttpContext http) =>
        ClientAsked(http) ?? http.Request.RouteValues.Values.Select(Id).FirstOrDefault(id => id is not null);

    /// <summary>The client in the address, or whom a list was narrowed to.</summary>
    private static Guid? ClientAsked(HttpContext http) => Id(http.Request.RouteValues.GetValueOrDefault("clientId")) ?? Id(http.Request.Query["client"].ToString());

    private static Guid? Id(object? text) => Guid.TryParse(text as string, out var id) ? id : null;
}
