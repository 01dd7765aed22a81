using System.Text.Json.Serialization;
using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Overdoses;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Overdoses;

/// <summary>A client's duties, read from their own stream: what a change is decided on, with its version.</summary>
public static class ReadDuty
{
    public sealed record View(Guid ClientId, IReadOnlyList<DutyView> Duties) : IShowsAlso
    {
        [JsonIgnore]
        public IEnumerable<Guid> AlsoShown => Duties.Select(duty => duty.ClientId);
    }

    /// <param name="ClientId">On which of the person's records it is: where it is changed, with that record's version.</param>
    public sealed record DutyView(
        Guid DutyId,
        Guid ClientId,
        DutyPhase Phase,
        DischargePath? Path,
        string AgentId,
        IReadOnlyList<Guid> OverdoseIds,
        DateTimeOffset DueAt,
        DateTimeOffset? EndedAt,
        bool? InTime,
        bool Attested,
        bool Verified,
        bool Returned,
        int PolicyVersion);

    public static View Example { get; } = new(
        Guid.Parse("0195d6c4-0000-7000-8000-000000000001"),
        [
            new DutyView(
                Guid.Parse("0195d6c4-0000-8000-8000-000000000004"),
                Guid.Parse("0195d6c4-0000-7000-8000-000000000001"),
                DutyPhase.Open,
                Path: null,
                "agent-1",
                [Guid.Parse("0195d6c4-0000-7000-8000-000000000002")],
                new DateTimeOffset(2026, 3, 4, 16, 0, 0, TimeSpan.Zero),
                EndedAt: null,
                InTime: null,
                Attested: false,
                Verified: false,
                Returned: false,
                PolicyVersion: 1),
        ]);

    public static async Task<IResult> Handle(Guid clientId, Actor actor, Persons persons, IEventStore store, HttpResponse response, CancellationToken cancellation)
    {
        var supervision = await store.FoldAsync(Streams.Supervision, actor.Jurisdiction, StreamIds.Supervision(clientId), cancellation);
        if (!ClientRights.Supervises(actor, supervision.State))
            return Problems.From(ClientRejections.NotFound(clientId));

        var duties = await store.FoldAsync(Streams.Duty, actor.Jurisdiction, StreamIds.ReferralDuty(clientId), cancellation);
        var own = OwnDuties.Of(actor, duties.State, duties.History);
        response.SetVersion(OwnDuties.AreNone(own) ? 0 : duties.Version);
        var shown = own.Duties.ConvertAll(duty => ViewOf(clientId, duty));
        foreach (var record in (await persons.RecordsOfAsync(actor.Jurisdiction, clientId, cancellation)).Where(record => record != clientId))
        {
            var other = await store.FoldAsync(Streams.Supervision, actor.Jurisdiction, StreamIds.Supervision(record), cancellation);
            if (!ClientRights.Supervises(actor, other.State))
                continue;
            var others = await store.FoldAsync(Streams.Duty, actor.Jurisdiction, StreamIds.ReferralDuty(record), cancellation);
            shown = shown.AddRange(OwnDuties.Of(actor, others.State, others.History).Duties.Select(duty => ViewOf(record, duty)));
        }

        return TypedResults.Ok(new View(clientId, shown));
    }

    private static DutyView ViewOf(Guid clientId, Duty duty) => new(
        duty.DutyId,
        clientId,
        duty.Phase,
        duty.Path,
        duty.AgentId,
        duty.OverdoseIds,
        duty.DueAt,
        duty.EndedAt,
        duty.Phase == DutyPhase.Discharged ? duty.InTime : null,
        duty.Attested,
        duty.Verified,
        duty.Returned,
        duty.PolicyVersion);
}
