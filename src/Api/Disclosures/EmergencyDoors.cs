using System.Text.Json.Serialization;
using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Policies;
using FluentValidation;

namespace CaseFlow.Api.Disclosures;

/// <summary>Opening a record in an emergency, and the privacy officer's look at it.</summary>
public static class EmergencyDoors
{
    /// <param name="Reason">What the emergency is, stored sealed.</param>
    /// <param name="EmergencyAccessId">Chosen by the caller so that telling it twice opens once; made when left out.</param>
    public sealed record UseRequest(EmergencyReason ReasonCode, string Reason, Guid? EmergencyAccessId = null);

    /// <param name="ValidUntil">Until then the record is open to whoever opened it, for care.</param>
    public sealed record Opened(Guid EmergencyAccessId, DateTimeOffset ValidUntil);

    /// <param name="Note">Stored sealed.</param>
    public sealed record ReviewRequest(EmergencyVerdict Verdict, string? Note = null);

    /// <param name="Reason">Null once it cannot be opened any more.</param>
    /// <param name="IsReviewOverdue">Not reviewed though due.</param>
    public sealed record Item(
        Guid EmergencyAccessId, string UsedBy, Role Role, string AgencyId, DateTimeOffset UsedAt, DateTimeOffset ValidUntil, EmergencyReason ReasonCode,
        string? Reason, DateTimeOffset ReviewDueAt, bool IsReviewOverdue, EmergencyVerdict? Verdict, string? ReviewedBy, DateTimeOffset? ReviewedAt, string? Note);

    public sealed record View(Guid ClientId, IReadOnlyList<Item> Items) : IShowsAlso, IToldByAgencies
    {
        IEnumerable<string?> IToldByAgencies.ToldBy => Items.Select(item => item.AgencyId);

        [JsonIgnore]
        public IEnumerable<Guid> AlsoShown { get; init; } = [];
    }

    /// <param name="Open">Only those that nobody has reviewed yet.</param>
    /// <param name="Overdue">Only those that nobody has reviewed though it was due.</param>
    public sealed record Filter(bool Open, bool Overdue)
    {
        public static ValueTask<Filter?> BindAsync(HttpContext context)
        {
            var query = new QueryReader(context.Request);
            return new(new Filter(query.Flag("open"), query.Flag("overdue")));
        }
    }

    public sealed record Listed(Guid ClientId, Item Access);

    public sealed record ListAnswer(IReadOnlyList<Listed> Items) : IToldByAgencies
    {
        IEnumerable<string?> IToldByAgencies.ToldBy => Items.Select(item => item.Access.AgencyId);
    }

    public sealed class UseValidator : AbstractValidator<UseRequest>
    {
        public UseValidator()
        {
            RuleFor(request => request.EmergencyAccessId).MustBeANewId();
            RuleFor(request => request.Reason).NotNull().MustBeText();
        }
    }

    public sealed class ReviewValidator : AbstractValidator<ReviewRequest>
    {
        public ReviewValidator() => RuleFor(request => request.Note).MustBeText();
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        const string accesses = "/clients/{clientId:guid}/emergency-access";

