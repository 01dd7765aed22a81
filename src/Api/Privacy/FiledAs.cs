using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Domain.Privacy;
using FluentValidation;

namespace CaseFlow.Api.Privacy;

/// <summary>Where a record goes in the own agency; the law it is under follows from that.</summary>
/// <param name="Program">The own agency's programme that it comes from.</param>
/// <param name="File">In a court: the open or the confidential file; confidential unless said.</param>
/// <param name="WorkerPrivate">A peer worker's own note, shown to whoever wrote it and to the supervisors of the own agency alone.</param>
public sealed record FiledAs(string? Program = null, CourtFile? File = null, bool WorkerPrivate = false);

public sealed class FiledAsValidator : AbstractValidator<FiledAs>
{
    public FiledAsValidator() => RuleFor(filed => filed.Program).MustBeSlug();
}

public static class Filings
{
    /// <summary>Files what the command records; refuses the command when it cannot be filed so.</summary>
    public static async Task FileAsync(this CommandSession session, Registers registers, FiledAs? filed)
    {
        if (filed is null)
            return;
        var filing = new Filing(filed.Program, filed.File, filed.WorkerPrivate);
        var directory = await registers.DirectoryAsync(session.Actor.Jurisdiction, session.Cancellation);
        var agency = session.Actor.Agency is { } id ? directory.FindAgency(id) : null;
        if (Labelling.Check(filing, agency, session.Actor.Role) is { } refused)
            session.Refuse(refused);
        session.Filing = filing;
    }
}
