using CaseFlow.Api.Http;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Profile;
using FluentValidation;

namespace CaseFlow.Api.Profile;

/// <summary>Something about a client's person, as a request states it.</summary>
public interface IProfileRequest
{
    /// <summary>When it happened or was told; now when left out.</summary>
    WhenPart? When { get; }

    /// <summary>Where it goes in the own agency; nothing special when left out.</summary>
    FiledIn? FiledIn { get; }
}

/// <param name="Program">The own agency's programme that it comes from.</param>
/// <param name="File">In a court: the open or the confidential file; confidential unless said.</param>
public sealed record FiledIn(string? Program = null, CourtFile? File = null);

/// <summary>The shape that every such request has; codes are judged by the policy.</summary>
public abstract class ProfileRequestValidator<TRequest> : AbstractValidator<TRequest>
    where TRequest : IProfileRequest
{
    protected ProfileRequestValidator()
    {
        RuleFor(request => request.FiledIn!.Program).MustBeSlug().When(request => request.FiledIn is not null);
        this.MayStateWhen(request => request.When);
    }
}

/// <param name="Field">The question, a code of the policy.</param>
/// <param name="Codes">Of the policy's list; <c>declined-to-answer</c> and <c>self-described</c> are always answers.</param>
/// <param name="SelfDescribed">In the client's own words.</param>
public sealed record AnswerPart(string Field, IReadOnlyList<string> Codes, string? SelfDescribed = null);

public sealed class AnswerPartValidator : AbstractValidator<AnswerPart>
{
    private const int MostCodes = 20;

    public AnswerPartValidator()
    {
        RuleFor(answer => answer.Field).NotNull().MustBeSlug();
        RuleFor(answer => answer.Codes).NotNull()
            .Must(codes => codes is null || codes.Count <= MostCodes).WithErrorCode("too-many").WithMessage($"At most {MostCodes}.");
        RuleForEach(answer => answer.Codes).NotNull().MustBeSlug();
        RuleFor(answer => answer.SelfDescribed).MustBeLine();
    }
}

/// <param name="Answers">Each question once; what was not asked is left out.</param>
public sealed record DemographicsRequest(IReadOnlyList<AnswerPart> Answers, WhenPart? When = null, FiledIn? FiledIn = null) : IProfileRequest
{
    public static readonly DemographicsRequest Example = new(
        [new("race", ["asian", "white"]), new("gender", [Demographics.SelfDescribed], "Agender"), new("veteran", [Demographics.Declined])]);
}

public sealed class DemographicsRequestValidator : ProfileRequestValidator<DemographicsRequest>
{
    private const int MostAnswers = 50;

    public DemographicsRequestValidator()
    {
        RuleFor(request => request.Answers).NotNull()
            .Must(list => list is null || list.Count is > 0 and <= MostAnswers).WithErrorCode("count").WithMessage($"1 to {MostAnswers}.");
        RuleForEach(request => request.Answers).SetValidator(new AnswerPartValidator());
    }
}

/// <param name="Answer">What it should have said.</param>
/// <param name="Reason">Stored sealed.</param>
public sealed record CorrectDemographicsRequest(AnswerPart Answer, string Reason, WhenPart? When = null, FiledIn? FiledIn = null) : IProfileRequest
{
    public static readonly CorrectDemographicsRequest Example = new(new("veteran", ["yes"]), "Misheard on the phone.");
}

public sealed class CorrectDemographicsRequestValidator : ProfileRequestValidator<CorrectDemographicsRequest>
{
    public CorrectDemographicsRequestValidator()
    {
        RuleFor(request => request.Answer).NotNull().SetValidator(new AnswerPartValidator());
        RuleFor(request => request.Reason).NotNull().MustBeText();
    }
}

/// <param name="Kind">A code of the policy.</param>
/// <param name="Place">An address, or words by which it is found; stored sealed.</param>
/// <param name="Until">The last day there; may lie ahead.</param>
/// <param name="Visits">Whether it is safe to come there; not known unless said.</param>
/// <param name="SafeToWrite">Only when the client said so.</param>
public sealed record PlaceRequest(
    string Kind,
    string Place,
    DateOnly? From = null,
    DateOnly? Until = null,
    VisitSafety Visits = VisitSafety.NotKnown,
    bool SafeToWrite = false,
    WhenPart? When = null,
    FiledIn? FiledIn = null) : IProfileRequest
{
    public static readonly PlaceRequest Example = new("outdoors", "Under the bridge by the boathouse, north side", new DateOnly(2026, 2, 1), Visits: VisitSafety.Safe);
}

