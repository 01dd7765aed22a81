namespace CaseFlow.Domain.Courts;

/// <summary>How a court works from a day on, as the next version of its configuration.</summary>
/// <param name="Court">The court's code; the first version makes the court.</param>
/// <param name="CourtVersion">The last version's number plus one: the caller says which versions they knew.</param>
/// <param name="EffectiveFrom">UTC. May lie in the past; what was decided before is never judged again.</param>
public sealed record PublishCourt(string Court, int CourtVersion, DateTimeOffset EffectiveFrom, CourtConfiguration Configuration, string ChangeNote)
{
    /// <param name="command">What is asked.</param>
    /// <param name="state">The court so far.</param>
    /// <param name="isCourt">Whether the agency named is a court that keeps client records.</param>
    /// <param name="now">The moment of recording.</param>
    public static Decision<CourtEvent> Decide(PublishCourt command, CourtState state, bool isCourt, DateTimeOffset now)
    {
        if (state.Find(command.CourtVersion) is { } known && IsSame(known, command))
            return Decision<CourtEvent>.AlreadyDone;
        if (command.CourtVersion != state.Latest + 1)
            return CourtRejections.VersionNotNext(state.Latest + 1);
        if (string.IsNullOrWhiteSpace(command.ChangeNote))
            return CourtRejections.ChangeNoteMissing();
        if (!isCourt)
            return CourtRejections.AgencyIsNoCourt(command.Configuration.AgencyId);
        // The participations of before stay with their agency; under another one nobody could act on them and on the new ones alike.
        if (state.Versions.Count > 0 && state.Versions[^1].Configuration.AgencyId != command.Configuration.AgencyId)
            return CourtRejections.AgencyChanged();

        return CourtRules.BrokenBy(command.Configuration).FirstOrDefault() is { } rejection
            ? rejection
            : new CourtConfigurationPublished(command.CourtVersion, command.EffectiveFrom, command.Configuration, command.ChangeNote)
            {
                Court = command.Court,
            }.At(now);
    }

    private static bool IsSame(CourtVersion known, PublishCourt command) =>
        known.EffectiveFrom == command.EffectiveFrom && known.ChangeNote == command.ChangeNote && known.Configuration == command.Configuration;
}

/// <summary>Nothing is decided under a version from now on; what was, stays.</summary>
public sealed record RetireCourtVersion(string Court, int CourtVersion, string Reason)
{
    public static Decision<CourtEvent> Decide(RetireCourtVersion command, CourtState state, DateTimeOffset now)
    {
        if (state.Find(command.CourtVersion) is not { } version)
            return CourtRejections.VersionNotFound(command.CourtVersion);
        if (version.RetiredAt is not null)
            return Decision<CourtEvent>.AlreadyDoneIf<CourtConfigurationRetired>(fact => fact.CourtVersion == command.CourtVersion, (fact, _) => fact.Reason == command.Reason);

        var retired = new CourtConfigurationRetired(command.CourtVersion, command.Reason) { Court = command.Court }.At(now);
        return state.InForceAt(now) is not null && CourtState.Evolve(state, retired).InForceAt(now) is null
            ? CourtRejections.LastInForce()
            : retired;
    }
}
