using CaseFlow.Domain.Privacy;

namespace CaseFlow.Domain.Courts;

/// <summary>Who must have decided an entry.</summary>
public enum Decider
{
    /// <summary>It is an observation.</summary>
    Nobody,

    /// <summary>The team, by name.</summary>
    Team,

    /// <summary>Somebody of the court who is a judge, alone or with the team.</summary>
    Judge,
}

/// <summary>One line of <see cref="CourtFacts"/>.</summary>
/// <param name="EventType">What is recorded.</param>
/// <param name="Route">The last parts of its route; with <c>{entryId}</c> where it is about an earlier entry.</param>
/// <param name="Roles">Who of the court may record it.</param>
/// <param name="Stages">When in a participation it can be.</param>
/// <param name="File">The only file it goes to; null where whoever records says which.</param>
/// <param name="Decider">Who must have decided it.</param>
/// <param name="Summary">One line in plain language, without personal content.</param>
/// <param name="Rule">Everything else: a refusal, or the facts to record.</param>
public sealed record CourtFact(
    Type EventType,
    string Route,
    IReadOnlyList<Role> Roles,
    IReadOnlyList<ParticipationStage> Stages,
    CourtFile? File,
    Decider Decider,
    Func<ParticipationEvent, string> Summary,
    Func<ParticipationEvent, ParticipationState, CourtQuestion, Decision<ParticipationEvent>> Rule)
{
    /// <summary>It changes what somebody has looked at, so whoever records it says which version they saw.</summary>
    public bool NeedsVersion { get; init; }

    /// <summary>It is about the time before the court decided, or undoes what is of then, at whatever stage it is recorded: it may have happened before an end.</summary>
    public bool IsOfBefore { get; init; }

    /// <summary>What its words are missing as, where it cannot do without; null where it can.</summary>
    public Func<Rejection>? WordsMissing { get; init; }

    internal bool NeedsWords => WordsMissing is not null;

    /// <summary>The stored name of the event.</summary>
    public string Name { get; } = PlainNames.Parted(EventType.Name, '_');

    internal bool OnlyAdmitted => Stages is [ParticipationStage.Admitted];

    internal Rejection WithoutWords() => WordsMissing!();

    internal Decision<ParticipationEvent> Decide(ParticipationEvent fact, ParticipationState state, CourtQuestion asked) => Rule(fact, state, asked);
}
