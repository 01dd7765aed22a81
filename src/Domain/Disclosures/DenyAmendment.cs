namespace CaseFlow.Domain.Disclosures;

/// <summary>The record is not amended, for one of the grounds that the law knows (45 CFR 164.526(a)(2)).</summary>
/// <param name="Entry">The entry that the client named, as the record has it; null when it has none such, or none was named.</param>
public sealed record DenyAmendment(Guid ClientId, Guid RequestId, AmendmentDenial Ground, string AnsweredBy, Sealed<string>? Reason, AmendedEntry? Entry = null)
{
    /// <summary>The record's content was erased, or that of the entry's class: the ground answers alone, because no words can be kept any more.</summary>
    public bool IsErased { get; init; }

    public static Decision<RecordRightsEvent> Decide(DenyAmendment command, RecordRightsState state, DateTimeOffset now) =>
        state.Find(command.RequestId, command.ClientId, RightsKind.Amendment) switch
        {
            null => RecordRightsRejections.NotFound(command.RequestId),
            { Outcome: RightsOutcome.Denied } => Decision<RecordRightsEvent>.AlreadyDoneIf<AmendmentDenied>(fact => fact.RequestId == command.RequestId, (fact, same) => fact.Ground == command.Ground && same(command.Reason, fact.Reason), RecordRightsRejections.AnsweredDifferently(command.RequestId)),
            { Outcome: not null } => RecordRightsRejections.AnsweredDifferently(command.RequestId),
            _ when command.Reason is null && !command.IsErased => RecordRightsRejections.ReasonMissing(),
            var asked => new AmendmentDenied(command.Ground, command.AnsweredBy, command.Reason)
            {
                ClientId = command.ClientId,
                RequestId = command.RequestId,
                Beside = new AmendedRecord(asked.AgencyId!, command.Entry),
            }.At(now),
        };
}
