using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Clients;

/// <summary>The client has died. It decides nothing about a duty: that is still exempted by a supervisor, who now sees why.</summary>
/// <param name="VerifiedBy">A code of the policy.</param>
/// <param name="When">When the client died, and when that was learned.</param>
public sealed record RecordDeath(Guid ClientId, string VerifiedBy, Sealed<string> Source, When When)
{
    public static Decision<ClientEvent> Decide(RecordDeath command, ClientState state, IdentityPolicy policy, DateTimeOffset now)
    {
        if (!state.IsRegistered)
            return ClientRejections.NotFound(command.ClientId);
        if (state.Death is { } known)
        {
            return known == new KnownDeath(command.VerifiedBy, command.When.OccurredAt, command.When.Latest)
                ? Decision<ClientEvent>.AlreadyDoneIf<ClientDeceased>((fact, same) => fact.VerifiedBy == command.VerifiedBy && same(command.Source, fact.Source), ClientRejections.DeathRecordedDifferently())
                : ClientRejections.DeathRecordedDifferently();
        }

        if (!policy.DeathVerifiers.Contains(command.VerifiedBy, StringComparer.Ordinal))
            return ClientRejections.CodeUnknown("verifiedBy");
        if (string.IsNullOrWhiteSpace(command.Source.Plain()))
            return ClientRejections.ValueMissing("source");

        return command.When.Check(now) is { } rejection
            ? rejection
            : new ClientDeceased(command.VerifiedBy, command.Source) { ClientId = command.ClientId }.At(command.When);
    }
}

/// <summary>A death on record that was not taken back.</summary>
/// <param name="At">UTC; of a known day its start.</param>
/// <param name="Latest">UTC: from then on nobody met a living client.</param>
public sealed record KnownDeath(string VerifiedBy, DateTimeOffset At, DateTimeOffset Latest)
{
    /// <returns>Whether the client was dead for certain: what is said to have been done to or by them later was not.</returns>
    public bool HadDiedBy(DateTimeOffset instant) => instant > Latest;

    /// <returns>Whether the client may have been dead: of a death known to the day from the start of that day on, nobody is told to have failed to come.</returns>
    public bool Excuses(DateTimeOffset awaitedAt) => awaitedAt >= At;

    /// <returns>Why nothing can have been done to or by the client then; null where it can.</returns>
    public Rejection? CheckDone(DateTimeOffset at) => HadDiedBy(at) ? ClientRejections.ParticipantDeceased() : null;

    /// <returns>Why nobody can have failed to come then; null where they can.</returns>
    public Rejection? CheckAwaited(DateTimeOffset at) => Excuses(at) ? ClientRejections.ParticipantDeceased() : null;

    /// <returns>The death that a person's records know of: the earliest, by when it is certain; null while they live.</returns>
    public static KnownDeath? OfPerson(IEnumerable<ClientState> records) => records.Select(record => record.Death).OfType<KnownDeath>().MinBy(death => death.Latest);
}

/// <summary>What only the living do.</summary>
public static class Living
{
    /// <returns>Why the client cannot have done something then, or null: what they did before counts, however late it is recorded.</returns>
    public static Rejection? Check(ClientState client, DateTimeOffset doneAt) =>
        client.Death is { } death && doneAt > death.Latest ? ClientRejections.Deceased() : null;
}
