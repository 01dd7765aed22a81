namespace CaseFlow.Domain.Workforce;

/// <summary>A certification is granted, or renewed with the continuing education it takes (R50).</summary>
/// <param name="On">Local day it counts from.</param>
/// <param name="ValidUntil">Last local day.</param>
/// <param name="ContinuingEducationHours">For a renewal; null for the first.</param>
public sealed record CertifyWorker(
    string StaffId, Certification Kind, DateOnly On, DateOnly ValidUntil, int? ContinuingEducationHours, WorkforcePolicy Policy, When When)
{
    public static Decision<WorkforceEvent> Decide(CertifyWorker command, WorkforceState state, DateTimeOffset now)
    {
        var known = state.Certificates.GetValueOrDefault(command.Kind);
        if (known is { Standing: CertificateStanding.InForce } && known.ValidUntil == command.ValidUntil)
            return Again(command, now);
        if (command.ValidUntil <= command.On || command.ValidUntil > command.On.AddYears(command.Policy.CertificationYears))
            return WorkforceRejections.ValidityUnsound(command.Policy.CertificationYears);
        if (command.When.Check(now) is { } wrongTime)
            return wrongTime;
        if (command.ContinuingEducationHours is not { } hours)
        {
            return known is null or { Standing: CertificateStanding.Revoked }
                ? new CertificationGranted(command.Kind, command.ValidUntil) { StaffId = command.StaffId }.At(command.When)
                : WorkforceRejections.RenewalNeeded();
        }

        if (known is null)
            return WorkforceRejections.NotCertified(command.Kind);
        if (known.Standing == CertificateStanding.Revoked)
            return WorkforceRejections.CertificationRevoked(command.Kind);
        return hours < command.Policy.ContinuingEducationHours
            ? WorkforceRejections.EducationShort(command.Policy.ContinuingEducationHours)
            : new CertificationRenewed(command.Kind, command.ValidUntil, hours) { StaffId = command.StaffId }.At(command.When);
    }

    private static Decision<WorkforceEvent> Again(CertifyWorker command, DateTimeOffset now) => Decision<WorkforceEvent>.AlreadyDoneIf<WorkforceEvent>(
        fact => fact is CertificationGranted granted ? granted.Kind == command.Kind : fact is CertificationRenewed renewed && renewed.Kind == command.Kind,
        (fact, _) => command.When.Says(fact, now) && fact switch
        {
            CertificationGranted e => command.ContinuingEducationHours is null && (e.Kind, e.ValidUntil) == (command.Kind, command.ValidUntil),
            CertificationRenewed e => (e.Kind, e.ValidUntil, e.ContinuingEducationHours) == (command.Kind, command.ValidUntil, command.ContinuingEducationHours),
            _ => false,
        });
}

/// <summary>A certification no longer counts: it lapsed before its time, or was suspended. Who is coached stays coached, and is flagged (scenario 14).</summary>
/// <param name="SuspensionReason">A slug, for a suspension; null when it lapsed.</param>
public sealed record WithdrawCertification(string StaffId, Certification Kind, string? SuspensionReason, When When)
{
    public static Decision<WorkforceEvent> Decide(WithdrawCertification command, WorkforceState state, DateTimeOffset now)
    {
        if (state.Certificates.GetValueOrDefault(command.Kind) is not { } known)
            return WorkforceRejections.NotCertified(command.Kind);
        if (known.Standing == (command.SuspensionReason is null ? CertificateStanding.Lapsed : CertificateStanding.Suspended))
            return Again(command, now);
        if (known.Standing == CertificateStanding.Revoked)
            return WorkforceRejections.CertificationRevoked(command.Kind);
        if (command.When.Check(now) is { } wrongTime)
            return wrongTime;
        WorkforceEvent fact = command.SuspensionReason is { } reason
            ? new CertificationSuspended(command.Kind, reason) { StaffId = command.StaffId }
            : new CertificationLapsed(command.Kind) { StaffId = command.StaffId };
        return fact.At(command.When);
    }

    private static Decision<WorkforceEvent> Again(WithdrawCertification command, DateTimeOffset now) => Decision<WorkforceEvent>.AlreadyDoneIf<WorkforceEvent>(
        fact => fact is CertificationSuspended suspended ? suspended.Kind == command.Kind : fact is CertificationLapsed lapsed && lapsed.Kind == command.Kind,
        (fact, _) => command.When.Says(fact, now) && fact switch
        {
            CertificationSuspended e => (e.Kind, e.ReasonCode) == (command.Kind, command.SuspensionReason),
            CertificationLapsed e => command.SuspensionReason is null && e.Kind == command.Kind,
            _ => false,
        });
}

/// <summary>
/// A certification is taken away for good: it is renewed no more, and whoever is to have it again is certified anew. Who is coached stays
/// coached, and is flagged (scenario 14).
/// </summary>
/// <param name="ReasonCode">A slug.</param>
public sealed record RevokeCertification(string StaffId, Certification Kind, string ReasonCode, When When)
{
    public static Decision<WorkforceEvent> Decide(RevokeCertification command, WorkforceState state, DateTimeOffset now) =>
        state.Certificates.GetValueOrDefault(command.Kind) switch
        {
            null => WorkforceRejections.NotCertified(command.Kind),
            { Standing: CertificateStanding.Revoked } => Decision<WorkforceEvent>.AlreadyDoneIf<CertificationRevoked>(fact => fact.Kind == command.Kind, (fact, _) => command.When.Says(fact, now) && fact.ReasonCode == command.ReasonCode),
            _ => command.When.Check(now) is { } wrongTime
                ? wrongTime
                : new CertificationRevoked(command.Kind, command.ReasonCode) { StaffId = command.StaffId }.At(command.When),
        };
}

/// <param name="Advised">Without a warning.</param>
/// <param name="Most">At most (R54).</param>
public sealed record SetCaseloadCapacity(string StaffId, int Advised, int Most)
{
    private const int MostEver = 500;

    public static Decision<WorkforceEvent> Decide(SetCaseloadCapacity command, WorkforceState state, DateTimeOffset now)
    {
        if (state.Capacity == new CaseloadCapacity(command.Advised, command.Most))
            return Decision<WorkforceEvent>.AlreadyDone;
        return command.Advised < 0 || command.Advised > command.Most || command.Most > MostEver
            ? WorkforceRejections.CapacityUnsound()
            : new CaseloadCapacitySet(command.Advised, command.Most) { StaffId = command.StaffId }.At(now);
    }
}

/// <summary>
/// The worker has a conflict of interest with somebody (R56). Whether there is such a client is never asked, and it is recorded each time:
/// a record that stood still would tell that the conflict was declared before.
/// </summary>
/// <param name="Mark">Keyed mark of worker and client.</param>
public sealed record DeclareConflict(string StaffId, string Mark)
{
    public static Decision<WorkforceEvent> Decide(DeclareConflict command, WorkforceState state, DateTimeOffset now) =>
        new ConflictOfInterestDeclared(command.Mark) { StaffId = command.StaffId }.At(now);
}
