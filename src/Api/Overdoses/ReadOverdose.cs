using System.Text.Json.Serialization;
using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Supervision;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Overdoses;

/// <summary>One overdose as it stands now, corrections applied.</summary>
public static class ReadOverdose
{
    /// <param name="ReportEventId">What a correction names; null with <paramref name="Details"/>.</param>
    /// <param name="OccurredAt">Null with <paramref name="Details"/>.</param>
    /// <param name="Details">Null where the report is not the asker's to see: what is left is that there is an overdose, for a duty stands however
    /// confidential it is.</param>
    /// <param name="Notice">What binds whoever is told by the client's consent (42 CFR 2.32); null when nothing is.</param>
    public sealed record View(
        Guid OverdoseId,
        Guid? ClientId,
        Guid? ReportEventId,
        DateTimeOffset? OccurredAt,
        OverdoseDetails? Details,
        bool Confirmed,
        bool RuledOut,
        bool FatalityConfirmed,
        RedisclosureNoticeShown? Notice = null) : IToldByAgencies
    {
        [JsonIgnore]
        public IEnumerable<string?> ToldBy { get; init; } = [];
    }

    public static View Example { get; } = new(
        Guid.Parse("0195d6c4-0000-7000-8000-000000000002"),
        Guid.Parse("0195d6c4-0000-7000-8000-000000000001"),
        Guid.Parse("0195d6c4-0000-7000-8000-000000000003"),
        new DateTimeOffset(2026, 3, 2, 21, 30, 0, TimeSpan.Zero),
        DetailsPart.Example.ToDetails(),
        Confirmed: false,
        RuledOut: false,
        FatalityConfirmed: false);

    public static async Task<IResult> Handle(
        Guid overdoseId, Actor actor, Persons persons, IEventStore store, SealedRecords seals, OverdoseSights sights, RedisclosureNotices notices,
        HttpResponse response, CancellationToken cancellation)
    {
        var read = await store.ReadStreamAsync(actor.Jurisdiction, overdoseId, cancellation: cancellation);
        if (read.Events.Count == 0 || read.Events[0].StreamType != Streams.Overdose.Alias)
            return Problems.From(OverdoseRejections.NotFound(overdoseId));

        var state = read.Events.Aggregate(OverdoseState.Initial, Folded);
        // A report on the wrong person is the right one's.
        state = state with { ClientId = (await persons.OfAsync(actor.Jurisdiction, cancellation)).Now.PersonOf(overdoseId, state.ClientId) };
        if (!await MayReadAsync(actor, state, store, cancellation))
            return Problems.From(OverdoseRejections.NotFound(overdoseId));
        var sight = await sights.OfAsync(actor, state, read.Events, cancellation);
        if (!sight.IsKnown)
            return Problems.From(OverdoseRejections.NotFound(overdoseId));

        // What went with its class first: there is no overdose, also while the whole record is sealed.
        if (sight.Hidden is { } byOrder)
            return Problems.From(byOrder);

        // The reporter's own report says nothing of the client's record while that is sealed; to everybody else it is a part of it. Erased, it is
        // nobody's: the route leaves that to the one place where answers pass.
        if (state.ClientId is { } client
            && !(actor.Agency is { } agency && agency == state.AsReported?.ReportedByAgency && actor.Role is not (Role.Agent or Role.AgentSupervisor))
            && (await seals.OfAllAsync(actor, [client], cancellation))(client).Why is { } hidden)
        {
            return Problems.From(hidden.Refusal);
        }

        // The version counts also what is not shown, and whoever may not change anything needs none.
        if (sight.MayChange)
            response.SetVersion(read.Version);
        if (!sight.ShowsReport)
            return TypedResults.Ok(new View(overdoseId, state.ClientId, ReportEventId: null, OccurredAt: null, Details: null, Confirmed: false, RuledOut: false, FatalityConfirmed: false));
        var notice = await notices.OnAsync(response, actor, sight.Consents, [.. sight.Disclosed], cancellation);
        var told = sight.Told.Aggregate(OverdoseState.Initial, Folded);
        return TypedResults.Ok(new View(
            overdoseId, state.ClientId, read.Events[0].EventId, told.OccurredAt, told.Details!, told.Confirmed, told.RuledOut, told.FatalityConfirmed, notice)
        {
            ToldBy = RecordOwners.Of(sight.Told),
        });
    }

    private static OverdoseState Folded(OverdoseState state, RecordedEvent recorded) => OverdoseState.Evolve(state, (OverdoseEvent)recorded.Data);

    private static async Task<bool> MayReadAsync(Actor actor, OverdoseState state, IEventStore store, CancellationToken cancellation)
    {
        if (actor.Role == Role.PrivacyOfficer)
            return true;

        var supervision = state.ClientId is { } clientId
            ? (await store.FoldAsync(Streams.Supervision, actor.Jurisdiction, StreamIds.Supervision(clientId), cancellation)).State
            : SupervisionState.Initial;
        return ClientRights.Reaches(actor, state, supervision);
    }
}
