namespace CaseFlow.Domain.Coaching;

// Storage format: renaming a type or a member here breaks every coaching already recorded.

/// <summary>
/// Recovery coaching in one participation: the coaches one after the other, sessions, plan and measures. One stream per participation and
/// provider, whoever coaches there, so that nothing of it is lost when the coach changes (scenario 8).
/// </summary>
public abstract record CoachingEvent : DomainEvent, IClientEvent
{
    public required Guid ParticipationId { get; init; }

    public required Guid ClientId { get; init; }

    Guid? IClientEvent.ClientId => ClientId;
}

/// <summary>
/// What the court offers and orders, in a stream of the court's own: what the provider does never moves the version that the court sees,
/// and what the court may do never depends on it.
/// </summary>
public abstract record CoachingOrderEvent : CoachingEvent;

/// <summary>A court offers a peer; the participant is free to say no.</summary>
/// <param name="Court">Whose offer.</param>
/// <param name="ProviderAgencyId">Whose coaches.</param>
/// <param name="ProgramId">The provider's programme, whose law its records are under; null for none.</param>
public sealed record PeerOffered(string Court, string ProviderAgencyId, string? ProgramId) : CoachingOrderEvent;

public sealed record PeerAccepted : CoachingOrderEvent
{
    /// <summary>Whose offer; null in what was recorded before it was kept.</summary>
    public string? Court { get; init; }
}

/// <param name="Words">The client's own, sealed.</param>
/// <param name="ReofferOn">When they are asked again, local; a decline never closes the door [Seed 2.8].</param>
public sealed record PeerDeclined(Sealed<string>? Words, DateOnly? ReofferOn) : CoachingOrderEvent
{
    /// <summary>Whose offer; null in what was recorded before it was kept.</summary>
    public string? Court { get; init; }
}

/// <summary>A court orders coaching, or changes its order; the last order counts.</summary>
/// <param name="Court">Which court.</param>
/// <param name="ProviderAgencyId">Whose coaches.</param>
/// <param name="ProgramId">The provider's programme; null for none.</param>
/// <param name="Order">What is ordered.</param>
/// <param name="CourtVersion">Version of the court's configuration that it was ordered under.</param>
public sealed record CoachingOrdered(
    string Court, string ProviderAgencyId, string? ProgramId, CoachingOrder Order, int CourtVersion) : CoachingOrderEvent;

/// <summary>The court neither offers nor orders it any more.</summary>
public sealed record CoachingOrderLifted(CoachingEndReason Reason) : CoachingOrderEvent
{
    /// <summary>Whose order or offer; null in what was recorded before it was kept.</summary>
    public string? Court { get; init; }
}

/// <summary>A coach takes the client on (R50, R54, R56).</summary>
/// <param name="CoachId">Who.</param>
/// <param name="ProviderAgencyId">Whose coach.</param>
/// <param name="ProgramId">The provider's programme, whose law the record is under; null for none.</param>
/// <param name="AboveAdvised">More clients than advised, which the rules allow (R54, soft).</param>
/// <param name="CourtVersion">Version of the court's configuration that they were checked under.</param>
public sealed record CoachAssigned(string CoachId, string ProviderAgencyId, string? ProgramId, bool AboveAdvised, int CourtVersion) : CoachingEvent
{
    /// <summary>What the coach must know of the time before, sealed, where whoever ended that left no note (R24); null otherwise.</summary>
    public Sealed<string>? HandoverNote { get; init; }
}

/// <summary>The coach no longer coaches the client.</summary>
/// <param name="CoachId">Who hands over.</param>
/// <param name="Reason">Why.</param>
/// <param name="HandoverNote">What the next coach must know, sealed (R24).</param>
/// <param name="NextCoachBy">When there is to be a new coach (R24), UTC.</param>
public sealed record CoachUnassigned(
    string CoachId, CoachChangeReason Reason, Sealed<string> HandoverNote, DateTimeOffset NextCoachBy) : CoachingEvent
{
    /// <summary>Version of the court's configuration that says until when; null in what was recorded before it was kept.</summary>
    public int? CourtVersion { get; init; }
}

/// <summary>The new coach has read the handover.</summary>
public sealed record HandoverCompleted(string CoachId) : CoachingEvent;

/// <summary>The provider's coaching is over. While the court's order stands there is to be a next coach nevertheless (R24).</summary>
public sealed record CoachingEnded(CoachingEndReason Reason) : CoachingEvent
{
    /// <summary>What a next coach must know, sealed (R24); null where nothing was left: then whoever assigns one says it.</summary>
    public Sealed<string>? HandoverNote { get; init; }

    /// <summary>When there is to be a next coach, UTC, because the court's order stands (R24); null where it does not.</summary>
    public DateTimeOffset? NextCoachBy { get; init; }

    /// <summary>Version of the court's configuration that says until when; null where nothing does.</summary>
    public int? CourtVersion { get; init; }
}

/// <summary>
/// The participation is over, and the client goes on with the coach of their own free will: from now on the coaching is between the two, and no
/// court's order any more (R25).
/// </summary>
/// <param name="Words">The client's own, sealed; null for none.</param>
public sealed record CoachingContinued(Sealed<string>? Words) : CoachingEvent;

