namespace CaseFlow.Domain.Touchpoints;

// Storage format: renaming a type or a member here breaks every touchpoint already recorded.

/// <summary>
/// Plain facts about a client that no rule can refuse: one stream per client and agency, one line each in the table of
/// reportable facts.
/// </summary>
public abstract record TouchpointEvent : DomainEvent, IClientEvent
{
    public required Guid ClientId { get; init; }

    Guid? IClientEvent.ClientId => ClientId;

    /// <summary>Free text, sealed.</summary>
    public Sealed<string>? Note { get; init; }
}

/// <summary>The agent and the client were in contact (Intercept 5).</summary>
public sealed record SupervisionContactReported(ContactMode Mode) : TouchpointEvent;

/// <param name="Minutes">Length, minutes; null when not noted.</param>
public sealed record ContactMade(ContactMode Mode, int? Minutes) : TouchpointEvent;

public sealed record OutreachAttempted(ContactMode Mode, AttemptOutcome Outcome) : TouchpointEvent;

public sealed record CallForServiceReceived(string CallType) : TouchpointEvent;

public sealed record NaloxoneProvided(int Doses) : TouchpointEvent;

public sealed record EdArrivalReported(string Facility) : TouchpointEvent;

public sealed record EdDischargeReported(string Facility) : TouchpointEvent;

public sealed record RecoveryCoachOffered : TouchpointEvent;

public sealed record RecoveryCoachAccepted : TouchpointEvent;

/// <summary>A decline never closes the door [Seed 2.8].</summary>
public sealed record RecoveryCoachDeclined : TouchpointEvent;

/// <param name="From">Who handed over.</param>
/// <param name="To">Who received.</param>
/// <param name="PresentTogether">Whether all three were in one place.</param>
public sealed record WarmHandoffPerformed(string From, string To, bool PresentTogether) : TouchpointEvent;

/// <param name="LevelOfCare">For example <c>detox</c>, <c>residential</c>.</param>
public sealed record AdmittedToPlacement(string LevelOfCare) : TouchpointEvent;

/// <param name="Need">For example <c>clothing</c>, <c>shelter</c>, <c>food</c>.</param>
public sealed record NeedMet(string Need) : TouchpointEvent;
