using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Overdoses;

/// <summary>The client's agent learned of an overdose: the only thing that starts a duty (R1).</summary>
/// <param name="AgentId">Whose knowledge it is: the client's agent.</param>
/// <param name="KnownAt">When the agent learned, UTC.</param>
public sealed record RecordOverdoseKnown(Guid ClientId, Guid OverdoseId, string AgentId, LearnedFrom How, DateTimeOffset KnownAt)
{
    /// <param name="command">What is asked.</param>
    /// <param name="state">The client's duties.</param>
    /// <param name="overdose">The overdose.</param>
    /// <param name="supervision">Where the client is supervised; null when not under supervision.</param>
    /// <param name="policyAt">The policy in force at an instant, among versions up to a bound; null when the jurisdiction had
    /// published none for then. A duty that stands already is never judged by a version published after it.</param>
    /// <param name="now">The moment of recording.</param>
    public static Decision<DutyEvent> Decide(
        RecordOverdoseKnown command,
        DutyState state,
        OverdoseFacts overdose,
        SupervisedBy? supervision,
        Func<DateTimeOffset, int, PolicyInForce?> policyAt,
        DateTimeOffset now)
    {
        if (overdose.ClientId != command.ClientId)
            return DutyRejections.OverdoseOfAnother(command.OverdoseId);
        if (state.KnownAt.TryGetValue(command.OverdoseId, out var known))
        {
            if (known != command.KnownAt)
                return DutyRejections.KnowledgeRecordedDifferently(command.OverdoseId);

            // Ruled out or told as fatal when the agent learned, and neither now: what was not owed then is owed.
            return state.NotOwed.TryGetValue(command.OverdoseId, out var reason)
                && reason is NotOwedReason.RuledOut or NotOwedReason.Fatal
                && overdose is { RuledOut: false, Fatal: false }
                ? Consequences(command, state, overdose, supervision, policyAt).Select(fact => fact.At(command.KnownAt)).ToArray()
                : Decision<DutyEvent>.AlreadyDoneIf<OverdoseKnownToAgent>(fact => fact.OverdoseId == command.OverdoseId, (fact, _) => fact.How == command.How, DutyRejections.KnowledgeRecordedDifferently(command.OverdoseId));
        }

        if (overdose.CheckKnown(command.KnownAt, now) is { } rejection)
            return rejection;

        List<DutyEvent> facts = [new OverdoseKnownToAgent(command.OverdoseId, command.AgentId, command.How) { ClientId = command.ClientId }];
        facts.AddRange(Consequences(command, state, overdose, supervision, policyAt));
        return facts.ConvertAll(fact => fact.At(command.KnownAt));
    }

    private static IEnumerable<DutyEvent> Consequences(
        RecordOverdoseKnown command,
        DutyState state,
        OverdoseFacts overdose,
        SupervisedBy? supervision,
        Func<DateTimeOffset, int, PolicyInForce?> policyAt)
    {
        var policy = policyAt(command.KnownAt, int.MaxValue);
        if (NotOwed(overdose, supervision, policy) is { } reason)
        {
            yield return new ReferralDutyNotOwed(command.OverdoseId, reason, policy?.Version ?? 0) { ClientId = command.ClientId };
            yield break;
        }

        var window = TimeSpan.FromHours(policy!.Policy.OverdoseDuty.MergeWindowHours);
        if (Taking(state, command.KnownAt, window) is { } open)
        {
            yield return new OverdoseMergedIntoDuty(open.DutyId, command.OverdoseId, policy.Version) { ClientId = command.ClientId };
            if (command.KnownAt >= open.FirstKnownAt(state) || policyAt(command.KnownAt, open.LatestPolicyVersion) is not { } judging)
                yield break;

            foreach (var moved in DutyClock.Of(command.KnownAt, judging.Policy).AppliedTo(open, command.ClientId, judging.Version))
                yield return moved;
            yield break;
        }

        yield return Triggered(command.ClientId, command.OverdoseId, command.KnownAt, supervision!, policy);
    }

    /// <summary>A duty whose clock starts with the agent's knowing (R1).</summary>
    internal static ReferralDutyTriggered Triggered(
        Guid clientId, Guid overdoseId, DateTimeOffset knownAt, SupervisedBy supervision, PolicyInForce policy)
    {
        var clock = DutyClock.Of(knownAt, policy.Policy);
        return new ReferralDutyTriggered(
            NamedId.Of(clientId, $"duty/{overdoseId}"),
            overdoseId,
            "R1",
            supervision.AgentId,
            supervision.AgencyId,
            supervision.OfficeId,
            policy.Policy.OverdoseDuty.ProviderAgencyId,
            clock.StartsAt,
            clock.DueAt,
            clock.RemindAt,
            policy.Version,
            policy.LatestVersion)
        {
            ClientId = clientId,
        };
    }

    private static NotOwedReason? NotOwed(OverdoseFacts overdose, SupervisedBy? supervision, PolicyInForce? policy) =>
        overdose.RuledOut ? NotOwedReason.RuledOut
        : overdose.Fatal ? NotOwedReason.Fatal
        : supervision is null ? NotOwedReason.NotSupervised
        : policy is not { Policy.OverdoseDuty.On: true } ? NotOwedReason.DutyOff
        : null;

    /// <summary>R4: the duty that was undischarged when the agent learned of this overdose too. Of several the earliest known,
    /// so that an earlier knowing never pulls one duty into the window of another.</summary>
    private static Duty? Taking(DutyState state, DateTimeOffset knownAt, TimeSpan window) =>
        state.Duties.FindAll(duty => Takes(duty, state, knownAt, window)).MinBy(duty => duty.FirstKnownAt(state));

    private static bool Takes(Duty duty, DutyState state, DateTimeOffset knownAt, TimeSpan window) =>
        duty.Phase is not DutyPhase.ClosedUnsupervised
        && (duty.EndedAt is null || duty.EndedAt > knownAt)
        && (knownAt - duty.FirstKnownAt(state)).Duration() <= window;
}

/// <summary>What the duty needs to know of an overdose.</summary>
public sealed record OverdoseFacts(Guid OverdoseId, Guid? ClientId, DateTimeOffset OccurredAt, bool Fatal, bool RuledOut)
{
    /// <returns>
    /// Why nobody can have learned of it then; null when they can. It never says when the overdose happened: whoever records a knowing is not always shown
    /// the report (docs/decisions/0052).
    /// </returns>
    internal Rejection? CheckKnown(DateTimeOffset knownAt, DateTimeOffset now) =>
        OccurredAt - knownAt > When.Skew ? TimeRejections.KnownBeforeOccurred(knownAt) : When.At(knownAt).Check(now);
}

/// <summary>Who supervises the client.</summary>
public sealed record SupervisedBy(string AgentId, string AgencyId, string OfficeId);
