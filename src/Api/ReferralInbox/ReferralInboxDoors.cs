using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Referrals;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.ReferralInbox;

namespace CaseFlow.Api.ReferralInbox;

/// <summary>The referrals that a provider holds. Drafts, and what other agencies hold, do not exist here.</summary>
public static class ReferralInboxDoors
{
    /// <param name="Need">Null where labels were corrected and it is not the reader's to see any more; so is the message then.</param>
    /// <param name="Message">What the sender wrote.</param>
    /// <param name="AcknowledgeBy">When receipt should be confirmed (R7).</param>
    public sealed record Item(
        Guid ReferralId,
        Guid ClientId,
        string ClientCode,
        string FromAgencyId,
        string? Need,
        string? Message,
        InboxStatus Status,
        DateTimeOffset StatusAt,
        DateTimeOffset ReceivedAt,
        DateTimeOffset? AcknowledgeBy,
        IReadOnlyList<ContactAttempt> Attempts,
        DateTimeOffset? FirstContactAt,
        ReceiverDeclineReason? DeclineReason,
        ReferralOutcome? Outcome)
    {
        /// <summary>The record that stands for the client, of those referred to the agency; the client's own unless records were merged.</summary>
        public Guid PersonId { get; init; } = ClientId;

        /// <summary>The client's record is sealed by order: nothing but the referral itself is shown.</summary>
        public bool IsSealed { get; init; }

        /// <summary>Why the content of the client's record is erased, a code; null while it has any. Nothing but the referral itself is left.</summary>
        public string? ErasedReason { get; init; }

        /// <summary>What stays of a hidden client's: that there is a referral, and when it was received.</summary>
        internal Item WithoutContent(ContentHidden hidden) => this with
        {
            Message = null,
            Attempts = [],
            FirstContactAt = null,
            DeclineReason = null,
            Outcome = null,
            IsSealed = !hidden.IsErased,
            ErasedReason = hidden.IsErased ? hidden.ReasonCode : null,
        };
    }

    /// <param name="Position">For <c>asRecordedPosition</c>: the same answer for ever.</param>
    public sealed record Answer(IReadOnlyList<Item> Items, string? Next, long Position, DateTimeOffset? AsOf) : IAnsweredFrom;

    /// <summary>What the inbox is narrowed to, and which end comes first.</summary>
    public sealed record Filter(InboxStatus? Status, bool NewestFirst)
    {
        public static ValueTask<Filter?> BindAsync(HttpContext context)
        {
            var query = new QueryReader(context.Request);
            var status = query.Word<InboxStatus>("status");
            if (status == InboxStatus.Draft)
                throw QueryReader.Bad("status", $"One of {string.Join(", ", Statuses)}.");
            return new(new Filter(status, query.Text("sort") switch
            {
                null or "receivedAt" => false,
                "-receivedAt" => true,
                _ => throw QueryReader.Bad("sort", "receivedAt or -receivedAt."),
            }));
        }
    }

    private static IReadOnlyList<string> Statuses { get; } = [.. QueryReader.ViewWords<InboxStatus>().Where(word => word != "draft")];

    public static void Map(IEndpointRouteBuilder api) => api
        .MapAsk("/referral-inbox", HandleAsync)
        .Named("listReferralInbox", "The referrals that the own agency holds, by when they were received")
        .Allow(Role.Coach, Role.CoachSupervisor, Role.PeerSpecialist)
        .Shows<Answer>(ReferralInboxView.ViewName, (answer, _) => answer.Items.Select(item => item.ClientId))
        .Covers<Answer>((answer, why) => answer with { Items = [.. answer.Items.Select(item => why(item.ClientId) is { } hidden ? item.WithoutContent(hidden) : item)] })
        .Asks([
            new("status", "Only referrals that stand so.", Words: Statuses),
            new("sort", "receivedAt (unless said) or -receivedAt, the latest first.", Words: ["receivedAt", "-receivedAt"]),
            .. AskedMoment.Parameters,
            .. AskedPage.Parameters,
        ])
        .Gives(new Answer([Example], Next: null, Position: 4711, AsOf: null));

