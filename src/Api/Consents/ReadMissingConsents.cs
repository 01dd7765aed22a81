using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Api.Consents;

/// <summary>Which sources of a client's treatment may not tell a court what monitoring takes, and why (R38).</summary>
public static class ReadMissingConsents
{
    /// <summary>Stable name of this view in the records of reads.</summary>
    public const string ViewName = "missing_consents";

    private static readonly Role[] Team = [Role.Coordinator, Role.Judge, Role.Defence];

    /// <param name="Court">The court's agency.</param>
    /// <param name="Items">By source and reason; a source from which the court gets everything is not here.</param>
    /// <param name="OtherSources"><c>restricted</c> or <c>shown</c>: follows from the asker's role alone, so it tells nothing about the client.</param>
    /// <param name="EvaluatedAt">The instant at which consents were judged.</param>
    public sealed record Answer(string Court, IReadOnlyList<MissingConsent> Items, string OtherSources, DateTimeOffset? AsOf, DateTimeOffset EvaluatedAt) : IToldByAgencies
    {
        IEnumerable<string?> IToldByAgencies.ToldBy => Items.Select(item => item.Source);
    }

    /// <summary>Of which court.</summary>
    /// <param name="Id">Its agency; null for the asker's own.</param>
    public sealed record AskedCourt(string? Id)
    {
        /// <summary>For <see cref="QueryParameterRoutes.Asks"/>.</summary>
        public static IReadOnlyList<QueryParameter> Parameters { get; } = [new("court", "The court's agency; the asker's own unless said.")];

        /// <exception cref="UnreadableRequestException">It is no id.</exception>
        public static ValueTask<AskedCourt?> BindAsync(HttpContext context) => new(new AskedCourt(new QueryReader(context.Request).SlugId("court")));
    }

    public static void Map(IEndpointRouteBuilder api) => api
        .MapAsk("/clients/{clientId:guid}/consents/missing", HandleAsync)
        .Named("listMissingConsents", "Which sources of treatment that the asker may know of lack a consent in force that names a court, and why (R38)")
        .Allow([.. Team, Role.Coach, Role.CoachSupervisor, Role.PeerSpecialist, Role.PrivacyOfficer, Role.Auditor])
        .Shows<Answer>(ViewName, withheld: answer => answer.OtherSources == ReadConsents.Restricted)
        // Not by position: what others did at one must not tell.
        .Asks([.. AskedCourt.Parameters, .. AskedMoment.Parameters.Where(parameter => parameter.Name != "asRecordedPosition")])
        .Gives(new Answer(
            "drug-court",
            [
                new("recovery-coaches", ConsentGap.Revoked, [ConsentInformation.Attendance, ConsentInformation.Progress], [Role.Coordinator, Role.Judge],
                    Guid.Parse("0195d6c4-0000-7000-8000-0000000000a1")),
            ],
            ReadConsents.Restricted,
            AsOf: null,
            new DateTimeOffset(2026, 3, 4, 13, 30, 0, TimeSpan.Zero)));

    private static async Task<IResult> HandleAsync(
        Guid clientId, AskedCourt of, AskedMoment asked, Actor actor, ConsentReading reading, ClientConsents consents, ProtectedSources sources,
        AskDesk desk, Registers registers, JurisdictionTime time, CancellationToken cancellation)
    {
        if (await reading.CheckAsync(actor, clientId, cancellation) is { } refused)
            return Problems.From(refused);
        var directory = await registers.DirectoryAsync(actor.Jurisdiction, cancellation);
        if ((of.Id ?? actor.Agency) is not { } court || directory.KindOf(court) != AgencyKind.Court)
            return Problems.From(ConsentRejections.NotACourt());
        var isTeam = Team.Contains(actor.Role);
        if (isTeam && court != actor.Agency)
            return Problems.From(ConsentRejections.OfAnotherCourt());

        await desk.AwaitAsync(desk.Views.Timeline, actor.Jurisdiction, asked, cancellation);
        await desk.AwaitAsync(desk.Views.Courts, actor.Jurisdiction, asked, cancellation);
        await desk.AwaitAsync(desk.Views.CourtCompliance, actor.Jurisdiction, asked, cancellation);
        var (then, position) = await desk.ThenAsync(actor.Jurisdiction, asked, cancellation);
        var at = asked.AsOf ?? then;
        var grounds = position is { } past
            ? await consents.OfThenAsync(actor.Jurisdiction, clientId, past, at, cancellation)
            : (await consents.OfAsync(actor.Jurisdiction, clientId, cancellation)) with { At = at };
        var known = await sources.KnownToAsync(
            actor, court, clientId, grounds.Consents, directory, new ViewInstant(position, asked.AsOf), at, cancellation);
        var policy = ConsentPolicyInForce.Of(await time.PolicyAtAsync(actor.Jurisdiction, at, cancellation));
        return TypedResults.Ok(new Answer(
            court,
            isTeam ? MissingConsents.ToldTo(court, grounds, known, policy.Rules) : MissingConsents.Of(court, grounds, known, policy.Rules),
            actor.Role is Role.PrivacyOfficer or Role.Auditor ? "shown" : ReadConsents.Restricted,
            asked.AsOf,
            at));
    }
}
