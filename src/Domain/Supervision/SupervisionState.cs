using System.Diagnostics;

namespace CaseFlow.Domain.Supervision;

/// <summary>Whether a client is under supervision, where and with whom.</summary>
/// <param name="Status">On what grounds, while under supervision.</param>
/// <param name="AgentId">Null until an agent is assigned.</param>
/// <param name="EndedAt">End of the last supervision; null when there was none before.</param>
public sealed record SupervisionState(
    SupervisionPhase Phase,
    SupervisionStatus? Status,
    string? AgencyId,
    string? OfficeId,
    string? AgentId,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt)
{
    public static readonly SupervisionState Initial = new(
        SupervisionPhase.NeverSupervised, Status: null, AgencyId: null, OfficeId: null, AgentId: null, StartedAt: null, EndedAt: null);

    public static SupervisionState Evolve(SupervisionState state, SupervisionEvent fact) => fact switch
    {
        SupervisionStarted e => new(
            SupervisionPhase.Supervised, e.Status, e.AgencyId, e.OfficeId, AgentId: null, e.OccurredAt, state.EndedAt),
        AgentAssigned e => state with { AgentId = e.AgentId, OfficeId = e.OfficeId },
        AgentReassigned e => state with { AgentId = e.AgentId, OfficeId = e.OfficeId },
        SupervisionEnded e => Initial with { Phase = SupervisionPhase.Ended, EndedAt = e.OccurredAt },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(SupervisionState)}."),
    };
}

public enum SupervisionPhase
{
    NeverSupervised,
    Supervised,
    Ended,
}
