using CaseFlow.Api.Commands;
using CaseFlow.Domain;

namespace CaseFlow.Unit.Http.Toy;

public enum LampKind
{
    Warm,
    Cold,
}

/// <summary>A capability small enough to see the door through it.</summary>
public abstract record LampEvent : DomainEvent;

public sealed record LampPlaced(Guid LampId, string Name, LampKind Kind, int Watts) : LampEvent;

public sealed record LampLit(Guid LampId, int Brightness) : LampEvent;

public sealed record LampBroken(Guid LampId) : LampEvent;

public abstract record RackEvent : DomainEvent;

public sealed record RackFilled(Guid RackId) : RackEvent;

public sealed record LampState(bool Exists, int Watts, int? Brightness, bool Broken)
{
    public static readonly LampState Initial = new(false, 0, null, false);

    public static LampState Evolve(LampState state, LampEvent fact) => fact switch
    {
        LampPlaced placed => new(true, placed.Watts, null, false),
        LampLit lit => state with { Brightness = lit.Brightness },
        LampBroken => state with { Broken = true },
        _ => throw new InvalidOperationException($"{fact} has no place in a lamp."),
    };
}

public static class Lamps
{
    public static readonly StreamOf<LampState, LampEvent> Stream = new("lamp", LampState.Initial, LampState.Evolve);

    public static readonly StreamOf<int, RackEvent> Racks = new("rack", 0, (count, _) => count + 1);

    public static Decision<LampEvent> Place(Guid id, string name, LampKind kind, int watts, When when, LampState state, DateTimeOffset now) =>
        state.Exists ? Decision<LampEvent>.AlreadyDone
        : when.Check(now) is { } rejection ? rejection
        : new LampPlaced(id, name, kind, watts).At(when);

    public static Decision<LampEvent> Light(Guid id, int brightness, LampState state, DateTimeOffset now) => state switch
    {
        { Exists: false } => new Rejection(RejectionKind.NotFound, "lamp-not-found", "There is no such lamp."),
        _ when brightness == 66 => new Rejection(RejectionKind.Forbidden, "not-your-lamp", "Ask its owner."),
        _ when state.Brightness == brightness => Decision<LampEvent>.AlreadyDone,
        { Broken: true } => new Rejection(RejectionKind.Conflict, "lamp-broken", "It is broken."),
        _ when brightness > state.Watts => new Rejection(RejectionKind.Unprocessable, "too-bright", "More than it can.", "brightness"),
        _ => new LampLit(id, brightness).At(now),
    };

    public static Decision<LampEvent> Break(Guid id, LampState state, DateTimeOffset now) => state switch
    {
        { Exists: false } => new Rejection(RejectionKind.NotFound, "lamp-not-found", "There is no such lamp."),
        { Broken: true } => Decision<LampEvent>.AlreadyDone,
        _ => new LampBroken(id).At(now),
    };
}
