using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Profile;

/// <summary>The client answers questions about their person; each may be left out, and none is answered for them.</summary>
public sealed record RecordDemographics(Guid ClientId, IReadOnlyList<DemographicAnswer> Answers, When When)
{
    public static Decision<ProfileEvent> Decide(RecordDemographics command, ProfileState state, IdentityPolicy policy, DateTimeOffset now)
    {
        if (command.When.Check(now) is { } rejection)
            return rejection;
        if (command.Answers.Select(answer => Demographics.Check(answer, policy)).FirstOrDefault(wrong => wrong is not null) is { } refused)
            return refused;
        if (command.Answers.DistinctBy(answer => answer.Field).Count() < command.Answers.Count)
            return ProfileRejections.OneAnswerOnly();

        return command.Answers
            .Where(answer => !state.Answers.TryGetValue(answer.Field, out var known) || known != answer.Id(command.ClientId))
            .Select(answer => (ProfileEvent)new DemographicsRecorded(answer.Field, answer.Joined(), answer.SelfDescribed)
            {
                ClientId = command.ClientId,
                AnswerId = answer.Id(command.ClientId),
            }.At(command.When))
            .ToList();
    }
}
