namespace CaseFlow.Domain.Disclosures;

/// <summary>The record is amended as the client asked, in whole or in part: what is accepted stands beside the entry from then on (45 CFR 164.526(c)).</summary>
/// <param name="Entry">The entry that the client named, as the record has it; null when it has none such, or none was named.</param>
public sealed record AcceptAmendment(Guid ClientId, Guid RequestId, string AnsweredBy, Sealed<string> Text, AmendedEntry? Entry = null)
{
    public static Decision<RecordRightsEvent> Decide(AcceptAmendment command, RecordRightsState state, DateTimeOffset now) =>
        state.Find(command.RequestId, command.ClientId, RightsKind.Amendment) switch
        {
            null => RecordRightsRejections.NotFound(command.RequestId),
            { Outcome: RightsOutcome.Accepted } => Decision<RecordRightsEvent>.AlreadyDoneIf<AmendmentAccepted>(fact => fact.RequestId == command.RequestId, (fact, same) => same(command.Text, fact.Text), RecordRightsRejections.AnsweredDifferently(command.RequestId)),
            { Outcome: not null } => RecordRightsRejections.AnsweredDifferently(command.RequestId),
            // Accepted words about an entry must stand where the entry is read.
            { EntryEventId: { } named } when command.Entry is null => RecordRightsRejections.EntryNotFound(named),
            var asked => new AmendmentAccepted(command.AnsweredBy, command.Text)
            {
                ClientId = command.ClientId,
                RequestId = command.RequestId,
                Beside = new AmendedRecord(asked.AgencyId!, command.Entry),
            }.At(now),
        };
}
