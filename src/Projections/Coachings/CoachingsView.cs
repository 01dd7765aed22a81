using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Projections.Coachings;

/// <summary>A provider's coaching in one participation, as far as its alarms need it.</summary>
/// <param name="AgencyId">Whose coaches.</param>
/// <param name="Court">Whose order or offer it rests on; null where none is known.</param>
/// <param name="CoachId">Null while nobody coaches.</param>
/// <param name="Tenure">Who coaches since when.</param>
/// <param name="Sessions">Those that are agreed, and the last few of those that were held, missed or excused.</param>
/// <param name="Plan">When the plan that counts is to be reviewed; null while there is none.</param>
public sealed record CoachingLine(
    Guid ParticipationId, Guid ClientId, string ClientCode, string AgencyId, string? Court, string? CoachId, CoachTenure Tenure,
    IReadOnlyList<CoachingSession> Sessions, PlanReviews? Plan)
{
    private const int SessionsOfAPhase = 8;

    /// <summary>Somebody coaches, or is to. What was ended is to go on while the court's order stands, which is not known here.</summary>
    public bool IsOpen => Tenure.CoachedSince is not null || Tenure.NextCoachBy is not null;

    /// <returns>Whether it was ended, and is open for the sake of the court's order alone.</returns>
    public bool IsEnded() => Tenure.CoachedSince is null;

    /// <returns>What its alarms are judged by, of one that is open: an ended one for the sake of an order that stands.</returns>
    public CoachingWatched Watched() => new(Tenure, [.. Sessions.Select(session => new WatchedSession(session.StartsAt, session.Phase))])
    {
        Review = Plan?.Next(),
        OrderStands = true,
    };

    /// <returns>The row after an event of the court's or the provider's; the one it got after any that changes nothing of it.</returns>
    /// <param name="row">The row before; null for none.</param>
    /// <param name="fact">What happened.</param>
    /// <param name="agencyId">Whose coaching.</param>
    /// <param name="eventId">Of the event.</param>
    public static CoachingLine? Evolve(CoachingLine? row, CoachingEvent fact, string agencyId, Guid eventId)
    {
        var line = row ?? new CoachingLine(fact.ParticipationId, fact.ClientId, Domain.Clients.ClientCode.Of(fact.ClientId), agencyId, null, null, CoachTenure.None, [], null);
        return fact switch
        {
            PeerOffered e => line with { Court = e.Court },
            CoachingOrdered e => line with { Court = e.Court },
            CoachingOrderEvent => row,
            CoachAssigned e => line with { CoachId = e.CoachId, Tenure = line.Tenure.After(e) },
            CoachUnassigned or CoachingEnded => line with { CoachId = null, Tenure = line.Tenure.After(fact) },
            HandoverCompleted => line with { Tenure = line.Tenure.After(fact) },
            RecoveryPlanCreated or RecoveryPlanReviewed or RecoveryPlanEntryRetracted { Retracts: PlanStatement.Review } =>
                line with { Plan = PlanReviews.After(line.Plan, eventId, fact) },
            _ when CoachingSession.IdIn(fact) is { } id => line with { Sessions = After(line.Sessions, id, fact) },
            _ => row,
        };
    }

    /// <summary>What was held long ago moves no alarm, unless all that came after it never was.</summary>
    private static IReadOnlyList<CoachingSession> After(IReadOnlyList<CoachingSession> sessions, Guid id, CoachingEvent fact)
    {
        var known = sessions.FirstOrDefault(session => session.SessionId == id);
        // How they met, and on what they worked, is not asked here.
        var next = CoachingSession.After(known, fact) is { } session ? session with { Mode = null, PlanItems = [] } : null;
        return
        [
            .. sessions.Where(other => other.SessionId != id).Concat(next is null ? [] : [next])
                .GroupBy(one => one.Phase)
                .SelectMany(alike => alike.Key == SessionPhase.Scheduled ? alike : alike.OrderBy(one => one.StartsAt).ThenBy(one => one.SessionId).TakeLast(SessionsOfAPhase))
                .OrderBy(one => one.StartsAt).ThenBy(one => one.SessionId),
        ];
    }
}

/// <summary>
/// Every coaching of a provider, for who leads its coaches: of whom nobody takes care must not depend on somebody remembering them. Async,
/// because a correction changes what another event wrote.
/// </summary>
public sealed class CoachingsView : HistoryView<CoachingLine>
{
    public const string ViewName = "coachings";

    public override string Name => ViewName;

    public override int Version => 4;

    public override IReadOnlyList<ViewColumn<CoachingLine>> Columns { get; } =
    [
        ViewColumn<CoachingLine>.Text("agency_id", row => row.AgencyId),
        ViewColumn<CoachingLine>.Flag("is_open", row => row.IsOpen),
        ViewColumn<CoachingLine>.OptionalText("coach_id", row => row.CoachId),
        ViewColumn<CoachingLine>.Uuid("client_id", row => row.ClientId),
        ViewColumn<CoachingLine>.Flag("under_way", row => !row.IsEnded()),
    ];

    public override IReadOnlyList<ViewOrder> Orders { get; } = [OfAgency, OfClient];

    public override IReadOnlyList<IReadOnlyList<string>> Scopes { get; } = [["agency_id"]];

    internal static ViewOrder OfAgency { get; } = new("agency", ["agency_id", "is_open"], []);

    internal static ViewOrder OfClient { get; } = new("client", ["client_id"], []);

    internal CoachingLine RowOf(string json) => System.Text.Json.JsonSerializer.Deserialize<CoachingLine>(json, Json)!;

    protected override IEnumerable<string> KeysOf(RecordedEvent recorded) => recorded.Data is CoachingEvent fact && AgencyOf(recorded) is { } agency
        ? [$"{fact.ParticipationId}/{agency}"]
        : [];

    protected override CoachingLine? Evolve(CoachingLine? row, RecordedEvent recorded) =>
        CoachingLine.Evolve(row, (CoachingEvent)recorded.Data, AgencyOf(recorded)!, recorded.EventId);

    protected override DateTimeOffset CountsFrom(RecordedEvent recorded) => ((DomainEvent)recorded.Data).CountsFrom();

    protected override EventCorrection? CorrectionIn(RecordedEvent recorded) =>
        recorded.Data is ICorrection correction ? new EventCorrection(correction.CorrectedEventId, correction.CorrectedCountsFrom) : null;

    /// <summary>The court's order is of the provider that it names; what the provider does is its own.</summary>
    private static string? AgencyOf(RecordedEvent recorded) => recorded.Data switch
    {
        PeerOffered e => e.ProviderAgencyId,
        CoachingOrdered e => e.ProviderAgencyId,
        CoachingOrderEvent => null,
        _ => (recorded.Headers as Circumstances)?.Owner() ?? "",
    };
}
