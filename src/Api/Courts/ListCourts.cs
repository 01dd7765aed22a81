using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.CourtViews;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.CourtCaseload;
using CaseFlow.Projections.Courts;

namespace CaseFlow.Api.Courts;

/// <summary>
/// The treatment courts of a jurisdiction, for everybody who works here: how each works is no secret. How many take part in one is told to its own
/// coordinator and judge and to an auditor under a grant, as on its caseload; what they may not see moves nothing that others see.
/// </summary>
public static class ListCourts
{
    /// <param name="Court">The court's code.</param>
    /// <param name="Programme">The programme's name.</param>
    /// <param name="AgencyId">The agency that the court is.</param>
    /// <param name="Phases">How many the programme has.</param>
    /// <param name="LegalBases">On what the court admits.</param>
    /// <param name="Capacity">Participants that it can take at a time.</param>
    /// <param name="PlacesTaken">Participants admitted and not ended; null for whoever may not ask for the court's caseload.</param>
    /// <param name="CourtVersion">The version in force.</param>
    /// <param name="InForceSince">When that version took effect, UTC.</param>
    public sealed record Item(
        string Court, CourtType Type, string Programme, string AgencyId, int Phases, IReadOnlyList<LegalBasis> LegalBases, int Capacity, int? PlacesTaken,
        int CourtVersion, DateTimeOffset InForceSince);

    /// <param name="Items">By code; a court without a version in force at the moment asked about is not among them.</param>
    /// <param name="Position">For <c>asRecordedPosition</c>: the same answer for ever, as long as the asker's rights are the same.</param>
    public sealed record Answer(IReadOnlyList<Item> Items, string? Next, long Position, DateTimeOffset? AsOf, DateTimeOffset EvaluatedAt) : IAnsweredFrom;

    private static readonly DateTimeOffset Since = new(2026, 1, 1, 6, 0, 0, TimeSpan.Zero);

    public static void Map(IEndpointRouteBuilder api) => api
        .MapAsk("/courts", (AskedMoment asked, AskedPage page, Actor actor, CourtLists lists, CancellationToken cancellation) => lists.PageAsync(actor, asked, page, cancellation))
        .Named("listCourts", "The treatment courts, as configured at the moment asked about; to a court's own coordinator and judge with the places that are taken")
        .Allow(Enum.GetValues<Role>())
        .ShowsNobody("courts and how many take part, nobody by name")
        .Asks([.. AskedMoment.Parameters, .. AskedPage.Parameters])
        .Gives(new Answer(
            [new Item("drug-court", CourtType.Drug, "Drug Court Treatment Program", "court", 5, [LegalBasis.Sentence, LegalBasis.DiversionContract], 50, 18, 1, Since)],
            Next: null,
            Position: 4711,
            AsOf: null,
            Since.AddDays(62)));
}

/// <summary>Puts the courts in order and pages them.</summary>
public sealed class CourtLists(CaseFlowDatabase database, CourtMoments moments, ReadingRights rights)
{
    private readonly ViewCursors cursors = new(database.MarkKeys.Derive("courts-cursors"));

    /// <exception cref="UnreadableRequestException">There is no such moment, or the cursor is another question's.</exception>
    /// <exception cref="ViewBehindException">The views do not come to the moment in time.</exception>
    public async Task<ListCourts.Answer> PageAsync(Actor actor, AskedMoment asked, AskedPage page, CancellationToken cancellation)
    {
        var jurisdiction = actor.Jurisdiction;
        var after = page.After(cursors, actor);
        var at = after?.At ?? await moments.PinAsync(jurisdiction, asked, cancellation);
        var (courts, position) = await CourtsQueries.AllAsync(database.Reader, database.Views.Courts, jurisdiction, at.Position, cancellation);
        var audits = actor.Role == Role.Auditor && await rights.CheckGrantAsync(actor, cancellation) is null;
        var taken = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var court in courts.Where(court => audits || WorksFor(actor, court)))
        {
            var (count, changedAt) = await CourtCaseloadQueries.PlacesTakenAsync(
                database.Reader, database.Views.CourtCompliance, jurisdiction, court.Court, at, cancellation);
            taken[court.Court] = count;
            position = Math.Max(position, changedAt);
        }

        var now = after?.JudgedAt ?? await moments.JudgedAtAsync(jurisdiction, asked, () => Task.FromResult(position), cancellation);
        var items = courts.Select(court => (Row: court, InForce: court.InForceAt(now))).Where(one => one.InForce is not null).ToList();
        var start = after is null ? 0 : items.FindIndex(one => one.Row.Court == after.Key) + 1;
        var shown = items.Skip(start).Take(page.Limit).ToList();
        var next = start + shown.Count < items.Count ? new ViewCursor(at, [], shown[^1].Row.Court) { JudgedAt = now } : null;
        return new ListCourts.Answer(
            [.. shown.Select(one => ItemOf(one.Row.Court, one.InForce!, taken.TryGetValue(one.Row.Court, out var count) ? count : null))],
            page.Next(cursors, actor, next),
            position,
            at.Instant,
            now);
    }

    private static bool WorksFor(Actor actor, CourtRow court) =>
        actor.Role is Role.Coordinator or Role.Judge && court.Versions[^1].Configuration.AgencyId == actor.Agency;

    private static ListCourts.Item ItemOf(string court, CourtVersion version, int? taken)
    {
        var configuration = version.Configuration;
        return new ListCourts.Item(
            court, configuration.Type, configuration.Name, configuration.AgencyId, configuration.Phases.Count, configuration.LegalBases, configuration.Capacity, taken,
            version.Version, version.EffectiveFrom);
    }
}
