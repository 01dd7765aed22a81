namespace CaseFlow.Domain.Agencies;

/// <summary>Somebody stops working here. Supervision, oversight and audit grants of theirs end with it.</summary>
public sealed record RecordDeparture(string StaffId, string Reason)
{
    public static Decision<DirectoryEvent> Decide(RecordDeparture command, DirectoryState state, DateTimeOffset now) =>
        state.PostOf(command.StaffId) switch
        {
            null => DirectoryRejections.StaffNotFound(command.StaffId),
            { Departed: true } => Decision<DirectoryEvent>.AlreadyDoneIf<StaffMemberDeparted>(fact => fact.StaffId == command.StaffId, (fact, _) => fact.Reason == command.Reason),
            _ => new StaffMemberDeparted(command.StaffId, command.Reason).At(now),
        };
}
