using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.CourtReports;
using FluentValidation;

namespace CaseFlow.Api.CourtPackets;

/// <summary>A packet for a hearing day, or for some participants.</summary>
/// <param name="ForRole">For whose eyes: coordinator, judge, prosecutor or defence.</param>
/// <param name="HearingDay">The local day whose docket it is for; or <paramref name="Participations"/>.</param>
/// <param name="Participations">Whose pages, in this order; or <paramref name="HearingDay"/>.</param>
/// <param name="AsOf">What had occurred by then; all that is recorded when left out. Not ahead.</param>
/// <param name="AsRecorded">What the system held then, and how things stood then unless <paramref name="AsOf"/> says when; all that is recorded when left out. Not ahead.</param>
/// <param name="PacketId">Chosen by the caller so that asking twice issues once; made when left out.</param>
public sealed record PacketRequest(
    Role ForRole, DateOnly? HearingDay = null, IReadOnlyList<Guid>? Participations = null, DateTimeOffset? AsOf = null, DateTimeOffset? AsRecorded = null, Guid? PacketId = null)
{
    public static readonly PacketRequest Example = new(Role.Judge, new DateOnly(2026, 3, 6));
}

public sealed class PacketRequestValidator : AbstractValidator<PacketRequest>
{
    private static readonly Role[] Eyes = [Role.Coordinator, Role.Judge, Role.Prosecutor, Role.Defence];

    public PacketRequestValidator()
    {
        RuleFor(request => request.PacketId).MustBeANewId();
        RuleFor(request => request.ForRole).Must(role => Eyes.Contains(role)).WithErrorCode("packet-role").WithMessage("One of coordinator, judge, prosecutor, defence.");
        RuleFor(request => request.Participations)
            .Must((request, _) => (request.HearingDay is null) != (request.Participations is null))
            .WithErrorCode("packet-whose").WithMessage("Either hearingDay or participations.");
        RuleFor(request => request.Participations)
            .Must(ids => ids is null || (ids.Count is >= 1 and <= IssueCourtReport.MostPages && ids.Distinct().Count() == ids.Count))
            .WithErrorCode("packet-participations").WithMessage($"Each once, and at most {IssueCourtReport.MostPages}.");
    }
}

/// <summary>What was issued.</summary>
/// <param name="Refused">Participants without a page, with what their consents lack.</param>
/// <param name="WithoutContent">Participants without a page because their record is erased or sealed, nothing of it is for these eyes, or not all that the record held then may be told now.</param>
public sealed record PacketIssued(Guid PacketId, IReadOnlyList<PageIssued> Pages, IReadOnlyList<PageRefused> Refused, IReadOnlyList<Guid> WithoutContent)
{
    public static readonly PacketIssued Example = new(
        Guid.Parse("0195d6c4-0000-7000-8000-000000000043"),
        [new PageIssued(Guid.Parse("0195d6c4-0000-7000-8000-000000000041"), "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")],
        [],
        []);
}

/// <param name="ContentHash">SHA-256 of the page's JSON.</param>
public sealed record PageIssued(Guid ParticipationId, string ContentHash);

public sealed record PageRefused(Guid ParticipationId, IReadOnlyList<MissingConsent> Missing);
