namespace CaseFlow.Domain.Agencies;

/// <summary>A supervisor sees the own office's duty queue again.</summary>
public sealed record EndOversight(string StaffId, string Reason)
{
    public static Decision<DirectoryEvent> Decide(EndOversight command, DirectoryState state, DateTimeOffset now) =>
        state.Find(command.StaffId) switch
        {
            null => DirectoryRejections.StaffNotFound(command.StaffId),
            { OversightEnded: true } => Decision<DirectoryEvent>.AlreadyDoneIf<JurisdictionOversightEnded>(fact => fact.StaffId == command.StaffId, (fact, _) => fact.Reason == command.Reason),
            { Oversight: false } => Decision<DirectoryEvent>.AlreadyDone,
            _ => new JurisdictionOversightEnded(command.StaffId, command.Reason).At(now),
        };
}
