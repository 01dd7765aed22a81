namespace CaseFlow.Domain.Consents;

/// <summary>The same consent is signed again for a new period. What was taken back needs a new consent.</summary>
public sealed record RenewConsent(Guid ClientId, Guid ConsentId, TermDraft Term, FormDraft Form)
{
    /// <param name="command">What is asked.</param>
    /// <param name="state">The client's consents.</param>
    /// <param name="policy">In force when it is recorded.</param>
    /// <param name="now">The moment of recording.</param>
    public static Decision<ConsentEvent> Decide(RenewConsent command, ConsentState state, ConsentPolicyInForce policy, DateTimeOffset now)
    {
        if (state.Find(command.ConsentId) is not { } consent)
            return ConsentRejections.NotFound(command.ConsentId);
        if (consent.Periods.Exists(period => command.Form.IsSameAs(period.Form) && command.Term.IsSameAs(period)))
        {
            return Decision<ConsentEvent>.AlreadyDoneIf<ConsentRenewed>(
                    fact => fact.ConsentId == command.ConsentId && command.Form.IsSameAs(fact.Form), (fact, same) => same(command.Form.SignedName, fact.SignedName))
                .Or<ConsentGranted>(
                    fact => fact.ConsentId == command.ConsentId && command.Form.IsSameAs(fact.Form), (fact, same) => same(command.Form.SignedName, fact.SignedName));
        }

        if (consent.Revocations.Count > 0)
            return ConsentRejections.Revoked();
        if (consent.HeldSince(now) is not null)
            return ConsentRejections.Held();
        if (command.Term.ExpiresOn is { } ends && consent.HasHappened(ends, now))
            return ConsentRejections.ConditionAlreadyMet();
        if (ConsentElements.WrongWith(consent.Kind, command.Term, command.Form, policy, now) is { Count: > 0 } wrong)
            return GrantConsent.Refuse(wrong);

        var form = command.Form.ToForm();
        if (consent.Periods.Exists(period => period.Form.SignedAt >= form.SignedAt))
            return ConsentRejections.SignatureNotNew();
        var term = command.Term.ToTerm(consent.Kind, form.SignedAt, policy);
        return new ConsentRenewed(command.ConsentId, term, form, command.Form.SignedName!, policy.Version)
        {
            ClientId = command.ClientId,
            Announced = EndAnnouncements.Of(term, policy.Rules, now),
        }.At(new When(form.SignedAt, TimePrecision.Exact, now));
    }
}
