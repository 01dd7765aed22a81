namespace CaseFlow.Domain.Agencies;

/// <summary>An auditor may read, for a purpose and a time [R66].</summary>
/// <param name="ValidFrom">UTC; not before now.</param>
/// <param name="ValidUntil">UTC, exclusive.</param>
public sealed record GiveAuditGrant(
    Guid GrantId, string AuditorId, string GrantedPurpose, DateTimeOffset ValidFrom, DateTimeOffset ValidUntil)
{
    /// <param name="longestDays">The policy's longest grant, days.</param>
    public static Decision<DirectoryEvent> Decide(GiveAuditGrant command, DirectoryState state, int longestDays, DateTimeOffset now)
    {
        if (state.AuditGrants.GetValueOrDefault(command.GrantId) is { } given)
        {
            return given with { EndedAt = null } == new AuditGrant(
                    command.GrantId, command.AuditorId, command.GrantedPurpose, command.ValidFrom, command.ValidUntil)
                ? Decision<DirectoryEvent>.AlreadyDone
                : DirectoryRejections.AuditGrantGivenDifferently(command.GrantId);
        }

        if (state.Find(command.AuditorId) is not { Post.Role: Role.Auditor })
            return DirectoryRejections.AuditorUnknown(command.AuditorId);
        if (string.IsNullOrWhiteSpace(command.GrantedPurpose))
            return DirectoryRejections.AuditPurposeMissing();
        if (command.ValidUntil <= command.ValidFrom || command.ValidUntil <= now)
            return DirectoryRejections.AuditGrantRangeEmpty();
        if (command.ValidFrom < now - When.Skew)
            return DirectoryRejections.AuditGrantBackdated();
        if (command.ValidUntil - command.ValidFrom > TimeSpan.FromDays(longestDays))
            return DirectoryRejections.AuditGrantTooLong(longestDays);

        return new AuditGrantGiven(
            command.GrantId, command.AuditorId, command.GrantedPurpose, command.ValidFrom, command.ValidUntil).At(now);
    }
}