public sealed class PlaceRequestValidator : ProfileRequestValidator<PlaceRequest>
{
    public PlaceRequestValidator()
    {
        RuleFor(request => request.Kind).NotNull().MustBeSlug();
        RuleFor(request => request.Place).NotNull().MustBeText(500);
        RuleFor(request => request.Visits).IsInEnum();
    }
}

/// <param name="On">The last day there.</param>
/// <param name="Reason">Stored sealed.</param>
public sealed record EndPlaceRequest(DateOnly On, string? Reason = null, WhenPart? When = null, FiledIn? FiledIn = null) : IProfileRequest
{
    public static readonly EndPlaceRequest Example = new(new DateOnly(2026, 3, 1), "The camp was cleared.");
}

public sealed class EndPlaceRequestValidator : ProfileRequestValidator<EndPlaceRequest>
{
    public EndPlaceRequestValidator() => RuleFor(request => request.Reason).MustBeText();
}

/// <param name="Code">A code of the kind's list in the policy; none for a self-advocate.</param>
/// <param name="Words">Stored sealed.</param>
public sealed record NeedRequest(CommunicationNeedKind Kind, string? Code = null, string? Words = null, WhenPart? When = null, FiledIn? FiledIn = null)
    : IProfileRequest
{
    public static readonly NeedRequest Example = new(CommunicationNeedKind.Language, "hmn", "Reads English, prefers to speak Hmong.");
}

public sealed class NeedRequestValidator : ProfileRequestValidator<NeedRequest>
{
    public NeedRequestValidator()
    {
        RuleFor(request => request.Kind).IsInEnum();
        RuleFor(request => request.Code).MustBeSlug();
        RuleFor(request => request.Words).MustBeText();
    }
}

/// <param name="Relation">A code of the policy.</param>
/// <param name="Reach">Number or address; stored sealed, as the name is.</param>
/// <param name="SafeToLeaveMessage">Only when the client said so.</param>
/// <param name="KnowsOfServices">Only when the client said that this person may be told where the call comes from.</param>
public sealed record EmergencyContactRequest(
    string Relation, string Name, string Reach, bool SafeToLeaveMessage = false, bool KnowsOfServices = false, WhenPart? When = null, FiledIn? FiledIn = null)
    : IProfileRequest
{
    public static readonly EmergencyContactRequest Example = new("sibling", "Robin Doe", "+1 608 555 0101", SafeToLeaveMessage: true);
}

public sealed class EmergencyContactRequestValidator : ProfileRequestValidator<EmergencyContactRequest>
{
    public EmergencyContactRequestValidator()
    {
        RuleFor(request => request.Relation).NotNull().MustBeSlug();
        RuleFor(request => request.Name).NotNull().MustBeLine();
        RuleFor(request => request.Reach).NotNull().MustBeLine();
    }
}

/// <param name="Relation">What that person is to the client, a code of the policy.</param>
/// <param name="Name">As the client calls them; stored sealed.</param>
/// <param name="OtherClientId">The same person as another client, whom the asker reaches.</param>
public sealed record FamilyRequest(string Relation, string Name, Guid? OtherClientId = null, WhenPart? When = null, FiledIn? FiledIn = null)
    : IProfileRequest
{
    public static readonly FamilyRequest Example = new("child", "Sam Doe");
}

public sealed class FamilyRequestValidator : ProfileRequestValidator<FamilyRequest>
{
    public FamilyRequestValidator()
    {
        RuleFor(request => request.Relation).NotNull().MustBeSlug();
        RuleFor(request => request.OtherClientId).NotEqual(Guid.Empty);
        RuleFor(request => request.Name).NotNull().MustBeLine();
    }
}

/// <param name="Words">Stored sealed.</param>
public sealed record VictimWitnessRequest(VictimCapacity Capacity, string? Words = null, WhenPart? When = null, FiledIn? FiledIn = null) : IProfileRequest
{
    public static readonly VictimWitnessRequest Example = new(VictimCapacity.Witness);
}

public sealed class VictimWitnessRequestValidator : ProfileRequestValidator<VictimWitnessRequest>
{
    public VictimWitnessRequestValidator()
    {
        RuleFor(request => request.Capacity).IsInEnum();
        RuleFor(request => request.Words).MustBeText();
    }
}

/// <summary>Why something does not hold any more.</summary>
/// <param name="Reason">Stored sealed.</param>
public sealed record EndedRequest(string Reason, WhenPart? When = null, FiledIn? FiledIn = null) : IProfileRequest
{
    public static readonly EndedRequest Example = new("The client asked for it.");
}

public sealed class EndedRequestValidator : ProfileRequestValidator<EndedRequest>
{
    public EndedRequestValidator() => RuleFor(request => request.Reason).NotNull().MustBeText();
}
