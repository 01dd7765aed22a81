using CaseFlow.Api.Http;
using CaseFlow.Domain.Replays;
using FluentValidation;

namespace CaseFlow.Api.Replays;

/// <summary>What is to be gone through, as it was held at one moment.</summary>
/// <param name="AgencyId">Whose record.</param>
/// <param name="From">Occurred then or later.</param>
/// <param name="Until">Occurred before then.</param>
/// <param name="ProgramId">Only what was filed under this programme of the agency.</param>
/// <param name="AsOf">What had occurred by then, with all that was recorded.</param>
/// <param name="AsRecorded">What the system held then; what it holds now when left out.</param>
/// <param name="AsRecordedPosition">What the system held at the position of an earlier answer; not together with asRecorded.</param>
/// <param name="SessionId">Chosen by the caller so that beginning it twice begins it once; made when left out.</param>
public sealed record StartReplayRequest(
    string AgencyId,
    DateTimeOffset From,
    DateTimeOffset Until,
    string? ProgramId = null,
    DateTimeOffset? AsOf = null,
    DateTimeOffset? AsRecorded = null,
    long? AsRecordedPosition = null,
    Guid? SessionId = null)
{
    public static readonly StartReplayRequest Example = new(
        "recovery-coaches", new DateTimeOffset(2025, 1, 1, 6, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 1, 1, 6, 0, 0, TimeSpan.Zero), "warm-line");
}

public sealed class StartReplayRequestValidator : AbstractValidator<StartReplayRequest>
{
    public StartReplayRequestValidator()
    {
        RuleFor(request => request.AgencyId).NotNull().MustBeSlug();
        RuleFor(request => request.ProgramId).MustBeSlug();
        RuleFor(request => request.AsRecordedPosition).GreaterThanOrEqualTo(0);
        RuleFor(request => request.AsRecordedPosition).Null().When(request => request.AsRecorded is not null).WithMessage("Not together with asRecorded.");
        RuleFor(request => request.SessionId).MustBeANewId();
    }
}

/// <summary>A replay that was begun.</summary>
/// <param name="SessionId">Every page names it.</param>
/// <param name="Position">The record of this log position is gone through.</param>
/// <param name="AsOf">What had occurred by then; null for all that was recorded.</param>
public sealed record StartedReplay(Guid SessionId, long Position, DateTimeOffset? AsOf)
{
    public static StartedReplay Example { get; } = new(Guid.Parse("0195d6c4-0000-7000-8000-00000000000a"), 4711, AsOf: null);
}

/// <summary>Who went through what, and when.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="AuditorId">A staff id.</param>
/// <param name="GrantId">The grant that permits it.</param>
/// <param name="GrantedPurpose">What the grant is for.</param>
/// <param name="Scope">What is gone through.</param>
/// <param name="Position">As it was held at this log position.</param>
/// <param name="AsOf">What had occurred by then; null for all that was recorded.</param>
/// <param name="AsRecorded">The instant that was asked for the position; null for none.</param>
/// <param name="StartedAt">When it was begun, UTC.</param>
/// <param name="CompletedAt">When it was ended, UTC; null when it was not.</param>
/// <param name="IsOpen">There are pages still: neither was it ended, nor is its grant.</param>
public sealed record ReplaySessionItem(
    Guid SessionId,
    string AuditorId,
    Guid GrantId,
    string? GrantedPurpose,
    ReplayScope Scope,
    long Position,
    DateTimeOffset? AsOf,
    DateTimeOffset? AsRecorded,
    DateTimeOffset StartedAt,
    DateTimeOffset? CompletedAt,
    bool IsOpen)
{
    public static ReplaySessionItem Example { get; } = new(
        StartedReplay.Example.SessionId, "auditor-1", Guid.Parse("0195d6c4-0000-7000-8000-000000000004"), "Yearly audit of the overdose duty",
        new ReplayScope("recovery-coaches", "warm-line", StartReplayRequest.Example.From, StartReplayRequest.Example.Until), 4711, AsOf: null, AsRecorded: null,
        new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero), CompletedAt: null, IsOpen: true);
}

/// <param name="Items">The last one begun first.</param>
public sealed record ReplaySessionsAnswer(IReadOnlyList<ReplaySessionItem> Items);
