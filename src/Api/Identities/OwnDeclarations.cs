using CaseFlow.Domain;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Identities;

/// <summary>
/// Whose a declaration is that entries are on the wrong person: theirs who declared it, and of the supervisors of their agency, whose entries it names. What
/// watches over all records declares for nobody's agency.
/// </summary>
public static class OwnDeclarations
{
    /// <returns>Whether somebody may see a declaration as their own, and take it back where nobody else is concerned.</returns>
    public static bool Has(Actor actor, RecordedEvent declared) =>
        actor is { Role: Role.AgentSupervisor or Role.CoachSupervisor, Agency: { } own }
        && declared.Headers is Circumstances { Role: Role.AgentSupervisor or Role.CoachSupervisor } by && by.Agency == own;
}
