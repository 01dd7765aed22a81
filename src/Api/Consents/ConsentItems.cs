using System.Diagnostics;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Consents;

/// <summary>A consent as its parties see it.</summary>
/// <param name="Standing">At the moment asked about: in force while it permits something, which another one for the same that was taken back later may stand in
/// the way of. Restrictions are beside it.</param>
/// <param name="IsRefused">The client refused it.</param>
/// <param name="IsIrrevocable">It cannot be taken back before its event.</param>
/// <param name="Description">In the words of the form; null once it is erased, or while nothing was signed.</param>
/// <param name="SignedName">The same.</param>
/// <param name="RecipientPerson">The same; null when only agencies may be told.</param>
/// <param name="Term">Of the period that counts, or the first; null while nothing was signed.</param>
/// <param name="Form">The same.</param>
/// <param name="History">What happened to it, in the order it was recorded.</param>
public sealed record ConsentItem(
    Guid ConsentId,
    ConsentKind Kind,
    ConsentStanding Standing,
    bool IsRefused,
    bool IsIrrevocable,
    ConsentScope Scope,
    string? Description,
    string? SignedName,
    string? RecipientPerson,
    ConsentTerm? Term,
    ConsentForm? Form,
    IReadOnlyList<ConsentStep> History);

/// <param name="What">Stored event name.</param>
/// <param name="By">Who recorded it, a staff id.</param>
/// <param name="Words">What was said or noted, of the client or about it, for the agency that heard it and for those whose record the consent is about; null for
/// everybody else, for none, or once it is erased.</param>
public sealed record ConsentStep(string What, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, string? By, string? Words);

/// <param name="AgreedAt">Null while nobody agreed.</param>
public sealed record RestrictionItem(
    Guid RestrictionId,
    string DisclosingAgency,
    string? RecipientAgency,
    IReadOnlyList<ConsentInformation> Information,
    IReadOnlyList<ConsentPurpose> Purposes,
    DateTimeOffset? AgreedAt,
    bool IsDeclined)
{
    /// <summary>The agency has to agree, and only the client ends it.</summary>
    public bool IsMandatory { get; init; }

    /// <summary>When the client ended it; null while they did not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>From when on what the agency receives is free of it; null while it is not.</summary>
    public DateTimeOffset? EndedForNewAt { get; init; }
}

/// <param name="RecipientRoles">Who there; empty when the order names nobody.</param>
public sealed record OrderItem(
    Guid OrderId, string DisclosingAgency, string RecipientAgency, IReadOnlyList<ConsentInformation> Information, DateTimeOffset From, DateTimeOffset? Until,
    CourtOrderBasis Basis, IReadOnlyList<Role> RecipientRoles);

