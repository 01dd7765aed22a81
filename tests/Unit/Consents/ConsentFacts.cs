using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Unit.Consents;

/// <summary>A client of Safe Communities, who is supervised by corrections and takes part in a treatment court.</summary>
public static class ConsentFacts
{
    public const string Coaches = "safe-communities";
    public const string Corrections = "dcc";
    public const string Court = "drug-court";

    public static readonly DateTimeOffset Now = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);
    public static readonly Guid ClientId = Guid.Parse("0195d6c4-0000-7000-8000-000000000001");
    public static readonly Guid First = Guid.Parse("0195d6c4-0000-7000-8000-0000000000a1");
    public static readonly Guid Second = Guid.Parse("0195d6c4-0000-7000-8000-0000000000a2");
    public static readonly Guid RestrictionId = Guid.Parse("0195d6c4-0000-7000-8000-0000000000b1");
    public static readonly Guid OrderId = Guid.Parse("0195d6c4-0000-7000-8000-0000000000c1");

    public static readonly ConsentQuestion AgentAsksForEngagement =
        new(Coaches, Corrections, Role.Agent, Purpose.Supervision, ConsentInformation.Engagement);

    public static readonly ConsentQuestion JudgeAsksForTests =
        new(Coaches, Court, Role.Judge, Purpose.CourtMonitoring, ConsentInformation.TestResults);

    /// <summary>Engagement and attendance, to corrections, for supervision.</summary>
    public static readonly ConsentScope ToCorrections = new(
        [Coaches], null, [Corrections], null, [], null, [ConsentInformation.Engagement, ConsentInformation.Attendance], [ConsentPurpose.Supervision]);

    /// <summary>Monitoring data, to the court's team.</summary>
    public static readonly ConsentScope ToCourt = new(
        [Coaches],
        null,
        [Court],
        null,
        [Role.Judge, Role.Coordinator],
        null,
        [ConsentInformation.Attendance, ConsentInformation.TestResults],
        [ConsentPurpose.CourtMonitoring]);

    /// <summary>Signed now, for a year.</summary>
    public static readonly ConsentTerm AYear = new(Now, Now.AddYears(1), null, null);

    /// <summary>Signed now, until the case is disposed of, irrevocable until then.</summary>
    public static readonly ConsentTerm UntilDisposition =
        new(Now, null, ConsentCondition.EndOfProgram, ConsentCondition.FinalDisposition);

    public static readonly ConsentPolicyInForce Policy = new(ConsentPolicy.Default, 3);

    /// <summary>A general consent with every element.</summary>
    public static readonly ConsentDraft Draft = new(
        ConsentKind.Part2General,
        [Coaches],
        null,
        [Corrections],
        null,
        [],
        null,
        [ConsentInformation.Engagement],
        Sealed<string>.Of("Whether I come to my coach."),
        [ConsentPurpose.Supervision],
        null,
        new TermDraft(null, Now.AddYears(1), null, null),
        new FormDraft(
            "part2-2024-02",
            "cora",
            "en",
            RevocationRightTold.OnTheForm,
            RedisclosureStated: true,
            RefusalConsequencesStated: true,
            ConsentSigner.Client,
            AgeAtSigning.Adult,
            SignatureMethod.Paper,
            Sealed<string>.Of("Dana Doe"),
            Now));

    public static readonly ConsentDraft Tpo = Draft with { Kind = ConsentKind.Tpo, Purposes = [ConsentPurpose.Treatment, ConsentPurpose.Payment] };

    public static readonly ConsentDraft Wi5130 = Draft with { Kind = ConsentKind.Wi5130 };

    public static readonly ConsentDraft ToCriminalCourt = Draft with
    {
        Kind = ConsentKind.CriminalJustice,
        Recipients = [Court],
        RecipientRoles = [Role.Judge, Role.Coordinator],
        Information = [ConsentInformation.Attendance, ConsentInformation.TestResults],
        Purposes = [ConsentPurpose.CourtMonitoring],
        Term = new TermDraft(null, null, ConsentCondition.EndOfProgram, ConsentCondition.FinalDisposition),
    };

    public static readonly ConsentDraft ToCourtTeam = Draft with
    {
        Kind = ConsentKind.CourtTeam,
        Recipients = [Court],
        RecipientRoles = [Role.Judge, Role.Defence],
        Purposes = [ConsentPurpose.CourtMonitoring],
    };

    public static ConsentForm Form(DateTimeOffset? signedAt = null) => new(
        "part2-2024-02",
        "cora",
        "en",
        RevocationRightTold.OnTheForm,
        RedisclosureStated: true,
        RefusalConsequencesStated: true,
        ConsentSigner.Client,
        AgeAtSigning.Adult,
        SignatureMethod.Paper,
        signedAt ?? Now);

    public static ConsentGranted Granted(
        Guid? consentId = null, ConsentKind kind = ConsentKind.Part2General, ConsentScope? scope = null, ConsentTerm? term = null)
    {
        var holds = term ?? AYear;
        return new ConsentGranted(
            consentId ?? First,
            kind,
            scope ?? ToCorrections,
            holds,
            Form(holds.EffectiveFrom),
            Sealed<string>.Of("Whether I come to my coach."),
            PurposeInWords: null,
            Sealed<string>.Of("Dana Doe"),
            RecipientPerson: null,
            PolicyVersion: 3)
        { ClientId = ClientId }.At(holds.EffectiveFrom);
    }

    public static ConsentGranted GrantedToCourt(Guid? consentId = null) =>
        Granted(consentId, ConsentKind.CriminalJustice, ToCourt, UntilDisposition);

    public static ConsentRenewed Renewed(DateTimeOffset from, DateTimeOffset until) =>
        new ConsentRenewed(First, new ConsentTerm(from, until, null, null), Form(from), Sealed<string>.Of("Dana Doe"), 3) { ClientId = ClientId }.At(from);

    public static ConsentProtectiveHoldPlaced HeldAt(DateTimeOffset at, Guid? consentId = null) =>
        new ConsentProtectiveHoldPlaced(consentId ?? First) { ClientId = ClientId }.At(at);

    public static ConsentHoldLifted LiftedAt(DateTimeOffset at) =>
        new ConsentHoldLifted(First, "cora", Sealed<string>.Of("Changed my mind.")) { ClientId = ClientId }.At(at);

    public static ConsentRevoked RevokedAt(DateTimeOffset at, Guid? consentId = null) =>
        new ConsentRevoked(consentId ?? First, "cora", at, RelianceNote: null) { ClientId = ClientId }.At(at);

    public static ConsentConditionMet MetAt(DateTimeOffset at, ConsentCondition condition, Guid? consentId = null) =>
        new ConsentConditionMet(consentId ?? First, condition, "cleo") { ClientId = ClientId }.At(at);

    public static RestrictionRequested RestrictionAsked(params ConsentInformation[] information) =>
        new RestrictionRequested(RestrictionId, Coaches, Corrections, information, [], Words: null) { ClientId = ClientId }.At(Now);

    public static RestrictionAgreed RestrictionAgreedAt(DateTimeOffset at) =>
        new RestrictionAgreed(RestrictionId, "cora") { ClientId = ClientId }.At(at);

    public static RestrictionEnded RestrictionEndedAt(DateTimeOffset at, RestrictionEnder by) =>
        new RestrictionEnded(RestrictionId, by, "cora", Words: null) { ClientId = ClientId }.At(at);

    public static CourtOrderForDisclosureReceived Ordered(DateTimeOffset? until = null) => new CourtOrderForDisclosureReceived(
        OrderId,
        CourtOrderBasis.NonCriminal,
        Coaches,
        Court,
        [ConsentInformation.Attendance],
        until,
        Sealed<string>.Of("Dane County 26CF1"),
        "cora")
    { ClientId = ClientId }.At(Now);
}

public abstract class ConsentSpec() : Spec<ConsentState, ConsentEvent>(ConsentState.Initial, ConsentState.Evolve);
