namespace CaseFlow.Domain.Agencies;

/// <summary>An audit grant ends before its time; one that ran out needs no ending.</summary>
public sealed record EndAuditGrant(Guid GrantId, string Reason)
{
    public static Decision<DirectoryEvent> Decide(EndAuditGrant command, DirectoryState state, DateTimeOffset now) =>
        state.AuditGrants.GetValueOrDefault(command.GrantId) switch
        {
            null => DirectoryRejections.AuditGrantNotFound(command.GrantId),
            { EndedAt: not null } => Decision<DirectoryEvent>.AlreadyDoneIf<AuditGrantEnded>(fact => fact.GrantId == command.GrantId, (fact, _) => fact.Reason == command.Reason),
            { ValidUntil: var until } when until <= now => Decision<DirectoryEvent>.AlreadyDone,
            { AuditorId: var auditorId } => new AuditGrantEnded(command.GrantId, auditorId, command.Reason).At(now),
        };
}
