using CaseFlow.Api.Http;
using CaseFlow.Domain.Identities;
using FluentValidation;

namespace CaseFlow.Api.Identities;

/// <param name="MergedClientId">The record that becomes the other's.</param>
/// <param name="Evidence">By what it was seen.</param>
/// <param name="Reason">In the author's words, stored sealed.</param>
public sealed record MergeRequest(Guid MergedClientId, IdentityEvidence Evidence, string Reason, WhenPart? When = null)
{
    public static readonly MergeRequest Example = new(
        Guid.Parse("0195d6c4-0000-7000-8000-00000000000c"), IdentityEvidence.DocumentSeen, "Both cards are of the same driver's licence.");
}

public sealed class MergeRequestValidator : AbstractValidator<MergeRequest>
{
    public MergeRequestValidator()
    {
        RuleFor(request => request.MergedClientId).MustBeAnId();
        RuleFor(request => request.Evidence).IsInEnum();
        RuleFor(request => request.Reason).NotNull().MustBeText();
        this.MayStateWhen(request => request.When);
    }
}

public sealed record Merged(Guid MergeId);

/// <param name="Reason">In the author's words, stored sealed.</param>
public sealed record ReverseRequest(MergeReversalReason ReasonCode, string Reason, WhenPart? When = null)
{
    public static readonly ReverseRequest Example = new(MergeReversalReason.DifferentPeople, "Brothers who share an address.");
}

public sealed class ReverseRequestValidator : AbstractValidator<ReverseRequest>
{
    public ReverseRequestValidator()
    {
        RuleFor(request => request.ReasonCode).IsInEnum();
        RuleFor(request => request.Reason).NotNull().MustBeText();
        this.MayStateWhen(request => request.When);
    }
}

/// <param name="Entries">Event ids of the entries, as the timeline shows them.</param>
/// <param name="RightClientId">Whose they are; left out when nobody knows.</param>
/// <param name="MistakeId">Chosen by the caller so that telling it twice records it once; made when left out.</param>
/// <param name="Reason">In the author's words, stored sealed.</param>
public sealed record MistakeRequest(
    IReadOnlyList<Guid> Entries, IdentityEvidence Evidence, string Reason, Guid? RightClientId = null, Guid? MistakeId = null, WhenPart? When = null)
{
    /// <summary>Entries in one mistake.</summary>
    public const int Most = 50;

    public static readonly MistakeRequest Example = new(
        [Guid.Parse("0195d6c4-0000-7000-8000-000000000009")], IdentityEvidence.RecordsCompared, "The arrest was of a namesake.",
        Guid.Parse("0195d6c4-0000-7000-8000-00000000000c"));
}

public sealed class MistakeRequestValidator : AbstractValidator<MistakeRequest>
{
    public MistakeRequestValidator()
    {
        RuleFor(request => request.Entries).NotNull().Must(entries => entries is null || entries.Count <= MistakeRequest.Most)
            .WithErrorCode("count").WithMessage($"At most {MistakeRequest.Most} entries.");
        RuleForEach(request => request.Entries).MustBeAnId();
        RuleFor(request => request.Evidence).IsInEnum();
        RuleFor(request => request.RightClientId).NotEqual(Guid.Empty);
        RuleFor(request => request.MistakeId).MustBeANewId();
        RuleFor(request => request.Reason).NotNull().MustBeText();
        this.MayStateWhen(request => request.When);
    }
}

public sealed record Declared(Guid MistakeId);

/// <param name="Reason">In the author's words, stored sealed.</param>
public sealed record UndoRequest(string Reason, WhenPart? When = null)
{
    public static readonly UndoRequest Example = new("It was the client after all.");
}

public sealed class UndoRequestValidator : AbstractValidator<UndoRequest>
{
    public UndoRequestValidator()
    {
        RuleFor(request => request.Reason).NotNull().MustBeText();
        this.MayStateWhen(request => request.When);
    }
}
