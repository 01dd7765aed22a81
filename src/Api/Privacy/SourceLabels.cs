using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Api.Privacy;

/// <summary>Labels what a command records by the agency whose record it is, as the directory has it when it is recorded.</summary>
public sealed class SourceLabels(Registers registers) : ISourceLabels
{
    public async Task<Func<Circumstances, Filing, Circumstances>> ForAsync(string jurisdiction, CancellationToken cancellation)
    {
        var directory = await registers.DirectoryAsync(jurisdiction, cancellation);
        return (about, filing) =>
        {
            // What another agency records in a record is filed as that agency would; the labels of the entry that it completes come on top.
            var (agencyId, filed) = about.RecordOf is { } other ? (other, Filing.Usual) : (about.Agency, filing);
            var agency = agencyId is null ? null : directory.FindAgency(agencyId);
            return about with { Program = filed.ProgramId, Labels = Completing.Together(Labelling.LabelsOf(agency, filed).ToCodes(), about.Labels) };
        };
    }
}
