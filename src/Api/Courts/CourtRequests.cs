using System.Linq.Expressions;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using FluentValidation;

namespace CaseFlow.Api.Courts;

/// <summary>What everything that is recorded in a court states.</summary>
public abstract record CourtRequest
{
    /// <summary>Which of the court's two files it goes to; never left out (R39).</summary>
    public CourtFile? File { get; init; }

    /// <summary>A new id for the entry; made when left out. The same id again is the same entry.</summary>
    public Guid? EntryId { get; init; }

    /// <summary>Staff ids of who decided it; a judge who records decides when left out.</summary>
    public IReadOnlyList<string>? DecidedBy { get; init; }

    /// <summary>Reason, terms or note in somebody's own words, stored sealed.</summary>
    public string? Words { get; init; }

    /// <summary>When it happened; now when left out.</summary>
    public WhenPart? When { get; init; }
}

/// <summary>The shape every request has; what may be recorded when is judged by <see cref="CourtFacts"/>.</summary>
public sealed class CourtRequestValidator<TRequest> : AbstractValidator<TRequest>
    where TRequest : CourtRequest
{
    private const int MostNames = 50;

    /// <param name="codes">Members that are codes in kebab-case.</param>
    /// <param name="texts">Members that are somebody's words.</param>
    /// <param name="more">Further rules.</param>
    public CourtRequestValidator(
        IEnumerable<Expression<Func<TRequest, string?>>> codes, IEnumerable<Expression<Func<TRequest, string?>>> texts, Action<CourtRequestValidator<TRequest>>? more = null)
    {
        RuleFor(request => request.File).NotNull();
        RuleFor(request => request.EntryId).MustBeANewId();
        RuleFor(request => request.DecidedBy).Must(names => names is null || names.Count <= MostNames).WithErrorCode("too-many").WithMessage($"At most {MostNames}.");
        RuleForEach(request => request.DecidedBy).NotNull().MustBeSlug();
        // Blank words are none: where there must be some, the refusal names what is missing.
        When(request => !string.IsNullOrWhiteSpace(request.Words), () => RuleFor(request => request.Words).MustBeText());
        foreach (var code in codes)
            RuleFor(code).MustBeSlug();
        foreach (var text in texts)
            RuleFor(text).MustBeText();
        this.MayStateWhen(request => request.When);
        more?.Invoke(this);
    }
}

/// <param name="KnownBy">A number of the client that names one person, for a client whom the court's agency does not reach otherwise.</param>
/// <param name="CaseNumber">Stored sealed.</param>
public sealed record ReferralRequest(Guid ClientId, CourtReferralSource Source, IdentifierRequest? KnownBy = null, string? CaseNumber = null) : CourtRequest;

public sealed record ScreeningRequest(
    ScreeningKind Kind,
    ScreeningResult Result,
    string? Instrument = null,
    string? InstrumentVersion = null,
    int? Score = null,
    string? Band = null,
    RiskNeedLevel? Risk = null,
    RiskNeedLevel? Need = null) : CourtRequest;

public sealed record EligibilityRequest(bool Accepted, string ReasonCode) : CourtRequest;

/// <param name="ReasonCode">One of the court's codes.</param>
public sealed record ReasonCodeRequest(string ReasonCode) : CourtRequest;

/// <param name="Document">Number of the judgment or contract, stored sealed.</param>
/// <param name="OverrideReason">The legal reason to admit while consents are missing; the words say more.</param>
public sealed record AdmitRequest(
    LegalBasis Basis,
    string Document,
    DateOnly DocumentSignedOn,
    CompletionEffect OnCompletion,
    DateOnly? BasisEndsOn = null,
    string? OverrideReason = null) : CourtRequest;

/// <param name="OfficerId">Staff id of the agent who supervises the participant.</param>
public sealed record OfficerRequest(string OfficerId) : CourtRequest;

public sealed record PhaseRequest(string Phase) : CourtRequest;

public sealed record ObjectiveRequest(string Phase, string Objective) : CourtRequest;

/// <param name="StaffingId">The staffing in which it was decided; everybody who decided was there.</param>
public sealed record WaiveRequest(string Phase, string Objective, Guid? StaffingId = null) : CourtRequest;

/// <param name="SobrietyDays">Consecutive days as the team counts them, where the phase asks for them.</param>
/// <param name="StaffingId">The staffing in which it was decided; everybody who decided was there.</param>
public sealed record AdvanceRequest(string ToPhase, int? SobrietyDays = null, Guid? StaffingId = null) : CourtRequest;