        api.MapFact(accesses, UseAsync)
            .Named("useEmergencyAccess", "Open a record in an emergency, with a reason and for a time; the privacy officer is shown it")
            .Allow([.. UseEmergencyAccess.Roles])
            .Takes(new UseValidator(), new UseRequest(EmergencyReason.Overdose, "Found unconscious; medication and allergies needed."))
            .Gives(new Opened(Guid.Parse("0195d6c4-0000-7000-8000-00000000000e"), new DateTimeOffset(2026, 3, 3, 20, 0, 0, TimeSpan.Zero)), StatusCodes.Status201Created);
        api.MapFact(accesses + "/{emergencyAccessId:guid}/review", ReviewAsync)
            .GoesOnErased("the review is of who opened the record")
            .Named("reviewEmergencyAccess", "Whether an opening in an emergency was justified; one that was not is closed, and a suspected breach")
            .Allow(Role.PrivacyOfficer)
            .Takes(new ReviewValidator(), new ReviewRequest(EmergencyVerdict.Justified, "Confirmed with the hospital."));
        api.MapAsk(accesses, ReadAsync)
            .Named("readEmergencyAccess", "Who opened the client's record in an emergency, why, and what came of the review")
            .Allow(Role.PrivacyOfficer, Role.Auditor).Shows<View>(Streams.EmergencyAccess.Alias)
            .Asks().Gives(new View(Guid.Parse("0195d6c4-0000-7000-8000-000000000001"), [Example]));
        api.MapAsk("/emergency-access", ListAsync)
            .Named("listEmergencyAccess", "Records opened in an emergency, by when their review is due").Allow(Role.PrivacyOfficer)
            .Shows<ListAnswer>(Streams.EmergencyAccess.Alias, (answer, _) => answer.Items.Select(item => item.ClientId))
            .ShowsSkeletonOfHidden("who opened a record, so that each opening is reviewed; its words stay closed")
            .Asks([
                new QueryParameter("open", "Only those that nobody has reviewed yet.", QueryType.Flag),
                new QueryParameter("overdue", "Only those that nobody has reviewed though it was due.", QueryType.Flag),
            ])
            .Gives(new ListAnswer([new Listed(Guid.Parse("0195d6c4-0000-7000-8000-000000000001"), Example)]));
    }

    /// <summary>
    /// Whoever opens learns that the client exists: that is what opening means, it is on record before anything is shown, and somebody
    /// looks at it. So nothing answers before: what is nobody's, and what an order hides from whoever does not reach the client besides, is not found, and no
    /// version is compared.
    /// </summary>
    private static Task<IResult> UseAsync(
        Guid clientId, UseRequest ask, Actor actor, HttpRequest request, CommandDesk desk, ClientAccess access, ClientMatters matters, JurisdictionTime time)
    {
        if (request.Headers.IfMatch.Count > 0)
            return Task.FromResult<IResult>(new Problem(ProblemCatalogue.BadIfMatch, "An opening is new: it has no version that somebody could have seen.", "If-Match"));
        var accessId = ask.EmergencyAccessId ?? Guid.CreateVersion7();
        return desk.RunAsync(async session =>
        {
            var stream = await matters.EmergencyAsync(session, accessId);
            var policy = await time.PolicyAtAsync(actor.Jurisdiction, session.Now, session.Cancellation);
            var rights = policy?.Policy.Rights ?? RightsPolicy.Default;
            var decision = UseEmergencyAccess.Decide(
                new(clientId, accessId, actor, ask.ReasonCode, Sealed<string>.Of(ask.Reason)), stream.State, rights, policy?.Version, session.Now);
            var client = await session.LoadAsync(Streams.Client, clientId);
            // Who may not open at all learns nothing of who exists.
            if (decision.Rejection is { Kind: RejectionKind.Forbidden } forbidden)
                session.Refuse(forbidden);
            else if (!client.State.IsRegistered)
                session.Refuse(ClientRejections.NotFound(clientId));
            // Guarded: a record that is given up at the same time is opened before, or not at all.
            var orders = await session.LoadAsync(Streams.Erasure, StreamIds.Erasure(clientId));
            // Whoever is told that it is sealed knows that it was asked for; a record that is erased is refused where all commands about it are.
            if (orders.State.HiddenFrom(session.Actor).FirstOrDefault(order => order.Scope == ErasureScope.WholeRecord) is { } hiddenBy)
            {
                if (await access.ReachAsync(session.Actor, clientId, client.State, session.Cancellation) == ClientReach.None)
                    session.Refuse(ClientRejections.NotFound(clientId));
                else if (!hiddenBy.IsApplied)
                    session.Refuse(ErasureRejections.RecordSealed(hiddenBy.ReasonCode));
            }

            if (session.Record(stream, decision, about => about with { PolicyVersion = policy?.Version, LegalBasis = "42 CFR 2.51" }) && decision.Events.Count > 0)
                session.Record(orders, CallForRecord.Decide(new(clientId, accessId), orders.State, session.Now));

            return Answer.Created(
                stream, $"/api/clients/{clientId}/timeline", new Opened(accessId, stream.State.Find(accessId)?.OpenUntil ?? session.Now));
        });
    }

