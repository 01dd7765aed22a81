using CaseFlow.Domain.Privacy;

namespace CaseFlow.Domain.Profile;

/// <summary>Victim services begin to support the client as a victim or witness; the label of their records keeps it with them.</summary>
/// <param name="Capacity">The capacity as it is stored.</param>
public sealed record OpenVictimWitnessRecord(Guid ClientId, string Capacity, Sealed<string>? Words, When When)
{
    /// <param name="command">What is asked.</param>
    /// <param name="state">The agency's profile of the client.</param>
    /// <param name="labels">What law the record is under, by the agency or programme that it is of.</param>
    /// <param name="now">The moment of recording.</param>
    public static Decision<ProfileEvent> Decide(OpenVictimWitnessRecord command, ProfileState state, IReadOnlyCollection<Label> labels, DateTimeOffset now)
    {
        if (!labels.Contains(Label.Victim))
            return ProfileRejections.NotVictimServices();
        if (state.SupportsVictim)
            return Decision<ProfileEvent>.AlreadyDoneIf<VictimWitnessSupportRecordOpened>((fact, same) => command.When.Says(fact, now) && same(Sealed<string>.Of(command.Capacity), fact.Capacity) && same(command.Words, fact.Words));

        return command.When.Check(now) is { } rejection
            ? rejection
            : new VictimWitnessSupportRecordOpened(Sealed<string>.Of(command.Capacity), command.Words) { ClientId = command.ClientId }.At(command.When);
    }
}