/// <param name="RemedialPlan">Stored sealed.</param>
/// <param name="MadeWithParticipant">A plan made without the participant is refused.</param>
/// <param name="StaffingId">The staffing in which it was decided; everybody who decided was there.</param>
public sealed record ReturnRequest(string ToPhase, string RemedialPlan, bool MadeWithParticipant, Guid? StaffingId = null) : CourtRequest;

public sealed record HearingRequest(HearingKind Kind, DateTimeOffset ScheduledAt, string? Courtroom = null) : CourtRequest;

public sealed record HearingHeldRequest(HearingPresence Presence) : CourtRequest;

public sealed record UnscheduledHearingRequest(HearingKind Kind, HearingPresence Presence) : CourtRequest;

public sealed record HearingContinuedRequest(DateTimeOffset ScheduledAt, string ReasonCode) : CourtRequest;

public sealed record HearingMissedRequest(bool Excused = false) : CourtRequest;

/// <param name="Attendees">Staff ids.</param>
public sealed record StaffingRequest(IReadOnlyList<string> Attendees, Guid? HearingId = null) : CourtRequest;

public sealed record JudicialActionRequest(string Action, Guid? HearingId = null) : CourtRequest;

public sealed record ConditionRequest(string Kind, DateOnly? DueOn = null) : CourtRequest;

/// <param name="DueOn">The date from now on, the old one again where it stays; left out for a condition that has none any more.</param>
public sealed record ConditionAmendRequest(DateOnly? DueOn = null) : CourtRequest;

/// <summary>Nothing to say but that it is so.</summary>
public sealed record PlainRequest : CourtRequest;

public sealed record IncentiveRequest(string Incentive, string Behaviour) : CourtRequest;

/// <param name="DueProcessReference">Where it is written how the participant was heard, stored sealed.</param>
/// <param name="HearingId">The hearing held about it.</param>
public sealed record SanctionRequest(
    string Sanction, string Behaviour, DueProcess DueProcess, string DueProcessReference, Guid? HearingId = null) : CourtRequest;

public sealed record AdjustmentRequest(string Adjustment, string TreatmentAgencyId, string? Behaviour = null) : CourtRequest;

/// <param name="DueProcessReference">Where it is written how the participant was heard, stored sealed.</param>
/// <param name="HearingId">The hearing held about it.</param>
public sealed record JailRequest(
    int Days, string Behaviour, DateOnly StartsOn, DueProcess DueProcess, string DueProcessReference, Guid? HearingId = null) : CourtRequest;

public sealed record DaysRequest(int Days) : CourtRequest;

public sealed record AmountOrderRequest(long AmountCents, DateOnly? DueOn = null) : CourtRequest;

public sealed record FeeRequest(string Kind, long AmountCents, DateOnly? DueOn = null) : CourtRequest;

public sealed record AmountRequest(long AmountCents) : CourtRequest;

public sealed record HoursOrderRequest(int Hours, DateOnly? DueOn = null) : CourtRequest;

public sealed record HoursRequest(int Hours) : CourtRequest;

/// <param name="ReasonCode">One of the court's codes.</param>
/// <param name="StaffingId">The staffing in which it was decided to propose it; everybody who decided was there.</param>
public sealed record TerminationRequest(string ReasonCode, Guid? StaffingId = null) : CourtRequest;

/// <param name="CounselWaived">The participant did without counsel; the words say how. Nobody's participation is ended at a hearing with neither.</param>
public sealed record TerminationHearingRequest(
    bool CounselPresent, TerminationImpartiality Impartiality, TerminationOutcome Outcome, bool CounselWaived = false) : CourtRequest;

/// <param name="OnwardReferralId">Where the participant was referred to; without one the end is flagged (R25).</param>
public sealed record EndRequest(string ReasonCode, Guid? OnwardReferralId = null) : CourtRequest;

public sealed record CloseRequest(ParticipationClosure Reason) : CourtRequest;

/// <param name="SobrietyDays">Consecutive days as the team counts them, where the court asks for them.</param>
/// <param name="OnwardReferralId">Where the participant was referred to; without one the end is flagged (R25).</param>
public sealed record GraduateRequest(int? SobrietyDays = null, Guid? OnwardReferralId = null) : CourtRequest;

public sealed record AftercareRequest(ContactMode Mode, bool Reached) : CourtRequest;

/// <param name="ReplacedBy">The entry that says it right; left out when it never happened.</param>
public sealed record RetractRequest(Guid? ReplacedBy = null) : CourtRequest;
