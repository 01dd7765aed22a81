using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Administration;
using FluentValidation;

namespace CaseFlow.Api.Administration;

/// <param name="Reason">Why now; on record for ever, so never personal content.</param>
public sealed record TryMessageAgainRequest(string Reason)
{
    public static readonly TryMessageAgainRequest Example = new("Their system takes messages again.");
}

public sealed class TryMessageAgainRequestValidator : AbstractValidator<TryMessageAgainRequest>
{
    public TryMessageAgainRequestValidator() => RuleFor(request => request.Reason).NotNull().MustBeText();
}

/// <summary>What an administrator may do about a message that another system did not take; the list of views shows them.</summary>
public static class MessageDoors
{
    public static void Map(IEndpointRouteBuilder api) => api.MapFact("/admin/messages/{messageId:guid}/try-again", TryAgainAsync)
        .Named("tryMessageAgain", "A message that failed is tried again at once, set aside or not").Allow(Role.Administrator)
        .Takes(new TryMessageAgainRequestValidator(), TryMessageAgainRequest.Example);

    private static Task<IResult> TryAgainAsync(Guid messageId, TryMessageAgainRequest ask, CommandDesk desk, CaseFlowDatabase database) =>
        desk.RunAsync(async session =>
        {
            var stream = await session.LoadAsync(Streams.Projections, StreamIds.Projections(session.Actor.Jurisdiction));
            var message = await database.Outbox.TroubledAsync(session.Actor.Jurisdiction, messageId, session.Cancellation);
            var failed = message is null ? null : new FailedMessage(message.Id, message.Topic, message.Attempts);
            session.Record(stream, TryMessageAgain.Decide(new(messageId, ask.Reason), failed, session.Now));
            return Answer.Done(stream);
        });
}
