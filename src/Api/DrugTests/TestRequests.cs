using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.DrugTests;
using FluentValidation;

namespace CaseFlow.Api.DrugTests;

/// <param name="TestId">Chosen by the caller so that telling it twice records it once; made when left out.</param>
/// <param name="ForCause">The court has a reason; otherwise it is a test on a set day, for example at entry.</param>
/// <param name="Reason">Needed for cause; stored sealed.</param>
/// <param name="Day">Local day from which the participant may be told; not before the admission nor further ahead than the court orders, today when left out. The test counts by the day of the specimen.</param>
/// <param name="When">When it was ordered; now when left out. Nobody was told of it before.</param>
public sealed record OrderTestRequest(bool ForCause, string? Reason = null, DateOnly? Day = null, Guid? TestId = null, WhenPart? When = null);

public sealed record TestOrdered(Guid TestId);

/// <param name="Mode">How the participant was told.</param>
public sealed record NotifyRequest(Specimen Specimen, ContactMode Mode, WhenPart? When = null);

/// <param name="WitnessedBy">A code in kebab-case; left out for nobody, which is refused.</param>
/// <param name="CustodyNumber">Of the chain-of-custody form; stored sealed.</param>
public sealed record CollectRequest(Specimen Specimen, bool IdentityChecked, string? WitnessedBy, string CustodyNumber, WhenPart? When = null);

/// <param name="Words">Of the participant; stored sealed.</param>
public sealed record ParticipantsWordsRequest(string? Words = null, WhenPart? When = null);

/// <param name="Laboratory">Code of the laboratory or the device, in kebab-case.</param>
/// <param name="Substances">Codes of what was found; none, or left out, for a negative result.</param>
public sealed record ResultRequest(TestResult Result, string Laboratory, IReadOnlyList<string>? Substances = null, WhenPart? When = null)
{
    internal TestOutcome Outcome => new(Result, Substances ?? []);
}

/// <param name="CorrectedEventId">What was wrong, as the test's facts name it.</param>
/// <param name="Result">The right result, when a result was wrong.</param>
/// <param name="Reason">Stored sealed.</param>
/// <param name="Ordered">When it was ordered, where that was entered with another time.</param>
/// <param name="Reported">When the result, or the confirmation, was reported, where that was entered with another time; what was found is corrected apart.</param>
/// <param name="Notified">When the participant was told, where that was entered with another time: the window moves with it, and whether they came in time is judged anew.</param>
/// <param name="Collected">When the specimen was given, where that was entered with another time: whether that was in time is judged anew.</param>
public sealed record CorrectTestRequest(
    Guid CorrectedEventId, TestError Error, string Reason, TestResult? Result = null, IReadOnlyList<string>? Substances = null, WhenPart? When = null,
    WhenPart? Ordered = null, WhenPart? Reported = null, WhenPart? Notified = null, WhenPart? Collected = null)
{
    internal TestOutcome? Outcome => Result is { } result ? new TestOutcome(result, Substances ?? []) : null;
}

/// <param name="Reason">Stored sealed.</param>
public sealed record ExcuseTestRequest(string Reason, WhenPart? When = null);

public sealed record EndTestingRequest(TestingEndReason Reason);

public sealed record CloseTestRequest(TestClosure Reason, WhenPart? When = null);

/// <summary>The shapes of what is told about tests.</summary>
internal static class TestShapes
{
    public static IValidator<OrderTestRequest> Order { get; } = Shape.Of<OrderTestRequest>(rules =>
    {
        rules.RuleFor(ask => ask.Reason).MustBeText();
        rules.RuleFor(ask => ask.TestId).MustBeANewId();
        rules.MayStateWhen(ask => ask.When);
    });

    public static IValidator<NotifyRequest> Notify { get; } = Shape.Of<NotifyRequest>(rules => rules.MayStateWhen(ask => ask.When));

    public static IValidator<CollectRequest> Collect { get; } = Shape.Of<CollectRequest>(rules =>
    {
        rules.RuleFor(ask => ask.WitnessedBy).MustBeSlug();
        rules.RuleFor(ask => ask.CustodyNumber).NotNull().MustBeACode();
        rules.MayStateWhen(ask => ask.When);
    });

    public static IValidator<ParticipantsWordsRequest> Words { get; } = Shape.Of<ParticipantsWordsRequest>(rules =>
    {
        rules.RuleFor(ask => ask.Words).MustBeText();
        rules.MayStateWhen(ask => ask.When);
    });

    public static IValidator<ResultRequest> Result { get; } = Shape.Of<ResultRequest>(rules =>
    {
        rules.RuleFor(ask => ask.Laboratory).NotNull().MustBeSlug();
        rules.RuleForEach(ask => ask.Substances).NotNull().MustBeSlug();
        rules.MayStateWhen(ask => ask.When);
    });

    public static IValidator<CorrectTestRequest> Correct { get; } = Shape.Of<CorrectTestRequest>(rules =>
    {
        rules.RuleFor(ask => ask.CorrectedEventId).MustBeAnId();
        rules.RuleFor(ask => ask.Reason).NotNull().MustBeText();
        rules.RuleForEach(ask => ask.Substances).NotNull().MustBeSlug();
        rules.MayStateWhen(ask => ask.When);
        rules.MayStateWhen(ask => ask.Ordered);
        rules.MayStateWhen(ask => ask.Reported);
        rules.MayStateWhen(ask => ask.Notified);
        rules.MayStateWhen(ask => ask.Collected);
    });

    public static IValidator<ExcuseTestRequest> Excuse { get; } = Shape.Of<ExcuseTestRequest>(rules =>
    {
        rules.RuleFor(ask => ask.Reason).NotNull().MustBeText();
        rules.MayStateWhen(ask => ask.When);
    });

    public static IValidator<EndTestingRequest> End { get; } = Shape.Of<EndTestingRequest>(_ => { });

    public static IValidator<CloseTestRequest> Close { get; } = Shape.Of<CloseTestRequest>(rules => rules.MayStateWhen(ask => ask.When));
}
