using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Profile;

/// <summary>An answer had been written down wrongly; one that changed is recorded anew instead.</summary>
/// <param name="CorrectedEventId">The event that holds the answer on record.</param>
public sealed record CorrectDemographics(Guid ClientId, Guid CorrectedEventId, DemographicAnswer Answer, Sealed<string> Reason, When When)
{
    public static Decision<ProfileEvent> Decide(CorrectDemographics command, ProfileState state, IdentityPolicy policy, DateTimeOffset now)
    {
        var answerId = command.Answer.Id(command.ClientId);
        if ((command.When.Check(now) ?? Demographics.Check(command.Answer, policy)) is { } rejection)
            return rejection;
        if (!state.Answers.TryGetValue(command.Answer.Field, out var known))
            return ProfileRejections.NotAnswered();
        if (known == answerId)
            return Decision<ProfileEvent>.AlreadyDone;
        if (string.IsNullOrWhiteSpace(command.Reason.Plain()))
            return ProfileRejections.ValueMissing("reason");

        return new DemographicsCorrected(
            command.CorrectedEventId, command.Answer.Field, command.Answer.Joined(), command.Answer.SelfDescribed, command.Reason)
        {
            ClientId = command.ClientId,
            AnswerId = answerId,
        }.At(command.When);
    }
}
