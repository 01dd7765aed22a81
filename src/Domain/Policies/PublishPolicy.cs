namespace CaseFlow.Domain.Policies;

/// <summary>A jurisdiction publishes what it decided to do, as the next version.</summary>
/// <param name="PolicyVersion">The last version's number plus one: the caller says which versions they knew.</param>
/// <param name="EffectiveFrom">UTC. May lie in the past; what was decided before is never judged again.</param>
public sealed record PublishPolicy(int PolicyVersion, DateTimeOffset EffectiveFrom, JurisdictionPolicy Policy, string ChangeNote)
{
    public static Decision<PolicyEvent> Decide(PublishPolicy command, PolicyState state, DateTimeOffset now)
    {
        if (state.Find(command.PolicyVersion) is { } known && IsSame(known, command))
            return Decision<PolicyEvent>.AlreadyDone;
        if (command.PolicyVersion != state.Latest + 1)
            return PolicyRejections.VersionNotNext(state.Latest + 1);
        if (string.IsNullOrWhiteSpace(command.ChangeNote))
            return PolicyRejections.ChangeNoteMissing();

        return PolicyRules.BrokenBy(command.Policy).FirstOrDefault() is { } rejection
            ? rejection
            : new JurisdictionPolicyPublished(command.PolicyVersion, command.EffectiveFrom, command.Policy, command.ChangeNote).At(now);
    }

    private static bool IsSame(PublishedPolicy known, PublishPolicy command) =>
        known.EffectiveFrom == command.EffectiveFrom && known.ChangeNote == command.ChangeNote && known.Policy == command.Policy;
}
