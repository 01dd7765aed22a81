using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using FluentValidation;

namespace CaseFlow.Api.Agencies;

/// <param name="Part2">Whether its records fall under 42 CFR Part 2; unknown unless counsel has said.</param>
/// <param name="InternalOnly">Serves its own staff and keeps no client records.</param>
public sealed record RegisterAgencyRequest(
    string AgencyId, string Name, AgencyKind Kind, Part2Status Part2 = Part2Status.Unknown, bool InternalOnly = false)
{
    public static readonly RegisterAgencyRequest Example = new("dcc", "Department of Community Corrections", AgencyKind.CommunityCorrections);
}

public sealed class RegisterAgencyRequestValidator : AbstractValidator<RegisterAgencyRequest>
{
    public RegisterAgencyRequestValidator()
    {
        RuleFor(request => request.AgencyId).NotNull().MustBeSlug();
        RuleFor(request => request.Name).NotNull().MustBeLine();
    }
}

public sealed record OpenOfficeRequest(string OfficeId, string Name)
{
    public static readonly OpenOfficeRequest Example = new("north", "North office");
}

public sealed class OpenOfficeRequestValidator : AbstractValidator<OpenOfficeRequest>
{
    public OpenOfficeRequestValidator()
    {
        RuleFor(request => request.OfficeId).NotNull().MustBeSlug();
        RuleFor(request => request.Name).NotNull().MustBeLine();
    }
}

/// <param name="Intercept">Sequential Intercept Model 0–5 where the programme mostly works; left out for none.</param>
public sealed record OpenProgramRequest(string ProgramId, string Name, int? Intercept = null)
{
    public static readonly OpenProgramRequest Example = new("ed2recovery", "ED2Recovery", Intercept: 0);
}

public sealed class OpenProgramRequestValidator : AbstractValidator<OpenProgramRequest>
{
    public OpenProgramRequestValidator()
    {
        RuleFor(request => request.ProgramId).NotNull().MustBeSlug();
        RuleFor(request => request.Name).NotNull().MustBeLine();
    }
}

/// <param name="Reason">For the register. Never about a client.</param>
public sealed record BecauseRequest(string Reason)
{
    public static readonly BecauseRequest Example = new("Merged with the office in town.");
}

public sealed class BecauseRequestValidator : AbstractValidator<BecauseRequest>
{
    public BecauseRequestValidator() => RuleFor(request => request.Reason).NotNull().MustBeText();
}

/// <param name="ProgramId">The programme whose status overrides the agency's; left out for the agency itself.</param>
/// <param name="Reason">Whose opinion it is. Never about a client.</param>
public sealed record RecordStatusRequest(RecordStatus Status, string Reason, string? ProgramId = null)
{
    public static readonly RecordStatusRequest Example = new(new RecordStatus(Part2Status.Part2Program, Wi5130: true), "Opinion of counsel, March.");
}

public sealed class RecordStatusRequestValidator : AbstractValidator<RecordStatusRequest>
{
    public RecordStatusRequestValidator()
    {
        RuleFor(request => request.Status).NotNull();
        RuleFor(request => request.Reason).NotNull().MustBeText();
        RuleFor(request => request.ProgramId).MustBeSlug();
    }
}

/// <param name="OfficeId">Needed for agents and agent-supervisors.</param>
public sealed record EngageStaffRequest(string StaffId, Role Role, string AgencyId, string? OfficeId = null)
{
    public static readonly EngageStaffRequest Example = new("agent-1", Role.Agent, "dcc", "north");
}

public sealed class EngageStaffRequestValidator : AbstractValidator<EngageStaffRequest>
{
    public EngageStaffRequestValidator()
    {
        RuleFor(request => request.StaffId).NotNull().MustBeSlug();
        RuleFor(request => request.AgencyId).NotNull().MustBeSlug();
        RuleFor(request => request.OfficeId).MustBeSlug();
    }
}

public sealed record MoveStaffRequest(string AgencyId, string? OfficeId = null)
{
    public static readonly MoveStaffRequest Example = new("dcc", "south");
}

public sealed class MoveStaffRequestValidator : AbstractValidator<MoveStaffRequest>
{
    public MoveStaffRequestValidator()
    {
        RuleFor(request => request.AgencyId).NotNull().MustBeSlug();
        RuleFor(request => request.OfficeId).MustBeSlug();
    }
}

public sealed record AssignSupervisorRequest(string SupervisorId)
{
    public static readonly AssignSupervisorRequest Example = new("supervisor-1");
}

public sealed class AssignSupervisorRequestValidator : AbstractValidator<AssignSupervisorRequest>
{
    public AssignSupervisorRequestValidator() => RuleFor(request => request.SupervisorId).NotNull().MustBeSlug();
}