/// <summary>A session was agreed.</summary>
/// <param name="StartsAt">UTC.</param>
public sealed record CoachingSessionScheduled(Guid SessionId, DateTimeOffset StartsAt, SessionKind Kind, ContactMode Mode) : CoachingEvent;

/// <param name="StartsAt">The new time, UTC.</param>
/// <param name="AskedBy">Who asked to move it.</param>
public sealed record CoachingSessionRescheduled(Guid SessionId, DateTimeOffset StartsAt, SessionParty AskedBy) : CoachingEvent;

/// <summary>Coach and client met; <c>occurredAt</c> is when it began.</summary>
/// <param name="PlanItems">Goals that were worked on.</param>
/// <param name="Content">What was said, sealed; it never reaches the court.</param>
public sealed record CoachingSessionHeld(
    Guid SessionId, string CoachId, SessionKind Kind, ContactMode Mode, int Minutes, IReadOnlyList<Guid> PlanItems, Sealed<string>? Content) : CoachingEvent
{
    public bool Equals(CoachingSessionHeld? other) => other is not null && base.Equals(other)
        && (SessionId, CoachId, Kind, Mode, Minutes, Content) == (other.SessionId, other.CoachId, other.Kind, other.Mode, other.Minutes, other.Content)
        && PlanItems.SequenceEqual(other.PlanItems);

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), SessionId, CoachId, Minutes);
}

/// <summary>The client did not come; <c>occurredAt</c> is when it should have begun.</summary>
/// <param name="Excused">Whether there was an excuse.</param>
/// <param name="Reason">Sealed; it never reaches the court.</param>
public sealed record CoachingSessionMissed(Guid SessionId, SessionKind Kind, bool Excused, Sealed<string>? Reason) : CoachingEvent;

/// <summary>An excuse came later.</summary>
public sealed record CoachingSessionExcused(Guid SessionId, Sealed<string> Reason) : CoachingEvent;

/// <summary>The coach's own note, for the supervision of the work alone: labelled WORKER_PRIVATE.</summary>
public sealed record CoachNoteKept(string CoachId, Sealed<string> Text) : CoachingEvent;

/// <param name="Summary">What it is about, sealed.</param>
/// <param name="ReviewOn">When it is to be reviewed, local.</param>
public sealed record RecoveryPlanCreated(Guid PlanId, Sealed<string> Summary, DateOnly ReviewOn) : CoachingEvent;

public sealed record RecoveryPlanSigned(Guid PlanId, SessionParty SignedBy) : CoachingEvent;

/// <param name="NextReviewOn">Local.</param>
/// <param name="Note">Sealed.</param>
public sealed record RecoveryPlanReviewed(Guid PlanId, DateOnly NextReviewOn, Sealed<string>? Note) : CoachingEvent;

/// <param name="ByPlanId">The plan that counts from now on.</param>
public sealed record RecoveryPlanSuperseded(Guid PlanId, Guid ByPlanId) : CoachingEvent;

/// <param name="Area">Code of the area of life, for example <c>housing</c>.</param>
/// <param name="Words">The client's own, sealed.</param>
/// <param name="TargetOn">Local; null for none.</param>
public sealed record GoalSet(Guid PlanId, Guid GoalId, string Area, Sealed<string> Words, DateOnly? TargetOn) : CoachingEvent;

public sealed record GoalProgressRecorded(Guid GoalId, Sealed<string> Note) : CoachingEvent;

public sealed record GoalAchieved(Guid GoalId) : CoachingEvent;

public sealed record GoalAbandoned(Guid GoalId, Sealed<string>? Reason) : CoachingEvent;

/// <summary>An instrument was answered: what is kept of it is score and band (2.9).</summary>
/// <param name="Instrument">Code, for example <c>barc-10</c>.</param>
/// <param name="InstrumentVersion">Which version of it.</param>
/// <param name="Score">The total.</param>
/// <param name="Band">Code of the band the score falls into; null when the instrument has none here.</param>
/// <param name="AssessedBy">Who asked.</param>
/// <param name="Items">The single answers where the licence lets them be kept, sealed; null otherwise.</param>
public sealed record AssessmentCompleted(
    Guid AssessmentId, string Instrument, string InstrumentVersion, int Score, string? Band, string AssessedBy, Sealed<string>? Items) : CoachingEvent;

/// <summary>What a court orders.</summary>
/// <param name="Sessions">How many, in each period.</param>
/// <param name="Per">The period.</param>
/// <param name="Kind">What kind of session.</param>
/// <param name="From">First local day.</param>
/// <param name="Until">Last local day.</param>
public sealed record CoachingOrder(int Sessions, OrderPeriod Per, SessionKind Kind, DateOnly From, DateOnly Until);

/// <summary>Kinds of session. A closed list, because the court is told the kind, and words could say more.</summary>
public enum SessionKind
{
    OneToOne,
    Group,
    CheckIn,
    Family,
}

public enum OrderPeriod
{
    Week,
    Month,
    WholeOrder,
}

public enum CoachChangeReason
{
    CoachLeft,
    Reassigned,
    ClientAsked,
    Conflict,
    CertificationLapsed,
}

public enum CoachingEndReason
{
    Completed,
    Declined,
    NoContact,
    Moved,
    Deceased,
    OrderLifted,
    ParticipationEnded,
}

public enum SessionParty
{
    Client,
    Coach,
}
