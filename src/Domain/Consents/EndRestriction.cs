namespace CaseFlow.Domain.Consents;

/// <summary>
/// A restriction that was agreed comes to its end: whenever the client wants it, and for what the agency receives from then on when it has
/// told the client so; a mandatory one by the client alone (45 CFR 164.522(a)(2)).
/// </summary>
public sealed record EndRestriction(Guid ClientId, Guid RestrictionId, RestrictionEnder By, string RecordedBy, Sealed<string>? Words, When When)
{
    public static Decision<ConsentEvent> Decide(EndRestriction command, ConsentState state, DateTimeOffset now)
    {
        if (state.Restrictions.GetValueOrDefault(command.RestrictionId) is not { } restriction)
            return RestrictionRejections.NotFound(command.RestrictionId);
        if (restriction.EndedAt is not null || (command.By == RestrictionEnder.Agency && restriction.EndedForNewAt is not null))
        {
            return Decision<ConsentEvent>.AlreadyDoneIf<RestrictionEnded>(
                fact => fact.RestrictionId == command.RestrictionId && (fact.By == command.By || restriction.EndedForNewAt is null),
                (fact, same) => command.When.Says(fact, now) && same(command.Words, fact.Words));
        }

        if (restriction.AgreedAt is not { } agreedAt)
            return RestrictionRejections.NotInForce();
        if (restriction.IsMandatory && command.By == RestrictionEnder.Agency)
            return RestrictionRejections.Mandatory();
        if (command.When.Check(now) is { } wrongTime)
            return wrongTime;

        return command.When.IsBefore(agreedAt)
            ? RestrictionRejections.EndedBeforeAgreed()
            : new RestrictionEnded(command.RestrictionId, command.By, command.RecordedBy, command.Words) { ClientId = command.ClientId }.At(command.When);
    }
}
