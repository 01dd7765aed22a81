namespace CaseFlow.Domain.Consents;

/// <summary>How the client's consent to one disclosure stands at a moment.</summary>
public enum ConsentStanding
{
    /// <summary>Nothing covers the disclosure.</summary>
    None,

    /// <summary>Granted, begun, neither over nor taken back.</summary>
    InForce,

    /// <summary>Asked to be taken back by word of mouth: nothing new is disclosed until the writing comes (R61); or an agreed restriction stands in its way.</summary>
    Held,

    /// <summary>Taken back in writing.</summary>
    Revoked,

    /// <summary>Over by its date or event.</summary>
    Expired,
}
