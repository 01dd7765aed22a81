using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using CaseFlow.EventStore;
using CaseFlow.Projections.Storage;

namespace CaseFlow.Api.Commands;

/// <summary>A stream inside one command: what was read, and what the command adds.</summary>
public abstract class LoadedStream
{
    private readonly List<NewEvent> pending = [];
    private readonly StreamEvents read;

    private protected LoadedStream(string alias, Guid id, StreamEvents read, bool isAnother)
    {
        (this.read, Alias, Id, LoadedVersion) = (read, alias, id, read.Version);
        Last = read.Events.Count > 0 ? (read.Events[^1].Position ?? long.MaxValue, read.Events[^1].Sequence) : (0, 0);
        BelongsElsewhere = isAnother || (read.Events.Count > 0 && read.Events[0].StreamType is { } type && type != alias);
    }

    /// <summary>The stream.</summary>
    public Guid Id { get; }

    /// <summary>The kind it was loaded as.</summary>
    public string Alias { get; }

    /// <summary>The version read, 0 when it does not exist.</summary>
    public long LoadedVersion { get; }

    /// <summary>The version once the command is recorded.</summary>
    public long Version => LoadedVersion + pending.Count;

    /// <summary>The events as they were read, oldest first: for decisions that name one. None when the id is that of another kind of stream.</summary>
    public IReadOnlyList<RecordedEvent> History => BelongsElsewhere ? [] : read.Events;

    /// <summary>The events that count for whoever acts: all of them, unless some are hidden from them.</summary>
    public IReadOnlyList<RecordedEvent> Told { get => field ?? History; private protected set; }

    /// <summary>Where the last event read stands: the log's order is that of positions, and what has none yet comes last.</summary>
    internal (long Position, long Sequence) Last { get; }

    /// <summary>The id is that of another kind of stream; as this kind it does not exist.</summary>
    internal bool BelongsElsewhere { get; }

    internal IReadOnlyList<NewEvent> Pending => pending;

    /// <summary>What was read, and what this command adds.</summary>
    internal IEnumerable<DomainEvent> Facts => Told.Select(recorded => (DomainEvent)recorded.Data).Concat(pending.Select(fact => (DomainEvent)fact.Data));

    private protected void Add(NewEvent fact) => pending.Add(fact);

    /// <summary>Changes the circumstances of what is to be recorded.</summary>
    internal void About(Func<DomainEvent, Circumstances, Circumstances> change)
    {
        for (var n = 0; n < pending.Count; n++)
        {
            var circumstances = change((DomainEvent)pending[n].Data, (Circumstances)pending[n].Headers!);
            pending[n] = pending[n] with { Headers = circumstances, SubjectId = SubjectOf(pending[n], circumstances.Labels) };
        }
    }

    /// <summary>Whose key seals it: the client's, or that of a class that can be erased alone; both follow from what is recorded.</summary>
    private static Guid? SubjectOf(NewEvent fact, IReadOnlyList<string> labels) =>
        fact is { SubjectId: not null, Data: IClientEvent { ClientId: { } clientId } and not ISealedApart }
            ? SealedClasses.SubjectOf(clientId, labels)
            : fact.SubjectId;

    /// <summary>How many of the first events are none of the actor's to know of: the versions that they are told, and name, begin after these.</summary>
    internal long Before { get; set; }

    /// <summary>Nothing that was read is the actor's to know of: it is told, and named, as if there were none.</summary>
    internal bool IsUnknown { get; set; }

    /// <summary>The version read, as the actor is told it.</summary>
    internal long SeenVersion => IsUnknown ? 0 : LoadedVersion - Before;

    /// <summary>The version once the command is recorded, as the actor is told it.</summary>
    internal long ToldVersion => IsUnknown && pending.Count == 0 ? 0 : Version - Before;

    /// <summary>Events to append at the version read; without events, a guard that it has not moved.</summary>
    internal StreamAppend ToAppend() => new(Id, Alias, ExpectedVersion.Exactly(LoadedVersion), pending);
}

/// <summary>A loaded stream with its decision state.</summary>
public sealed class LoadedStream<TState, TEvent> : LoadedStream
    where TEvent : DomainEvent
{
    private readonly StreamOf<TState, TEvent> kind;

    internal LoadedStream(StreamOf<TState, TEvent> kind, Guid id, StreamEvents read, bool isAnother = false)
        : base(kind.Alias, id, read, isAnother)
    {
        this.kind = kind;
        State = BelongsElsewhere
            ? kind.Initial
            : History.Aggregate(kind.Initial, (state, recorded) => kind.Evolve(state, (TEvent)recorded.Data));
    }

    /// <summary>The state a decision asks, including what this command has recorded so far.</summary>
    public TState State { get; private set; }

    /// <summary>
    /// Leaves out what is hidden from whoever acts, before anything is decided: it counts as not told, so that telling it again is recorded, as anything else
    /// would be, and no answer says that it was there.
    /// </summary>
    /// <param name="isHidden">What is left out.</param>
    /// <param name="leaves">What a hidden fact leaves of what was told before it.</param>
    internal void Without(Func<RecordedEvent, bool> isHidden, Func<TState, TEvent, TState> leaves)
    {
        if (Pending.Count > 0)
            throw new InvalidOperationException("Something was decided on all of it.");
        Told = [.. History.Where(recorded => !isHidden(recorded))];
        State = History.Aggregate(
            kind.Initial, (state, recorded) => isHidden(recorded) ? leaves(state, (TEvent)recorded.Data) : kind.Evolve(state, (TEvent)recorded.Data));
    }

    /// <summary>The same, where what is hidden leaves nothing of what was told before it.</summary>
    /// <param name="counting">What counts.</param>
    internal void Only(IEnumerable<RecordedEvent> counting)
    {
        var ids = counting.Select(recorded => recorded.EventId).ToHashSet();
        Without(recorded => !ids.Contains(recorded.EventId), (state, _) => state);
    }

    internal void Add(TEvent fact, Circumstances circumstances)
    {
        if (fact.OccurredAt == default || fact.KnownAt == default)
            throw new InvalidOperationException($"{fact.GetType().Name} does not say when it occurred and was known.");

        Guid? subject = !SealedJson.HasSealedContent(fact) ? null
            : fact is ISealedApart apart ? apart.SealedUnder
            : (fact as IClientEvent)?.ClientId ?? Id;
        Add(new NewEvent(Guid.CreateVersion7(), fact, circumstances, subject));
        State = kind.Evolve(State, fact);
    }
}