    private static async Task<IResult> HandleAsync(
        Filter filter, AskedMoment asked, AskedPage page, Actor actor, AskDesk desk, Persons persons, CaseFlowDatabase database, OpenedTexts texts,
        InboxSights sights, CancellationToken cancellation)
    {
        if (actor.Agency is not { } agency)
            return Problems.From(AccessRejections.NotInDirectory());

        await desk.AwaitAsync(desk.Views.ReferralInbox, actor.Jurisdiction, asked, cancellation);
        var marks = await MarksAsync(actor, agency, asked, page, desk, persons, database, cancellation);
        var found = await desk.PageAsync(
            desk.Views.ReferralInbox,
            InboxQueries.ScopeOf(actor.Jurisdiction, agency),
            asked,
            page,
            actor,
            (moment, wanted) => InboxQueries.PageOf(actor.Jurisdiction, agency, filter.Status, moment.At, wanted),
            cancellation,
            filter.NewestFirst,
            marks?.ChangedAt ?? 0);
        await texts.PreloadAsync(actor.Jurisdiction, found.Rows.Where(row => row.Message is not null).Select(row => row.ClientId), cancellation);
        var hiding = await sights.OfAsync(actor, found.Rows, new ViewInstant(found.Position, found.AsOf), cancellation);
        var shown = found.Rows.Select(row => hiding.TryGetValue(row.ReferralId, out var told) ? told : (Entry: row, WithoutNeed: false));
        var items = shown.Select(one => ItemOf(one.Entry, texts.Open(actor.Jurisdiction, one.Entry.Message)) with
        {
            Need = one.WithoutNeed ? null : one.Entry.Need,
            PersonId = marks?.PersonOf(one.Entry.ClientId) ?? one.Entry.ClientId,
        });
        return TypedResults.Ok(new Answer([.. items], found.Next, found.Position, found.AsOf));
    }

    /// <returns>Which of the agency's referrals are of one person; null where nobody was ever merged.</returns>
    private static async Task<PersonMarks?> MarksAsync(
        Actor actor, string agency, AskedMoment asked, AskedPage page, AskDesk desk, Persons persons, CaseFlowDatabase database, CancellationToken cancellation)
    {
        var history = await persons.OfAsync(actor.Jurisdiction, cancellation);
        if (history.IsEmpty)
            return null;
        var held = await InboxQueries.ClientsOfAsync(database.Reader, desk.Views.ReferralInbox, actor.Jurisdiction, agency, cancellation);
        var marks = new PersonMarks(
            history, held.Where(history.EverMerged().Contains).ToHashSet(), await desk.PositionAsync(actor, asked, page, cancellation));
        await desk.AwaitPositionAsync(desk.Views.ReferralInbox, actor.Jurisdiction, marks.ChangedAt, cancellation);
        return marks;
    }

    private static Item ItemOf(InboxEntry entry, string? message) => new(
        entry.ReferralId,
        entry.ClientId,
        entry.ClientCode,
        entry.FromAgencyId,
        entry.Need,
        message,
        entry.Status,
        entry.StatusAt,
        entry.ReceivedAt,
        entry.AcknowledgeBy,
        entry.Attempts,
        entry.FirstContactAt,
        entry.DeclineReason,
        entry.Outcome);

    private static Item Example { get; } = ItemOf(
        new InboxEntry(
            Guid.Parse("0195d6c4-0000-7000-8000-000000000005"),
            Guid.Parse("0195d6c4-0000-7000-8000-000000000001"),
            "C-7KQ2-9M",
            "dcc",
            "safe-communities",
            "recovery-coach",
            Message: null,
            InboxStatus.New,
            new DateTimeOffset(2026, 3, 3, 17, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2026, 3, 3, 17, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2026, 3, 4, 17, 0, 0, TimeSpan.Zero)),
        "Prefers to be called in the afternoon.");
}
