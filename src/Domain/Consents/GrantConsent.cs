namespace CaseFlow.Domain.Consents;

/// <summary>A signed consent is brought. It is recorded with every element that law asks for, or not at all.</summary>
public sealed record GrantConsent(Guid ClientId, Guid ConsentId, ConsentDraft Draft)
{
    /// <param name="command">What is asked.</param>
    /// <param name="state">The client's consents.</param>
    /// <param name="isKnownAgency">Whether the directory knows an agency.</param>
    /// <param name="policy">In force when it is recorded.</param>
    /// <param name="now">The moment of recording.</param>
    public static Decision<ConsentEvent> Decide(
        GrantConsent command, ConsentState state, Func<string, bool> isKnownAgency, ConsentPolicyInForce policy, DateTimeOffset now)
    {
        var draft = command.Draft;
        if (state.Find(command.ConsentId) is { } known)
        {
            return IsSame(command, known)
                ? Decision<ConsentEvent>.AlreadyDoneIf<ConsentGranted>(fact => fact.ConsentId == command.ConsentId, (fact, same) => SaysTheSame(draft, fact, same), ConsentRejections.GrantedDifferently(command.ConsentId))
                : ConsentRejections.GrantedDifferently(command.ConsentId);
        }

        if (ConsentElements.WrongWith(draft, isKnownAgency, policy, now) is { Count: > 0 } wrong)
            return Refuse(wrong);

        var form = draft.Form.ToForm();
        var term = draft.Term.ToTerm(draft.Kind, form.SignedAt, policy);
        return new ConsentGranted(
            command.ConsentId,
            draft.Kind,
            draft.ToScope(command.ConsentId),
            term,
            form,
            draft.Description!,
            draft.PurposeInWords,
            draft.Form.SignedName!,
            draft.RecipientPerson,
            policy.Version)
        {
            ClientId = command.ClientId,
            Announced = EndAnnouncements.Of(term, policy.Rules, now),
        }.At(new When(form.SignedAt, TimePrecision.Exact, now));
    }

    /// <summary>One answer that names everything.</summary>
    internal static Rejection Refuse(IReadOnlyList<Rejection> wrong) =>
        ConsentRejections.Incomplete([.. wrong.Select(part => part.Field!).Distinct()]) with { Parts = wrong };

    /// <summary>Where only an event ends it, policy set the date, perhaps another policy than today's.</summary>
    private static bool IsSame(GrantConsent command, Consent known)
    {
        var (draft, first) = (command.Draft, known.Periods[0]);
        return draft.Kind == known.Kind
            && draft.ToScope(command.ConsentId) == known.Scope
            && draft.Form.IsSameAs(first.Form)
            && draft.Term.IsSameAs(first);
    }

    private static bool SaysTheSame(ConsentDraft draft, ConsentGranted fact, SameWords same) =>
        same(draft.Description, fact.Description) && same(draft.PurposeInWords, fact.PurposeInWords)
        && same(draft.Form.SignedName, fact.SignedName) && same(draft.RecipientPerson, fact.RecipientPerson);
}
