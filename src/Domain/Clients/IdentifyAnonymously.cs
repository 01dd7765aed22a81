using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Clients;

/// <summary>A client without a name wants to be known again by a word that only they and the agency have; another word of
/// the same agency takes its place, and no agency's word touches another's.</summary>
/// <param name="AgencyId">Whose word it is.</param>
/// <param name="Word">As it was said; it goes no further than the rule.</param>
/// <param name="Mark">Keyed, over agency and word, hexadecimal; computed at the edge.</param>
public sealed record IdentifyAnonymously(Guid ClientId, string AgencyId, Sealed<string> Word, string Mark, When When)
{
    /// <param name="command">What is asked.</param>
    /// <param name="state">The client.</param>
    /// <param name="holder">The client of the same agency who has this word now; null when nobody has. Nobody asks about other agencies' words.</param>
    /// <param name="policy">How strong a word must be.</param>
    /// <param name="now">The moment of recording.</param>
    public static Decision<ClientEvent> Decide(
        IdentifyAnonymously command, ClientState state, Guid? holder, IdentityPolicy policy, DateTimeOffset now)
    {
        var codeWordId = ValueId.Of(command.ClientId, "code-word", command.Mark);
        if (!state.IsRegistered)
            return ClientRejections.NotFound(command.ClientId);
        if (state.CodeWords.TryGetValue(command.AgencyId, out var known) && known == codeWordId)
            return Decision<ClientEvent>.AlreadyDone;
        if (!state.IsAnonymous)
            return ClientRejections.HasAName();
        if (CodeWord.IsWeak(command.Word.Plain(), policy))
            return ClientRejections.CodeWordWeak(policy.CodeWordLetters);
        if (holder is { } other && other != command.ClientId)
            return ClientRejections.CodeWordUsed();

        return command.When.Check(now) is { } rejection
            ? rejection
            : new ClientIdentifiedAnonymously(command.AgencyId, Sealed<string>.Of(command.Mark))
            {
                ClientId = command.ClientId,
                CodeWordId = codeWordId,
            }.At(command.When);
    }
}
