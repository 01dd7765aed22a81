using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using FluentValidation;

namespace CaseFlow.Api.Coaching;

/// <param name="Program">The provider's programme that coaches; left out for none.</param>
public sealed record OfferRequest(string ProviderAgencyId, string? Program = null, WhenPart? When = null);

/// <param name="Words">The participant's own; stored sealed.</param>
/// <param name="ReofferOn">When they are asked again.</param>
public sealed record DeclineOfferRequest(string? Words = null, DateOnly? ReofferOn = null, WhenPart? When = null);

/// <param name="Program">The provider's programme that coaches; left out for none.</param>
public sealed record OrderRequest(string ProviderAgencyId, CoachingOrder Order, string? Program = null, WhenPart? When = null);

/// <param name="HandoverNote">What the coach must know of the time before; stored sealed. Needed where whoever ended that left no note (R24).</param>
/// <param name="When">Since when they coach; now when left out. Not before the day of the agreement or the order, nor before the day on which the last coach left.</param>
public sealed record AssignCoachRequest(string CoachId, string? HandoverNote = null, WhenPart? When = null);

/// <param name="HandoverNote">What the next coach must know; stored sealed. Without it nobody leaves (R24).</param>
/// <param name="When">When they left; now when left out.</param>
public sealed record UnassignRequest(CoachChangeReason Reason, string? HandoverNote, WhenPart? When = null);

/// <param name="HandoverNote">What the next coach must know; stored sealed (R24).</param>
/// <param name="When">When the one left and the other began; now when left out.</param>
public sealed record ReassignRequest(string CoachId, CoachChangeReason Reason, string? HandoverNote, WhenPart? When = null);

public sealed record EndCoachingRequest(CoachingEndReason Reason, WhenPart? When = null);

/// <param name="HandoverNote">What a next coach must know; stored sealed. Without it whoever assigns one says it (R24).</param>
public sealed record FinishCoachingRequest(CoachingEndReason Reason, string? HandoverNote = null, WhenPart? When = null);

/// <param name="Words">The client's own; stored sealed.</param>
public sealed record ContinueCoachingRequest(string? Words = null, WhenPart? When = null);

public sealed record ScheduleRequest(DateTimeOffset StartsAt, SessionKind Kind, ContactMode Mode);

public sealed record RescheduleRequest(DateTimeOffset StartsAt, SessionParty AskedBy);

/// <param name="PlanItems">Goals that were worked on.</param>
/// <param name="Content">Stored sealed; the court never sees it.</param>
public sealed record HeldRequest(
    SessionKind Kind, ContactMode Mode, int Minutes, IReadOnlyList<Guid>? PlanItems = null, string? Content = null, WhenPart? When = null);

/// <param name="Reason">Stored sealed; needed for an excuse.</param>
public sealed record MissedRequest(bool Excused, string? Reason = null);

/// <param name="Text">Stored sealed.</param>
public sealed record TextRequest(string Text, WhenPart? When = null);

/// <param name="Summary">Stored sealed.</param>
public sealed record PlanRequest(string Summary, DateOnly ReviewOn);

public sealed record SignRequest(SessionParty SignedBy, WhenPart? When = null);

/// <param name="Note">Stored sealed.</param>
public sealed record ReviewRequest(DateOnly NextReviewOn, string? Note = null);

/// <param name="Area">A code in kebab-case.</param>
/// <param name="Words">The client's own; stored sealed.</param>
public sealed record GoalRequest(string Area, string Words, DateOnly? TargetOn = null);

/// <param name="To"><c>open</c> for progress, with a note.</param>
/// <param name="Note">Stored sealed.</param>
public sealed record MoveGoalRequest(GoalPhase To, string? Note = null, WhenPart? When = null);

/// <param name="Instrument">Code, for example <c>barc-10</c>.</param>
/// <param name="Band">Code; where the instrument has bands here, it follows from the score.</param>
/// <param name="Answers">Where the licence lets them be kept; stored sealed.</param>
public sealed record AssessmentRequest(
    string Instrument, string InstrumentVersion, int Score, string? Band = null, IReadOnlyList<int>? Answers = null, WhenPart? When = null);

/// <param name="Reason">Stored sealed.</param>
public sealed record RetractCoachingRequest(string Reason);

/// <param name="Reason">Stored sealed.</param>
/// <param name="Minutes">Needed for a session that was attended, and left out for any other.</param>
/// <param name="When">When it was; left out where the time on record is right.</param>
/// <param name="CoachId">Who held it; left out where that is right, or where whoever coached at the stated time did.</param>
public sealed record CorrectSessionRequest(
    Attendance Attended, SessionKind Kind, string Reason, int? Minutes = null, WhenPart? When = null, string? CoachId = null);

/// <param name="Reason">Stored sealed.</param>
/// <param name="Band">Code; where the instrument has bands here, it follows from the score.</param>
/// <param name="Answers">Where the licence lets them be kept; stored sealed.</param>
public sealed record CorrectAssessmentRequest(int Score, string Reason, string? Band = null, IReadOnlyList<int>? Answers = null);

/// <summary>The shapes of what is told about coaching.</summary>
internal static class CoachingShapes
{
    public static IValidator<OfferRequest> Offer { get; } = Shape.Of<OfferRequest>(rules =>
    {
        rules.RuleFor(ask => ask.ProviderAgencyId).NotNull().MustBeSlug();
        rules.RuleFor(ask => ask.Program).MustBeSlug();
        rules.MayStateWhen(ask => ask.When);
    });

    public static IValidator<DeclineOfferRequest> Decline { get; } = Shape.Of<DeclineOfferRequest>(rules =>
    {
        rules.RuleFor(ask => ask.Words).MustBeText();
        rules.MayStateWhen(ask => ask.When);
    });

