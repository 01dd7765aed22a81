using System.Collections.Immutable;
using System.Diagnostics;

namespace CaseFlow.Domain.Courts;

/// <summary>A court's configurations, version by version, and the one question asked of them: which counted when.</summary>
public sealed record CourtState(ImmutableList<CourtVersion> Versions)
{
    public static readonly CourtState Initial = new(ImmutableList<CourtVersion>.Empty);

    /// <summary>The newest version's number; 0 when the court does not exist.</summary>
    public int Latest => Versions.Count;

    /// <returns>
    /// The version under which something is decided that happens at an instant: the latest to take effect by then (of two that take effect
    /// together the newer), leaving out what was retired by then; null when there was none.
    /// </returns>
    public CourtInForce? InForceAt(DateTimeOffset at) => Versions
        .Where(version => version.EffectiveFrom <= at && !(version.RetiredAt <= at))
        .OrderBy(version => version.EffectiveFrom).ThenBy(version => version.Version)
        .LastOrDefault() is { } found ? new CourtInForce(found.Configuration, found.Version) : null;

    /// <returns>The version with that number, or null.</returns>
    public CourtVersion? Find(int version) => Versions.Find(one => one.Version == version);

    public static CourtState Evolve(CourtState state, CourtEvent fact) => fact switch
    {
        CourtConfigurationPublished e => new(state.Versions.Add(new CourtVersion(e.CourtVersion, e.EffectiveFrom, e.Configuration, e.ChangeNote))),
        CourtConfigurationRetired e => new(state.Versions.ConvertAll(
            version => version.Version == e.CourtVersion ? version with { RetiredAt = e.OccurredAt } : version)),
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(CourtState)}."),
    };
}

/// <summary>One version of a court's configuration.</summary>
/// <param name="EffectiveFrom">UTC, inclusive.</param>
/// <param name="RetiredAt">UTC; from then on nothing is decided under it. Null while it is in use.</param>
public sealed record CourtVersion(
    int Version, DateTimeOffset EffectiveFrom, CourtConfiguration Configuration, string ChangeNote, DateTimeOffset? RetiredAt = null);

/// <summary>The configuration that a decision is made under.</summary>
/// <param name="Configuration">Its content.</param>
/// <param name="Version">Its version, kept with everything decided under it.</param>
public sealed record CourtInForce(CourtConfiguration Configuration, int Version);
