using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Erasure;

/// <summary>Somebody with the power to do so demands that the record be kept as it is.</summary>
/// <param name="ReferenceMark">Keyed fingerprint of the reference: the same hold told twice is recorded once.</param>
public sealed record PlaceLegalHold(
    Guid ClientId, ErasureAuthority Authority, string ReasonCode, Sealed<string> Reference, string ReferenceMark, When When)
{
    /// <summary>Follows from who demanded it under which number.</summary>
    public Guid HoldId => NamedId.Of(ClientId, $"hold/{Authority}/{ReferenceMark}");

    public static Decision<ErasureEvent> Decide(PlaceLegalHold command, ErasureState state, ErasurePolicy policy, DateTimeOffset now)
    {
        if (state.Holds.TryGetValue(command.HoldId, out var inForce))
        {
            return inForce
                ? Decision<ErasureEvent>.AlreadyDoneIf<LegalHoldPlaced>(fact => fact.HoldId == command.HoldId, (fact, _) => command.When.Says(fact, now) && fact.ReasonCode == command.ReasonCode, ErasureRejections.HoldPlacedDifferently())
                : ErasureRejections.HoldReleased();
        }

        if (state.IsErased)
            return ErasureRejections.AlreadyErased();
        if (!policy.HoldReasons.Contains(command.ReasonCode))
            return ErasureRejections.ReasonUnknown(command.ReasonCode);
        if (command.When.Check(now) is { } wrongTime)
            return wrongTime;
        return new LegalHoldPlaced(command.HoldId, command.Authority, command.ReasonCode, command.Reference)
        {
            ClientId = command.ClientId,
        }.At(command.When);
    }
}
