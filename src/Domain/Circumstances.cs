namespace CaseFlow.Domain;

/// <summary>The circumstances of an event, stored in <c>mt_events.headers</c> (envelope-and-time). Never personal content.</summary>
public sealed record Circumstances
{
    public required string Actor { get; init; }

    public required Role Role { get; init; }

    public string? Agency { get; init; }

    public string? Office { get; init; }

    /// <summary>The agency whose record this entry belongs to, when it is not the actor's own: the receiver's acknowledgement
    /// completes the sender's record.</summary>
    public string? RecordOf { get; init; }

    /// <summary>On whose behalf it was recorded, for example the transport that a service stands for.</summary>
    public string? OnBehalfOf { get; init; }

    public Purpose Purpose { get; init; }

    /// <summary>Sequential Intercept Model 0–5; null for none.</summary>
    public int? Intercept { get; init; }

    /// <summary>Further intercepts it matters to.</summary>
    public IReadOnlyList<int> AlsoRelevantTo { get; init; } = [];

    /// <summary>The programme of the agency that it comes from; null for none.</summary>
    public string? Program { get; init; }

    /// <summary>What law it is under, by its source: codes of <see cref="Privacy.Labels"/>.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>It completes a private note of whoever recorded it, and nobody else's: it is a part of that note (<see cref="Privacy.PrivateNotes"/>). Null for everything else.</summary>
    public bool? OfOwnNote { get; init; }

    /// <summary>Legal basis or consent.</summary>
    public string? LegalBasis { get; init; }

    /// <summary>Policy version that a verdict was made under.</summary>
    public int? PolicyVersion { get; init; }

    public string? SourceSystem { get; init; }

    /// <summary>The source's own key, hashed when it could name a person.</summary>
    public string? SourceExternalId { get; init; }

    public string? Attestation { get; init; }

    /// <summary>W3C trace id.</summary>
    public string? TraceId { get; init; }

    /// <returns>The agency whose record this entry belongs to; null for nobody's.</returns>
    public string? Owner() => RecordOf ?? Agency;
}
