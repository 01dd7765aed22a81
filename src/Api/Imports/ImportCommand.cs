using System.CommandLine;

namespace CaseFlow.Api.Imports;

/// <summary>Everything that comes in from files.</summary>
internal sealed class ImportCommand : Command
{
    public ImportCommand() : base("import", "Import records from a file.")
    {
        TreatUnmatchedTokensAsErrors = false;
        Add(new ImportOverdosesCommand());
        Add(new ShowRejectedCommand());
    }
}
