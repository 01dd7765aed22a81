using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Supervision;

namespace CaseFlow.Api.Access;

/// <summary>How far an actor reaches into a client's record; each includes the ones before it.</summary>
public enum ClientReach
{
    /// <summary>The client does not exist for them.</summary>
    None,

    /// <summary>Who the client is and how to reach them; no numbers of other systems.</summary>
    Contact,

    /// <summary>Everything the record holds.</summary>
    Whole,
}

public static class ClientReaches
{
    /// <summary>
    /// Those who supervise the client reach the whole record; while nobody does, the agency that opened it; the agency that
    /// the client was referred to reaches what it needs to make contact, and so does whoever coaches the client for a court.
    /// </summary>
    /// <param name="isHeld">Whether the client was referred to the actor's agency, or is coached by the actor or by somebody whom they lead.</param>
    public static ClientReach ReachOf(this Actor actor, ClientState client, SupervisionState supervision, bool isHeld) => actor switch
    {
        _ when !client.IsRegistered => ClientReach.None,
        { Role: Role.PrivacyOfficer } => ClientReach.Whole,
        _ when ClientRights.Supervises(actor, supervision) => ClientReach.Whole,
        { Agency: { } agency } when IsOpenedBy(agency, client, supervision) => ClientReach.Whole,
        _ when isHeld => ClientReach.Contact,
        _ => ClientReach.None,
    };

    /// <returns>Whether it is the agency that opened the record, while nobody supervises the client.</returns>
    public static bool IsOpenedBy(string agency, ClientState client, SupervisionState supervision) =>
        client.IsRegistered && supervision.Phase != SupervisionPhase.Supervised && agency == client.RegisteredByAgency;
}
