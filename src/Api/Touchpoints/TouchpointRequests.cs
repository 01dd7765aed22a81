using CaseFlow.Api.Http;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Touchpoints;
using FluentValidation;

namespace CaseFlow.Api.Touchpoints;

/// <summary>A plain fact about a client, as a request states it.</summary>
public interface IFactRequest
{
    /// <summary>When it happened; now when left out.</summary>
    WhenPart? When { get; }

    /// <summary>In somebody's own words, stored sealed.</summary>
    string? Note { get; }

    /// <summary>Where it goes in the own agency; nothing special when left out.</summary>
    FiledAs? FiledAs { get; }
}

/// <summary>The shape every fact has; codes and amounts are judged by <see cref="ReportableFacts"/>.</summary>
public sealed class FactRequestValidator<TRequest> : AbstractValidator<TRequest>
    where TRequest : IFactRequest
{
    public FactRequestValidator()
    {
        RuleFor(request => request.Note).MustBeText();
        RuleFor(request => request.FiledAs!).SetValidator(new FiledAsValidator()).When(request => request.FiledAs is not null);
        this.MayStateWhen(request => request.When);
    }
}

/// <param name="Facility">A code in kebab-case.</param>
public sealed record FacilityRequest(string Facility, WhenPart? When = null, string? Note = null, FiledAs? FiledAs = null) : IFactRequest;

public sealed record NaloxoneRequest(int Doses, WhenPart? When = null, string? Note = null, FiledAs? FiledAs = null) : IFactRequest;

/// <param name="CallType">A code in kebab-case.</param>
public sealed record CallForServiceRequest(string CallType, WhenPart? When = null, string? Note = null, FiledAs? FiledAs = null) : IFactRequest;

public sealed record SupervisionContactRequest(ContactMode Mode, WhenPart? When = null, string? Note = null, FiledAs? FiledAs = null) : IFactRequest;

/// <param name="Minutes">Length; left out when not noted.</param>
public sealed record ContactRequest(ContactMode Mode, int? Minutes = null, WhenPart? When = null, string? Note = null, FiledAs? FiledAs = null) : IFactRequest;

public sealed record OutreachRequest(ContactMode Mode, AttemptOutcome Outcome, WhenPart? When = null, string? Note = null, FiledAs? FiledAs = null) : IFactRequest;

public sealed record CoachRequest(WhenPart? When = null, string? Note = null, FiledAs? FiledAs = null) : IFactRequest;

/// <param name="From">Who handed over, a code in kebab-case.</param>
/// <param name="To">Who received, a code in kebab-case.</param>
/// <param name="PresentTogether">Whether all three were in one place.</param>
public sealed record WarmHandoffRequest(string From, string To, bool PresentTogether, WhenPart? When = null, string? Note = null, FiledAs? FiledAs = null) : IFactRequest;

/// <param name="LevelOfCare">A code in kebab-case, such as detox or residential.</param>
public sealed record PlacementAdmissionRequest(string LevelOfCare, WhenPart? When = null, string? Note = null, FiledAs? FiledAs = null) : IFactRequest;

/// <param name="Need">A code in kebab-case, such as clothing, shelter or food.</param>
public sealed record NeedMetRequest(string Need, WhenPart? When = null, string? Note = null, FiledAs? FiledAs = null) : IFactRequest;