    public static IValidator<OrderRequest> Order { get; } = Shape.Of<OrderRequest>(rules =>
    {
        rules.RuleFor(ask => ask.ProviderAgencyId).NotNull().MustBeSlug();
        rules.RuleFor(ask => ask.Program).MustBeSlug();
        rules.RuleFor(ask => ask.Order).NotNull();
        rules.RuleFor(ask => ask.Order.From).InclusiveBetween(new DateOnly(1950, 1, 1), new DateOnly(2200, 1, 1)).When(ask => ask.Order is not null);
        rules.MayStateWhen(ask => ask.When);
    });

    public static IValidator<AssignCoachRequest> Assign { get; } = Shape.Of<AssignCoachRequest>(rules =>
    {
        rules.RuleFor(ask => ask.CoachId).NotNull().MustBeSlug();
        rules.RuleFor(ask => ask.HandoverNote).MustBeText();
        rules.MayStateWhen(ask => ask.When);
    });

    public static IValidator<UnassignRequest> Unassign { get; } = Shape.Of<UnassignRequest>(rules =>
    {
        rules.RuleFor(ask => ask.HandoverNote).MustBeText();
        rules.MayStateWhen(ask => ask.When);
    });

    public static IValidator<ReassignRequest> Reassign { get; } = Shape.Of<ReassignRequest>(rules =>
    {
        rules.RuleFor(ask => ask.CoachId).NotNull().MustBeSlug();
        rules.RuleFor(ask => ask.HandoverNote).MustBeText();
        rules.MayStateWhen(ask => ask.When);
    });

    public static IValidator<EndCoachingRequest> End { get; } = Shape.Of<EndCoachingRequest>(rules => rules.MayStateWhen(ask => ask.When));

    public static IValidator<FinishCoachingRequest> Finish { get; } = Shape.Of<FinishCoachingRequest>(rules =>
    {
        rules.RuleFor(ask => ask.HandoverNote).MustBeText();
        rules.MayStateWhen(ask => ask.When);
    });

    public static IValidator<ContinueCoachingRequest> Continue { get; } = Shape.Of<ContinueCoachingRequest>(rules =>
    {
        rules.RuleFor(ask => ask.Words).MustBeText();
        rules.MayStateWhen(ask => ask.When);
    });

    public static IValidator<ScheduleRequest> Schedule { get; } = Shape.Of<ScheduleRequest>(_ => { });

    public static IValidator<RescheduleRequest> Reschedule { get; } = Shape.Of<RescheduleRequest>(_ => { });

    public static IValidator<HeldRequest> Held { get; } = Shape.Of<HeldRequest>(rules =>
    {
        rules.RuleFor(ask => ask.Content).MustBeText();
        rules.MayStateWhen(ask => ask.When);
    });

    public static IValidator<MissedRequest> Missed { get; } = Shape.Of<MissedRequest>(rules => rules.RuleFor(ask => ask.Reason).MustBeText());

    public static IValidator<TextRequest> Text { get; } = Shape.Of<TextRequest>(rules =>
    {
        rules.RuleFor(ask => ask.Text).NotNull().MustBeText();
        rules.MayStateWhen(ask => ask.When);
    });

    public static IValidator<PlanRequest> Plan { get; } = Shape.Of<PlanRequest>(rules => rules.RuleFor(ask => ask.Summary).NotNull().MustBeText());

    public static IValidator<SignRequest> Sign { get; } = Shape.Of<SignRequest>(rules => rules.MayStateWhen(ask => ask.When));

    public static IValidator<ReviewRequest> Review { get; } = Shape.Of<ReviewRequest>(rules => rules.RuleFor(ask => ask.Note).MustBeText());

    public static IValidator<GoalRequest> Goal { get; } = Shape.Of<GoalRequest>(rules =>
    {
        rules.RuleFor(ask => ask.Area).NotNull().MustBeSlug();
        rules.RuleFor(ask => ask.Words).NotNull().MustBeText();
    });

    public static IValidator<MoveGoalRequest> MoveGoal { get; } = Shape.Of<MoveGoalRequest>(rules =>
    {
        rules.RuleFor(ask => ask.Note).MustBeText();
        rules.MayStateWhen(ask => ask.When);
    });

    public static IValidator<AssessmentRequest> Assessment { get; } = Shape.Of<AssessmentRequest>(rules =>
    {
        rules.RuleFor(ask => ask.Instrument).NotNull().MustBeSlug();
        rules.RuleFor(ask => ask.InstrumentVersion).NotNull().MustBeACode();
        rules.RuleFor(ask => ask.Band).MustBeSlug();
        rules.MayStateWhen(ask => ask.When);
    });

    public static IValidator<RetractCoachingRequest> Retract { get; } =
        Shape.Of<RetractCoachingRequest>(rules => rules.RuleFor(ask => ask.Reason).NotNull().MustBeText());

    public static IValidator<CorrectSessionRequest> CorrectSession { get; } = Shape.Of<CorrectSessionRequest>(rules =>
    {
        rules.RuleFor(ask => ask.Reason).NotNull().MustBeText();
        rules.RuleFor(ask => ask.CoachId).MustBeSlug();
        rules.MayStateWhen(ask => ask.When);
    });

    public static IValidator<CorrectAssessmentRequest> CorrectAssessment { get; } = Shape.Of<CorrectAssessmentRequest>(rules =>
    {
        rules.RuleFor(ask => ask.Reason).NotNull().MustBeText();
        rules.RuleFor(ask => ask.Band).MustBeSlug();
    });
}
