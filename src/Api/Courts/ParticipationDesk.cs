using CaseFlow.Api.Access;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Identities;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Api.Courts;

/// <summary>Records what happens in a court: by its own staff alone, under the configuration in force when it happened.</summary>
public sealed class ParticipationDesk(CommandDesk desk, Registers registers, JurisdictionTime time, ClientAccess access, ClientDesk clients, CourtConsents consents, CourtPlaces places, Persons persons)
{
    /// <summary>An entry of a participation that there is.</summary>
    /// <param name="participationId">Whose.</param>
    /// <param name="ask">What all requests state.</param>
    /// <param name="fact">What is said.</param>
    public Task<IResult> RecordAsync(Guid participationId, CourtRequest ask, ParticipationEvent fact)
    {
        var entryId = ask.EntryId ?? Guid.CreateVersion7();
        return desk.RunAsync(async session =>
        {
            var participation = await session.LoadAsync(Streams.Participation, participationId);
            if (!Acts(session.Actor, participation.State))
                session.Refuse(ParticipationRejections.NotFound(participationId));
            else
                await RecordAsync(session, participation, ask, entryId, Naming(fact, participation));
            return Answered(participation, entryId);
        });
    }

    /// <summary>
    /// Somebody asked the court to take a client: one whom its agency reaches, or whom it knows by a number that names one person. A second
    /// time begins where the first is over.
    /// </summary>
    public Task<IResult> ReferAsync(string court, ReferralRequest ask)
    {
        var entryId = ask.EntryId ?? Guid.CreateVersion7();
        return desk.RunAsync(async session =>
        {
            var configured = await session.LoadAsync(Streams.Court, StreamIds.Court(session.Actor.Jurisdiction, court));
            var participation = await session.LoadAsync(Streams.Participation, StreamIds.Participation(ask.ClientId, court, 1));
            ParticipationState[] others = [];
            for (var next = 2; participation.State.IsOver && participation.State.FindEntry(entryId) is null && next <= PersonParticipations.MostTimes; next++)
                participation = await session.LoadAsync(Streams.Participation, StreamIds.Participation(ask.ClientId, court, next));

            if (session.Actor.Agency is not { } agency || configured.State.Versions.IsEmpty || configured.State.Versions[^1].Configuration.AgencyId != agency)
            {
                session.Refuse(CourtRejections.NotFound(court));
            }
            else if (await KnowsAsync(session, ask) && participation.State.FindEntry(entryId) is null
                && (participation.State.Stage != ParticipationStage.None
                    || (others = await OtherTimesAsync(session, ask.ClientId, court, participation.Id)).Any(other => !other.IsOver)))
            {
                session.Refuse(ParticipationRejections.AlreadyOpen());
            }
            else if (!session.IsRefused)
            {
                await RecordAsync(session, participation, ask, entryId, Referral(agency, court, participation.Id, ask), LastEnd(others));
            }

            return Answered(participation, entryId);
        });
    }

    /// <returns>The person's other times in the court, on any of their records.</returns>
    private async Task<ParticipationState[]> OtherTimesAsync(CommandSession session, Guid clientId, string court, Guid participationId)
    {
        var found = new List<ParticipationState>();
        foreach (var record in (await persons.RecordsOfAsync(session.Actor.Jurisdiction, clientId, session.Cancellation)).Append(clientId).Distinct())
        {
            for (var time = 1; time <= PersonParticipations.MostTimes; time++)
            {
                var other = await session.LoadAsync(Streams.Participation, StreamIds.Participation(record, court, time));
                if (other.State.Stage == ParticipationStage.None)
                    break;
                if (other.Id != participationId)
                    found.Add(other.State);
            }
        }

        return [.. found];
    }

    private static ParticipationEvent? LastEnd(IEnumerable<ParticipationState> times) =>
        times.SelectMany(time => time.Standing).Where(FollowingRules.IsEnd).MaxBy(end => end.OccurredAt);

    /// <returns>Whether the actor is staff of the agency that the court is.</returns>
    public static bool Acts(Actor actor, ParticipationState participation) =>
        participation.Stage != ParticipationStage.None && participation.AgencyId == actor.Agency;

    private static Answer Answered(LoadedStream<ParticipationState, ParticipationEvent> participation, Guid entryId) =>
        Answer.Created(participation, $"/api/participations/{participation.Id}", new Entered(participation.Id, entryId));

    private static TreatmentCourtReferred Referral(string agency, string court, Guid participationId, ReferralRequest ask) =>
        new(agency, ask.Source, Sealing.Seal(ask.CaseNumber)) { ClientId = ask.ClientId, ParticipationId = participationId, Court = court };

