namespace CaseFlow.Domain.Consents;

/// <summary>The agency agrees, and is bound from then on, or declines with a reason.</summary>
/// <param name="DeclinedBecause">Null when it agrees.</param>
public sealed record AnswerRestriction(Guid ClientId, Guid RestrictionId, string AnsweredBy, Sealed<string>? DeclinedBecause, When When)
{
    public static Decision<ConsentEvent> Decide(AnswerRestriction command, ConsentState state, DateTimeOffset now)
    {
        if (state.Restrictions.GetValueOrDefault(command.RestrictionId) is not { } restriction)
            return RestrictionRejections.NotFound(command.RestrictionId);
        if (restriction.AgreedAt is not null || restriction.IsDeclined)
        {
            if (restriction.IsDeclined != (command.DeclinedBecause is not null))
                return RestrictionRejections.AlreadyAnswered();
            return command.DeclinedBecause is null
                ? Decision<ConsentEvent>.AlreadyDoneIf<RestrictionAgreed>(fact => fact.RestrictionId == command.RestrictionId, (fact, _) => command.When.Says(fact, now))
                : Decision<ConsentEvent>.AlreadyDoneIf<RestrictionDeclined>(fact => fact.RestrictionId == command.RestrictionId, (fact, same) => command.When.Says(fact, now) && same(command.DeclinedBecause, fact.Reason), RestrictionRejections.AlreadyAnswered());
        }

        if (restriction.IsMandatory && command.DeclinedBecause is not null)
            return RestrictionRejections.Mandatory();
        if (command.When.Check(now) is { } rejection)
            return rejection;

        return command.DeclinedBecause is { } reason
            ? new RestrictionDeclined(command.RestrictionId, command.AnsweredBy, reason) { ClientId = command.ClientId }.At(command.When)
            : new RestrictionAgreed(command.RestrictionId, command.AnsweredBy) { ClientId = command.ClientId }.At(command.When);
    }
}
