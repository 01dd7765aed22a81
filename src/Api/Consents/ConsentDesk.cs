using CaseFlow.Api.Access;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Consents;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Consents;

/// <summary>
/// Changes to what a client consents to. Everything here is a fact about the world and names no version: the stream is the
/// client's, so its version would tell one agency that another one is at work. For the same reason no answer has an <c>ETag</c>.
/// </summary>
public sealed class ConsentDesk(CommandDesk desk, ClientAccess access, Registers registers, Persons persons, EndsInTheLog ends, JurisdictionTime time)
{
    /// <summary>A consent is asked for, taken or refused by those who may take it, of a client who lives; answers 201 with its id.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="consentId">Its id; made when null.</param>
    /// <param name="stated">When the client did it.</param>
    /// <param name="scopeOf">What it is about.</param>
    /// <param name="decide">The rule.</param>
    /// <param name="form">The signature, for what is signed.</param>
    public Task<IResult> TakeAsync(
        Guid clientId, Guid? consentId, WhenPart? stated, Func<Guid, ConsentScope> scopeOf, Func<ConsentSession, Guid, Decision<ConsentEvent>> decide,
        FormDraft? form = null)
    {
        var id = consentId ?? Guid.CreateVersion7();
        return RunAsync(
            clientId,
            stated,
            asked => asked.Actor.MayTake(scopeOf(id), asked.Directory, isSigned: form is not null) ? asked.CheckLiving(form) : ConsentRejections.NotAParty(),
            asked => decide(asked, id),
            new Answer(StatusCodes.Status201Created, null, new ConsentTaken(id), AddressOf(clientId)));
    }

    /// <summary>Something happens to a consent, on whichever of the person's records it is; for who is no party to it there is none.</summary>
    public Task<IResult> ChangeAsync(Guid clientId, Guid consentId, WhenPart? stated, Func<ConsentSession, Decision<ConsentEvent>> decide) => RunAsync(
        clientId,
        state => state.Find(consentId) is not null || state.Asked.ContainsKey(consentId),
        stated,
        asked => asked.State.Find(consentId) is { } consent && asked.Actor.IsParty(consent.Scope, asked.Directory) ? null : ConsentRejections.NotFound(consentId),
        decide,
        Done);

    /// <summary>The same for who may take such a consent.</summary>
    public Task<IResult> RetakeAsync(Guid clientId, Guid consentId, FormDraft form, Func<ConsentSession, Decision<ConsentEvent>> decide) => ChangeAsync(
        clientId,
        consentId,
        null,
        asked => !asked.Actor.MayTake(asked.State.Find(consentId)!.Scope, asked.Directory, isSigned: true) ? ConsentRejections.NotAParty()
            : asked.CheckLiving(form) is { } refused ? refused
            : decide(asked));

    /// <summary>Loads the client's consents, checks who asks, decides and answers.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="stated">When it happened.</param>
    /// <param name="check">Why this actor may not, given that they reach the client; null when they may.</param>
    /// <param name="decide">The rule.</param>
    /// <param name="answer">What a success says.</param>
    public Task<IResult> RunAsync(
        Guid clientId, WhenPart? stated, Func<ConsentSession, Rejection?> check, Func<ConsentSession, Decision<ConsentEvent>> decide, Answer answer) =>
        RunAsync(clientId, _ => true, stated, check, decide, answer);

    /// <summary>The same on the first of the person's records that holds what is spoken of, the one asked about before the others.</summary>
    public Task<IResult> RunAsync(
        Guid askedId, Func<ConsentState, bool> holds, WhenPart? stated, Func<ConsentSession, Rejection?> check,
        Func<ConsentSession, Decision<ConsentEvent>> decide, Answer answer) =>
        desk.RunAsync(async session =>
        {
            var directory = await registers.DirectoryAsync(session.Actor.Jurisdiction, session.Cancellation);
            var clientId = await RecordForAsync(session, askedId, directory, holds);
            // Whoever does not reach the record that they name learns nothing of another one by it.
            if (!await EnterAsync(session, askedId, directory) || !await EnterAsync(session, clientId, directory))
                return answer;

            var consents = await session.LoadAsync(Streams.Consents, StreamIds.Consents(clientId));
            var beside = await BesideAsync(session, clientId);
            var records = await persons.RecordsOfAsync(session.Actor.Jurisdiction, clientId, session.Cancellation);
            var ended = await ends.EndingAsync(session.Actor, records, [consents.State, .. beside], directory, session.Cancellation);
            var asked = new ConsentSession(
                session.Actor,
                clientId,
                ended(consents.State),
                directory,
                ConsentPolicyInForce.Of(await time.PolicyAtAsync(session.Actor.Jurisdiction, session.Now, session.Cancellation)),
                await time.WhenAsync(session.Actor.Jurisdiction, stated, session.Now, session.Cancellation),
                session.Now)
            {
                People = await PeopleAsync(session, clientId),
                Beside = [.. beside.Select(ended)],
                Recorded = consents.State,
                History = consents.History,
            };
            session.Record(consents, check(asked) is { } refused ? refused : decide(asked));
            return answer;
        });