    /// <summary>A retraction names the event that it corrects; only the stream knows it.</summary>
    private static ParticipationEvent Naming(ParticipationEvent fact, LoadedStream<ParticipationState, ParticipationEvent> participation) =>
        fact is CourtEntryRetracted retraction
        && participation.History.FirstOrDefault(one => ((ParticipationEvent)one.Data).EntryId == retraction.RetractedEntryId) is { } recorded
            ? retraction with { CorrectedEventId = recorded.EventId }
            : fact;

    private async Task RecordAsync(
        CommandSession session, LoadedStream<ParticipationState, ParticipationEvent> participation, CourtRequest ask, Guid entryId, ParticipationEvent fact,
        ParticipationEvent? endBefore = null)
    {
        var (jurisdiction, cancellation) = (session.Actor.Jurisdiction, session.Cancellation);
        var when = await time.WhenAsync(jurisdiction, ask.When, session.Now, cancellation);
        var court = await session.LoadAsync(Streams.Court, StreamIds.Court(jurisdiction, participation.State.Court ?? fact.Court));
        if (court.State.InForceAt(when.OccurredAt) is not { } inForce)
        {
            session.Refuse(CourtRejections.NoneInForce());
            return;
        }

        var directory = await registers.DirectoryAsync(jurisdiction, cancellation);
        var missing = fact is ParticipantAdmitted ? await consents.MissingAsync(session, participation.State.ClientId, inForce.Configuration, when) : [];
        // Tests are of the court's own record, whoever takes them. Their stream is guarded: a result that arrives meanwhile is asked too.
        var tests = fact is PhaseAdvanced or ParticipantGraduated or ParticipantAdmitted || FollowingRules.IsAfterTests(fact)
            ? (await session.LoadAsync(Streams.DrugTesting, StreamIds.DrugTesting(participation.Id))).State
            : DrugTestingState.Initial;
        var day = await time.DayOfAsync(jurisdiction, when.OccurredAt, session.Now, cancellation);
        var decided = RecordInCourt.Decide(
            new(fact, new CourtEntry(entryId, ask.File!.Value, day, DecidersOf(ask, session.Actor), Sealing.Seal(string.IsNullOrWhiteSpace(ask.Words) ? null : ask.Words)), when),
            participation.State,
            new CourtQuestion(inForce, id => directory.PostsAt(id, when), agency => directory.FindAgency(agency) is not null, missing)
            {
                PositiveDays = [.. tests.PositiveDays],
                LastTested = ActOnATest.LastOf(tests),
                FirstTested = ActOnATest.FirstOf(tests),
                EndBefore = endBefore,
                TakesPartAgain = fact is CourtEntryRetracted && participation.State.IsOver
                    && (await OtherTimesAsync(session, participation.State.ClientId, participation.State.Court!, participation.Id)).Any(other => !other.IsOver),
                IsErased = fact is ParticipationClosed
                    && (await session.LoadAsync(Streams.Erasure, StreamIds.Erasure(participation.State.ClientId))).State.IsErased,
                Death = LivingRules.Ask(fact) ? await PersonLife.DeathOfAsync(session, participation.State.ClientId) : null,
            },
            session.Now);
        session.Filing = new Filing(File: decided.Events.Count > 0 ? decided.Events[0].File : ask.File!.Value);
        var before = participation.State;
        if (session.Record(participation, decided, about => about with { Intercept = 3 }))
            await places.KeepAsync(session, new KeepPlace(before.Court ?? fact.Court, participation.Id, before, decided.Events, inForce, when));
    }

    /// <summary>A judge who records decides, unless somebody else is named; everybody else names who did.</summary>
    private static IReadOnlyList<string> DecidersOf(CourtRequest ask, Actor actor) =>
        ask.DecidedBy ?? (actor.Role == Role.Judge ? [actor.Id] : []);

    private async Task<bool> KnowsAsync(CommandSession session, ReferralRequest ask)
    {
        var client = await session.LoadAsync(Streams.Client, ask.ClientId);
        if (ask.KnownBy is { } number && ExternalIdentifier.NamesOnePerson(number.System)
            && (await clients.FindToldAsync(session.Actor, number.System, number.Value, session.Cancellation)).Contains(ask.ClientId))
        {
            return true;
        }

        return await access.EnterAsync(session, ask.ClientId, client.State, ClientReach.Contact);
    }
}

/// <param name="EntryId">Names the entry from now on.</param>
public sealed record Entered(Guid ParticipationId, Guid EntryId);
