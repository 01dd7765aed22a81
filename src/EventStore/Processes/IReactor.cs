namespace CaseFlow.EventStore.Processes;

/// <summary>A process that answers events with effects: the pure half, what follows from what.</summary>
public interface IReactor
{
    /// <summary>Stable name; also the checkpoint's, and part of the ids of all its effects.</summary>
    string Name { get; }

    /// <summary>Raised to go through the whole log again; effects that were had before are not had twice.</summary>
    int Version { get; }

    /// <returns>
    /// What follows from an event, in order. Pure: the same event has the same effects in the same order for ever, because an
    /// effect is recognised by its place among them.
    /// </returns>
    IEnumerable<Effect> EffectsOf(RecordedEvent recorded);
}

/// <summary>What a reactor makes of an event.</summary>
public abstract record Effect
{
    private Effect()
    {
    }

    /// <summary>Records a fact, exactly once per event, whatever is killed when.</summary>
    /// <param name="StreamId">Where; at any version, the stream is begun when it is not there.</param>
    /// <param name="StreamType">Alias of the stream's kind.</param>
    /// <param name="Data">The fact.</param>
    /// <param name="Headers">The circumstances; null for none.</param>
    /// <param name="SubjectId">Whose data key seals its sealed members.</param>
    public sealed record Record(Guid StreamId, string StreamType, object Data, object? Headers = null, Guid? SubjectId = null) : Effect;

    /// <summary>Sends a message out of the database, at least once, always under the same id.</summary>
    /// <param name="Topic">Which sender it is for.</param>
    /// <param name="Key">Messages of one tenant, topic and key arrive in order.</param>
    /// <param name="Payload">JSON; never personal content.</param>
    public sealed record Send(string Topic, string Key, string Payload) : Effect;
}
