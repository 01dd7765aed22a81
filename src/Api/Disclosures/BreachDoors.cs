using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Disclosures;
using CaseFlow.EventStore;
using FluentValidation;

namespace CaseFlow.Api.Disclosures;

/// <summary>Suspected breaches: who may suspect one, what the privacy officer finds, who is told (R63).</summary>
public static class BreachDoors
{
    private const int MostClients = 1000;

    /// <param name="What">What happened, stored sealed.</param>
    /// <param name="BreachId">Chosen by the caller so that telling it twice records it once; made when left out.</param>
    public sealed record SuspectRequest(string What, Guid? BreachId = null, WhenPart? When = null);

    public sealed record Suspected(Guid BreachId);

    /// <param name="ClientIds">Whose records; left out for nobody's.</param>
    public sealed record AssessRequest(BreachFinding Finding, string Reason, IReadOnlyList<Guid>? ClientIds = null);

    /// <param name="Reason">Why it is assessed otherwise.</param>
    /// <param name="ClientIds">Whose records, all of them; left out for nobody's.</param>
    public sealed record CorrectAssessmentRequest(BreachFinding Finding, string Reason, IReadOnlyList<Guid>? ClientIds = null);

    public sealed record NotifyRequest(BreachAudience Audience, DisclosureMethod Method);

    /// <param name="IsAssessmentLate">At the asked instant.</param>
    /// <param name="IsNotificationLate">At the asked instant; false once it is found to be none, and while everybody named is told.</param>
    /// <param name="Finding">The one that holds, as its clients and its reason.</param>
    /// <param name="AssessedAt">When it was assessed first.</param>
    /// <param name="Notified">Who was told of all the records that it is of.</param>
    public sealed record Item(
        Guid BreachId, string? AgencyId, string? What, string ReportedBy, DateTimeOffset KnownAt, DateTimeOffset AssessBy, bool IsAssessmentLate,
        DateTimeOffset NotifyBy, bool IsNotificationLate, BreachFinding? Finding, IReadOnlyList<Guid> ClientIds, string? Reason, DateTimeOffset? AssessedAt,
        IReadOnlyList<BreachAudience> Notified)
    {
        /// <summary>The disclosure without a basis that it is, and whose record was told; null for anything else.</summary>
        public DisclosedWithoutBasis? Disclosed { get; init; }

        /// <summary>The opening in an emergency that was found not to be justified, and whose record was opened; null for anything else.</summary>
        public OpenedWithoutCause? Opened { get; init; }

        /// <summary>When the assessment that holds took the place of another; null for the first.</summary>
        public DateTimeOffset? CorrectedAt { get; init; }

        /// <summary>How it was assessed before that was corrected, the first one first.</summary>
        public IReadOnlyList<EarlierAssessment> Earlier { get; init; } = [];

        internal IEnumerable<Guid> Concerned =>
            new[] { Disclosed?.ClientId, Opened?.ClientId }.OfType<Guid>().Concat(ClientIds).Concat(Earlier.SelectMany(one => one.ClientIds));
    }

    public sealed record EarlierAssessment(BreachFinding Finding, IReadOnlyList<Guid> ClientIds, string? Reason, string AssessedBy, DateTimeOffset AssessedAt);

    public sealed record Answer(IReadOnlyList<Item> Items, DateTimeOffset EvaluatedAt) : IToldByAgencies
    {
        IEnumerable<string?> IToldByAgencies.ToldBy => Items.Select(item => item.AgencyId);
    }

    public sealed class SuspectValidator : AbstractValidator<SuspectRequest>
    {
        public SuspectValidator()
        {
            RuleFor(request => request.What).NotNull().MustBeText();
            RuleFor(request => request.BreachId).MustBeANewId();
            this.MayStateWhen(request => request.When);
        }
    }

    public sealed class AssessValidator : AbstractValidator<AssessRequest>
    {
        public AssessValidator()
        {
            RuleFor(request => request.Reason).NotNull().MustBeText();
            RuleFor(request => request.ClientIds).Must(ids => ids is null || ids.Count <= MostClients).WithErrorCode("too-many").WithMessage($"At most {MostClients}.");
        }
    }

