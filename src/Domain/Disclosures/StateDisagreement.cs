namespace CaseFlow.Domain.Disclosures;

/// <summary>The client disagrees with the denial, in their own words: they stand beside the entry from then on (45 CFR 164.526(d)(4) and (5)).</summary>
public sealed record StateDisagreement(Guid ClientId, Guid RequestId, Sealed<string> Statement, string ReceivedBy)
{
    public static Decision<RecordRightsEvent> Decide(StateDisagreement command, RecordRightsState state, DateTimeOffset now) =>
        state.Find(command.RequestId, command.ClientId, RightsKind.Amendment) switch
        {
            null => RecordRightsRejections.NotFound(command.RequestId),
            { Disagrees: true } => Decision<RecordRightsEvent>.AlreadyDoneIf<DisagreementStated>(fact => fact.RequestId == command.RequestId, (fact, same) => same(command.Statement, fact.Statement), RecordRightsRejections.DisagreementStatedDifferently(command.RequestId)),
            { Outcome: not RightsOutcome.Denied } => RecordRightsRejections.NothingToDisagreeWith(command.RequestId),
            var denied => new DisagreementStated(command.Statement, command.ReceivedBy)
            {
                ClientId = command.ClientId,
                RequestId = command.RequestId,
                Beside = denied.Beside,
                Ground = denied.Ground,
            }.At(now),
        };
}
