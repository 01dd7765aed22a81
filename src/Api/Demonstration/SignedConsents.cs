using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Api.Demonstration;

/// <summary>One consent of each kind, so that a reader can see what each of them shows: two of them are on their way out.</summary>
internal sealed class SignedConsents(Teller teller)
{
    private const string Court = "county-court";

    private static readonly ConsentInformation[] Participation = [ConsentInformation.Engagement, ConsentInformation.Attendance];

    public async Task TellAsync()
    {
        // agent-1 sees how far the coaches are with client one; coordinator-1 what monitoring takes, whatever the client says until the case is over.
        await SignAsync("one", "general", ConsentKind.Part2General, [County.Provider], [County.Corrections], Participation, ConsentPurpose.Supervision);
        await SignAsync(
            "one", "criminal-justice", ConsentKind.CriminalJustice, [County.Provider], [Court], ConsentElements.Monitoring, ConsentPurpose.CourtMonitoring,
            draft => draft with
            {
                RecipientRoles = [Role.Coordinator, Role.Judge],
                Term = new TermDraft(null, null, ConsentCondition.EndOfProgram, ConsentCondition.FinalDisposition),
            });
        await SignAsync(
            "two", "court-team", ConsentKind.CourtTeam, [County.Peers], [Court], [.. Participation, ConsentInformation.Progress], ConsentPurpose.CourtMonitoring,
            draft => draft with { RecipientRoles = [Role.Coordinator, Role.Judge, Role.Defence] });
        await SignAsync("three", "tpo", ConsentKind.Tpo, [County.Peers], [County.Provider], [ConsentInformation.WholeRecord], ConsentPurpose.Treatment);
        await SignAsync("four", "wi-51-30", ConsentKind.Wi5130, [County.Provider], [County.Corrections], [ConsentInformation.Attendance], ConsentPurpose.Supervision);
        await SignAsync(
            "six", "family", ConsentKind.Family, [County.Provider], [], [ConsentInformation.Engagement], ConsentPurpose.FamilyInvolvement,
            draft => draft with { RecipientPerson = Sealed<string>.Of("The client's sister") });
        await SignAsync("eight", "research", ConsentKind.Research, [County.Provider], ["county-board"], [ConsentInformation.Progress], ConsentPurpose.Research);
        await TakeBackAsync("six", "family", RevocationMode.Oral, "Not my sister, please.");
        await TakeBackAsync("eight", "research", RevocationMode.Written, "I withdraw from the study.");
    }

    private Task SignAsync(
        string client, string form, ConsentKind kind, string[] disclosers, string[] recipients, IReadOnlyList<ConsentInformation> information, ConsentPurpose purpose,
        Func<ConsentDraft, ConsentDraft>? change = null)
    {
        var (clientId, signedAt) = (Teller.Id($"client/{client}"), teller.Ago(10));
        var draft = new ConsentDraft(
            kind, disclosers, DiscloserClass: null, recipients, RecipientClass: null, [], RecipientPerson: null, information,
            Sealed<string>.Of("What we talked over."), [purpose], PurposeInWords: null,
            new TermDraft(null, signedAt.AddDays(200), null, null),
            new FormDraft(
                $"{form}-2024", County.Coach1.Id, "en", RevocationRightTold.OnTheForm, RedisclosureStated: true, RefusalConsequencesStated: true,
                ConsentSigner.Client, AgeAtSigning.Adult, SignatureMethod.Paper, Sealed<string>.Of("The client"), signedAt));
        return teller.TellAsync(County.Coach1, Streams.Consents, StreamIds.Consents(clientId), (state, now) => GrantConsent.Decide(
            new(clientId, ConsentOf(client, form), change?.Invoke(draft) ?? draft), state, _ => true, Policy, now));
    }

    private Task TakeBackAsync(string client, string form, RevocationMode mode, string words)
    {
        var clientId = Teller.Id($"client/{client}");
        return teller.TellAsync(County.Coach1, Streams.Consents, StreamIds.Consents(clientId), (state, now) => TakeConsentBack.Decide(
            new(clientId, ConsentOf(client, form), mode, County.Coach1, EffectiveAt: null, Sealed<string>.Of(words), RelianceNote: null, When.At(teller.Ago(2))),
            state,
            Policy,
            now));
    }

    private static ConsentPolicyInForce Policy => new(ConsentPolicy.Default, 3);

    private static Guid ConsentOf(string client, string form) => Teller.Id($"consent/{client}/{form}");
}