    private static Task<IResult> ReviewAsync(
        Guid clientId, Guid emergencyAccessId, ReviewRequest ask, Actor actor, CommandDesk desk, ClientMatters matters, JurisdictionTime time) => desk.RunAsync(async session =>
    {
        var stream = await matters.EmergencyAsync(session, emergencyAccessId);
        var decision = ReviewEmergencyAccess.Decide(
            new(clientId, emergencyAccessId, actor.Id, ask.Verdict, Sealing.Seal(ask.Note)), stream.State, session.Now);
        if (session.Record(stream, decision) && decision.Events.Count > 0 && ask.Verdict == EmergencyVerdict.NotJustified)
            await BreachSuspicions.RecordAsync(session, SuspectBreach.Of(stream.State.Find(emergencyAccessId)!.Used, actor.Id, session.Now), time);
        return Answer.Done(stream);
    });

    private static async Task<IResult> ReadAsync(
        Guid clientId, Actor actor, ReadingRights rights, Persons persons, SealedRecords seals, ClientMatters matters, OpenedTexts texts, TimeProvider clock,
        CancellationToken cancellation)
    {
        if (await rights.AccessesAsync(actor, clientId, cancellation) is { } refused)
            return Problems.From(refused);
        var records = await seals.OpenAsync(actor, clientId, await persons.RecordsOfAsync(actor.Jurisdiction, clientId, cancellation), cancellation);
        await texts.PreloadAsync(actor.Jurisdiction, records, cancellation);
        var opened = await matters.EmergenciesOfAsync(actor.Jurisdiction, records, cancellation);
        var now = clock.GetUtcNow();
        return TypedResults.Ok(new View(clientId, [.. opened.Select(one => ItemOf(one, now, token => texts.Open(actor.Jurisdiction, token)))]) { AlsoShown = records });
    }

    private static async Task<IResult> ListAsync(
        Filter filter, Actor actor, ClientMatters matters, OpenedTexts texts, TimeProvider clock, CancellationToken cancellation)
    {
        var opened = await matters.EmergenciesAsync(actor.Jurisdiction, onlyOpen: filter.Open || filter.Overdue, cancellation);
        var now = clock.GetUtcNow();
        var wanted = opened
            .Where(one => !(filter.Open || filter.Overdue) || one.Reviewed is null)
            .Where(one => !filter.Overdue || one.Used.ReviewDueAt < now)
            .OrderBy(one => one.Used.ReviewDueAt).ToList();
        await texts.PreloadAsync(actor.Jurisdiction, wanted.Select(one => one.Used.ClientId), cancellation);
        return TypedResults.Ok(new ListAnswer(
            [.. wanted.Select(one => new Listed(one.Used.ClientId, ItemOf(one, now, token => texts.Open(actor.Jurisdiction, token))))]));
    }

    private static Item ItemOf(EmergencyAccess access, DateTimeOffset now, Func<string?, string?> open) => new(
        access.Used.EmergencyAccessId,
        access.Used.UsedBy,
        access.Used.Role,
        access.Used.AgencyId,
        access.Used.OccurredAt,
        access.Used.ValidUntil,
        access.Used.ReasonCode,
        open(access.Used.Reason.Token),
        access.Used.ReviewDueAt,
        access.Reviewed is null && access.Used.ReviewDueAt < now,
        access.Reviewed?.Verdict,
        access.Reviewed?.ReviewedBy,
        access.Reviewed?.OccurredAt,
        open(access.Reviewed?.Note?.Token));

    private static Item Example { get; } = new(
        Guid.Parse("0195d6c4-0000-7000-8000-00000000000e"), "coach-1", Role.Coach, "recovery-coaches", new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero),
        new DateTimeOffset(2026, 3, 3, 20, 0, 0, TimeSpan.Zero), EmergencyReason.Overdose, "Found unconscious; medication and allergies needed.",
        new DateTimeOffset(2026, 3, 10, 16, 0, 0, TimeSpan.Zero), IsReviewOverdue: false, Verdict: null, ReviewedBy: null, ReviewedAt: null, Note: null);
}
