namespace CaseFlow.Domain.Consents;

/// <summary>
/// What must be on a consent before it permits anything: the elements of 42 CFR 2.31 and 2.35 and of Wis. Stat. 51.30, by kind.
/// Everything that is missing or not allowed is named at once, each with its field and its rule.
/// </summary>
public static class ConsentElements
{
    /// <summary>What it takes to monitor progress at most (42 CFR 2.35(a)).</summary>
    public static IReadOnlyList<ConsentInformation> Monitoring { get; } =
    [
        ConsentInformation.Engagement, ConsentInformation.Attendance, ConsentInformation.Progress, ConsentInformation.TestResults,
        ConsentInformation.Discharge,
    ];

    private static readonly Role[] Justice =
        [Role.Agent, Role.AgentSupervisor, Role.Coordinator, Role.Judge, Role.Prosecutor, Role.Defence];

    private static readonly ConsentPurpose[] Operations =
        [ConsentPurpose.Treatment, ConsentPurpose.Payment, ConsentPurpose.HealthCareOperations];

    private static readonly ConsentPurpose[] JusticePurposes = [ConsentPurpose.Supervision, ConsentPurpose.CourtMonitoring];

    private static readonly ConsentCondition[] EndsOfCases =
        [ConsentCondition.FinalDisposition, ConsentCondition.EndOfSupervision, ConsentCondition.EndOfProgram];

    /// <returns>Everything wrong with a consent; empty when it may be recorded.</returns>
    /// <param name="draft">As it was brought.</param>
    /// <param name="isKnownAgency">Whether the directory knows an agency.</param>
    /// <param name="policy">In force when it is recorded.</param>
    /// <param name="now">The moment of recording.</param>
    public static IReadOnlyList<Rejection> WrongWith(
        ConsentDraft draft, Func<string, bool> isKnownAgency, ConsentPolicyInForce policy, DateTimeOffset now) =>
    [
        .. Scope(draft, isKnownAgency),
        .. OfKind(draft),
        .. Term(draft.Kind, draft.Term, draft.Form, policy),
        .. Form(draft.Kind, draft.Form, now),
    ];

    /// <returns>Everything wrong with a consent that is signed again.</returns>
    public static IReadOnlyList<Rejection> WrongWith(
        ConsentKind kind, TermDraft term, FormDraft form, ConsentPolicyInForce policy, DateTimeOffset now) =>
        [.. Term(kind, term, form, policy), .. Form(kind, form, now)];

    private static IEnumerable<Rejection> Scope(ConsentDraft draft, Func<string, bool> isKnownAgency) =>
    [
        .. Unless(draft.Disclosers.Count > 0 || draft.DiscloserClass is not null, Missing("disclosers", "who may disclose", "42 CFR 2.31(a)(2)")),
        .. Unless(
            draft.Recipients.Count > 0 || draft.RecipientClass is not null || draft.RecipientPerson is not null,
            Missing("recipients", "who may be told", "42 CFR 2.31(a)(4)")),
        .. Unless(draft.Disclosers.All(isKnownAgency), ConsentRejections.AgencyUnknown("disclosers")),
        .. Unless(draft.Recipients.All(isKnownAgency), ConsentRejections.AgencyUnknown("recipients")),
        .. Unless(draft.Information.Count > 0, Missing("information", "what may be told", "42 CFR 2.31(a)(3)")),
        .. Unless(draft.Description is not null, Missing("description", "what may be told in words that mean something to the client", "42 CFR 2.31(a)(3)")),
        .. Unless(draft.Purposes.Count > 0, Missing("purposes", "what it is for", "42 CFR 2.31(a)(5)")),
    ];

    private static IEnumerable<Rejection> OfKind(ConsentDraft draft) => draft.Kind switch
    {
        ConsentKind.Tpo => [.. Only(draft.Purposes, Operations, "purposes", "42 CFR 2.33: treatment, payment and health-care operations")],
        ConsentKind.CriminalJustice =>
        [
            .. Unless(draft.Recipients.Count > 0, Missing("recipients", "which agencies monitor the client", "42 CFR 2.35(a)")),
            .. Unless(draft.RecipientClass is null, NotAllowed("recipientClass", "42 CFR 2.35(a): those who need it to monitor progress are named")),
            .. Unless(draft.RecipientPerson is null, NotAllowed("recipientPerson", "42 CFR 2.35(a): only those who monitor progress are told")),
            .. Only(draft.RecipientRoles, Justice, "recipientRoles", "42 CFR 2.35(a): only those who monitor progress are told"),
            .. Only(draft.Purposes, JusticePurposes, "purposes", "42 CFR 2.35(a): to monitor progress"),
            .. Only(draft.Information, Monitoring, "information", "42 CFR 2.35(a): no more than it takes to monitor progress"),
        ],
        ConsentKind.Wi5130 =>
        [
            .. Unless(draft.RecipientClass is null, NotAllowed("recipientClass", "Wis. Stat. 51.30(2): the recipient is named")),
            .. Unless(draft.Term.ExpiresAt is not null, Missing("term.expiresAt", "the time period during which it is effective", "Wis. Stat. 51.30(2)")),
        ],
        ConsentKind.CourtTeam =>
        [
            .. Unless(draft.Recipients.Count > 0, Missing("recipients", "which court", "42 CFR 2.31(a)(4)")),
            .. Unless(draft.RecipientRoles.Count > 0, Missing("recipientRoles", "which members of the team", "42 CFR 2.31(a)(4)")),
            .. Only(draft.RecipientRoles, Justice, "recipientRoles", "42 CFR 2.31(a)(4): members of a court's team"),
        ],
        ConsentKind.Family => [.. Unless(draft.RecipientPerson is not null, Missing("recipientPerson", "the person's name", "42 CFR 2.31(a)(4)"))],
        ConsentKind.Research => [.. Only(draft.Purposes, [ConsentPurpose.Research], "purposes", "42 CFR 2.31(a)(5): research stands alone")],
        _ => [],
    };

