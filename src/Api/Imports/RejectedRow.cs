namespace CaseFlow.Api.Imports;

/// <summary>A line of the file that is not recorded, and why.</summary>
/// <param name="Line">Line of the file on which it begins, from 1.</param>
/// <param name="Code">Stable kebab-case code, listed in <c>docs/imports.md</c>.</param>
/// <param name="Field">The column at fault, when it is one.</param>
/// <param name="Reason">For the person who corrects the file; never content of the line.</param>
/// <param name="Content">The line as it stands in the file, at most <see cref="MostContent"/> characters: perhaps personal,
/// only ever kept sealed. Null once it was erased with the person's record.</param>
public sealed record RejectedRow(int Line, string Code, string? Field, string Reason, string? Content)
{
    /// <summary>The row's identity at its source; null when the line does not tell it.</summary>
    public string? ExternalId { get; init; }

    /// <summary>SHA-256 of what is kept of it sealed, hex: what is left of a line whose content is erased, and the same in every copy of the file.</summary>
    public string? SealedHash { get; init; }

    /// <summary>What is kept of an over-long line.</summary>
    public const int MostContent = 4096;

    /// <summary>The content stays out of logs and messages.</summary>
    public override string ToString() => $"line {Line}: {Code}";
}
