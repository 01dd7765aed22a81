namespace CaseFlow.Domain.Courts;

// Storage format: renaming a type or a member here breaks every participation already recorded.

/// <summary>
/// Who supervises the participant for the court, as the court has it; whoever was named last in time counts. It is the court's own entry: what a corrections agency
/// holds of its agents moves nothing here.
/// </summary>
/// <param name="OfficerId">Staff id of the agent.</param>
public sealed record SupervisionOfficerNamed(string OfficerId) : ParticipationEvent;
