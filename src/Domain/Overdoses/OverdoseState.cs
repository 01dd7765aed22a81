using System.Diagnostics;

namespace CaseFlow.Domain.Overdoses;

/// <summary>What a decision about one overdose needs to know.</summary>
/// <param name="AsReported">The first report, as it was made: telling it again changes nothing, whatever became known since.</param>
/// <param name="OccurredAt">When it happened, as corrected.</param>
/// <param name="Corrected">The report was corrected.</param>
/// <param name="ConfirmedSince">Somebody confirmed it after the report, and nobody ruled it out since: who, and when, is on record.</param>
public sealed record OverdoseState(
    OverdoseReported? AsReported,
    Guid OverdoseId,
    Guid? ClientId,
    DateTimeOffset OccurredAt,
    OverdoseDetails? Details,
    bool Corrected,
    bool Confirmed,
    bool ConfirmedSince,
    bool RuledOut,
    bool FatalityConfirmed)
{
    public static readonly OverdoseState Initial = new(
        AsReported: null, default, ClientId: null, default, Details: null, Corrected: false, Confirmed: false, ConfirmedSince: false, RuledOut: false, FatalityConfirmed: false);

    public bool Reported => AsReported is not null;

    /// <summary>End of the local day on which it happened, as corrected; null where more than the day is known.</summary>
    public DateTimeOffset? OccurredUntil { get; init; }

    /// <summary>Somebody recognised the person after the report: who, and when, is on record.</summary>
    public bool Identified { get; init; }

    /// <summary>The person died, as reported or confirmed.</summary>
    public bool IsFatal => FatalityConfirmed || Details?.Fatality == Fatality.Fatal;

    public static OverdoseState Evolve(OverdoseState state, OverdoseEvent fact) => fact switch
    {
        OverdoseReported e => state with
        {
            AsReported = e,
            OverdoseId = e.OverdoseId,
            ClientId = e.ClientId,
            OccurredAt = e.OccurredAt,
            OccurredUntil = e.OccurredUntil,
            Details = e.Details,
            Confirmed = e.Details.Certainty == Certainty.Confirmed,
        },
        OverdosePersonIdentified e => state with { ClientId = e.ClientId, Identified = true },
        OverdoseConfirmed => state with { Confirmed = true, ConfirmedSince = true, RuledOut = false },
        OverdoseRuledOut => state with { RuledOut = true, Confirmed = false, ConfirmedSince = false },
        OverdoseFatalityConfirmed => state with { FatalityConfirmed = true },
        OverdoseReportCorrected e => state with
        {
            Details = e.Details,
            OccurredAt = e.CorrectedOccurredAt ?? state.OccurredAt,
            OccurredUntil = e.CorrectedOccurredAt is null ? state.OccurredUntil : e.OccurredUntil,
            Corrected = true,
            ConfirmedSince = state.ConfirmedSince && e.Details?.Certainty == state.Details?.Certainty,
            Confirmed = e.Details?.Certainty == state.Details?.Certainty ? state.Confirmed : e.Details?.Certainty == Certainty.Confirmed,
        },
        FamilyFollowUpScheduled => state,
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(OverdoseState)}."),
    };
}
