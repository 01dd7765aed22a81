using System.Collections.Immutable;
using System.Diagnostics;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Domain.Consents;

/// <summary>
/// A client's consents, restrictions and orders, and the one question asked of them: may this be told, at that instant?
/// Folded up to a log position it answers what might be told as far as anybody knew then.
/// </summary>
/// <param name="Consents">Those granted, in the order they were recorded.</param>
/// <param name="Asked">Those that the client was asked for or refused, by id.</param>
/// <param name="Restrictions">By id.</param>
/// <param name="Orders">Court orders, in the order they were recorded.</param>
public sealed record ConsentState(
    ImmutableList<Consent> Consents,
    ImmutableDictionary<Guid, ConsentAsked> Asked,
    ImmutableDictionary<Guid, Restriction> Restrictions,
    ImmutableList<CourtOrder> Orders)
{
    public static readonly ConsentState Initial = new(
        [], ImmutableDictionary<Guid, ConsentAsked>.Empty, ImmutableDictionary<Guid, Restriction>.Empty, []);

    /// <returns>The consent granted under that id, or null.</returns>
    public Consent? Find(Guid consentId) => Consents.Find(consent => consent.ConsentId == consentId);

    /// <summary>
    /// The best standing of all consents that cover the question. One in force wins, unless the client took back, or asked to
    /// take back, a consent to the same disclosure after signing it, or an agreed restriction speaks of it; a criminal-justice
    /// consent before its event is beyond both (42 CFR 2.35).
    /// </summary>
    /// <param name="question">What would be told to whom.</param>
    /// <param name="at">UTC: the instant asked about.</param>
    /// <param name="counts">Which consents may permit it; all unless said. What was taken back stands against it all the same.</param>
    /// <param name="receivedAt">When the agency received what would be told; null for whenever.</param>
    public ConsentAnswer StandingOf(
        ConsentQuestion question, DateTimeOffset at, Func<Consent, bool>? counts = null, DateTimeOffset? receivedAt = null)
    {
        var covering = Consents.FindAll(consent => consent.Scope.Covers(question) && counts?.Invoke(consent) != false);
        if (covering.FindLast(consent => consent.IsIrrevocableAt(at) && consent.StandingAt(at) == ConsentStanding.InForce) is { } binding)
            return Of(binding, ConsentStanding.InForce);

        var inForce = covering.FindAll(consent => consent.StandingAt(at) == ConsentStanding.InForce);
        var against = Consents.FindAll(consent => consent.Scope.Touches(question) && consent.WithdrawnAt(at) is not null);
        var left = inForce.FindLast(consent => !against.Exists(other => other.WithdrawnAt(at) > consent.PeriodAt(at)!.Form.SignedAt));
        if (left is not null)
        {
            return RestrictionOn(question, at, receivedAt) is { } restriction
                ? Of(left, ConsentStanding.Held) with { RestrictionId = restriction }
                : Of(left, ConsentStanding.InForce);
        }

        return (inForce.IsEmpty ? covering.Select(consent => Of(consent, consent.StandingAt(at))) : against.Select(consent => Of(consent, consent.AgainstOthersAt(at))))
            .Where(answer => answer.Standing != ConsentStanding.None)
            .MinBy(answer => answer.Standing) ?? ConsentAnswer.None;
    }

    /// <returns>The agreed restriction that speaks of some of what is asked, at an instant; null for none.</returns>
    public Guid? RestrictionOn(ConsentQuestion question, DateTimeOffset at, DateTimeOffset? receivedAt = null) => Restrictions.Values
        .Where(restriction => restriction.BindsAt(at, receivedAt) && restriction.Touches(question))
        .OrderBy(restriction => restriction.AgreedAt).ThenBy(restriction => restriction.RestrictionId)
        .FirstOrDefault()?.RestrictionId;

    /// <returns>The court order that permits what is asked without consent, at an instant; null for none (R67).</returns>
    public Guid? OrderOn(ConsentQuestion question, DateTimeOffset at, IReadOnlyCollection<Label>? labels = null) =>
        Orders.FindLast(order => order.Permits(question, at, labels ?? []))?.OrderId;

    /// <summary>Every instant at which an answer may change; between two of them none does.</summary>
    public IReadOnlyList<DateTimeOffset> Instants() =>
    [
        .. Consents.SelectMany(consent => consent.Instants())
            .Concat(Restrictions.Values.SelectMany(restriction => restriction.Instants()))
            .Distinct().Order(),
    ];

    public static ConsentState Evolve(ConsentState state, ConsentEvent fact) => fact switch
    {
        ConsentRequested e => state.With(
            new ConsentAsked(e.ConsentId, e.Kind, Refused: false, e.Scope.Disclosers, e.Scope.Recipients, e.Scope.RecipientClass)),
        ConsentRefused e => state.With(new ConsentAsked(e.ConsentId, e.Kind, Refused: true, e.Disclosers, e.Recipients, RecipientClass: null)),
        ConsentGranted e => state with { Consents = state.Consents.Add(new Consent(e)), Asked = state.Asked.Remove(e.ConsentId) },
        ConsentRenewed e => state.With(e.ConsentId, consent => consent with { Periods = consent.Periods.Add(new(e.Term, e.Form)) }),
        // Only asked: what follows from it is recorded beside it.
        ConsentRevocationRequested { Mode: RevocationMode.Written } e => state.With(e.ConsentId, consent => consent with { IsAskedInWriting = true }),
        ConsentRevocationRequested => state,
        ConsentProtectiveHoldPlaced e => state.With(e.ConsentId, consent => consent.TakenBack(e, e.OccurredAt) with { Holds = consent.Holds.Add(new(e.OccurredAt, null)) }),
        ConsentHoldLifted e => state.With(e.ConsentId, consent => consent with
        {
            Holds = consent.Holds.ConvertAll(hold => hold.LiftedAt is null ? hold with { LiftedAt = e.CountsFrom() } : hold),
        }),
        ConsentRevoked e => state.With(e.ConsentId, consent => consent.TakenBack(e, e.EffectiveAt) with { Revocations = consent.Revocations.Add(e.EffectiveAt) }),
        ConsentRevocationDeferredUntilEvent e => state.With(e.ConsentId, consent => consent with { DeferredAt = consent.DeferredAt ?? e.OccurredAt }),
        ConsentConditionMet e => state.With(e.ConsentId, consent => consent.Happened(e.Condition, e.OccurredAt, e.RecordedBy)),
        ConsentConditionRetracted e => state.With(e.ConsentId, consent => consent.DidNotHappen(e.Condition)),
        RestrictionRequested e => state.With(
            new Restriction(
                e.RestrictionId, e.DisclosingAgency, e.RecipientAgency, e.Information, e.Purposes, AgreedAt: null, IsDeclined: false,
                RequestRestriction.IsMandatory(e.PaidInFull, e.Purposes))),
        RestrictionAgreed e => state.With(state.Restrictions[e.RestrictionId].AgreedFrom(e.OccurredAt)),
        RestrictionDeclined e => state.With(state.Restrictions[e.RestrictionId] with { IsDeclined = true }),
        RestrictionEnded { By: RestrictionEnder.Client } e => state.With(state.Restrictions[e.RestrictionId] with { EndedAt = e.CountsFrom() }),
        RestrictionEnded e => state.With(state.Restrictions[e.RestrictionId] with { EndedForNewAt = e.CountsFrom() }),
        CourtOrderForDisclosureReceived e => state with
        {
            Orders = state.Orders.Add(
                new(e.OrderId, e.Basis, e.DisclosingAgency, e.RecipientAgency, e.Information, e.OccurredAt, e.OrderedUntil, e.RecipientRoles)),
        },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(ConsentState)}."),
    };

    private static ConsentAnswer Of(Consent consent, ConsentStanding standing) => new(standing, consent.ConsentId, consent.Kind);

    private ConsentState With(ConsentAsked asked) => this with { Asked = Asked.SetItem(asked.ConsentId, asked) };

    private ConsentState With(Restriction restriction) =>
        this with { Restrictions = Restrictions.SetItem(restriction.RestrictionId, restriction) };

    private ConsentState With(Guid consentId, Func<Consent, Consent> change) =>
        this with { Consents = Consents.ConvertAll(consent => consent.ConsentId == consentId ? change(consent) : consent) };
}

/// <summary>A consent that was asked for and not given.</summary>
/// <param name="Disclosers">Agencies that would have disclosed.</param>
/// <param name="Recipients">Agencies that would have been told.</param>
/// <param name="RecipientClass">Every agency of this kind would have been; null for only those that are named.</param>
public sealed record ConsentAsked(
    Guid ConsentId, ConsentKind Kind, bool Refused, IReadOnlyList<string> Disclosers, IReadOnlyList<string> Recipients, AgencyKind? RecipientClass);
