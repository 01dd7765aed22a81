using CaseFlow.Api.Access;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Policies;
using CaseFlow.EventStore;
using CaseFlow.Projections.ClientIdentifiers;
using CaseFlow.Projections.ClientSearch;
using CaseFlow.Projections.CodeWords;

namespace CaseFlow.Api.Clients;

/// <summary>Changes to a client's record, by those who reach it.</summary>
public sealed class ClientDesk(
    CommandDesk desk, CaseFlowDatabase database, ClientAccess access, JurisdictionTime time, IdentityPolicies policies, SealedRecords seals, EntrySights sights,
    OpenedTexts texts)
{
    public ClientMarks Marks { get; } = new(database.Marks);

    /// <summary>Loads the client, checks how far the actor reaches, decides and answers 204.</summary>
    public Task<IResult> ChangeAsync(
        Guid clientId, ClientReach needed, WhenPart? stated, Func<ClientState, When, DateTimeOffset, Decision<ClientEvent>> decide) =>
        RunAsync(clientId, needed, stated, (session, client, when) => Task.FromResult(decide(client.State, when, session.Now)), Answer.Done);

    /// <summary>The same for a command that adds something with an id of its own, which is answered.</summary>
    public Task<IResult> AddAsync(
        Guid clientId, ClientReach needed, WhenPart? stated, object added, Func<ClientState, When, DateTimeOffset, Decision<ClientEvent>> decide) =>
        RunAsync(
            clientId, needed, stated, (session, client, when) => Task.FromResult(decide(client.State, when, session.Now)),
            client => Answer.Created(client, AddressOf(clientId), added));

    /// <summary>Links a number, with the one who holds it already looked up; the view guards what the look-up missed.</summary>
    public Task<IResult> LinkAsync(Guid clientId, IdentifierRequest ask, Actor actor)
    {
        var id = CommandOf(clientId, ask, actor, default).IdentifierId;
        return RunAsync(
            clientId, ClientReach.Whole, ask.When,
            async (session, client, when) => await DecideLinkAsync(session, client, CommandOf(clientId, ask, actor, when)),
            client => Answer.Created(client, AddressOf(clientId), new Linked(id)));
    }

    /// <summary>Decides a link inside a session. Who is hidden from the actor with their number is nobody here: a refusal would tell that somebody has it.</summary>
    public async Task<Decision<ClientEvent>> DecideLinkAsync(
        CommandSession session, LoadedStream<ClientState, ClientEvent> client, LinkExternalIdentifier command)
    {
        session.OnDuplicate(ClientIdentifiersView.OneClientPerNumber, ClientRejections.IdentifierOfAnotherClient());
        var told = ExternalIdentifier.Normalise(command.Value.Plain()).Length == 0
            ? []
            : await FindToldAsync(session.Actor, command.System, command.Value.Plain(), session.Cancellation);
        var sealOf = await seals.OfAllAsync(session.Actor, told, session.Cancellation);
        var holders = told.Where(one => sealOf(one).OfWholeRecord is null).ToList();
        Guid? holder = holders.Count > 0 && !holders.Contains(command.ClientId) ? holders[0] : null;
        return LinkExternalIdentifier.Decide(command, client.State, holder, session.Now);
    }

    public LinkExternalIdentifier CommandOf(Guid clientId, IdentifierRequest ask, Actor actor, When when) => new(
        clientId, ask.System, Sealed<string>.Of(ask.Value), Marks.Identifier(actor.Jurisdiction, ask.System, ask.Value), when);

    /// <returns>Who has that number in the jurisdiction, whoever may know it.</returns>
    public Task<IReadOnlyList<Guid>> FindAsync(Actor actor, IdentifierSystem system, string value, CancellationToken cancellation) =>
        database.Views.ClientIdentifiers.FindAsync(database.Reading, actor.Jurisdiction, system, value, cancellation);

    /// <returns>The same without those whose number an order about its class, or a corrected label, hides from the actor, and without those whose number is victim services' to tell.</returns>
    public async Task<IReadOnlyList<Guid>> FindToldAsync(Actor actor, IdentifierSystem system, string value, CancellationToken cancellation)
    {
        var holders = await FindAsync(actor, system, value, cancellation);
        if (holders.Count == 0)
            return holders;
        var sightOf = await sights.OfAllAsync(actor, holders, cancellation);
        var read = await database.Store.ReadStreamsAsync(actor.Jurisdiction, holders, cancellation);
        IReadOnlyList<RecordedEvent> EventsOf(Guid clientId) => read.GetValueOrDefault(clientId)?.Events ?? [];
        var hiding = holders.Where(clientId => sightOf(clientId).HidesAnyOf(EventsOf(clientId))).ToHashSet();
        if (hiding.Count > 0)
            await texts.PreloadAsync(actor.Jurisdiction, hiding, cancellation);
        return
        [
            .. holders.Where(clientId => !hiding.Contains(clientId) || ShownDetails.HasNumber(
                EventsOf(clientId), sightOf(clientId), system, value, text => texts.OpenIntact(actor.Jurisdiction, text.Token))),
        ];
    }

    /// <summary>Gives an anonymous client a word, with the one who has it in the own agency already looked up; the index guards what that missed.</summary>
    public Task<IResult> IdentifyAsync(Guid clientId, CodeWordRequest ask) => RunAsync(
        clientId, ClientReach.Whole, ask.When, (session, client, when) => DecideCodeWordAsync(session, client, ask.CodeWord, when), Answer.Done);

    /// <summary>Decides a code word inside a session.</summary>
    public async Task<Decision<ClientEvent>> DecideCodeWordAsync(
        CommandSession session, LoadedStream<ClientState, ClientEvent> client, string word, When when)
    {
        if (session.Actor.Agency is not { } agency)
            return AccessRejections.NoAgency();
        session.OnDuplicate(CodeWordsView.OneClientPerWord, ClientRejections.CodeWordUsed());
        var policy = await policies.InForceAsync(session);
        var mark = database.Views.CodeWords.MarkOf(session.Actor.Jurisdiction, agency, word);
        var holder = await FindByCodeWordAsync(session.Actor.Jurisdiction, agency, word, session.Cancellation);
        return IdentifyAnonymously.Decide(
            new(client.Id, agency, Sealed<string>.Of(SearchWords.Plain(word)), mark, when), client.State, holder, policy, session.Now);
    }

    /// <returns>Who has that word with the agency.</returns>
    public Task<Guid?> FindByCodeWordAsync(string jurisdiction, string agency, string word, CancellationToken cancellation) =>
        database.Views.CodeWords.FindAsync(database.Reading, jurisdiction, agency, word, cancellation);

    /// <summary>The same as a change, under the code lists in force, whose version stays with what is recorded; history lets a correction name its event.</summary>
    public Task<IResult> ChangeUnderPolicyAsync(
        Guid clientId, WhenPart? stated,
        Func<LoadedStream<ClientState, ClientEvent>, IdentityPolicy, When, DateTimeOffset, Decision<ClientEvent>> decide) => RunAsync(
            clientId, ClientReach.Whole, stated,
            async (session, client, when) => decide(client, await policies.InForceAsync(session), when, session.Now), Answer.Done);

    public Task<When> WhenAsync(CommandSession session, WhenPart? stated) =>
        time.WhenAsync(session.Actor.Jurisdiction, stated, session.Now, session.Cancellation);

    public Task<IResult> RunAsync(Func<CommandSession, Task<Answer>> act) => desk.RunAsync(act);

    public static string AddressOf(Guid clientId) => $"/api/clients/{clientId}";

    /// <returns>Whether it tells something of the client that could be guessed. That there is a client, a death, and what ends or warns counts for everybody, as on the page (<see cref="ShownDetails"/>).</returns>
    private static bool IsOfTheirs(object fact) => fact is ClientNameRecorded or BirthDateRecorded or AliasAdded or ContactPointAdded or ExternalIdentifierLinked or ClientIdentifiedAnonymously;

    /// <summary>As on the page: where the last name or birth date is hidden there is none, and nothing older in its place.</summary>
    private static ClientState Left(ClientState before, ClientEvent hidden) => hidden switch
    {
        ClientNameRecorded => before with { NameId = null },
        BirthDateRecorded => before with { BirthDateId = null },
        _ => before,
    };

    private Task<IResult> RunAsync(
        Guid clientId,
        ClientReach needed,
        WhenPart? stated,
        Func<CommandSession, LoadedStream<ClientState, ClientEvent>, When, Task<Decision<ClientEvent>>> decide,
        Func<LoadedStream, Answer> answer) =>
        RunAsync(async session =>
        {
            var client = await session.LoadAsync(Streams.Client, clientId);
            if (await access.EnterAsync(session, clientId, client.State, needed))
            {
                var sight = await EntrySights.OfAsync(session, clientId);
                client.Without(recorded => IsOfTheirs(recorded.Data) && sight.Hides(recorded), Left);
                session.Record(client, await decide(session, client, await WhenAsync(session, stated)));
            }

            return answer(client);
        });
}

public sealed record Linked(Guid IdentifierId);
