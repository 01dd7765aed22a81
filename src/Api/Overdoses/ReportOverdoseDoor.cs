using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using FluentValidation;

namespace CaseFlow.Api.Overdoses;

/// <summary>
/// Somebody reports an overdose, perhaps of a person not identified. A new fact: no <c>If-Match</c>. Whose client it is, and whether the
/// id is anybody's, is not asked: the report is kept in every case, and its answer tells nothing (docs/decisions/0018).
/// </summary>
public static class ReportOverdoseDoor
{
    /// <param name="OverdoseId">Chosen by the caller so that telling it twice records it once; made when left out.</param>
    /// <param name="Note">Free text, stored sealed.</param>
    /// <param name="FiledAs">Where it goes in the own agency.</param>
    public sealed record Request(
        Guid? OverdoseId,
        Guid? ClientId,
        DetailsPart Details,
        OverdoseSource Source,
        WhenPart When,
        string? Note = null,
        FiledAs? FiledAs = null);

    public sealed record Reported(Guid OverdoseId);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.OverdoseId).MustBeANewId();
            RuleFor(request => request.ClientId).NotEqual(Guid.Empty);
            RuleFor(request => request.Details).SetValidator(new DetailsPartValidator());
            RuleFor(request => request.When).SetValidator(new WhenPartValidator());
            RuleFor(request => request.Note).MustBeText();
            RuleFor(request => request.FiledAs!).SetValidator(new FiledAsValidator()).When(request => request.FiledAs is not null);
        }
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapFact("/overdoses", Handle)
        .Named("reportOverdose", "Report an overdose: when, how precisely, what is known; perhaps of an unidentified person")
        .Allow(OverdoseDoors.Reporters)
        .Takes(new Validator(), new Request(
            OverdoseId: null,
            Guid.Parse("0195d6c4-0000-7000-8000-000000000001"),
            DetailsPart.Example,
            OverdoseSource.Hospital,
            new WhenPart(new DateTimeOffset(2026, 3, 2, 21, 30, 0, TimeSpan.Zero))))
        .Gives(new Reported(Guid.Parse("0195d6c4-0000-7000-8000-000000000002")), StatusCodes.Status201Created);

    private static Task<IResult> Handle(Request request, Actor actor, CommandDesk desk, JurisdictionTime time, Registers registers, OverdoseSights sights)
    {
        var overdoseId = request.OverdoseId ?? Guid.CreateVersion7();
        return desk.RunAsync(async session =>
        {
            var stream = await session.LoadAsync(Streams.Overdose, overdoseId);
            if (stream.State.AsReported is { } told && (told.ReportedByAgency != actor.Agency || await IsHiddenAsync(session, stream, sights)))
                session.Refuse(OverdoseRejections.IdTaken(overdoseId));

            await session.FileAsync(registers, request.FiledAs);
            var when = await time.WhenAsync(actor.Jurisdiction, request.When, session.Now, session.Cancellation);
            var command = new ReportOverdose(
                overdoseId, request.ClientId, request.Details.ToDetails(), request.Source, actor.Agency, Sealing.Seal(request.Note), when);
            session.Record(
                stream, ReportOverdose.Decide(command, stream.State, session.Now), about => about with { Intercept = InterceptOf(request.Source) });
            return Answer.Created(stream, $"/api/overdoses/{overdoseId}", new Reported(overdoseId));
        });
    }

    /// <summary>What went with its class is compared with nothing: whether a guess is on record is told as little as of another agency's.</summary>
    private static async Task<bool> IsHiddenAsync(CommandSession session, LoadedStream<OverdoseState, OverdoseEvent> stream, OverdoseSights sights)
    {
        var identities = await DutyDesk.IdentitiesAsync(session);
        var overdose = stream.State with { ClientId = identities.PersonOf(stream.Id, stream.State.ClientId) };
        return (await sights.OfAsync(session, overdose, stream.History)).Hidden is { Kind: RejectionKind.NotFound };
    }

    /// <summary>Where in the Sequential Intercept Model an overdose is met, by who tells of it.</summary>
    internal static int InterceptOf(OverdoseSource source) => source switch
    {
        OverdoseSource.Police or OverdoseSource.Ems => 1,
        OverdoseSource.Court => 3,
        OverdoseSource.Agent => 5,
        _ => 0,
    };
}
