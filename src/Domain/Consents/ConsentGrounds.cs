using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Domain.Consents;

/// <summary>What a client's consents say for the decision: asked anew for every record and every moment (R60).</summary>
/// <param name="Consents">Folded as far as the question is allowed to know.</param>
/// <param name="At">UTC: the instant at which a consent must be in force.</param>
/// <param name="KindOf">What kind of agency one is, for consents that name a class.</param>
public sealed record ConsentGrounds(ConsentState Consents, DateTimeOffset At, Func<string, AgencyKind?> KindOf)
{
    /// <summary>
    /// The same person has other records: what was taken back, held or restricted on any of them stands against the disclosure here too, while a
    /// consent on another record shows nothing of this one. So a merge never permits more than there was before it.
    /// </summary>
    /// <param name="others">The consents of the person's other records, each with the record's id.</param>
    public ConsentGrounds Beside(IEnumerable<(Guid ClientId, ConsentState Consents)> others)
    {
        var (own, all) = (Consents, Consents);
        foreach (var (clientId, other) in others)
        {
            all = all with
            {
                Consents = all.Consents.AddRange(other.Consents),
                // Whoever records a restriction chooses its id: on two records one id is two restrictions.
                Restrictions = all.Restrictions.SetItems(other.Restrictions.Select(one => KeyValuePair.Create(NamedId.Of(clientId, $"{one.Key}"), one.Value))),
            };
        }

        return this with { Consents = all, OwnConsents = own };
    }

    /// <summary>
    /// The next page of an answer that rested on consents for once: for its reader they go on for a while, as far as nothing else holds or ends them. Whoever
    /// reads anything else finds them spent.
    /// </summary>
    /// <param name="consents">What the pages before rested on.</param>
    /// <param name="reader">Who was told, a staff id.</param>
    /// <param name="minutes">How long the pages of one answer may take (policy).</param>
    public ConsentGrounds GoingOn(IReadOnlyCollection<Guid> consents, string reader, int minutes)
    {
        var since = At.AddMinutes(-minutes);
        var all = Consents with
        {
            Consents = Consents.Consents.ConvertAll(one => consents.Contains(one.ConsentId) ? one.GoingOn(reader, since) : one),
        };
        // Own consents come first, and are told by being the very ones.
        return this with { Consents = all, OwnConsents = OwnConsents is { } own ? own with { Consents = all.Consents.GetRange(0, own.Consents.Count) } : null };
    }

    /// <summary>
    /// As consents were read before they had to name prosecution and defence (<see cref="ConsentScope.IsFor"/>): to find what a page rested on that was made then,
    /// and never to show anything.
    /// </summary>
    public bool UnnamedTellsAll { get; init; }

    /// <summary>The consents of the record itself where those of the person's others stand beside them; null where it is the only one.</summary>
    private ConsentState? OwnConsents { get; init; }

    private static readonly Purpose[] OnConsent = [Purpose.Care, Purpose.Supervision, Purpose.CourtMonitoring];

    /// <returns>The grounds for showing a record to somebody.</returns>
    public Grounds For(Viewer viewer, RecordShown record)
    {
        if (record.SourceAgency is not { } source || viewer.Agency is not { } recipient || !OnConsent.Contains(viewer.Purpose))
            return Grounds.None;

        var question = new ConsentQuestion(source, recipient, viewer.Role, viewer.Purpose, record.Information)
        {
            DisclosingKind = KindOf(source),
            RecipientKind = KindOf(recipient),
            UnnamedTellsAll = UnnamedTellsAll,
        };
        var answer = Consents.StandingOf(question, At, Counts, record.ReceivedAt);
        // The best consent may be one that a Part 2 record does not go by, while another is.
        if (answer.Standing == ConsentStanding.InForce && record.Labels.Contains(Label.Part2) && !HasPart2Elements(answer.Kind!.Value))
        {
            answer = Consents.StandingOf(question, At, consent => Counts(consent) && HasPart2Elements(consent.Kind), record.ReceivedAt) is { Standing: ConsentStanding.InForce } other
                ? other
                : ConsentAnswer.None;
        }

        return new Grounds(
            answer.Standing, answer.ConsentId, answer.RestrictionId is not null, OrderId: Consents.OrderOn(question, At, record.Labels));
    }

    /// <returns>Since when what a source receives is free again of a restriction that the source ended; null when nothing of it is.</returns>
    public DateTimeOffset? FreeSince(Viewer viewer, RecordShown record) => Consents.Restrictions.Values
        .Where(restriction => restriction.EndedForNewAt <= At)
        .Select(restriction => restriction.EndedForNewAt!.Value).Distinct().Order()
        .Select(since => (DateTimeOffset?)since)
        .FirstOrDefault(since => !For(viewer, record with { ReceivedAt = since }).Restricted);

    /// <summary>Whether a court order in force has something of the client told to somebody of a court's team (42 CFR 2.61).</summary>
    public bool OrdersFor(string agency, Role role) =>
        Consents.Orders.Exists(order => order.RecipientAgency == agency && order.IsFor(role) && order.IsInForceAt(At));

    /// <summary>
    /// Whether a court's team, or the prosecution or defence beside it, takes part in the client's case: the client's criminal-justice or
    /// court-team consent in force names their agency for monitoring (42 CFR 2.35; R38).
    /// </summary>
    public bool NamesForMonitoring(string agency, Role role) =>
        (OwnConsents ?? Consents).Consents.Exists(consent => consent.Kind is ConsentKind.CriminalJustice or ConsentKind.CourtTeam
            && consent.StandingAt(At) == ConsentStanding.InForce
            && QuestionsOf(consent, agency, role).Any(question =>
                consent.Scope.Covers(question) && Consents.StandingOf(question, At, Counts).Standing == ConsentStanding.InForce));

    private bool Counts(Consent consent) => OwnConsents is null || OwnConsents.Consents.Exists(own => ReferenceEquals(own, consent));

    /// <summary>What a court could ask of the agencies that a consent names, information by information.</summary>
    private IEnumerable<ConsentQuestion> QuestionsOf(Consent consent, string agency, Role role) =>
        from source in consent.Scope.Disclosers.Select(id => (Id: id, Kind: KindOf(id)))
            .Concat(consent.Scope.DiscloserClass is { } kind ? [(Id: "", Kind: (AgencyKind?)kind)] : [])
        from information in consent.Scope.Information.Contains(ConsentInformation.WholeRecord)
            ? Enum.GetValues<ConsentInformation>()
            : consent.Scope.Information
        select new ConsentQuestion(source.Id, agency, role, Purpose.CourtMonitoring, information)
        {
            DisclosingKind = source.Kind,
            RecipientKind = KindOf(agency),
            UnnamedTellsAll = UnnamedTellsAll,
        };

    /// <summary>Wis. Stat. 51.30 alone, a relative or research do not make a consent that has all that 2.31 asks for.</summary>
    internal static bool HasPart2Elements(ConsentKind kind) =>
        kind is ConsentKind.Part2General or ConsentKind.Tpo or ConsentKind.CriminalJustice or ConsentKind.CourtTeam;
}
