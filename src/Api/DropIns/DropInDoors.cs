using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.DropIns;
using CaseFlow.Projections.UnitsOfService;
using FluentValidation;

namespace CaseFlow.Api.DropIns;

/// <summary>Visits of people who need not say who they are, and how many there were.</summary>
public static class DropInDoors
{
    private static readonly Role[] Peers = [Role.Coach, Role.CoachSupervisor, Role.PeerSpecialist];

    /// <summary>There is no member for a name, a code or a note: what nobody writes down links nothing.</summary>
    /// <param name="VisitId">Chosen by the caller so that telling it twice counts once; made when left out.</param>
    /// <param name="VisitedOn">The local day.</param>
    /// <param name="Program">The own agency's programme.</param>
    public sealed record Visit(DateOnly VisitedOn, Guid? VisitId = null, string? Program = null)
    {
        public static readonly Visit Example = new(new DateOnly(2026, 3, 3));
    }

    public sealed class Validator : AbstractValidator<Visit>
    {
        public Validator()
        {
            RuleFor(visit => visit.VisitId).MustBeANewId();
            RuleFor(visit => visit.VisitedOn).GreaterThan(new DateOnly(1900, 1, 1)).LessThan(DateOnly.MaxValue);
            RuleFor(visit => visit.Program).MustBeSlug();
        }
    }

    public sealed record Counted(Guid VisitId);

    /// <param name="Kind">Name of the event, as <c>docs/events.md</c> has it.</param>
    public sealed record Units(string? Program, string Kind, long Count);

    public sealed record Answer(DateOnly From, DateOnly To, IReadOnlyList<Units> Items);

    /// <summary>Days, both included.</summary>
    public sealed record Period(DateOnly From, DateOnly To)
    {
        public static ValueTask<Period?> BindAsync(HttpContext context)
        {
            var query = new QueryReader(context.Request);
            var (from, to) = (query.Day("from"), query.Day("to"));
            return from <= to ? new(new Period(from.Value, to.Value)) : throw QueryReader.Bad(from is null ? "from" : "to", "A day; from not after to.");
        }
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapFact("/drop-in-visits", VisitAsync)
            .Named("recordDropInVisit", "Somebody came to the drop-in who did not say who they are: counted, and linked to nothing")
            .Allow(Peers).Takes(new Validator(), Visit.Example)
            .Gives(new Counted(Guid.Parse("0195d6c4-0000-7000-8000-00000000000b")), StatusCodes.Status201Created);
        api.MapAsk("/units-of-service", CountAsync)
            .Named("countUnitsOfService", "What the own agency did from a day to another, by programme and kind")
            .Allow(Peers).ShowsNobody("Sums of an agency's work; no client and no visit is shown.")
            .Asks([
                new("from", "First day, for example 2026-03-01."), new("to", "Last day."),
                .. AskedMoment.Parameters.Where(parameter => parameter.Name == AskedMoment.ConsistentHeader),
            ])
            .Gives(new Answer(new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 31), [new Units("drop-in", "anonymous_drop_in_visited", 212)]));
    }

    private static Task<IResult> VisitAsync(Visit visit, CommandDesk desk, JurisdictionTime time, Registers registers)
    {
        var visitId = visit.VisitId ?? Guid.CreateVersion7();
        return desk.RunAsync(async session =>
        {
            var stream = await session.LoadAsync(Streams.DropIn, visitId);
            if (session.Actor.Agency is null)
                session.Refuse(AccessRejections.NoAgency());
            await session.FileAsync(registers, visit.Program is { } program ? new FiledAs(program) : null);
            var when = await time.WhenAsync(session.Actor.Jurisdiction, new WhenPart(OccurredOn: visit.VisitedOn), session.Now, session.Cancellation);
            session.Record(stream, RecordAnonymousVisit.Decide(new(visit.VisitedOn, when), stream.State, session.Now), about => about with { Intercept = 0 });
            return Commands.Answer.Created(stream, "/api/units-of-service", new Counted(visitId));
        });
    }

    private static async Task<IResult> CountAsync(Period period, AskedMoment asked, Actor actor, CaseFlowDatabase database, CancellationToken cancellation)
    {
        if (actor.Agency is not { } agency)
            return Problems.From(AccessRejections.NoAgency());
        if (asked.AtLeast is { } token)
            await database.Reader.AwaitAsync(UnitsOfServiceView.ViewName, actor.Jurisdiction, token, cancellation);
        var sums = await UnitsOfServiceQueries.SumAsync(
            database.Reading, database.Options, actor.Jurisdiction, agency, period.From, period.To, cancellation);
        return TypedResults.Ok(new Answer(period.From, period.To, [.. sums.Select(sum => new Units(sum.ProgramId, sum.Kind, sum.Count))]));
    }
}