    public static Answer Done { get; } = new(StatusCodes.Status204NoContent, null);

    public static string AddressOf(Guid clientId) => $"/api/clients/{clientId}/consents";

    /// <returns>A record that the asker enters, or the one that they named: what is on another is to them on none.</returns>
    private async Task<Guid> RecordForAsync(CommandSession session, Guid clientId, DirectoryState directory, Func<ConsentState, bool> holds)
    {
        if (holds((await session.LoadAsync(Streams.Consents, StreamIds.Consents(clientId))).State))
            return clientId;
        foreach (var record in await persons.RecordsOfAsync(session.Actor.Jurisdiction, clientId, session.Cancellation))
        {
            if (holds((await session.LoadAsync(Streams.Consents, StreamIds.Consents(record))).State) && await MayEnterAsync(session, record, directory))
                return record;
        }

        return clientId;
    }

    /// <summary>All records of the person, guarded: a death on any of them is the person's, whoever reaches it.</summary>
    private async Task<IReadOnlyList<ClientState>> PeopleAsync(CommandSession session, Guid clientId)
    {
        var people = new List<ClientState>();
        foreach (var record in await persons.RecordsOfAsync(session.Actor.Jurisdiction, clientId, session.Cancellation))
            people.Add((await session.LoadAsync(Streams.Client, record)).State);
        return people;
    }

    /// <summary>What is on the person's other records, guarded: what is signed there at the same time is taken back with it, or was signed after.</summary>
    private async Task<IReadOnlyList<ConsentState>> BesideAsync(CommandSession session, Guid clientId)
    {
        var beside = new List<ConsentState>();
        foreach (var record in (await persons.RecordsOfAsync(session.Actor.Jurisdiction, clientId, session.Cancellation)).Where(record => record != clientId))
            beside.Add((await session.LoadAsync(Streams.Consents, StreamIds.Consents(record))).State);
        return beside;
    }

    /// <summary>Who reaches the client, and who is party to a consent: a client can take back what they gave, also after a referral ended.</summary>
    private async Task<bool> EnterAsync(CommandSession session, Guid clientId, DirectoryState directory)
    {
        if (await MayEnterAsync(session, clientId, directory))
            return true;

        session.Refuse(ClientRejections.NotFound(clientId));
        return false;
    }

    private async Task<bool> MayEnterAsync(CommandSession session, Guid clientId, DirectoryState directory)
    {
        var consents = await session.LoadAsync(Streams.Consents, StreamIds.Consents(clientId));
        var client = await session.LoadAsync(Streams.Client, clientId);
        var supervision = await session.LoadAsync(Streams.Supervision, StreamIds.Supervision(clientId));
        // A client's agent reaches their own clients alone, whatever the clients signed.
        return (client.State.IsRegistered && session.Actor.Role is not (Role.Agent or Role.AgentSupervisor)
                && consents.State.Consents.Exists(consent => session.Actor.IsParty(consent.Scope, directory)))
            || await access.ReachAsync(session.Actor, clientId, client.State, supervision.State, session.Cancellation) >= ClientReach.Contact;
    }
}

/// <summary>What a decision about consents rests on.</summary>
/// <param name="State">The consents, with the ends that the log has by itself.</param>
/// <param name="ClientId">The record that the decision is about: of the person asked about, the one that holds what is spoken of.</param>
public sealed record ConsentSession(
    Actor Actor, Guid ClientId, ConsentState State, DirectoryState Directory, ConsentPolicyInForce Policy, When When, DateTimeOffset Now)
{
    /// <summary>Whose consents they are, as each record of the person has it.</summary>
    public required IReadOnlyList<ClientState> People { get; init; }

    /// <summary>The consents as they were recorded: what is recorded of an end holds whatever becomes of the one in the log.</summary>
    public required ConsentState Recorded { get; init; }

    /// <summary>The consents on each other record of the person.</summary>
    public required IReadOnlyList<ConsentState> Beside { get; init; }

    /// <summary>What the state was folded from.</summary>
    public required IReadOnlyList<RecordedEvent> History { get; init; }

    /// <returns>What recorded last that an event happened; the empty id when nothing did.</returns>
    public Guid RecordedBy(Guid consentId, ConsentCondition condition) => History.LastOrDefault(
        told => told.Data is ConsentConditionMet met && met.ConsentId == consentId && met.Condition == condition)?.EventId ?? default;

    /// <summary>What the client did; for one who has died, a representative signs (42 CFR 2.15(b)(2)).</summary>
    /// <returns>Why the client cannot have done it then, or null.</returns>
    public Rejection? CheckLiving(FormDraft? form) =>
        form?.Signer is ConsentSigner.LegalRepresentative or ConsentSigner.ParentOrGuardian
            ? null
            : People.Select(record => Living.Check(record, form?.SignedAt ?? When.OccurredAt)).FirstOrDefault(refused => refused is not null);

    public bool IsKnown(string agencyId) => Directory.FindAgency(agencyId) is not null;
}

public sealed record ConsentTaken(Guid ConsentId);
