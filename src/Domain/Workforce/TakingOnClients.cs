namespace CaseFlow.Domain.Workforce;

/// <summary>A worker is to coach somebody: certified (R50), without conflict (R56), with room on the caseload (R54).</summary>
/// <param name="Post">Where they work, or worked when they began; null for nobody known.</param>
/// <param name="AgencyId">The provider that coaches.</param>
/// <param name="Mark">Keyed mark of worker and client.</param>
/// <param name="On">Local day.</param>
/// <param name="Limit">Most clients by the court's rules.</param>
/// <param name="LimitIsHard">Whether more are refused, or only marked.</param>
public sealed record TakeOnClient(
    string StaffId, Guid ParticipationId, StaffPost? Post, string AgencyId, string Mark, DateOnly On, int Limit, bool LimitIsHard)
{
    private static readonly Certification[] Kinds = Enum.GetValues<Certification>();

    /// <summary>What had been decided about the worker by that day; as now unless stated. Room is that of now: a caseload is carried from the entry on.</summary>
    public WorkforceState? Then { get; init; }

    /// <summary>Since when they coach; the moment of the entry unless stated.</summary>
    public When? When { get; init; }

    public static Decision<WorkforceEvent> Decide(TakeOnClient command, WorkforceState state, DateTimeOffset now)
    {
        if (!Coaches(command.Post, command.AgencyId))
            return WorkforceRejections.NotACoachThere();
        if (state.Caseload.Contains(command.ParticipationId))
            return Decision<WorkforceEvent>.AlreadyDone;
        var then = command.Then ?? state;
        if (!then.IsCertified(Kinds, command.On))
            return WorkforceRejections.WithoutCertification();
        if (then.Conflicts.Contains(command.Mark))
            return WorkforceRejections.InConflict();
        var count = state.Caseload.Count;
        if (count >= state.Capacity?.Most || (command.LimitIsHard && count >= command.Limit))
            return WorkforceRejections.CaseloadFull();
        return new CaseloadEntered(command.ParticipationId, AboveAdvised: count >= state.Capacity?.Advised || count >= command.Limit)
        {
            StaffId = command.StaffId,
        }.At(command.When ?? Domain.When.At(now));
    }

    /// <param name="posts">Of that time; of a day, all that they had in it.</param>
    /// <param name="agencyId">The provider that coaches.</param>
    /// <returns>One in which they coached there; where there is none, any.</returns>
    public static StaffPost? PostOf(IReadOnlyList<StaffPost> posts, string agencyId) =>
        posts.FirstOrDefault(post => Coaches(post, agencyId)) ?? (posts.Count > 0 ? posts[^1] : null);

    private static bool Coaches(StaffPost? post, string agencyId) =>
        post is { Departed: false, Role: Role.Coach or Role.PeerSpecialist or Role.CoachSupervisor } && post.AgencyId == agencyId;
}

/// <summary>A worker no longer coaches somebody.</summary>
public sealed record LetClientGo(string StaffId, Guid ParticipationId)
{
    /// <summary>When they left; the moment of the entry unless stated.</summary>
    public When? When { get; init; }

    public static Decision<WorkforceEvent> Decide(LetClientGo command, WorkforceState state, DateTimeOffset now) =>
        state.Caseload.Contains(command.ParticipationId)
            ? new CaseloadLeft(command.ParticipationId) { StaffId = command.StaffId }.At(command.When ?? Domain.When.At(now))
            : Decision<WorkforceEvent>.AlreadyDone;
}

/// <summary>Every way something about a worker can be refused.</summary>
public static class WorkforceRejections
{
    public static Rejection NotFound(string staffId) =>
        new(RejectionKind.NotFound, "worker-not-found", $"There is no worker \"{staffId}\" here.");

    public static Rejection NotACoachThere() =>
        new(RejectionKind.Unprocessable, "not-a-coach-there", "The provider has no such coach at work.", "coachId");

    public static Rejection WithoutCertification() =>
        new(RejectionKind.Conflict, "coach-not-certified", "The coach has no certification in force (R50).", "coachId");

    public static Rejection InConflict() =>
        new(RejectionKind.Conflict, "coach-in-conflict", "The coach cannot take this client on (R56).", "coachId");

    public static Rejection CaseloadFull() =>
        new(RejectionKind.Conflict, "caseload-full", "The coach has as many clients as they may have (R54).", "coachId");

    public static Rejection ValidityUnsound(int years) => new(
        RejectionKind.Unprocessable, "certification-validity-unsound", $"A certification is valid from its day on, for {years} years at most (R50).", "validUntil");

    public static Rejection RenewalNeeded() =>
        new(RejectionKind.Conflict, "certification-known", "The worker has been certified before; renew it, with the hours of continuing education.");

    public static Rejection NotCertified(Certification kind) =>
        new(RejectionKind.Conflict, "certification-not-held", $"The worker was never certified as {kind.ToString().ToUpperInvariant()}.", "kind");

    public static Rejection CertificationRevoked(Certification kind) => new(
        RejectionKind.Conflict, "certification-revoked", $"The worker's {kind.ToString().ToUpperInvariant()} was revoked: it is granted anew, and neither renewed nor suspended (R50).",
        "kind");

    public static Rejection EducationShort(int hours) => new(
        RejectionKind.Unprocessable, "continuing-education-short", $"A renewal takes {hours} hours of continuing education (R50).", "continuingEducationHours");

    public static Rejection CapacityUnsound() =>
        new(RejectionKind.Unprocessable, "caseload-capacity-unsound", "As many are advised as there may be, or fewer, and none below zero.", "most");
}
