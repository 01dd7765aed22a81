using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Policies;
using static CaseFlow.Unit.Consents.ConsentFacts;

namespace CaseFlow.Unit.Consents;

/// <summary>A consent is recorded with every element that its kind must have, or refused with everything that it lacks.</summary>
public sealed class GivingConsent : ConsentSpec
{
    public static TheoryData<string, ConsentDraft, string> Lacking => new()
    {
        { "discloser", Draft with { Disclosers = [] }, "disclosers" },
        { "recipient", Draft with { Recipients = [] }, "recipients" },
        { "information", Draft with { Information = [] }, "information" },
        { "description", Draft with { Description = null }, "description" },
        { "purpose", Draft with { Purposes = [] }, "purposes" },
        { "right to revoke", With(Draft.Form with { RightToRevoke = null }), "form.rightToRevoke" },
        { "end", With(Draft.Term with { ExpiresAt = null }), "term.expiresAt" },
        { "consequences", With(Draft.Form with { RefusalConsequencesStated = false }), "form.refusalConsequencesStated" },
        { "form version", With(Draft.Form with { FormVersion = null }), "form.formVersion" },
        { "explained by", With(Draft.Form with { ExplainedBy = null }), "form.explainedBy" },
        { "language", With(Draft.Form with { Language = null }), "form.language" },
        { "signer", With(Draft.Form with { Signer = null }), "form.signer" },
        { "signature", With(Draft.Form with { Signature = null }), "form.signature" },
        { "name", With(Draft.Form with { SignedName = null }), "form.signedName" },
        { "date", With(Draft.Form with { SignedAt = null }), "form.signedAt" },
        { "age", With(Draft.Form with { ClientAge = null }), "form.clientAge" },
        { "redisclosure", Tpo with { Form = Tpo.Form with { RedisclosureStated = false } }, "form.redisclosureStated" },
        { "court", ToCourtTeam with { Recipients = [], RecipientClass = AgencyKind.Court }, "recipients" },
        { "members of the team", ToCourtTeam with { RecipientRoles = [] }, "recipientRoles" },
        { "relative", Draft with { Kind = ConsentKind.Family }, "recipientPerson" },
        { "period of a 51.30 consent", Wi5130 with { Term = Wi5130.Term with { ExpiresAt = null, ExpiresOn = ConsentCondition.EndOfTreatment } }, "term.expiresAt" },
    };

    public static TheoryData<string, ConsentDraft, string> NotAllowed => new()
    {
        { "TPO for supervision", Tpo with { Purposes = [ConsentPurpose.Treatment, ConsentPurpose.Supervision] }, "purposes" },
        { "2.35 to a coach", ToCriminalCourt with { RecipientRoles = [Role.Coach] }, "recipientRoles" },
        { "2.35 for care", ToCriminalCourt with { Purposes = [ConsentPurpose.Treatment] }, "purposes" },
        { "2.35 with a diagnosis", ToCriminalCourt with { Information = [ConsentInformation.Attendance, ConsentInformation.Assessment] }, "information" },
        { "2.35 with everything", ToCriminalCourt with { Information = [ConsentInformation.WholeRecord] }, "information" },
        { "2.35 to every court", ToCriminalCourt with { RecipientClass = AgencyKind.Court }, "recipientClass" },
        { "2.35 to a relative", ToCriminalCourt with { RecipientPerson = Sealed<string>.Of("Ray Doe") }, "recipientPerson" },
        { "2.35 bound to a treatment", ToCriminalCourt with { Term = ToCriminalCourt.Term with { IrrevocableUntil = ConsentCondition.EndOfTreatment } }, "term.irrevocableUntil" },
        { "another kind that binds", With(Draft.Term with { IrrevocableUntil = ConsentCondition.FinalDisposition }), "term.irrevocableUntil" },
        { "51.30 to a class", Wi5130 with { RecipientClass = AgencyKind.Hospital }, "recipientClass" },
        { "team with a dispatcher", ToCourtTeam with { RecipientRoles = [Role.Judge, Role.Dispatcher] }, "recipientRoles" },
        { "research for care", Draft with { Kind = ConsentKind.Research }, "purposes" },
        { "a child alone", With(Draft.Form with { ClientAge = AgeAtSigning.MinorUnder14 }), "form.signer" },
    };

    public static TheoryData<string, ConsentDraft> Whole => new()
    {
        { "general", Draft },
        { "TPO", Tpo },
        { "2.35", ToCriminalCourt },
        { "51.30", Wi5130 },
        { "court team", ToCourtTeam },
        { "family", Draft with { Kind = ConsentKind.Family, Recipients = [], RecipientPerson = Sealed<string>.Of("Ray Doe"), Purposes = [ConsentPurpose.FamilyInvolvement] } },
        { "research", Draft with { Kind = ConsentKind.Research, Purposes = [ConsentPurpose.Research] } },
        { "a client of 14", Wi5130 with { Form = Draft.Form with { ClientAge = AgeAtSigning.MinorOf14OrOlder } } },
        { "a child with a parent", With(Draft.Form with { ClientAge = AgeAtSigning.MinorUnder14, Signer = ConsentSigner.ParentOrGuardian }) },
        { "two years", With(Draft.Term with { ExpiresAt = Now.AddYears(2) }) },
    };

