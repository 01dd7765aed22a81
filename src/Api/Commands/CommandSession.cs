using CaseFlow.Domain;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Commands;

/// <summary>
/// One try at a command: load streams, decide, record. Nothing leaves it before the lambda has ended; when a stream it
/// rests on moves meanwhile, the lambda runs again on fresh streams, so it must not act on anything but its session.
/// </summary>
public sealed class CommandSession
{
    private readonly IEventStore store;
    private readonly RecordedWords words;
    private readonly Dictionary<(Guid Id, string Alias), LoadedStream> streams = [];
    private readonly List<LoadedStream> order = [];
    private readonly Dictionary<string, Rejection> duplicates = [];

    internal CommandSession(
        IEventStore store, RecordedWords words, Actor actor, DateTimeOffset now, string? traceId, CancellationToken cancellation)
    {
        (this.store, this.words, Actor, Now, TraceId, Cancellation) = (store, words, actor, now, traceId, cancellation);
        Circumstances = new Circumstances
        {
            Actor = actor.Id,
            Role = actor.Role,
            Agency = actor.Agency,
            Office = actor.Office,
            Purpose = actor.Purpose,
            TraceId = traceId,
        };
    }

    /// <summary>Who acts; their jurisdiction is the tenant.</summary>
    public Actor Actor { get; }

    /// <summary>The instant of this try, UTC.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Ends the request's reads.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>The circumstances of every event recorded from here on; set with <c>with</c>.</summary>
    public Circumstances Circumstances { get; set; }

    /// <summary>Where in the actor's agency it goes.</summary>
    public Filing Filing { get; set; } = Filing.Usual;

    internal string? TraceId { get; }

    /// <summary>The first "no" of this try.</summary>
    internal Rejection? Rejection { get; private set; }

    /// <summary>Whether something was refused.</summary>
    public bool IsRefused => Rejection is not null;

    /// <summary>That it was refused is recorded before anybody is told.</summary>
    internal bool IsRefusedOnRecord { get; private set; }

    /// <summary>It ends work on a record whose content is erased: nobody is shown a version of that, and so none is asked for.</summary>
    internal bool EndsWorkOnErased { get; set; }

    internal bool HasFacts => order.Any(stream => stream.Pending.Count > 0);

    internal IReadOnlyList<LoadedStream> Streams => order;

    /// <summary>What <c>If-Match</c> speaks of when the answer is about no stream.</summary>
    internal LoadedStream? First => order.Count > 0 ? order[0] : null;

    /// <summary>Loads and folds a stream. It is guarded: the command is recorded only while it stands at this version.</summary>
    /// <remarks>
    /// Loading it again gives the same object. An id that this try has loaded as another kind does not exist as this kind: a caller may
    /// name one id twice.
    /// </remarks>
    public async Task<LoadedStream<TState, TEvent>> LoadAsync<TState, TEvent>(StreamOf<TState, TEvent> kind, Guid id)
        where TEvent : DomainEvent
    {
        if (streams.TryGetValue((id, kind.Alias), out var known))
            return (LoadedStream<TState, TEvent>)known;

        var isAnother = order.Exists(stream => stream.Id == id);
        var read = await store.ReadStreamAsync(Actor.Jurisdiction, id, cancellation: Cancellation);
        var loaded = new LoadedStream<TState, TEvent>(kind, id, read, isAnother);
        streams.Add((id, kind.Alias), loaded);
        order.Add(loaded);
        return loaded;
    }

    /// <summary>Takes a decision on a loaded stream: its facts are recorded when the command ends, its refusal ends it.</summary>
    /// <param name="stream">The stream the facts belong to.</param>
    /// <param name="decision">Facts, a refusal, or "already done".</param>
    /// <param name="about">Changes the circumstances of these facts.</param>
    /// <returns>Whether the command still stands: false once anything was refused.</returns>
    public bool Record<TState, TEvent>(
        LoadedStream<TState, TEvent> stream, Decision<TEvent> decision, Func<Circumstances, Circumstances>? about = null)
        where TEvent : DomainEvent
    {
        decision = decision.Against(stream.Facts, words.SameIn(Actor.Jurisdiction));
        Rejection ??= decision.Rejection;
        if (Rejection is null && decision.Events.Count > 0 && stream.BelongsElsewhere)
            Rejection = IdTaken(stream.Id);
        if (Rejection is not null)
            return false;

        var circumstances = about?.Invoke(Circumstances) ?? Circumstances;
        foreach (var fact in decision.Events)
            stream.Add(fact, circumstances);
        return true;
    }

    /// <returns>Whether what is on record says what a decision would have recorded; nothing is recorded or refused by asking.</returns>
    public bool IsTold<TState, TEvent>(LoadedStream<TState, TEvent> stream, Decision<TEvent> decision)
        where TEvent : DomainEvent => decision.Against(stream.Facts, words.SameIn(Actor.Jurisdiction)) is { Rejection: null, Events.Count: 0 };

    /// <summary>Refuses the command; the first refusal is the one answered.</summary>
    public void Refuse(Rejection rejection) => Rejection ??= rejection;

    /// <summary>
    /// Refuses the command and puts on record that it was: in one transaction with the guards of all that was loaded, and before the refusal is
    /// answered. A refusal that came earlier stays the one that is answered, and then nothing is recorded.
    /// </summary>
    /// <param name="stream">Where it is recorded.</param>
    /// <param name="rejection">What is answered.</param>
    /// <param name="onRecord">That it was refused; "already done" when that is on record.</param>
    /// <param name="about">Changes the circumstances of these facts.</param>
    /// <exception cref="InvalidOperationException">The command recorded something before: what is refused changes nothing else.</exception>
    public void RefuseOnRecord<TState, TEvent>(
        LoadedStream<TState, TEvent> stream, Rejection rejection, Decision<TEvent> onRecord, Func<Circumstances, Circumstances>? about = null)
        where TEvent : DomainEvent
    {
        if (IsRefused)
            return;
        if (HasFacts)
            throw new InvalidOperationException("A command that is refused records nothing but its refusal.");
        Record(stream, onRecord, about);
        IsRefusedOnRecord = HasFacts;
        Rejection ??= rejection;
    }

    /// <summary>Says what a broken uniqueness of an inline view means here.</summary>
    /// <param name="constraint">Name of the database constraint.</param>
    /// <param name="meaning">The refusal to answer.</param>
    public void OnDuplicate(string constraint, Rejection meaning) => duplicates[constraint] = meaning;

    internal Rejection MeaningOf(AppendResult.Duplicate duplicate) =>
        duplicates.GetValueOrDefault(duplicate.Constraint) ?? new Rejection(
            RejectionKind.Conflict, Http.ProblemCatalogue.Duplicate.Code, Http.ProblemCatalogue.Duplicate.Meaning);

    /// <summary>Labels everything that is to be recorded.</summary>
    /// <param name="label">By the source.</param>
    /// <param name="completing">By what a fact completes.</param>
    internal void Label(Func<Circumstances, Filing, Circumstances> label, Func<DomainEvent, Circumstances, Circumstances> completing) =>
        order.ForEach(stream => stream.About((fact, circumstances) => label(completing(fact, circumstances), Filing)));

    internal Append ToAppend(StoredAnswer? answer) => new(
        Actor.Jurisdiction, [.. order.DistinctBy(stream => stream.Id).Select(stream => stream.ToAppend())], new AppendMetadata(Actor.Id, TraceId), answer);

    private static Rejection IdTaken(Guid id) =>
        new(RejectionKind.Conflict, Http.ProblemCatalogue.IdTaken.Code, $"Another kind of record has the id {id}.");
}
