using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;

namespace CaseFlow.Api.Access;

/// <summary>Labels that follow from who records: they travel with the event and decide later who may see it.</summary>
public static class SourceLabels
{
    /// <summary>From a programme under 42 CFR Part 2.</summary>
    public const string Part2 = "PART2";

    /// <returns>The labels of what this actor's agency records.</returns>
    public static async Task<IReadOnlyList<string>> LabelsAsync(this Registers registers, Actor actor, CancellationToken cancellation) =>
        actor.Agency is { } agency
        && (await registers.DirectoryAsync(actor.Jurisdiction, cancellation)).FindAgency(agency) is { Part2: Part2Status.Part2Program }
            ? [Part2]
            : [];
}
