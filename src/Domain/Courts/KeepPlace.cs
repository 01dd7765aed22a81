namespace CaseFlow.Domain.Courts;

/// <summary>
/// What was decided about a participation takes a place of the court, gives one back, or neither. Whoever is admitted and not ended holds one,
/// whatever it was that admitted or ended them.
/// </summary>
/// <param name="Court">The court's code.</param>
/// <param name="Before">The participation before what was decided.</param>
/// <param name="Decided">What was decided about it, in order.</param>
/// <param name="InForce">The configuration that it was decided under: its capacity counts.</param>
/// <param name="When">When that happened.</param>
public sealed record KeepPlace(
    string Court, Guid ParticipationId, ParticipationState Before, IReadOnlyList<ParticipationEvent> Decided, CourtInForce InForce, When When)
{
    private ParticipationStage After { get; } = Decided.Aggregate(Before, ParticipationState.Evolve).Stage;

    /// <summary>Whether the register is asked at all; most entries move nobody in or out.</summary>
    public bool Moves => Holds(Before.Stage) != Holds(After);

    /// <returns>Whether a participation at that stage holds a place.</returns>
    public static bool Holds(ParticipationStage stage) => stage == ParticipationStage.Admitted;

    /// <summary>
    /// An admission needs a free place: the domain reference knows of no admission above capacity. Nobody loses a place by a mistake: when an end is
    /// taken back, the participant was never out, so the place is theirs again even when somebody else came meanwhile; it is marked, and the court
    /// admits nobody until it is below its capacity. A lower capacity puts nobody out either.
    /// </summary>
    public static Decision<CourtPlaceEvent> Decide(KeepPlace command, PlaceState state)
    {
        if (!state.IsCounted)
            throw new InvalidOperationException($"The places of {command.Court} are not counted yet.");
        if (!command.Moves || state.Taken.Contains(command.ParticipationId) == Holds(command.After))
            return Decision<CourtPlaceEvent>.AlreadyDone;
        if (!Holds(command.After))
            return new CourtPlaceGivenBack(command.ParticipationId) { Court = command.Court }.At(command.When);

        var (capacity, taken) = (command.InForce.Configuration.Capacity, state.Taken.Count);
        var isFull = taken >= capacity;
        return isFull && command.Decided.Any(fact => fact is ParticipantAdmitted)
            ? ParticipationRejections.CourtFull(taken, capacity)
            : new CourtPlaceTaken(command.ParticipationId, command.InForce.Version, AboveCapacity: isFull) { Court = command.Court }.At(command.When);
    }
}

/// <summary>The register of a court's places begins with who holds one already.</summary>
/// <param name="Participations">Admitted and not ended, by their own streams.</param>
public sealed record CountPlaces(string Court, IReadOnlyCollection<Guid> Participations)
{
    public static Decision<CourtPlaceEvent> Decide(CountPlaces command, PlaceState state, DateTimeOffset now) => state.IsCounted
        ? Decision<CourtPlaceEvent>.AlreadyDone
        : new CourtPlacesCounted([.. command.Participations.Distinct().Order()]) { Court = command.Court }.At(now);
}
