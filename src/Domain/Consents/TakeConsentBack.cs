namespace CaseFlow.Domain.Consents;

/// <summary>
/// The client takes a consent back, by word of mouth or in writing. The rule decides what follows (R61): a word holds every new
/// disclosure at once, the writing revokes, and what is irrevocable until an event stays until then (42 CFR 2.35). It speaks of every consent to the same that
/// was signed before, so what was taken back already is taken back anew where something was signed since.
/// </summary>
/// <param name="EffectiveAt">When the writing says it takes effect; null for on receipt.</param>
/// <param name="Words">The client's own words.</param>
/// <param name="RelianceNote">What was already done in reliance on the consent.</param>
/// <param name="When">When the word or the writing was received.</param>
public sealed record TakeConsentBack(
    Guid ClientId,
    Guid ConsentId,
    RevocationMode Mode,
    Actor ReceivedBy,
    DateTimeOffset? EffectiveAt,
    Sealed<string>? Words,
    Sealed<string>? RelianceNote,
    When When)
{
    /// <param name="command">What is asked.</param>
    /// <param name="state">The client's consents.</param>
    /// <param name="policy">Who may receive a revocation.</param>
    /// <param name="now">The moment of recording.</param>
    /// <param name="beside">Consents on the person's other records, which it speaks of, too.</param>
    public static Decision<ConsentEvent> Decide(
        TakeConsentBack command, ConsentState state, ConsentPolicyInForce policy, DateTimeOffset now, IReadOnlyCollection<ConsentState>? beside = null)
    {
        if (state.Find(command.ConsentId) is not { } consent)
            return ConsentRejections.NotFound(command.ConsentId);

        var receivedAt = command.When.OccurredAt;
        var effectiveAt = command.EffectiveAt ?? receivedAt;
        var isIrrevocable = consent.IsIrrevocableAt(command.When.LatestKnown);
        // The writing after the word is another request: what is revoked at last is revoked by it.
        if (isIrrevocable ? consent.DeferredAt is not null && (command.Mode == RevocationMode.Oral || consent.IsAskedInWriting) : IsDone(command, consent, [state, .. beside ?? []]))
            return Again(command, isIrrevocable);
        if (command.When.Check(now) is { } wrongTime)
            return wrongTime;
        if (command.When.IsBefore(consent.Periods[0].Form.SignedAt))
            return ConsentRejections.RevocationBeforeSignature();
        if (effectiveAt < receivedAt)
            return ConsentRejections.RevocationBeforeReceipt();
        if (command.Mode == RevocationMode.Written && !isIrrevocable && !policy.Rules.MayReceiveRevocation.Contains(command.ReceivedBy.Role))
            return ConsentRejections.MayNotReceiveRevocation();

        var asked = new ConsentRevocationRequested(command.ConsentId, command.Mode, command.ReceivedBy.Id, command.Words) { ClientId = command.ClientId };
        return (ConsentEvent[])[asked.At(command.When), WhatFollows(command, consent, isIrrevocable, effectiveAt).At(command.When)];
    }

    private static ConsentEvent WhatFollows(TakeConsentBack command, Consent consent, bool isIrrevocable, DateTimeOffset effectiveAt) => command.Mode switch
    {
        _ when isIrrevocable => new ConsentRevocationDeferredUntilEvent(
            command.ConsentId,
            consent.PeriodAt(command.When.LatestKnown)!.Term.IrrevocableUntil!.Value,
            command.ReceivedBy.Id,
            RevocationDeferral.IrrevocableUntilEvent)
        { ClientId = command.ClientId, RelianceNote = command.RelianceNote },
        RevocationMode.Oral => new ConsentProtectiveHoldPlaced(command.ConsentId) { ClientId = command.ClientId, RelianceNote = command.RelianceNote },
        _ => new ConsentRevoked(command.ConsentId, command.ReceivedBy.Id, effectiveAt, command.RelianceNote) { ClientId = command.ClientId },
    };

    /// <summary>It binds already; what the client or whoever received it says besides, and a date that counts nothing, is not lost behind that.</summary>
    private static Decision<ConsentEvent> Again(TakeConsentBack command, bool isIrrevocable)
    {
        // A word, and what is deferred, counts from no date that is named.
        var isDated = command is { Mode: RevocationMode.Written, EffectiveAt: not null } && !isIrrevocable;
        return command switch
        {
            { Words: null, RelianceNote: null } => isDated ? Decision<ConsentEvent>.AlreadyDoneIf<ConsentRevoked>(IsIts, IsFrom) : Decision<ConsentEvent>.AlreadyDone,
            { RelianceNote: null } => isDated ? Asked(command).And<ConsentRevoked>(IsIts, IsFrom) : Asked(command),
            _ => isDated ? Noted().And<ConsentRevoked>(IsIts, IsFrom) : Noted(),
        };

        bool IsIts(ConsentRevoked fact) => fact.ConsentId == command.ConsentId;

        bool IsFrom(ConsentRevoked fact, SameWords _) => fact.EffectiveAt == command.EffectiveAt;

        Decision<ConsentEvent> Noted() => Asked(command).And<ConsentEvent>(
            fact => fact.ConsentInQuestion() == command.ConsentId && NoteOf(fact, command.ReceivedBy.Id) is not null,
            (fact, same) => same(command.RelianceNote, NoteOf(fact, command.ReceivedBy.Id)));
    }

    /// <summary>What somebody else was told is not theirs to try words against. A word may be told again when the writing has come, too.</summary>
    private static Decision<ConsentEvent> Asked(TakeConsentBack command) => Decision<ConsentEvent>
        .AlreadyDoneIf<ConsentRevocationRequested>(fact => IsOf(fact, command), (fact, same) => same(command.Words, fact.Words))
        .Or<ConsentRevocationRequested>(fact => IsOf(fact, command) && fact.Mode == command.Mode, (fact, same) => same(command.Words, fact.Words));

    private static bool IsOf(ConsentRevocationRequested fact, TakeConsentBack command) =>
        fact.ConsentId == command.ConsentId && fact.ReceivedBy == command.ReceivedBy.Id;

    /// <summary>Nor is what somebody else noted. With a word no door takes a note.</summary>
    private static Sealed<string>? NoteOf(ConsentEvent fact, string receivedBy) => fact switch
    {
        ConsentRevoked e when e.ReceivedBy == receivedBy => e.RelianceNote,
        ConsentProtectiveHoldPlaced e => e.RelianceNote,
        ConsentRevocationDeferredUntilEvent e when e.ReceivedBy == receivedBy => e.RelianceNote,
        _ => null,
    };

    /// <summary>It is done where it binds already from then or from before, and nothing was signed since that it would take back, too.</summary>
    private static bool IsDone(TakeConsentBack command, Consent consent, IEnumerable<ConsentState> records) =>
        SpeaksUntil(command, consent) is { } until
        && !records.SelectMany(record => record.Consents).Any(other =>
            other.ConsentId != consent.ConsentId
            && other.Scope.MaySpeakOfTheSameAs(consent.Scope)
            && other.WasSignedBetween(until, command.Until)
            && SpeaksUntil(command, other) is null);

    /// <summary>Revoked, or held where no more is asked by word of mouth; a hold that nobody lifted: what was disclosed in between is judged by the earlier one.</summary>
    private static DateTimeOffset? SpeaksUntil(TakeConsentBack command, Consent consent) => consent.Revocations
        .Concat(command.Mode == RevocationMode.Oral ? consent.Unlifted.Select(hold => hold.From) : [])
        .Where(since => since <= command.From)
        .Select(since => (DateTimeOffset?)consent.SpeaksUntil(since))
        .Max();

    /// <summary>A word counts from when it was said.</summary>
    private DateTimeOffset From => Mode == RevocationMode.Written && EffectiveAt is { } stated ? stated : When.OccurredAt;

    /// <summary>Told by the day, it speaks of all that was signed until it was known.</summary>
    private DateTimeOffset Until => From == When.OccurredAt ? When.LatestKnown : From;
}