    [Theory]
    [MemberData(nameof(Whole))]
    public void Of_every_kind_with_all_its_elements_is_recorded(string what, ConsentDraft draft)
    {
        var decision = Give(draft);

        decision.Rejection.ShouldBeNull(what);
        var granted = decision.Events.ShouldHaveSingleItem(what).ShouldBeOfType<ConsentGranted>();
        granted.Kind.ShouldBe(draft.Kind);
        granted.PolicyVersion.ShouldBe(3);
        granted.OccurredAt.ShouldBe(Now);
        State.Find(First)!.StandingAt(Now).ShouldBe(ConsentStanding.InForce);
    }

    [Theory]
    [MemberData(nameof(Lacking))]
    public void Names_the_element_that_is_missing(string what, ConsentDraft draft, string field) => ShouldName(what, draft, field, "consent-element-missing");

    [Theory]
    [MemberData(nameof(NotAllowed))]
    public void Names_the_element_that_its_kind_does_not_allow(string what, ConsentDraft draft, string field) =>
        ShouldName(what, draft, field, "consent-element-not-allowed");

    [Fact]
    public void One_answer_names_everything()
    {
        var nothing = new ConsentDraft(
            ConsentKind.Tpo, [], null, [], null, [], null, [], null, [], null, new(null, null, null, null), new(null, null, null, null, false, false, null, null, null, null, null));

        var rejection = Give(nothing).Rejection!;

        rejection.Code.ShouldBe("consent-incomplete");
        rejection.Kind.ShouldBe(RejectionKind.Unprocessable);
        rejection.Parts.Select(part => part.Field).ShouldBe(
        [
            "disclosers", "recipients", "information", "description", "purposes", "term.expiresAt", "form.rightToRevoke",
            "form.refusalConsequencesStated", "form.redisclosureStated", "form.formVersion", "form.explainedBy", "form.language", "form.signer",
            "form.signature", "form.signedName", "form.signedAt", "form.clientAge",
        ]);
        rejection.Parts.ShouldAllBe(part => part.Reason.Contains("CFR") || part.Reason.Contains("51.30") || part.Reason.Contains("R60"));
    }

    [Fact]
    public void Times_that_contradict_each_other_are_named()
    {
        Fields(With(Draft.Term with { EffectiveFrom = Now.AddDays(-1) })).ShouldBe(["term.effectiveFrom"]);
        Fields(With(Draft.Term with { ExpiresAt = Now })).ShouldBe(["term.expiresAt"]);
        Fields(With(Draft.Term with { ExpiresAt = Now.AddMonths(24).AddTicks(1) })).ShouldBe(["term.expiresAt"]);
        Fields(With(Draft.Form with { SignedAt = Now.AddHours(1) })).ShouldBe(["form.signedAt"]);
    }

    [Fact]
    public void Who_monitors_is_named_and_not_a_class() =>
        Fields(ToCriminalCourt with { Recipients = [], RecipientClass = AgencyKind.Court }).ShouldBe(["recipients", "recipientClass"]);

    [Fact]
    public void An_agency_that_nobody_knows_is_named()
    {
        Fields(Draft with { Disclosers = [Coaches, "nobody"] }).ShouldBe(["disclosers"]);
        Fields(Draft with { Recipients = ["nobody"] }).ShouldBe(["recipients"]);
    }

    [Fact]
    public void What_ends_by_an_event_alone_ends_at_the_longest_term_at_the_latest()
    {
        Give(With(Draft.Term with { ExpiresAt = null, ExpiresOn = ConsentCondition.EndOfTreatment }));

        State.Find(First)!.Latest.Term.ExpiresAt.ShouldBe(Now.AddMonths(24));
    }

    [Fact]
    public void A_criminal_justice_consent_lasts_until_its_event()
    {
        Give(ToCriminalCourt);

        State.Find(First)!.Latest.Term.ShouldBe(new ConsentTerm(Now, null, ConsentCondition.EndOfProgram, ConsentCondition.FinalDisposition));
    }

    [Fact]
    public void The_policy_in_force_says_how_long_it_may_last()
    {
        var shorter = new ConsentPolicyInForce(ConsentPolicy.Default with { MaxTermMonths = 6 }, 4);

        GrantConsent.Decide(new(ClientId, First, Draft), State, Known, shorter, Now).Rejection!.Parts
            .ShouldHaveSingleItem().ShouldBe(ConsentRejections.TermTooLong(6));
        ConsentPolicyInForce.Of(null).Rules.ShouldBe(ConsentPolicy.Default);
    }

