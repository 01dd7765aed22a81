using static CaseFlow.Domain.Role;

namespace CaseFlow.Domain.Touchpoints;

/// <summary>Every plain fact that may be reported about a client: its route, who reports it, where it belongs, what it says.</summary>
public static class ReportableFacts
{
    private static readonly Role[] Agents = [Agent, AgentSupervisor];
    private static readonly Role[] Peers = [Coach, CoachSupervisor, PeerSpecialist];
    private static readonly Role[] PeersAndCoordinator = [.. Peers, Coordinator];
    private static readonly Role[] PeersAndAgents = [.. Peers, .. Agents];
    private static readonly Role[] PeersAndSystems = [.. Peers, Service];

    /// <summary>In the order of the intercepts, then those that can happen anywhere.</summary>
    public static IReadOnlyList<ReportableFact> All { get; } =
    [
        Fact<EdArrivalReported>("ed-arrivals", PeersAndSystems, 0, e => $"Arrived at the emergency department: {e.Facility}.",
            e => FactRules.Code(e.Facility, "facility")),
        Fact<EdDischargeReported>("ed-discharges", PeersAndSystems, 0, e => $"Discharged from the emergency department: {e.Facility}.",
            e => FactRules.Code(e.Facility, "facility")),
        Fact<NaloxoneProvided>("naloxone", [.. PeersAndAgents, Dispatcher], 0, e => $"Given naloxone: {FactWords.Count(e.Doses, "dose")}.",
            e => FactRules.Amount(e.Doses, 1, 50, "doses")),
        Fact<CallForServiceReceived>("calls-for-service", [Dispatcher, Service], 1, e => $"Call for service: {e.CallType}.",
            e => FactRules.Code(e.CallType, "callType")),
        Fact<SupervisionContactReported>("supervision-contacts", Agents, 5, e => $"Agent and client were in contact {FactWords.Of(e.Mode)}."),

        Fact<ContactMade>("contacts", PeersAndCoordinator, null, e => $"Contact {FactWords.Of(e.Mode)}{FactWords.Length(e.Minutes)}.",
            e => e.Minutes is { } minutes ? FactRules.Amount(minutes, 1, 24 * 60, "minutes") : null),
        Fact<OutreachAttempted>("outreach-attempts", [.. PeersAndCoordinator, .. Agents], null,
            e => $"Tried to reach the client {FactWords.Of(e.Mode)}: {FactWords.Of(e.Outcome)}."),
        Fact<RecoveryCoachOffered>("coach-offers", PeersAndAgents, null, _ => "Offered a recovery coach."),
        Fact<RecoveryCoachAccepted>("coach-acceptances", PeersAndAgents, null, _ => "Accepted a recovery coach."),
        Fact<RecoveryCoachDeclined>("coach-declines", PeersAndAgents, null, _ => "Declined a recovery coach for now."),
        Fact<WarmHandoffPerformed>("warm-handoffs", [.. PeersAndCoordinator, .. Agents], null,
            e => $"Handed over from {e.From} to {e.To}, {(e.PresentTogether ? "all in one place" : "not in one place")}.",
            e => FactRules.Code(e.From, "from") ?? FactRules.Code(e.To, "to")),
        Fact<AdmittedToPlacement>("placement-admissions", [.. PeersAndCoordinator, Service], null, e => $"Admitted to {e.LevelOfCare} care.",
            e => FactRules.Code(e.LevelOfCare, "levelOfCare")),
        Fact<NeedMet>("needs-met", PeersAndCoordinator, null, e => $"Need met: {e.Need}.", e => FactRules.Code(e.Need, "need")),
    ];

    /// <returns>The line of the table about that event.</returns>
    public static ReportableFact Of(TouchpointEvent fact) => All.Single(line => line.EventType == fact.GetType());

    private static ReportableFact Fact<TEvent>(
        string route, IReadOnlyList<Role> roles, int? intercept, Func<TEvent, string> summary, Func<TEvent, Rejection?>? check = null)
        where TEvent : TouchpointEvent =>
        new(route, typeof(TEvent), roles, intercept, fact => summary((TEvent)fact), fact => check?.Invoke((TEvent)fact));
}

/// <summary>One line of the table.</summary>
/// <param name="Route">The last part of the route, kebab-case plural.</param>
/// <param name="EventType">What is recorded.</param>
/// <param name="Roles">Who may report it.</param>
/// <param name="Intercept">Sequential Intercept Model 0–5; null where it can happen anywhere.</param>
/// <param name="Summary">One line in plain language, without personal content.</param>
/// <param name="Check">What is wrong with the fact itself, or null.</param>
public sealed record ReportableFact(
    string Route,
    Type EventType,
    IReadOnlyList<Role> Roles,
    int? Intercept,
    Func<TouchpointEvent, string> Summary,
    Func<TouchpointEvent, Rejection?> Check);
