using CaseFlow.Api.Access;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using FluentValidation;

namespace CaseFlow.Api.Clients;

/// <summary>
/// A client's record is opened, with a name or anonymously, together with what is known at once: one transaction, so a
/// number that belongs to another client leaves no half-opened record behind.
/// </summary>
public static class RegisterClientDoor
{
    private const int MostIdentifiers = 20;

    /// <param name="ClientId">Chosen by the caller so that telling it twice registers once; made when left out.</param>
    /// <param name="Name">Left out for a client who gave none.</param>
    /// <param name="ExternalIdentifiers">The client's numbers in other systems.</param>
    /// <param name="CodeWord">A word by which the own agency knows a client again who gave no name.</param>
    /// <param name="When">When the client came to be known; now when left out.</param>
    public sealed record Request(
        RegistrationSource Source,
        Guid? ClientId = null,
        NamePart? Name = null,
        DateOnly? BornOn = null,
        IReadOnlyList<IdentifierPart>? ExternalIdentifiers = null,
        WhenPart? When = null,
        string? CodeWord = null);

    public sealed record NamePart(string GivenName, string FamilyName);

    public sealed record IdentifierPart(IdentifierSystem System, string Value);

    public sealed record Registered(Guid ClientId, string Code);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.ClientId).NotEqual(Guid.Empty);
            RuleFor(request => request.Name!.GivenName).NotNull().MustBeLine().When(request => request.Name is not null);
            RuleFor(request => request.Name!.FamilyName).NotNull().MustBeLine().When(request => request.Name is not null);
            RuleFor(request => request.ExternalIdentifiers)
                .Must(list => list is null || list.Count <= MostIdentifiers).WithErrorCode("too-many").WithMessage($"At most {MostIdentifiers}.");
            RuleForEach(request => request.ExternalIdentifiers).ChildRules(part => part.RuleFor(one => one.Value).NotNull().MustBeLine());
            RuleFor(request => request.CodeWord).MustBeLine();
            this.MayStateWhen(request => request.When);
        }
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapFact("/clients", Handle)
        .Named("registerClient", "Open a client's record, with a name or anonymously").Allow(ClientDoors.Registrars)
        .Takes(new Validator(), new Request(
            RegistrationSource.Supervision, Name: new NamePart("Dana", "Doe"), ExternalIdentifiers: [new(IdentifierSystem.Doc, "123456")]))
        .Gives(new Registered(ReadClient.Example.ClientId, ReadClient.Example.Code), StatusCodes.Status201Created);

    private static Task<IResult> Handle(Request ask, Actor actor, ClientDesk desk, ClientAccess access)
    {
        var clientId = ask.ClientId ?? Guid.CreateVersion7();
        return desk.RunAsync(async session =>
        {
            var client = await session.LoadAsync(Streams.Client, clientId);
            if (client.State.IsRegistered)
                await RefuseStrangerAsync(session, clientId, client.State, access);
            else
                await OpenAsync(session, client, ask, actor, desk);
            return Answer.Created(client, ClientDesk.AddressOf(clientId), new Registered(clientId, ClientCode.Of(clientId)));
        });
    }

    private static async Task OpenAsync(
        CommandSession session, LoadedStream<ClientState, ClientEvent> client, Request ask, Actor actor, ClientDesk desk)
    {
        var when = await desk.WhenAsync(session, ask.When);
        var name = ask.Name is { } given ? desk.Marks.Name(actor.Jurisdiction, given.GivenName, given.FamilyName) : null;
        session.Record(client, RegisterClient.Decide(new(client.Id, ask.Source, actor.Agency, name, when), client.State, session.Now));
        if (ask.BornOn is { } bornOn)
            session.Record(client, RecordBirthDate.Decide(BirthDates.CommandOf(client.Id, bornOn, actor, desk.Marks, when), client.State, session.Now));
        foreach (var part in ask.ExternalIdentifiers ?? [])
        {
            var command = desk.CommandOf(client.Id, new IdentifierRequest(part.System, part.Value), actor, when);
            session.Record(client, await desk.DecideLinkAsync(session, client, command));
        }

        if (ask.CodeWord is { } word)
            session.Record(client, await desk.DecideCodeWordAsync(session, client, word, when));
    }

    /// <summary>Registered already: done, for those who reach the client. Others learn only that the id is taken.</summary>
    private static async Task RefuseStrangerAsync(CommandSession session, Guid clientId, ClientState client, ClientAccess access)
    {
        var supervision = await session.LoadAsync(Streams.Supervision, StreamIds.Supervision(clientId));
        if (await access.ReachAsync(session.Actor, clientId, client, supervision.State, session.Cancellation) == ClientReach.None)
            session.Refuse(AccessRejections.IdTaken(clientId));
    }
}