    public sealed class CorrectAssessmentValidator : AbstractValidator<CorrectAssessmentRequest>
    {
        public CorrectAssessmentValidator()
        {
            RuleFor(request => request.Reason).NotNull().MustBeText();
            RuleFor(request => request.ClientIds).Must(ids => ids is null || ids.Count <= MostClients).WithErrorCode("too-many").WithMessage($"At most {MostClients}.");
        }
    }

    public sealed class NotifyValidator : AbstractValidator<NotifyRequest>
    {
        public NotifyValidator() => RuleFor(request => request.Audience).IsInEnum();
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapFact("/breaches", SuspectAsync)
            .Named("suspectBreach", "A record may have come to whom it should not").Allow(Role.PrivacyOfficer, Role.AgentSupervisor, Role.CoachSupervisor, Role.Service)
            .Takes(new SuspectValidator(), new SuspectRequest("A printed timeline was left in the waiting room."))
            .Gives(new Suspected(Guid.Parse("0195d6c4-0000-7000-8000-000000000010")), StatusCodes.Status201Created);
        api.MapFact("/breaches/{breachId:guid}/assess", AssessAsync)
            .Named("assessBreach", "Whether it was a breach, and of whose records").Allow(Role.PrivacyOfficer)
            .Takes(new AssessValidator(), new AssessRequest(BreachFinding.LowProbability, "Found within the hour, in a closed room."));
        api.MapFact("/breaches/{breachId:guid}/correct-assessment", CorrectAssessmentAsync)
            .Named("correctBreachAssessment", "The assessment was wrong, or more became known: it is assessed anew, and whom it names since is told").Allow(Role.PrivacyOfficer)
            .Takes(new CorrectAssessmentValidator(), new CorrectAssessmentRequest(BreachFinding.NoBreach, "The photo showed an empty form."));
        api.MapFact("/breaches/{breachId:guid}/notify", (Guid breachId, NotifyRequest ask, Actor actor, CommandDesk desk) => desk.RunAsync(
                Streams.Breaches, StreamIds.Breaches(actor.Jurisdiction),
                (state, now) => NotifyBreach.Decide(new(breachId, ask.Audience, ask.Method, actor.Id), state, now)))
            .Named("notifyBreach", "Those concerned were told of the breach").Allow(Role.PrivacyOfficer)
            .Takes(new NotifyValidator(), new NotifyRequest(BreachAudience.Clients, DisclosureMethod.Paper));
        api.MapAsk("/breaches", ListAsync)
            .Named("listBreaches", "Suspected breaches with their two clocks, by when they must be notified").Allow(Role.PrivacyOfficer)
            .Shows<Answer>(Streams.Breaches.Alias, (answer, _) => answer.Items.SelectMany(item => item.Concerned).Distinct())
            .ShowsSkeletonOfHidden("whose records a breach was of, so that they are told")
            .Asks(AskedMoment.Parameters)
            .Gives(new Answer([], new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero)));
    }

    private static Task<IResult> SuspectAsync(SuspectRequest ask, Actor actor, CommandDesk desk, JurisdictionTime time)
    {
        var breachId = ask.BreachId ?? Guid.CreateVersion7();
        return desk.RunAsync(async session =>
        {
            var when = await time.WhenAsync(actor.Jurisdiction, ask.When, session.Now, session.Cancellation);
            await BreachSuspicions.RecordAsync(session, new(breachId, actor.Agency, Sealed<string>.Of(ask.What), actor.Id, when), time);
            // Not the stream's version: it would tell how many breaches there are.
            return new Commands.Answer(StatusCodes.Status201Created, Of: null, new Suspected(breachId), "/api/breaches");
        });
    }

    private static Task<IResult> AssessAsync(Guid breachId, AssessRequest ask, Actor actor, CommandDesk desk, IEventStore store) => desk.RunAsync(async session =>
    {
        var breaches = await session.LoadAsync(Streams.Breaches, StreamIds.Breaches(actor.Jurisdiction));
        var named = ask.ClientIds ?? [];
        var known = await KnownAsync(store, actor, breaches.State.Find(breachId) is { Assessed: null } ? named : [], session.Cancellation);
        session.Record(
            breaches, AssessBreach.Decide(new(breachId, ask.Finding, named, Sealed<string>.Of(ask.Reason), actor.Id), breaches.State, known, session.Now));
        return Commands.Answer.Done(breaches);
    });

    private static Task<IResult> CorrectAssessmentAsync(Guid breachId, CorrectAssessmentRequest ask, Actor actor, CommandDesk desk, IEventStore store) => desk.RunAsync(async session =>
    {
        var breaches = await session.LoadAsync(Streams.Breaches, StreamIds.Breaches(actor.Jurisdiction));
        var named = ask.ClientIds ?? [];
        var known = await KnownAsync(store, actor, breaches.State.Find(breachId) is { Found: not null } ? named : [], session.Cancellation);
        session.Record(
            breaches,
            CorrectBreachAssessment.Decide(new(breachId, ask.Finding, named, Sealed<string>.Of(ask.Reason), actor.Id), breaches.State, known, session.Now));
        return Commands.Answer.Done(breaches);
    });

    /// <summary>Whoever is named is a client: those are told of it. Not guarded: there is no way back from being a client.</summary>
    private static async Task<IReadOnlyCollection<Guid>> KnownAsync(IEventStore store, Actor actor, IReadOnlyList<Guid> named, CancellationToken cancellation)
    {
        var known = new HashSet<Guid>();
        foreach (var clientId in named)
        {
            if ((await store.FoldAsync(Streams.Client, actor.Jurisdiction, clientId, cancellation)).State.IsRegistered)
                known.Add(clientId);
        }

        return known;
    }

    private static async Task<IResult> ListAsync(
        AskedMoment asked, Actor actor, StreamMoments moments, IEventStore store, OpenedTexts texts, CancellationToken cancellation)
    {
        var moment = await moments.ResolveAsync(asked, cancellation);
        var streamId = StreamIds.Breaches(actor.Jurisdiction);
        var read = await store.ReadStreamAsync(actor.Jurisdiction, streamId, upToPosition: moment.Position, cancellation: cancellation);
        var state = read.Events.Select(recorded => (BreachEvent)recorded.Data).Where(fact => fact.CountsFrom() <= moment.At || asked.AsOf is null)
            .Aggregate(BreachState.Initial, BreachState.Evolve);
        await texts.PreloadAsync(actor.Jurisdiction, [streamId], cancellation);
        return TypedResults.Ok(new Answer(
            [.. state.Breaches.Values.OrderBy(breach => breach.Suspected.NotifyBy).ThenBy(breach => breach.Suspected.BreachId)
                .Select(breach => ItemOf(breach, moment.At, token => texts.Open(actor.Jurisdiction, token)))],
            moment.At));
    }

    private static Item ItemOf(Breach breach, DateTimeOffset at, Func<string?, string?> open) => new(
        breach.Suspected.BreachId, breach.Suspected.AgencyId, open(breach.Suspected.What?.Token), breach.Suspected.ReportedBy, breach.Suspected.KnownAt,
        breach.Suspected.AssessBy, breach.IsAssessmentLateAt(at), breach.Suspected.NotifyBy, breach.IsNotificationLateAt(at), breach.Found?.Finding,
        breach.Found?.ClientIds ?? [], open(breach.Found?.Reason.Token), breach.Assessed?.OccurredAt,
        [.. breach.Notified.Select(one => one.Fact.Audience).Distinct().Where(audience => breach.ToldOf(audience, breach.Found) is not null)])
    {
        CorrectedAt = breach.Assessments.Count > 1 ? breach.Found!.At : null,
        Earlier = [.. breach.Assessments.SkipLast(1).Select(one => new EarlierAssessment(one.Finding, one.ClientIds, open(one.Reason.Token), one.AssessedBy, one.At))],
        Disclosed = breach.Suspected.Disclosed,
        Opened = breach.Suspected.Opened,
    };
}
