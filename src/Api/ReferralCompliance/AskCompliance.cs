using System.Text.Json.Serialization;
using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.ReferralCompliance;

namespace CaseFlow.Api.ReferralCompliance;

/// <summary>
/// Answers about duties. None of them depends on what the receiver of a referral did after delivery: not the rows, not the
/// counts, not the version; the position and one word only while the client's consent to tell is in force.
/// </summary>
public static class AskCompliance
{
    /// <param name="Position">For <c>asRecordedPosition</c>: the same answer for ever, judged at that position's own time; together
    /// with <c>asOf</c> = <paramref name="EvaluatedAt"/>, judged as here.</param>
    /// <param name="EvaluatedAt">Overdue and time left are computed against this instant.</param>
    /// <param name="Notice">What goes with a consented disclosure; null when nothing here is one.</param>
    public sealed record Queue(
        IReadOnlyList<DutyItem> Items, string? Next, long Position, DateTimeOffset? AsOf, DateTimeOffset EvaluatedAt, RedisclosureNoticeShown? Notice = null)
        : IAnsweredFrom, IShowsAlso, IToldByAgencies
    {
        IEnumerable<string?> IToldByAgencies.ToldBy => Items.Select(item => item.AgencyId);

        [JsonIgnore]
        public IEnumerable<Guid> AlsoShown { get; init; } = [];
    }

    /// <summary>Counts with the moment they are from.</summary>
    public sealed record Counted(DutyCounts Counts, long Position, DateTimeOffset? AsOf, DateTimeOffset EvaluatedAt) : IAnsweredFrom, IShowsAlso, IToldByAgencies
    {
        IEnumerable<string?> IToldByAgencies.ToldBy => [];

        /// <summary>A number does not say whose duties it counts.</summary>
        bool IToldByAgencies.ByAnyAgency => true;

        [JsonIgnore]
        public IEnumerable<Guid> AlsoShown { get; init; } = [];
    }

    /// <summary>One duty with the facts behind it, in the order they were recorded.</summary>
    public sealed record Detail(
        DutyItem Duty, IReadOnlyList<DutyFact> Facts, long Position, DateTimeOffset? AsOf, DateTimeOffset EvaluatedAt, RedisclosureNoticeShown? Notice = null)
        : IAnsweredFrom, IToldByAgencies
    {
        IEnumerable<string?> IToldByAgencies.ToldBy => [Duty.AgencyId];
    }

    public static async Task<IResult> PageAsync(
        QueueFilter filter, QueueSort sort, AskedMoment asked, AskedPage page,
        Actor actor, ReadingRights rights, AskDesk desk, QueuedPersons persons, Engagements engagements, DutySights sights, RedisclosureNotices notices, OpenedTexts texts,
        TimeProvider clock, HttpResponse response, CancellationToken cancellation)
    {
        if (await rights.CheckGrantAsync(actor, cancellation) is { } refused)
            return Problems.From(refused);
        if (await rights.DutiesAsync(actor, cancellation) is not { } whose)
            return TypedResults.Ok(new Queue([], null, 0, asked.AsOf, asked.AsOf ?? clock.GetUtcNow()));

        var queued = await persons.OfAsync(actor, whose, filter.ClientId, asked, page, cancellation);
        var found = await desk.PageAsync(
            desk.Views.ReferralCompliance,
            ComplianceQueries.ScopeOf(actor.Jurisdiction),
            asked,
            page,
            actor,
            (moment, wanted) => ComplianceQueries.PageOf(filter.Ask(actor.Jurisdiction, whose, moment.At, moment.EvaluatedAt, queued.OtherRecords), wanted),
            cancellation,
            sort.Descending,
            queued.ChangedAt);
        await texts.PreloadAsync(actor.Jurisdiction, found.Rows.Where(row => row.Return is not null).Select(row => row.ClientId), cancellation);
        var engagement = await engagements.OfAsync(actor, found.Rows, asked, found.Position, cancellation);
        var sight = await sights.OfAsync(actor, found.Rows, cancellation);
        var items = found.Rows.Select(row => queued.Marked(sight.Shown(DutyItem.Of(row, found.EvaluatedAt, Opener(texts, actor, whose, row), engagement.Of(row)))));
        var notice = await notices.OnAsync(response, actor, engagement.Consents, engagement.Told, cancellation);
        return TypedResults.Ok(new Queue([.. items], found.Next, engagement.Position, found.AsOf, found.EvaluatedAt, notice)
        {
            AlsoShown = found.Rows.Count > 0 && queued.OtherRecords.Count > 0 ? [filter.ClientId!.Value] : [],
        });
    }

