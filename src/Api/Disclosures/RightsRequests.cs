using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Disclosures;
using FluentValidation;

namespace CaseFlow.Api.Disclosures;

/// <summary>How whoever asked showed to be the client; whoever records it looked at it.</summary>
public sealed record ProofPart(ProofOfIdentity By, RightsAsker Asker = RightsAsker.Client)
{
    internal IdentityProof LookedAtBy(Actor actor) => new(By, actor.Id, Asker);
}

/// <summary>What every request about the own record says.</summary>
public interface IRightsAsk
{
    /// <summary>Chosen by the caller so that telling it twice records it once; made when left out.</summary>
    Guid? RequestId { get; }

    /// <summary>When it came; now when left out.</summary>
    WhenPart? When { get; }
}

public sealed class RightsAskValidator<T> : AbstractValidator<T>
    where T : IRightsAsk
{
    public RightsAskValidator(Action<RightsAskValidator<T>>? more = null)
    {
        RuleFor(request => request.RequestId).MustBeANewId();
        this.MayStateWhen(request => request.When);
        more?.Invoke(this);
    }
}

public sealed record AccountingAsk(LookBack LookBack, ProofPart Proof, Guid? RequestId = null, WhenPart? When = null) : IRightsAsk;

/// <param name="Words">What was asked for, stored sealed; left out for the whole record.</param>
public sealed record RecordsAsk(ProofPart Proof, string? Words = null, Guid? RequestId = null, WhenPart? When = null) : IRightsAsk;

/// <param name="AgencyId">Whose record should be amended.</param>
/// <param name="EntryEventId">Which entry; left out for the record as a whole.</param>
/// <param name="Text">In the client's own words, stored sealed.</param>
public sealed record AmendmentAsk(
    string AgencyId, string Text, ProofPart Proof, Guid? EntryEventId = null, Guid? RequestId = null, WhenPart? When = null) : IRightsAsk;

public sealed record GivenRequest(DisclosureMethod Method);

public sealed class GivenRequestValidator : AbstractValidator<GivenRequest>
{
    public GivenRequestValidator() => RuleFor(request => request.Method).IsInEnum();
}

/// <param name="Text">Stored sealed.</param>
public sealed record WordsRequest(string Text);

public sealed class WordsRequestValidator : AbstractValidator<WordsRequest>
{
    public WordsRequestValidator() => RuleFor(request => request.Text).NotNull().MustBeText();
}

/// <param name="Reason">In plain words, stored sealed; left out only for a record whose content was erased meanwhile.</param>
public sealed record DenyRequest(AmendmentDenial Ground, string? Reason = null);

public sealed class DenyRequestValidator : AbstractValidator<DenyRequest>
{
    public DenyRequestValidator() => RuleFor(request => request.Reason).MustBeText();
}
