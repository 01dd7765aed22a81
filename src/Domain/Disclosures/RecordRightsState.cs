using System.Diagnostics;

namespace CaseFlow.Domain.Disclosures;

/// <summary>What a client asked once about the own record, and where that request stands.</summary>
/// <param name="Request">Null while there is none.</param>
public sealed record RecordRightsState(RightsRequest? Request)
{
    public static readonly RecordRightsState Initial = new(Request: null);

    public RightsRequest? Find(Guid requestId) => Request?.RequestId == requestId ? Request : null;

    /// <returns>The client's request of that kind, or null.</returns>
    public RightsRequest? Find(Guid requestId, Guid clientId, RightsKind kind) =>
        Find(requestId) is { } request && (request.ClientId, request.Kind) == (clientId, kind) ? request : null;

    /// <returns>Whether a fact is a request, which all others about it follow.</returns>
    public static bool Begins(RecordRightsEvent fact) => fact is AccountingRequested or RecordsRequestReceived or AmendmentRequested;

    public static RecordRightsState Evolve(RecordRightsState state, RecordRightsEvent fact) => fact switch
    {
        AccountingRequested e => new(new RightsRequest(e.RequestId, e.ClientId, RightsKind.Accounting, e.OccurredAt, e.DueAt, e.LookBack)),
        RecordsRequestReceived e => new(new RightsRequest(e.RequestId, e.ClientId, RightsKind.CopyOfRecord, e.OccurredAt, e.DueAt)),
        AmendmentRequested e => new(new RightsRequest(e.RequestId, e.ClientId, RightsKind.Amendment, e.OccurredAt, e.DueAt) { AgencyId = e.AgencyId, EntryEventId = e.EntryEventId }),
        AccountingProvided e => state.Answered(e, RightsOutcome.Provided),
        RecordsRequestFulfilled e => state.Answered(e, RightsOutcome.Provided),
        AmendmentAccepted e => state.Answered(e, RightsOutcome.Accepted),
        AmendmentDenied e => new RecordRightsState(state.Request! with { Beside = e.Beside, Ground = e.Ground }).Answered(e, RightsOutcome.Denied),
        DisagreementStated => new(state.Request! with { Disagrees = true }),
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(RecordRightsState)}."),
    };

    private RecordRightsState Answered(RecordRightsEvent fact, RightsOutcome outcome) =>
        new(Request! with { Outcome = outcome, AnsweredAt = fact.OccurredAt });
}

/// <param name="LookBack">Of an accounting; null for others.</param>
public sealed record RightsRequest(
    Guid RequestId, Guid ClientId, RightsKind Kind, DateTimeOffset AskedAt, DateTimeOffset DueAt, LookBack? LookBack = null)
{
    /// <summary>Whose record an amendment is about.</summary>
    public string? AgencyId { get; init; }

    /// <summary>Which entry an amendment is about, as the client named it; null for the record as a whole.</summary>
    public Guid? EntryEventId { get; init; }

    /// <summary>What a denied amendment was about, as it was found in the record.</summary>
    public AmendedRecord? Beside { get; init; }

    /// <summary>On what ground an amendment was denied.</summary>
    public AmendmentDenial? Ground { get; init; }

    /// <summary>Null while it is open.</summary>
    public RightsOutcome? Outcome { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>The client stated disagreement with a denial.</summary>
    public bool Disagrees { get; init; }

    /// <returns>Whether it was due by an instant and had no answer by then, or had it later than due.</returns>
    public bool IsLateAt(DateTimeOffset at) => DueAt < (AnsweredAt <= at ? AnsweredAt.Value : at);
}

public enum RightsKind
{
    Accounting,
    CopyOfRecord,
    Amendment,
}

public enum RightsOutcome
{
    Provided,
    Accepted,
    Denied,
}