    public static async Task<IResult> CountAsync(
        QueueFilter filter, AskedMoment asked,
        Actor actor, ReadingRights rights, AskDesk desk, QueuedPersons persons, CaseFlowDatabase database, TimeProvider clock, CancellationToken cancellation)
    {
        if (await rights.CheckGrantAsync(actor, cancellation) is { } refused)
            return Problems.From(refused);
        if (await rights.DutiesAsync(actor, cancellation) is not { } whose)
            return TypedResults.Ok(new Counted(new DutyCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), 0, asked.AsOf, asked.AsOf ?? clock.GetUtcNow()));

        var view = desk.Views.ReferralCompliance;
        var queued = await persons.OfAsync(actor, whose, filter.ClientId, asked, page: null, cancellation);
        var moment = await desk.ResolveAsync(view, ComplianceQueries.ScopeOf(actor.Jurisdiction), asked, cancellation);
        var (counts, at) = await ComplianceQueries.CountAsync(
            database.Reader, view, filter.Ask(actor.Jurisdiction, whose, moment.At, moment.EvaluatedAt, queued.OtherRecords), cancellation);
        return TypedResults.Ok(new Counted(counts, Math.Max(at.Position!.Value, queued.ChangedAt), at.Instant, moment.EvaluatedAt)
        {
            AlsoShown = counts.All > 0 ? queued.OtherRecords : [],
        });
    }

    public static async Task<IResult> FindAsync(
        Guid dutyId, AskedMoment asked,
        Actor actor, ReadingRights rights, AskDesk desk, Engagements engagements, DutySights sights, RedisclosureNotices notices, OpenedTexts texts,
        CaseFlowDatabase database, HttpResponse response, CancellationToken cancellation)
    {
        if (await rights.CheckGrantAsync(actor, cancellation) is { } refused)
            return Problems.From(refused);

        var view = desk.Views.ReferralCompliance;
        var scope = ComplianceQueries.ScopeOf(actor.Jurisdiction);
        var moment = await desk.ResolveAsync(view, scope, asked, cancellation);
        // Before the row is read: a version must not be ahead of what is shown with it.
        var reached = await database.Positions.PositionOfAsync(view.Name, actor.Jurisdiction, cancellation);
        var (now, _) = await database.Reader.FindAsync(view, actor.Jurisdiction, dutyId.ToString(), ViewInstant.Now, cancellation);
        if (now is null || await rights.DutiesAsync(actor, cancellation) is not { } whose || !MaySee(whose, now))
            return Problems.From(DutyRejections.NotFound());
        var (row, at) = await database.Reader.FindAsync(view, actor.Jurisdiction, dutyId.ToString(), moment.At, scope, cancellation);
        if (row is null)
            return Problems.From(DutyRejections.NotFound());

        var open = Opener(texts, actor, whose, now);
        var facts = await new DutyFacts(database.Store, database.Reader, view).OfAsync(actor.Jurisdiction, row, at, cancellation);
        if (asked.IsNow)
            response.SetVersion((await database.Store.ReadStreamAsync(actor.Jurisdiction, StreamIds.ReferralDuty(row.ClientId), 1, reached, cancellation)).Version);
        var engagement = await engagements.OfAsync(actor, [row], asked, at.Position!.Value, cancellation);
        var notice = await notices.OnAsync(response, actor, engagement.Consents, engagement.Told, cancellation);
        var sight = await sights.OfAsync(actor, [row], cancellation);
        return TypedResults.Ok(new Detail(
            sight.Shown(DutyItem.Of(row, moment.EvaluatedAt, open, engagement.Of(row))), [.. facts.Shown(fact => !sight.Hides(row.ClientId, fact)).Select(fact => DutyFact.Of(fact, open))],
            engagement.Position, at.Instant, moment.EvaluatedAt, notice));
    }

    /// <summary>Both agents see a duty that followed its client.</summary>
    private static bool MaySee(DutiesOf whose, DutyEntry entry) =>
        whose.Include(entry) || (whose is DutiesOf.Agent agent && new DutiesOf.AgentBefore(agent.AgentId).Include(entry));

    /// <summary>Sealed texts are for whoever is answerable for the duty now, and for audits; not for an agent who handed it on.</summary>
    private static Func<string?, string?> Opener(OpenedTexts texts, Actor actor, DutiesOf whose, DutyEntry entry) =>
        whose.Include(entry) ? token => texts.Open(actor.Jurisdiction, token) : _ => null;
}
