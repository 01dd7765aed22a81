namespace CaseFlow.Domain;

/// <summary>Why a command was refused: an expected answer, not an error.</summary>
/// <param name="Kind">What sort of "no" it is; the door maps it to a status.</param>
/// <param name="Code">Stable kebab-case code, part of the public API, documented in <c>docs/problems.md</c>.</param>
/// <param name="Reason">For the person who asked; never personal content.</param>
/// <param name="Field">The member of the request at fault, camelCase, when there is one.</param>
public sealed record Rejection(RejectionKind Kind, string Code, string Reason, string? Field = null)
{
    /// <summary>Everything that is wrong, each with its field, where one answer names it all; empty otherwise.</summary>
    public IReadOnlyList<Rejection> Parts { get; init; } = [];

    public bool Equals(Rejection? other) => other is not null
        && (Kind, Code, Reason, Field) == (other.Kind, other.Code, other.Reason, other.Field)
        && Parts.SequenceEqual(other.Parts);

    public override int GetHashCode() => HashCode.Combine(Kind, Code, Reason, Field, Parts.Count);
}

public enum RejectionKind
{
    /// <summary>What is asked about does not exist for this asker (404).</summary>
    NotFound,

    /// <summary>This person may not do it (403).</summary>
    Forbidden,

    /// <summary>The state of the record forbids it (409).</summary>
    Conflict,

    /// <summary>The request contradicts itself or a rule whatever the state (422).</summary>
    Unprocessable,
}

/// <summary>The answer to a command: the facts to record (none if nothing is left to do), or a rejection.</summary>
public readonly record struct Decision<TEvent>
    where TEvent : DomainEvent
{
    private readonly IReadOnlyList<TEvent>? events;
    private readonly Func<IEnumerable<DomainEvent>, SameWords, bool>? saysIt;
    private readonly Rejection? otherwise;

    private Decision(IReadOnlyList<TEvent> events, Rejection? rejection) =>
        (this.events, Rejection) = (events, rejection);

    private Decision(Func<IEnumerable<DomainEvent>, SameWords, bool> saysIt, Rejection otherwise)
        : this([], null) => (this.saysIt, this.otherwise) = (saysIt, otherwise);

    /// <summary>Facts to record, in order; empty when the work was done before.</summary>
    public IReadOnlyList<TEvent> Events => events ?? [];

    public Rejection? Rejection { get; }

    private Func<IEnumerable<DomainEvent>, SameWords, bool>? ToldBefore { get; init; }

    /// <summary>The work was done before: success, and nothing to record.</summary>
    public static Decision<TEvent> AlreadyDone => new([], null);

    /// <summary>
    /// The work was done before, if what stands says what the command says; else it would be lost behind a success, and is refused. What stands is the last fact
    /// of its kind: what was said before it was undone or begun anew, or by others, is over.
    /// Words are compared by whoever has the keys, so this is settled <see cref="Against"/> the stream.
    /// </summary>
    /// <param name="about">Which facts speak of the same: the item that the command names, the provider whose act it is.</param>
    /// <param name="says">
    /// Whether the last of them says what the command says: its words and values, and when it happened (<see cref="When.Says"/>), not who told it or when.
    /// </param>
    /// <param name="otherwise">The refusal when it does not; that it is recorded differently, unless said.</param>
    public static Decision<TEvent> AlreadyDoneIf<TFact>(Func<TFact, bool> about, Func<TFact, SameWords, bool> says, Rejection? otherwise = null)
        where TFact : TEvent => new((facts, same) => Says(facts, about, says, same), otherwise ?? RepeatRejections.RecordedDifferently());

    /// <summary>The same where all facts of the kind in a stream speak of the same.</summary>
    /// <param name="says">As above.</param>
    /// <param name="otherwise">As above.</param>
    public static Decision<TEvent> AlreadyDoneIf<TFact>(Func<TFact, SameWords, bool> says, Rejection? otherwise = null)
        where TFact : TEvent => AlreadyDoneIf(_ => true, says, otherwise);

    /// <summary>Done before only if the last fact of another kind says the rest of what the command says, too.</summary>
    /// <param name="about">As in <c>AlreadyDoneIf</c>, which comes first.</param>
    /// <param name="says">As there.</param>
    public Decision<TEvent> And<TFact>(Func<TFact, bool> about, Func<TFact, SameWords, bool> says)
        where TFact : TEvent
    {
        var first = Compared();
        return new((facts, same) => first(facts, same) && Says(facts, about, says, same), otherwise!);
    }

    /// <summary>Done before also if the last fact of another kind says what the command says: both stand.</summary>
    /// <param name="about">As in <c>AlreadyDoneIf</c>, which comes first.</param>
    /// <param name="says">As there.</param>
    public Decision<TEvent> Or<TFact>(Func<TFact, bool> about, Func<TFact, SameWords, bool> says)
        where TFact : TEvent
    {
        var first = Compared();
        return new((facts, same) => first(facts, same) || Says(facts, about, says, same), otherwise!);
    }

    /// <summary>
    /// Told twice it is one: where any fact on record says exactly this it is done, whatever was recorded since, and what was put right meanwhile stays right. Where no
    /// time is stated, what can be recorded is said anew, for it may be so again; what would be refused was said before.
    /// </summary>
    /// <param name="when">When it happened.</param>
    /// <param name="now">The moment of asking.</param>
    /// <param name="says">Whether a recorded fact says what the command says, but for the time.</param>
    public Decision<TEvent> UnlessTold<TFact>(When when, DateTimeOffset now, Func<TFact, SameWords, bool> says)
        where TFact : TEvent
    {
        var (refused, stated) = (Rejection is not null, when != When.At(now));
        return this with { ToldBefore = (facts, same) => (refused || stated) && facts.OfType<TFact>().Any(fact => when.Says(fact, now) && says(fact, same)) };
    }

    /// <summary>Recorded, unless what stands says it already: whether it does, only whoever has the keys can tell. What stands is the last fact of its kind, as in <c>AlreadyDoneIf</c>.</summary>
    /// <param name="about">As there.</param>
    /// <param name="says">As there.</param>
    public Decision<TEvent> UnlessItStands<TFact>(Func<TFact, bool> about, Func<TFact, SameWords, bool> says)
        where TFact : TEvent => this with { ToldBefore = (facts, same) => Says(facts, about, says, same) };

    /// <returns>This decision, once it is settled whether what was done before is what was asked now.</returns>
    public Decision<TEvent> Against(IEnumerable<DomainEvent> recorded, SameWords same)
    {
        if (ToldBefore is { } told && told(recorded, same))
            return AlreadyDone;
        if (saysIt is not { } says)
            return this;
        return says(recorded, same) ? AlreadyDone : otherwise!;
    }

    private static bool Says<TFact>(IEnumerable<DomainEvent> facts, Func<TFact, bool> about, Func<TFact, SameWords, bool> says, SameWords same)
        where TFact : TEvent => facts.OfType<TFact>().LastOrDefault(about) is { } last && says(last, same);

    private Func<IEnumerable<DomainEvent>, SameWords, bool> Compared() =>
        saysIt ?? throw new InvalidOperationException("Nothing is compared with what is on record.");

    public static implicit operator Decision<TEvent>(TEvent fact) => new([fact], null);

    public static implicit operator Decision<TEvent>(TEvent[] facts) => new(facts, null);

    public static implicit operator Decision<TEvent>(List<TEvent> facts) => new(facts, null);

    public static implicit operator Decision<TEvent>(Rejection rejection) => new([], rejection);
}
