using System.Data.Common;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseFlow.Unit.Http.Toy;

public static class LampDoors
{
    public sealed record PlaceRequest(Guid LampId, string Name, LampKind Kind, int Watts, WhenPart When, string? Note = null, IReadOnlyList<Part>? Parts = null);

    public sealed record Part(string Label);

    public sealed record Placed(Guid LampId, string Name);

    public sealed class PlaceValidator : AbstractValidator<PlaceRequest>
    {
        public PlaceValidator()
        {
            RuleFor(request => request.LampId).MustBeAnId();
            RuleFor(request => request.Name).NotEmpty().MustBeSlug();
            RuleFor(request => request.Watts).InclusiveBetween(1, 100);
            RuleFor(request => request.Note).MaximumLength(10);
            RuleFor(request => request.When).SetValidator(new WhenPartValidator());
        }
    }

    public sealed record LightRequest(int Brightness);

    public sealed class LightValidator : AbstractValidator<LightRequest>
    {
        public LightValidator() => RuleFor(request => request.Brightness).GreaterThan(0);
    }

    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("America/Chicago");

    public static readonly PlaceRequest Example = new(
        Guid.Parse("019a0000-0000-7000-8000-000000000001"), "desk-lamp", LampKind.Warm, 40,
        new WhenPart(OccurredAt: new DateTimeOffset(2026, 3, 1, 18, 0, 0, TimeSpan.Zero)));

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapFact("/lamps", Place).Named("placeLamp", "Place a lamp").Allow(Role.Agent, Role.AgentSupervisor)
            .Takes(new PlaceValidator(), Example).Gives(new Placed(Example.LampId, Example.Name), StatusCodes.Status201Created);
        api.MapChange("/lamps/{lampId:guid}/light", Light).Named("lightLamp", "Light a lamp").Allow(Role.Agent)
            .Takes(new LightValidator(), new LightRequest(10));
        api.MapFact("/lamps/{lampId:guid}/break", Break).Named("breakLamp", "Break a lamp").Allow(Role.Agent, Role.Service);
        api.MapAsk("/lamps", List).Named("listLamps", "All lamps").Allow(Role.Agent).ShowsNobody("lamps").Gives(new Page<int>([1, 2], null));
        api.MapAsk("/lamps/number/{number:int}", (int number, int? factor) => number * (factor ?? 1)).Named("numberLamps", "A number").Allow(Role.Agent)
            .ShowsNobody("numbers");
        api.MapAsk("/lamps/trouble/{kind}", Trouble).Named("troubleLamps", "Trouble").Allow(Role.Agent).ShowsNobody("trouble");
    }

    private static Task<IResult> Place(PlaceRequest request, CommandDesk desk) => desk.RunAsync(async session =>
    {
        var lamp = await session.LoadAsync(Lamps.Stream, request.LampId);
        var when = request.When.ToWhen(session.Now, Zone);
        session.Record(
            lamp, Lamps.Place(request.LampId, request.Name, request.Kind, request.Watts, when, lamp.State, session.Now), about => about with { Intercept = 0 });
        return Answer.Created(lamp, $"/api/lamps/{request.LampId}", new Placed(request.LampId, request.Name));
    });

    private static Task<IResult> Light(Guid lampId, LightRequest request, CommandDesk desk) =>
        desk.RunAsync(Lamps.Stream, lampId, (lamp, now) => Lamps.Light(lampId, request.Brightness, lamp, now));

    private static Task<IResult> Break(Guid lampId, CommandDesk desk) =>
        desk.RunAsync(Lamps.Stream, lampId, (lamp, now) => Lamps.Break(lampId, lamp, now));

    private static Page<int> List(PageAsk<int> page)
    {
        var all = Enumerable.Range(1, 7);
        return page.Of([.. all.Where(number => number > page.After).Take(page.Limit + 1)], number => number, ("asRecordedPosition", "12"));
    }

    private static async Task<IResult> Trouble(string kind, CancellationToken cancellation)
    {
        switch (kind)
        {
            case "slow":
                await Task.Delay(Timeout.Infinite, cancellation);
                break;
            case "away":
                throw new AwayException();
        }

        throw new InvalidOperationException("a secret of the house");
    }

    public sealed class AwayException() : DbException("nobody answers")
    {
        public override bool IsTransient => true;
    }
}
