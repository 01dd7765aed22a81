using CaseFlow.Api.Erasures;
using CaseFlow.Api.Identities;
using CaseFlow.Domain;
using CaseFlow.Domain.Disclosures;

namespace CaseFlow.Api.Disclosures;

/// <summary>
/// Whether somebody has a client's record open in an emergency, now: every look at a record by somebody who helps asks this. The list of openings is written
/// with them, so a record is open from the next request on; who opened none that still lasts costs one question of few rows.
/// </summary>
public sealed class EmergencyAccesses(ClientMatters matters, Persons persons, SealedRecords seals, TimeProvider clock)
{
    /// <returns>
    /// The access in force; null for none, and for a record that an order hides from the actor: an emergency opens that to nobody. An emergency is the person's: any record of theirs that was opened opens all. Whoever cannot open in
    /// an emergency costs no read.
    /// </returns>
    public async Task<EmergencyAccessUsed?> InForceAsync(Actor actor, Guid clientId, CancellationToken cancellation)
    {
        if (actor is not { Purpose: Purpose.Care, Agency: { } agency } || !UseEmergencyAccess.Roles.Contains(actor.Role))
            return null;
        var opened = await matters.OpenedByAsync(actor.Jurisdiction, actor.Id, clock.GetUtcNow(), cancellation);
        if (opened.Count == 0)
            return null;
        if ((await seals.OfAllAsync(actor, [clientId], cancellation))(clientId).OfWholeRecord is not null)
            return null;
        var records = await persons.RecordsOfAsync(actor.Jurisdiction, clientId, cancellation);
        var openings = await matters.EmergenciesInAsync(actor.Jurisdiction, [.. opened.Where(one => records.Contains(one.ClientId))], cancellation);
        var at = clock.GetUtcNow();
        return records
            .SelectMany(record => openings.Reverse().Where(one => new EmergencyAccessState(one).InForce(record, actor.Id, agency, at) is not null))
            .FirstOrDefault()?.Used;
    }
}
