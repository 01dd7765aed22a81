namespace CaseFlow.Domain.Disclosures;

/// <summary>The privacy officer says whether an opening in an emergency was justified.</summary>
public sealed record ReviewEmergencyAccess(
    Guid ClientId, Guid EmergencyAccessId, string ReviewedBy, EmergencyVerdict Verdict, Sealed<string>? Note)
{
    public static Decision<EmergencyAccessEvent> Decide(ReviewEmergencyAccess command, EmergencyAccessState state, DateTimeOffset now) =>
        state.Find(command.EmergencyAccessId) switch
        {
            null => EmergencyAccessRejections.NotFound(command.EmergencyAccessId),
            { Used.ClientId: var clientId } when clientId != command.ClientId => EmergencyAccessRejections.NotFound(command.EmergencyAccessId),
            { Used.UsedBy: var usedBy } when usedBy == command.ReviewedBy => EmergencyAccessRejections.OwnReview(),
            { Reviewed: { } reviewed } => reviewed.Verdict == command.Verdict
                ? Decision<EmergencyAccessEvent>.AlreadyDoneIf<EmergencyAccessReviewed>(fact => fact.EmergencyAccessId == command.EmergencyAccessId, (fact, same) => same(command.Note, fact.Note), EmergencyAccessRejections.ReviewedDifferently(command.EmergencyAccessId))
                : EmergencyAccessRejections.ReviewedDifferently(command.EmergencyAccessId),
            _ => new EmergencyAccessReviewed(command.ReviewedBy, command.Verdict, command.Note)
            { ClientId = command.ClientId, EmergencyAccessId = command.EmergencyAccessId }.At(now),
        };
}
