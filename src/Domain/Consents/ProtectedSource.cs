using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Domain.Consents;

/// <summary>An agency whose records are under 42 CFR Part 2 or Wis. Stat. 51.30: it tells a court nothing without the client's consent (R38).</summary>
/// <param name="AgencyId">The agency.</param>
/// <param name="Labels">Which of the two laws, or both.</param>
public sealed record ProtectedSource(string AgencyId, IReadOnlyList<Label> Labels)
{
    private static readonly Label[] Protecting = [Label.Part2, Label.Wi5130];

    /// <returns>Those labels, of these, that protect a treatment record.</returns>
    public static IReadOnlyList<Label> Of(IEnumerable<Label> labels) => [.. Protecting.Intersect(labels)];

    /// <summary>
    /// By what the directory says of the agency and of its programmes. A provider of coaching or peer support of which nobody has decided
    /// whether Part 2 holds is taken as under it until somebody does.
    /// </summary>
    /// <returns>The source; null for an agency that is none, that keeps no client records, or that nobody knows.</returns>
    public static ProtectedSource? Of(Agency? agency)
    {
        if (agency is null or { InternalOnly: true })
            return null;
        var labels = Of(agency.Programs.Keys.Append(null).SelectMany(program => Labelling.LabelsOf(agency, new Filing(program))));
        var isUndecided = agency.StatusOfRecords.Part2 == Part2Status.Unknown
            && agency.Kind is (AgencyKind.RecoveryCoachProvider or AgencyKind.PeerRun);
        return (labels.Count, isUndecided) switch
        {
            (0, false) => null,
            (_, true) => new ProtectedSource(agency.AgencyId, Of(labels.Append(Label.Part2))),
            _ => new ProtectedSource(agency.AgencyId, labels),
        };
    }

    public bool Equals(ProtectedSource? other) => other is not null && AgencyId == other.AgencyId && Labels.SequenceEqual(other.Labels);

    public override int GetHashCode() => HashCode.Combine(AgencyId, Labels.Count);
}