/// <summary>Tells a client's consents from the events.</summary>
/// <param name="events">What was recorded as far as is asked, oldest first.</param>
/// <param name="asOf">Only what had occurred by then is told; null for all.</param>
/// <param name="grounds">All that is asked of them, folded, those of the person's other records beside it; and the instant at which standings are judged.</param>
/// <param name="reader">Who looks.</param>
/// <param name="storedName">Stored name of an event.</param>
/// <param name="sight">Whose words corrected labels hide; what was consented to binds all the same, and is shown.</param>
/// <param name="open">Opens a sealed text; null once it is erased.</param>
/// <param name="hears">Whether the asker reads the words of something that happened to a consent.</param>
internal sealed class ConsentItems(
    IReadOnlyList<RecordedEvent> events, DateTimeOffset? asOf, ConsentGrounds grounds, Actor reader, Func<Type, string> storedName, EntrySight sight,
    Func<Sealed<string>?, string?> open, Func<RecordedEvent, ConsentScope, bool> hears)
{
    private readonly RecordedEvent[] told = [.. events.Where(recorded => !(((ConsentEvent)recorded.Data).CountsFrom() > asOf))];

    private readonly DateTimeOffset at = grounds.At;

    /// <returns>Those that are shown, in the order they were first heard of.</returns>
    public IEnumerable<ConsentItem> Consents(Func<ConsentScope, bool> isShown) => Stories(isShown).Select(story => ItemOf(story.Key, story));

    /// <returns>Whose record each of those consents is.</returns>
    public IEnumerable<string?> RecordedBy(Func<ConsentScope, bool> isShown) => AccessRecords.RecordOwners.Of(Stories(isShown).SelectMany(story => story));

    public IEnumerable<RestrictionItem> Restrictions(Func<string, bool> isShown) =>
        from fact in told.Select(recorded => recorded.Data).OfType<RestrictionRequested>()
        let one = grounds.Consents.Restrictions[fact.RestrictionId]
        where isShown(one.DisclosingAgency)
        select new RestrictionItem(
            one.RestrictionId, one.DisclosingAgency, one.RecipientAgency, one.Information, one.Purposes, one.AgreedAt <= at ? one.AgreedAt : null, one.IsDeclined)
        {
            IsMandatory = one.IsMandatory,
            EndedAt = one.EndedAt <= at ? one.EndedAt : null,
            EndedForNewAt = one.EndedForNewAt <= at ? one.EndedForNewAt : null,
        };

    public IEnumerable<OrderItem> Orders(Func<string, bool> isShown) =>
        from fact in told.Select(recorded => recorded.Data).OfType<CourtOrderForDisclosureReceived>()
        where isShown(fact.DisclosingAgency) || isShown(fact.RecipientAgency)
        select new OrderItem(fact.OrderId, fact.DisclosingAgency, fact.RecipientAgency, fact.Information, fact.OccurredAt, fact.OrderedUntil,
            fact.Basis, fact.RecipientRoles);

    /// <returns>Where the last of the consents that are shown was recorded; 0 for nothing.</returns>
    public long Position(Func<ConsentScope, bool> isShown) =>
        Stories(isShown).SelectMany(story => story).Select(recorded => recorded.Position ?? 0).DefaultIfEmpty().Max();

    private IEnumerable<IGrouping<Guid, RecordedEvent>> Stories(Func<ConsentScope, bool> isShown) =>
        from recorded in told
        let id = ((ConsentEvent)recorded.Data).ConsentInQuestion()
        where id is not null
        group recorded by id.Value into story
        where isShown(ScopeOf(story))
        select story;

    private ConsentItem ItemOf(Guid id, IEnumerable<RecordedEvent> story)
    {
        var first = story.FirstOrDefault(recorded => recorded.Data is ConsentGranted);
        var granted = first?.Data as ConsentGranted;
        var words = first is null || sight.Hides(first) ? null : granted;
        var consent = granted is null ? null : grounds.Consents.Find(id);
        var period = consent?.PeriodAt(at) ?? consent?.Periods[0];
        return new ConsentItem(
            id,
            KindOf(story),
            consent is null ? ConsentStanding.None : ListedStanding.Of(grounds, consent, reader),
            granted is null && story.Any(recorded => recorded.Data is ConsentRefused),
            consent?.IsIrrevocableAt(at) ?? false,
            ScopeOf(story),
            open(words?.Description),
            open(words?.SignedName),
            open(words?.RecipientPerson),
            period?.Term,
            period?.Form,
            [.. story.Select(recorded => StepOf(recorded, ScopeOf(story)))]);
    }

    private ConsentStep StepOf(RecordedEvent recorded, ConsentScope scope)
    {
        var fact = (ConsentEvent)recorded.Data;
        return new ConsentStep(
            storedName(fact.GetType()), fact.OccurredAt, recorded.RecordedAt, (recorded.Headers as Circumstances)?.Actor,
            hears(recorded, scope) && !sight.Hides(recorded) ? open(WordsOf(fact)) : null);
    }

    private static Sealed<string>? WordsOf(ConsentEvent fact) => fact switch
    {
        ConsentGranted e => e.PurposeInWords,
        ConsentRefused e => e.Reason ?? e.ConsequenceTold,
        ConsentRevocationRequested e => e.Words,
        ConsentHoldLifted e => e.Reason,
        ConsentRevoked e => e.RelianceNote,
        ConsentProtectiveHoldPlaced e => e.RelianceNote,
        ConsentRevocationDeferredUntilEvent e => e.RelianceNote,
        ConsentConditionRetracted e => e.Reason,
        _ => null,
    };

    /// <summary>Of the consent as it was given; else as it was asked for or refused.</summary>
    private static ConsentScope ScopeOf(IEnumerable<RecordedEvent> story) => FirstOf(story) switch
    {
        ConsentGranted e => e.Scope,
        ConsentRequested e => e.Scope,
        ConsentRefused e => new ConsentScope(e.Disclosers, null, e.Recipients, null, [], null, [], []),
        var other => throw new UnreachableException($"{other?.GetType().Name} begins no consent."),
    };

    private static ConsentKind KindOf(IEnumerable<RecordedEvent> story) => FirstOf(story) switch
    {
        ConsentGranted e => e.Kind,
        ConsentRequested e => e.Kind,
        ConsentRefused e => e.Kind,
        var other => throw new UnreachableException($"{other?.GetType().Name} begins no consent."),
    };

    private static object? FirstOf(IEnumerable<RecordedEvent> story) => story.Select(recorded => recorded.Data)
        .OrderBy(fact => fact is ConsentGranted ? 0 : fact is ConsentRequested ? 1 : fact is ConsentRefused ? 2 : 3).FirstOrDefault();
}
