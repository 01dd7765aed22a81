using CaseFlow.Api.Http;
using CaseFlow.Domain.Supervision;
using FluentValidation;

namespace CaseFlow.Api.Supervision;

/// <param name="AgentId">Of that office; left out while nobody is assigned.</param>
/// <param name="ExpectedEndOn">When it is to end, if that is set.</param>
public sealed record StartSupervisionRequest(
    SupervisionStatus Status, string AgencyId, string OfficeId, string? AgentId = null, DateOnly? ExpectedEndOn = null, WhenPart? When = null)
{
    public static readonly StartSupervisionRequest Example = new(SupervisionStatus.Probation, "dcc", "north", "agent-1", new DateOnly(2028, 3, 1));
}

public sealed class StartSupervisionRequestValidator : AbstractValidator<StartSupervisionRequest>
{
    public StartSupervisionRequestValidator()
    {
        RuleFor(request => request.AgencyId).NotNull().MustBeSlug();
        RuleFor(request => request.OfficeId).NotNull().MustBeSlug();
        RuleFor(request => request.AgentId).MustBeSlug();
        this.MayStateWhen(request => request.When);
    }
}

public sealed record AssignAgentRequest(string AgentId, WhenPart? When = null)
{
    public static readonly AssignAgentRequest Example = new("agent-1");
}

public sealed class AssignAgentRequestValidator : AbstractValidator<AssignAgentRequest>
{
    public AssignAgentRequestValidator()
    {
        RuleFor(request => request.AgentId).NotNull().MustBeSlug();
        this.MayStateWhen(request => request.When);
    }
}

/// <param name="Reason">Stored sealed.</param>
public sealed record ReassignAgentRequest(string AgentId, string Reason, WhenPart? When = null)
{
    public static readonly ReassignAgentRequest Example = new("agent-2", "The client moved to the south side.");
}

public sealed class ReassignAgentRequestValidator : AbstractValidator<ReassignAgentRequest>
{
    public ReassignAgentRequestValidator()
    {
        RuleFor(request => request.AgentId).NotNull().MustBeSlug();
        RuleFor(request => request.Reason).NotNull().MustBeText();
        this.MayStateWhen(request => request.When);
    }
}

public sealed record EndSupervisionRequest(SupervisionEndReason Reason, WhenPart? When = null)
{
    public static readonly EndSupervisionRequest Example = new(SupervisionEndReason.Completed);
}

public sealed class EndSupervisionRequestValidator : AbstractValidator<EndSupervisionRequest>
{
    public EndSupervisionRequestValidator() => this.MayStateWhen(request => request.When);
}
