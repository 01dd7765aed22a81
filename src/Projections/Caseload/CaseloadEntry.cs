using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Supervision;
using CaseFlow.Domain.Touchpoints;

namespace CaseFlow.Projections.Caseload;

/// <summary>One client on an agent's caseload: open duties, what is due next, the agent's own last contact.</summary>
/// <param name="OpenDuties">Open duties with their due times, by duty id.</param>
/// <param name="LastContacts">Last contact by agent, so that a new agent starts without one; only of the supervising agency, so
/// that nothing another agency does shows.</param>
public sealed record CaseloadEntry(
    Guid ClientId,
    string ClientCode,
    string? AgentId,
    string AgencyId,
    string OfficeId,
    SupervisionStatus Status,
    DateTimeOffset SupervisedSince,
    SortedDictionary<string, DateTimeOffset> OpenDuties,
    SortedDictionary<string, DateTimeOffset> LastContacts)
{
    /// <summary>The earliest due time among the open duties; null when there is none.</summary>
    public DateTimeOffset? NextDueAt => OpenDuties.Count == 0 ? null : OpenDuties.Values.Min();

    /// <summary>The present agent's own last contact.</summary>
    public DateTimeOffset? OwnLastContactAt =>
        AgentId is not null && LastContacts.TryGetValue(AgentId, out var at) ? at : null;

    /// <returns>The entry after the event; null for a client not under supervision.</returns>
    public static CaseloadEntry? Evolve(CaseloadEntry? entry, DomainEvent fact, Circumstances? circumstances) => (entry, fact) switch
    {
        (_, SupervisionStarted e) => new CaseloadEntry(
            e.ClientId, Domain.Clients.ClientCode.Of(e.ClientId), AgentId: null, e.AgencyId, e.OfficeId, e.Status, e.OccurredAt,
            new(StringComparer.Ordinal), entry?.LastContacts ?? new(StringComparer.Ordinal)),
        (null, _) => null,
        (_, SupervisionEnded) => null,
        (_, AgentAssigned e) => entry with { AgentId = e.AgentId, AgencyId = e.AgencyId, OfficeId = e.OfficeId },
        (_, AgentReassigned e) => entry with { AgentId = e.AgentId, AgencyId = e.AgencyId, OfficeId = e.OfficeId },
        (_, ReferralDutyTriggered e) => entry.WithDuty(e.DutyId, e.DueAt),
        (_, ReferralDutyDueMoved e) => entry.OpenDuties.ContainsKey(e.DutyId.ToString()) ? entry.WithDuty(e.DutyId, e.DueAt) : entry,
        (_, ReferralDutyDischarged e) => entry.WithDuty(e.DutyId, dueAt: null),
        (_, ReferralDutyImpossibilityRecorded e) => entry.WithDuty(e.DutyId, dueAt: null),
        (_, ReferralDutyReturned { ReopenedDueAt: { } dueAt } e) => entry.WithDuty(e.DutyId, dueAt),
        (_, ReferralDutyClosedUnsupervised e) => entry.WithDuty(e.DutyId, dueAt: null),
        (_, SupervisionContactReported e) when circumstances is { } by && by.Agency == entry.AgencyId => entry.WithContact(by.Actor, e.OccurredAt),
        (_, ContactMade e) when circumstances is { } by && by.Agency == entry.AgencyId => entry.WithContact(by.Actor, e.OccurredAt),
        _ => entry,
    };

    private CaseloadEntry WithDuty(Guid dutyId, DateTimeOffset? dueAt)
    {
        var duties = new SortedDictionary<string, DateTimeOffset>(OpenDuties, StringComparer.Ordinal);
        duties.Remove(dutyId.ToString());
        if (dueAt is { } due)
            duties.Add(dutyId.ToString(), due);
        return this with { OpenDuties = duties };
    }

    private CaseloadEntry WithContact(string actorId, DateTimeOffset at)
    {
        if (LastContacts.TryGetValue(actorId, out var last) && last >= at)
            return this;

        return this with { LastContacts = new(LastContacts, StringComparer.Ordinal) { [actorId] = at } };
    }
}
