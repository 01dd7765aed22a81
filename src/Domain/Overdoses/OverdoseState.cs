using System.Diagnostics;

namespace CaseFlow.Domain.Overdoses;

/// <summary>What a decision about one overdose needs to know.</summary>
public sealed record OverdoseState(
    bool Reported, Guid OverdoseId, Guid? ClientId, OverdoseDetails? Details, bool Confirmed, bool RuledOut, bool FatalityConfirmed)
{
    public static readonly OverdoseState Initial = new(
        Reported: false, default, ClientId: null, Details: null, Confirmed: false, RuledOut: false, FatalityConfirmed: false);

    /// <summary>The person died, as reported or confirmed.</summary>
    public bool IsFatal => FatalityConfirmed || Details?.Fatality == Fatality.Fatal;

    public static OverdoseState Evolve(OverdoseState state, OverdoseEvent fact) => fact switch
    {
        OverdoseReported e => state with
        {
            Reported = true,
            OverdoseId = e.OverdoseId,
            ClientId = e.ClientId,
            Details = e.Details,
            Confirmed = e.Details.Certainty == Certainty.Confirmed,
        },
        OverdosePersonIdentified e => state with { ClientId = e.ClientId },
        OverdoseConfirmed => state with { Confirmed = true, RuledOut = false },
        OverdoseRuledOut => state with { RuledOut = true, Confirmed = false },
        OverdoseFatalityConfirmed => state with { FatalityConfirmed = true },
        OverdoseReportCorrected e => state with { Details = e.Details },
        FamilyFollowUpScheduled => state,
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(OverdoseState)}."),
    };
}
