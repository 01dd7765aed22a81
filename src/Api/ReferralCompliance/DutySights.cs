using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Referrals;
using CaseFlow.EventStore;
using CaseFlow.Projections.ReferralCompliance;

namespace CaseFlow.Api.ReferralCompliance;

/// <summary>
/// Duties without what corrected labels, or an order about a class, hide from somebody. The duty itself, where it stands and when it is due stay: no label discharges it (R1).
/// </summary>
public sealed class DutySights(IEventStore store, EntrySights sights)
{
    /// <summary>Of the duties of one answer, in one read where nothing was corrected.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="duties">The duties.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<DutySight> OfAsync(Actor actor, IReadOnlyList<DutyEntry> duties, CancellationToken cancellation)
    {
        var sightOf = await sights.OfAllAsync(actor, duties.Select(duty => duty.ClientId), cancellation);
        var hidden = new List<RecordedEvent>();
        var overdoses = new HashSet<Guid>();
        foreach (var ofClient in duties.GroupBy(duty => duty.ClientId).Where(one => sightOf(one.Key).HidesAny))
        {
            var sight = sightOf(ofClient.Key);
            overdoses.UnionWith(sight.Hidden.Select(entry => entry.OverdoseId).OfType<Guid>());
            if (sight.HidesAClass)
                overdoses.UnionWith(await OfClassAsync(actor.Jurisdiction, sight, [.. ofClient.SelectMany(duty => duty.Overdoses).Select(known => known.OverdoseId).Distinct()], cancellation));
            foreach (var stream in ofClient.Select(duty => duty.Referral?.ReferralId).OfType<Guid>().Append(StreamIds.ReferralDuty(ofClient.Key)).Distinct())
            {
                var facts = (await store.ReadStreamAsync(actor.Jurisdiction, stream, cancellation: cancellation)).Events;
                hidden.AddRange(facts.Except(facts.Shown(fact => !sight.Hides(fact))));
            }
        }

        return new DutySight(sightOf, overdoses, hidden);
    }

    private async Task<IEnumerable<Guid>> OfClassAsync(string jurisdiction, EntrySight sight, IReadOnlyList<Guid> overdoses, CancellationToken cancellation)
    {
        var reports = await store.ReadStreamsAsync(jurisdiction, overdoses, cancellation);
        return overdoses.Where(overdoseId => reports.GetValueOrDefault(overdoseId)?.Events is [var report, ..] && sight.ClassOf(report) is not null);
    }
}

/// <summary>What corrected labels hide of duties from somebody.</summary>
/// <param name="sightOf">By client.</param>
/// <param name="overdoses">Those whose report, or the agent's knowing of them, is hidden.</param>
/// <param name="hidden">Of the duties' own streams, and of the sender's side of their referrals.</param>
public sealed class DutySight(Func<Guid, EntrySight> sightOf, IReadOnlySet<Guid> overdoses, IReadOnlyList<RecordedEvent> hidden)
{
    /// <returns>Whether a fact behind a client's duty is hidden.</returns>
    public bool Hides(Guid clientId, RecordedEvent fact) => sightOf(clientId).Hides(fact);

    /// <returns>The item without what is hidden.</returns>
    public DutyItem Shown(DutyItem item)
    {
        if (!sightOf(item.ClientId).HidesAny)
            return item;
        var shown = item with { Overdoses = [.. item.Overdoses.Where(known => !overdoses.Contains(known.OverdoseId))] };
        return hidden.Select(recorded => recorded.Data).Aggregate(shown, Without);
    }

    private static DutyItem Without(DutyItem item, object fact) => fact switch
    {
        ReferralDutyTriggered e when e.DutyId == item.DutyId => item with { Overdoses = [.. item.Overdoses.Where(known => known.OverdoseId != e.OverdoseId)] },
        OverdoseMergedIntoDuty e when e.DutyId == item.DutyId => item with { Overdoses = [.. item.Overdoses.Where(known => known.OverdoseId != e.OverdoseId)] },
        OverdoseKnownToAgent e => item with { Overdoses = [.. item.Overdoses.Where(known => known.OverdoseId != e.OverdoseId)] },
        AgentKnowledgeCorrected e => item with
        {
            Overdoses = [.. item.Overdoses.Select(known => known.OverdoseId == e.OverdoseId ? known with { PreviousKnownAt = null } : known)],
        },
        ClientNotInterestedRecorded e when e.DutyId == item.DutyId => item with { NotInterested = null },
        ReferralDutyExemptionRecorded e when e.DutyId == item.DutyId => item with { Exemption = null },
        ReferralDutyImpossibilityRecorded e when e.DutyId == item.DutyId => item with { Impossibility = null },
        ReferralAttestationGiven e when e.DutyId == item.DutyId => item with { Attestation = null },
        AgentSupervisorVerified e when e.DutyId == item.DutyId => item with { Verification = null },
        ReferralDutyReturned e when e.DutyId == item.DutyId => item with { Return = null },
        ReferralDutyDischarged e when e.DutyId == item.DutyId => item with { MetInTime = null },
        ReferralDutyReassigned e when e.DutyId == item.DutyId => item with { PreviousAgentIds = [.. item.PreviousAgentIds.Where(agent => agent != e.PreviousAgentId)] },
        ReferralDutyDueMoved e when e.DutyId == item.DutyId => item with { Corrections = [] },
        ReferralDutyRejudged e when e.DutyId == item.DutyId => item with { Corrections = [] },
        ReferralCreated e when e.ReferralId == item.Referral?.ReferralId => item with { Referral = null, Engagement = DutyItem.Restricted },
        ReferralDeliveryConfirmed e when e.ReferralId == item.Referral?.ReferralId => item with { Referral = item.Referral with { Proof = null } },
        _ => item,
    };
}
