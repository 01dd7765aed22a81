using CaseFlow.Domain.Erasure;

namespace CaseFlow.Domain.Identities;

// Storage format: renaming a type or a member here breaks every merge and every mistake already recorded.

/// <summary>
/// Whose record is whose: one stream per jurisdiction, so that two who decide at once decide one after the other. The words are sealed apart
/// from either client's content, because they speak of both.
/// </summary>
public abstract record IdentityEvent : DomainEvent, IClientEvent, ISealedApart
{
    /// <summary>The record that stays the person's, or the one on which a mistake was made.</summary>
    public required Guid ClientId { get; init; }

    Guid? IClientEvent.ClientId => ClientId;

    Guid ISealedApart.SealedUnder => WordsOf;

    /// <summary>Whose data key seals the words; goes with the content of either client.</summary>
    protected abstract Guid WordsOf { get; }
}

/// <summary>Two records are of one person. Both keep their history; what is recorded from now on stays where it is recorded.</summary>
/// <param name="MergeId">Names it in its reversal.</param>
/// <param name="MergedClientId">The record that is the survivor's from now on.</param>
/// <param name="Evidence">By what it was seen.</param>
/// <param name="Reason">The author's words, sealed.</param>
public sealed record ClientsMerged(Guid MergeId, Guid MergedClientId, IdentityEvidence Evidence, Sealed<string> Reason) : IdentityEvent
{
    protected override Guid WordsOf => MergeId;
}

/// <summary>They are not one person after all, or nobody can tell; what was recorded meanwhile stays on the record that it was recorded on.</summary>
/// <param name="MergeId">What is taken back.</param>
/// <param name="MergedClientId">The record that stands alone again.</param>
/// <param name="ReasonCode">Why.</param>
/// <param name="Reason">The author's words, sealed.</param>
public sealed record MergeReversed(Guid MergeId, Guid MergedClientId, MergeReversalReason ReasonCode, Sealed<string> Reason) : IdentityEvent
{
    protected override Guid WordsOf => IdentitySubjects.OfReversal(MergeId);
}

/// <summary>
/// Entries were recorded on the wrong person: views show them with the right one from now on. Those that decide something stay, and both records say
/// that they are on the wrong one.
/// </summary>
/// <param name="MistakeId">Names it when it is undone.</param>
/// <param name="RightClientId">Whose they are; null when nobody knows.</param>
/// <param name="Entries">What was recorded by mistake.</param>
/// <param name="Evidence">By what it was seen.</param>
/// <param name="Reason">The author's words, sealed.</param>
public sealed record IdentityMistakeDeclared(
    Guid MistakeId, Guid? RightClientId, IReadOnlyList<MistakenEntry> Entries, IdentityEvidence Evidence, Sealed<string> Reason) : IdentityEvent
{
    protected override Guid WordsOf => MistakeId;

    /// <summary>Whose entries those are that stay, for the right person's record; null when all are moved, or nobody knows whose they are.</summary>
    public MistakeMark? Mark { get; init; }

    public bool Equals(IdentityMistakeDeclared? other) => other is not null
        && base.Equals(other)
        && (MistakeId, RightClientId, Evidence, Reason, Mark) == (other.MistakeId, other.RightClientId, other.Evidence, other.Reason, other.Mark)
        && Entries.SequenceEqual(other.Entries);

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), MistakeId, RightClientId, Evidence, Entries.Count);
}

/// <summary>The mistake was none: its entries are shown where they were recorded.</summary>
/// <param name="MistakeId">What is undone.</param>
/// <param name="RightClientId">With whom they were shown meanwhile; null for nobody.</param>
/// <param name="Entries">What it spoke of.</param>
/// <param name="Reason">The author's words, sealed.</param>
public sealed record IdentityMistakeUndone(
    Guid MistakeId, Guid? RightClientId, IReadOnlyList<MistakenEntry> Entries, Sealed<string> Reason) : IdentityEvent
{
    protected override Guid WordsOf => IdentitySubjects.OfUndoing(MistakeId);

    public bool Equals(IdentityMistakeUndone? other) => other is not null
        && base.Equals(other)
        && (MistakeId, RightClientId, Reason) == (other.MistakeId, other.RightClientId, other.Reason)
        && Entries.SequenceEqual(other.Entries);

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), MistakeId, RightClientId, Entries.Count);
}

/// <param name="EventId">The event that wrote the entry.</param>
/// <param name="Kind">Its stored name.</param>
/// <param name="OverdoseId">The overdose that it is the report of, or an agent's knowing; null for every other kind.</param>
public sealed record MistakenEntry(Guid EventId, string Kind, Guid? OverdoseId)
{
    /// <summary>The entry that it goes along with, for example the report that it confirms; null for one that was named itself.</summary>
    public Guid? With { get; init; }

    /// <summary>It decides something, so it stays where it was recorded and is marked.</summary>
    public bool Stays { get; init; }
}

/// <summary>What the right person's record says of entries that stay on another one: never on whose.</summary>
/// <param name="AgencyId">Whose entries they are; null for the system's own.</param>
/// <param name="Labels">All that they are under, by codes.</param>
public sealed record MistakeMark(string? AgencyId, IReadOnlyList<string> Labels)
{
    public bool Equals(MistakeMark? other) => other is not null && AgencyId == other.AgencyId && Labels.SequenceEqual(other.Labels);

    public override int GetHashCode() => HashCode.Combine(AgencyId, Labels.Count);
}

/// <summary>By what it was seen whose record is whose.</summary>
public enum IdentityEvidence
{
    /// <summary>A document with a picture was seen.</summary>
    DocumentSeen,

    /// <summary>Both have one number of another system.</summary>
    SameIdentifier,

    /// <summary>Fingerprints, as another system told.</summary>
    Biometrics,

    /// <summary>The client said so.</summary>
    ClientSaid,

    /// <summary>Somebody knows the person and recognised them.</summary>
    RecognisedByStaff,

    /// <summary>Two files were compared.</summary>
    RecordsCompared,
}

public enum MergeReversalReason
{
    DifferentPeople,

    /// <summary>It was merged with another record than was meant.</summary>
    WrongRecord,

    /// <summary>Nobody can tell any more.</summary>
    NotEnoughKnown,
}

/// <summary>Whose data keys seal the words of what is taken back: what is erased before must not stand in their way.</summary>
public static class IdentitySubjects
{
    public static Guid OfReversal(Guid mergeId) => NamedId.Of(mergeId, "reversed");

    public static Guid OfUndoing(Guid mistakeId) => NamedId.Of(mistakeId, "undone");
}