    private static IEnumerable<Rejection> Term(ConsentKind kind, TermDraft term, FormDraft form, ConsentPolicyInForce policy)
    {
        if (term.ExpiresAt is null && term.ExpiresOn is null && kind != ConsentKind.Wi5130)
            yield return Missing("term.expiresAt", "the date or event on which it ends", "42 CFR 2.31(a)(7)");
        if (term.IrrevocableUntil is { } until && (kind != ConsentKind.CriminalJustice || !EndsOfCases.Contains(until)))
            yield return NotAllowed("term.irrevocableUntil", "42 CFR 2.35(c): only a criminal-justice consent, and only until the case or its supervision ends");
        if (form.SignedAt is not { } signedAt)
            yield break;

        var from = term.EffectiveFrom ?? signedAt;
        if (from < signedAt)
            yield return ConsentRejections.EffectiveBeforeSignature();
        if (term.ExpiresAt <= from)
            yield return ConsentRejections.EndsBeforeItBegins();
        if (term.ExpiresAt > policy.LatestEnd(from))
            yield return ConsentRejections.TermTooLong(policy.Rules.MaxTermMonths);
    }

    private static IEnumerable<Rejection> Form(ConsentKind kind, FormDraft form, DateTimeOffset now) =>
    [
        .. Unless(form.RightToRevoke is not null, Missing("form.rightToRevoke", "how the client was told of the right to revoke, and how to", "42 CFR 2.31(a)(6)")),
        .. Unless(form.RefusalConsequencesStated, Missing("form.refusalConsequencesStated", "the consequences of refusing to sign", "42 CFR 2.31(a)(10)")),
        .. Unless(kind != ConsentKind.Tpo || form.RedisclosureStated, Missing("form.redisclosureStated", "that it may be passed on", "42 CFR 2.31(a)(10)")),
        .. Unless(form.FormVersion is not null, Missing("form.formVersion", "the version of the form", "R60")),
        .. Unless(form.ExplainedBy is not null, Missing("form.explainedBy", "who explained it", "R60")),
        .. Unless(form.Language is not null, Missing("form.language", "in which language it was explained", "R60")),
        .. Unless(form.Signer is not null, Missing("form.signer", "who signed", "42 CFR 2.31(a)(8)")),
        .. Unless(form.Signature is not null, Missing("form.signature", "how it was signed", "42 CFR 2.31(a)(8)")),
        .. Unless(form.SignedName is not null, Missing("form.signedName", "the name of who signed", "42 CFR 2.31(a)(8)")),
        .. Unless(form.SignedAt is not null, Missing("form.signedAt", "when it was signed", "42 CFR 2.31(a)(9)")),
        .. Unless(!(form.SignedAt > now + When.Skew), ConsentRejections.SignedAhead()),
        .. Unless(form.ClientAge is not null, Missing("form.clientAge", "whether the client is of age, 14 or older, or younger", "Wis. Stat. 51.30")),
        .. Unless(
            form is not { Signer: ConsentSigner.Client, ClientAge: AgeAtSigning.MinorUnder14 },
            NotAllowed("form.signer", "Wis. Stat. 51.30: a parent or guardian signs for a client under 14")),
    ];

    private static Rejection Missing(string field, string element, string rule) => ConsentRejections.ElementMissing(field, element, rule);

    private static Rejection NotAllowed(string field, string rule) => ConsentRejections.ElementNotAllowed(field, rule);

    private static IEnumerable<Rejection> Only<T>(IReadOnlyList<T> stated, IReadOnlyList<T> allowed, string field, string rule) =>
        Unless(stated.All(allowed.Contains), NotAllowed(field, rule));

    private static IEnumerable<Rejection> Unless(bool holds, Rejection rejection) => holds ? [] : [rejection];
}