    [Fact]
    public void The_same_twice_is_recorded_once_also_under_another_policy()
    {
        Give(Draft with { Term = Draft.Term with { ExpiresAt = null, ExpiresOn = ConsentCondition.EndOfTreatment } });
        var again = Draft with { Term = Draft.Term with { ExpiresAt = null, ExpiresOn = ConsentCondition.EndOfTreatment } };

        GrantConsent.Decide(new(ClientId, First, again), State, Known, new(ConsentPolicy.Default with { MaxTermMonths = 6 }, 4), Now.AddDays(1)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Another_under_the_same_id_is_refused()
    {
        Give(Draft);

        Give(Draft with { Information = [ConsentInformation.Progress] }).ShouldBeRefused(ConsentRejections.GrantedDifferently(First));
        Give(With(Draft.Form with { Language = "es" })).ShouldBeRefused(ConsentRejections.GrantedDifferently(First));
        Give(With(Draft.Term with { ExpiresAt = Now.AddDays(3) })).ShouldBeRefused(ConsentRejections.GrantedDifferently(First));
    }

    [Fact]
    public void Asking_permits_nothing_and_is_recorded_once()
    {
        Request().ShouldRecord(new ConsentRequested(First, ConsentKind.Part2General, ToCorrections, "cora") { ClientId = ClientId }.At(Now));
        Request().ShouldBeAlreadyDone();
        State.StandingOf(AgentAsksForEngagement, Now).ShouldBe(ConsentAnswer.None);

        Give(Draft).Rejection.ShouldBeNull();
        Request().ShouldBeAlreadyDone();
    }

    [Fact]
    public void Asking_for_an_agency_that_nobody_knows_is_refused()
    {
        Request(ToCorrections with { Disclosers = ["nobody"] }).ShouldBeRefused(ConsentRejections.AgencyUnknown("disclosers"));
        Request(ToCorrections with { Recipients = ["nobody"] }).ShouldBeRefused(ConsentRejections.AgencyUnknown("recipients"));
        Request(when: When.At(Now.AddDays(1))).ShouldBeRefused(TimeRejections.KnownInFuture(Now.AddDays(1), Now));
    }

    [Fact]
    public void A_refusal_needs_the_warning_that_it_is_permitted()
    {
        Refuse(told: false).ShouldBeRefused(ConsentRejections.RefusalWithoutWarning());
        Refuse(when: When.At(Now.AddDays(1))).ShouldBeRefused(TimeRejections.KnownInFuture(Now.AddDays(1), Now));

        Refuse().Events.ShouldHaveSingleItem().ShouldBeOfType<ConsentRefused>();
        Refuse().ShouldBeAlreadyDone();
        State.Asked[First].Refused.ShouldBeTrue();
    }

    [Fact]
    public void Whoever_refused_may_consent_later_and_not_the_other_way_round()
    {
        Refuse();
        Give(Draft).Rejection.ShouldBeNull();

        Refuse().ShouldBeRefused(ConsentRejections.AlreadyGranted());
    }

    private static bool Known(string agency) => agency != "nobody";

    private static ConsentDraft With(FormDraft form) => Draft with { Form = form };

    private static ConsentDraft With(TermDraft term) => Draft with { Term = term };

    private Decision<ConsentEvent> Give(ConsentDraft draft) =>
        WhenAsked(state => GrantConsent.Decide(new(ClientId, First, draft), state, Known, Policy, Now));

    [Fact]
    public void Asked_again_it_is_done_already_only_if_it_is_the_same()
    {
        ShouldLoseNothing(
            new RequestConsent(ClientId, First, ConsentKind.Part2General, ToCorrections, "cora", When.At(Now)), (told, state, now) => RequestConsent.Decide(told, state, Known, now),
            "ClientId", "RequestedBy", "Scope");
        Request(ToCourt).ShouldBeRefused(RepeatRejections.RecordedDifferently());
    }

    private Decision<ConsentEvent> Request(ConsentScope? scope = null, When? when = null) => WhenAsked(state =>
        RequestConsent.Decide(new(ClientId, First, ConsentKind.Part2General, scope ?? ToCorrections, "cora", when ?? When.At(Now)), state, Known, Now));

    private Decision<ConsentEvent> Refuse(bool told = true, When? when = null) => WhenAsked(state => RefuseConsent.Decide(
        new(ClientId, First, ConsentKind.Part2General, [Coaches], [Corrections], "cora", told, Sealed<string>.Of("Nothing."), null, when ?? When.At(Now)), state, Now));

    private IEnumerable<string?> Fields(ConsentDraft draft) => Give(draft).Rejection!.Parts.Select(part => part.Field);

    private void ShouldName(string what, ConsentDraft draft, string field, string code)
    {
        var part = Give(draft).Rejection.ShouldNotBeNull(what).Parts.ShouldHaveSingleItem(what);
        part.Field.ShouldBe(field, what);
        part.Code.ShouldBe(code, what);
    }
}
