using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Projections.EndingConsents;

namespace CaseFlow.Api.EndingConsents;

/// <summary>
/// Ends of consents that were announced to an agency that the consent names, so that somebody asks the client in time. A notice decides
/// nothing: beside each stands how the consent stands now.
/// </summary>
public static class ConsentNoticeDoors
{
    /// <param name="Standing">Now, as it is listed with the client's consents.</param>
    public sealed record Item(
        Guid NoticeId, Guid ClientId, Guid ConsentId, ConsentNoticeKind Kind, DateTimeOffset EndsAt, ConsentCondition? EndedBy, DateTimeOffset NoticedAt,
        ConsentStanding Standing)
    {
        /// <summary>Whose records the consent speaks of.</summary>
        internal IReadOnlyList<string> Disclosers { get; init; } = [];
    }

    /// <param name="Position">For <c>asRecordedPosition</c>: the same notices for ever.</param>
    public sealed record Answer(IReadOnlyList<Item> Items, string? Next, long Position, DateTimeOffset? AsOf, DateTimeOffset EvaluatedAt)
        : IAnsweredFrom, IToldByAgencies
    {
        IEnumerable<string?> IToldByAgencies.ToldBy => Items.SelectMany(item => item.Disclosers);
    }

    public static void Map(IEndpointRouteBuilder api) => api
        .MapAsk("/consent-notices", HandleAsync)
        .Named("listConsentNotices", "Consents of the asker's agency that end soon or are over, as was announced; newest first")
        .Allow(Role.Coach, Role.CoachSupervisor, Role.PeerSpecialist, Role.Coordinator, Role.PrivacyOfficer)
        .Shows<Answer>(ConsentNoticesView.ViewName, (answer, _) => answer.Items.Select(item => item.ClientId))
        .Asks([.. AskedMoment.Parameters, .. AskedPage.Parameters])
        .Gives(new Answer(
            [
                new(
                    Guid.Parse("0195d6c4-0000-8000-8000-0000000000d1"), Guid.Parse("0195d6c4-0000-7000-8000-000000000001"),
                    Guid.Parse("0195d6c4-0000-7000-8000-0000000000a1"), ConsentNoticeKind.Ending, new DateTimeOffset(2026, 4, 3, 16, 0, 0, TimeSpan.Zero),
                    EndedBy: null, new DateTimeOffset(2026, 3, 4, 16, 0, 0, TimeSpan.Zero), ConsentStanding.InForce),
            ],
            Next: null,
            Position: 4711,
            AsOf: null,
            new DateTimeOffset(2026, 3, 4, 16, 5, 0, TimeSpan.Zero)));

    private static async Task<IResult> HandleAsync(
        AskedMoment asked, AskedPage page, Actor actor, AskDesk desk, ClientConsents consents, CancellationToken cancellation)
    {
        if ((actor.Role == Role.PrivacyOfficer ? ConsentNoticesView.Everybodys : actor.Agency) is not { } list)
            return Problems.From(AccessRejections.NoAgency());

        var found = await desk.PageAsync(
            desk.Views.ConsentNotices,
            ConsentNoticesView.ScopeOf(actor.Jurisdiction, list),
            asked,
            page,
            actor,
            (moment, wanted) => ConsentNoticesView.PageOf(actor.Jurisdiction, list, moment.At, wanted),
            cancellation,
            descending: true);
        var groundsOf = await consents.OfAllAsync(actor.Jurisdiction, [.. found.Rows.Select(row => row.ClientId)], cancellation);
        return TypedResults.Ok(new Answer([.. found.Rows.Select(ItemOf)], found.Next, found.Position, found.AsOf, found.EvaluatedAt));

        Item ItemOf(ConsentNoticeEntry entry)
        {
            var grounds = groundsOf(entry.ClientId);
            var consent = grounds.Consents.Find(entry.ConsentId);
            return new Item(
                entry.NoticeId, entry.ClientId, entry.ConsentId, entry.Kind, entry.EndsAt, entry.EndedBy, entry.NoticedAt,
                consent is null ? ConsentStanding.None : ListedStanding.Of(grounds, consent, actor))
            {
                Disclosers = consent?.Scope.Disclosers ?? [],
            };
        }
    }
}
