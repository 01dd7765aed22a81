using CaseFlow.Api.Access;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Privacy;
using CaseFlow.Projections;
using CaseFlow.Projections.Timeline;
using FluentValidation;

namespace CaseFlow.Api.Privacy;

/// <summary>Corrections of labels, by the privacy officer or a supervisor of the agency whose record it is.</summary>
public static class LabelDoors
{
    /// <param name="Labels">All labels that are to hold, by code; empty for none.</param>
    /// <param name="Reason">Why those before were wrong, stored sealed.</param>
    public sealed record Request(IReadOnlyList<string> Labels, string Reason)
    {
        public static readonly Request Example = new(["PART2"], "Recorded by the coaching programme, which is under Part 2.");
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Labels).NotNull();
            RuleForEach(request => request.Labels).MustBeLine();
            RuleFor(request => request.Reason).NotNull().MustBeText();
        }
    }

    public static void Map(IEndpointRouteBuilder api) => api
        .MapFact("/clients/{clientId:guid}/labels/{eventId:guid}/correct", CorrectAsync)
        .Named("correctLabels", "An entry of the record is under another law than was thought; every view follows at once")
        .Allow(Role.PrivacyOfficer, Role.AgentSupervisor, Role.CoachSupervisor)
        .Takes(new Validator(), Request.Example);

    private static Task<IResult> CorrectAsync(
        Guid clientId, Guid eventId, Request request, CommandDesk desk, ReadingRights rights, Persons persons, Registers registers, CaseFlowDatabase database) => desk.RunAsync(async session =>
    {
        var stream = await session.LoadAsync(Streams.Labels, StreamIds.Labels(clientId));
        var actor = session.Actor;
        if (await rights.TimelineAsync(actor, clientId, session.Cancellation, inEmergency: false) is { } refused)
        {
            session.Refuse(refused);
            return Answer.Done(stream);
        }

        var entry = await EntryAsync(clientId);
        foreach (var other in entry is null ? await persons.RecordsOfAsync(actor.Jurisdiction, clientId, session.Cancellation) : [])
        {
            if (entry is null && other != clientId && await rights.TimelineAsync(actor, other, session.Cancellation, inEmergency: false) is null)
                entry = await EntryAsync(other);
        }

        if (entry is null || (actor.Role != Role.PrivacyOfficer && entry.SourceAgency != actor.Agency))
        {
            session.Refuse(LabelRejections.EntryNotFound(eventId));
            return Answer.Done(stream);
        }

        var record = entry.ClientId ?? clientId;
        stream = await session.LoadAsync(Streams.Labels, StreamIds.Labels(record));
        var held = stream.State.LabelsOf(entry.EventId, entry.Labels);
        // Guarded: an order at the same time is before, and binds, or after.
        var orders = new List<LoadedStream<ErasureState, ErasureEvent>>();
        foreach (var ordered in new[] { record, entry.RecordedOn ?? record }.Distinct())
            orders.Add(await session.LoadAsync(Streams.Erasure, StreamIds.Erasure(ordered)));
        if (IsHidden(actor, entry with { Labels = held }, orders))
        {
            session.Refuse(LabelRejections.EntryNotFound(eventId));
            return Answer.Done(stream);
        }

        var labelled = new LabelledEntry(entry.EventId, entry.Kind, entry.OverdoseId, entry.Labels)
        {
            CanBePrivate = PrivateNotes.CanBe(ProjectionCatalogue.EventTypes.Find(entry.Kind), entry.ActorRole),
            OfSource = entry.SourceAgency is { } source
                ? Labelling.OfSource((await registers.DirectoryAsync(actor.Jurisdiction, session.Cancellation)).FindAgency(source)).ToCodes()
                : [],
            Bound = [.. orders.SelectMany(order => order.State.BoundLabels)],
        };
        var command = new CorrectLabels(record, labelled, request.Labels, Sealed<string>.Of(request.Reason)) { ByPrivacyOfficer = actor.Role == Role.PrivacyOfficer };
        var decision = CorrectLabels.Decide(command, stream.State, session.Now);
        // The correction is the agency's record too, and hides behind whatever hides the entry, before or after.
        session.Record(stream, decision, about => about with
        {
            RecordOf = entry.SourceAgency == actor.Agency ? null : entry.SourceAgency,
            Labels = [.. decision.Events.OfType<EventLabelsCorrected>().SelectMany(fact => fact.PreviousLabels.Union(fact.Labels))],
        });
        return Answer.Done(stream);

        Task<TimelineEntry?> EntryAsync(Guid id) =>
            TimelineQueries.EntryAsync(database.Reader, database.Views.Timeline, actor.Jurisdiction, id, eventId, session.Cancellation);
    });

    /// <summary>
    /// Nobody corrects what an order hides from them, or what is a private note and none of theirs. What is erased as a whole is refused where all commands
    /// about it are.
    /// </summary>
    internal static bool IsHidden(Actor actor, TimelineEntry entry, IEnumerable<LoadedStream<ErasureState, ErasureEvent>> orders) =>
        orders.Select(order => ErasedContent.Of(order.History, actor))
            .Any(content => content.OfWholeRecord is null && content.Of(entry.RecordedAt, entry.Labels) is not null)
        || (entry.Labels.Contains(Label.WorkerPrivate.Code(), StringComparer.Ordinal)
            && Disclosing.Bars(RecordSights.ViewerOf(actor), new RecordShown(entry.SourceAgency, [Label.WorkerPrivate], entry.Information)));
}
