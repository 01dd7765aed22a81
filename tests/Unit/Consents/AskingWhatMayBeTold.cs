using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using static CaseFlow.Unit.Consents.ConsentFacts;

namespace CaseFlow.Unit.Consents;

/// <summary>What a client's consents say to a question at an instant.</summary>
public sealed class AskingWhatMayBeTold : ConsentSpec
{
    private static readonly DateTimeOffset Later = ConsentFacts.Now.AddDays(10);

    [Fact]
    public void Without_a_consent_nothing_may() => Answer().ShouldBe(ConsentAnswer.None);

    [Fact]
    public void A_consent_asked_for_or_refused_permits_nothing()
    {
        Given(
            new ConsentRequested(First, ConsentKind.Part2General, ToCorrections, "cora") { ClientId = ClientId }.At(ConsentFacts.Now),
            new ConsentRefused(Second, ConsentKind.Part2General, [Coaches], [Corrections], "cora", true, Sealed<string>.Of("Nothing."), null)
            {
                ClientId = ClientId,
            }.At(ConsentFacts.Now));

        Answer().ShouldBe(ConsentAnswer.None);
        State.Asked[First].Refused.ShouldBeFalse();
        State.Asked[Second].Refused.ShouldBeTrue();
    }

    [Fact]
    public void From_its_beginning_to_its_end_what_it_names_may()
    {
        Given(Granted());

        Answer(ConsentFacts.Now.AddTicks(-1)).ShouldBe(ConsentAnswer.None);
        Answer(ConsentFacts.Now).ShouldBe(new ConsentAnswer(ConsentStanding.InForce, First, ConsentKind.Part2General));
        Answer(AYear.ExpiresAt!.Value.AddTicks(-1)).Standing.ShouldBe(ConsentStanding.InForce);
        Answer(AYear.ExpiresAt!.Value).ShouldBe(new ConsentAnswer(ConsentStanding.Expired, First, ConsentKind.Part2General));
    }

    public static TheoryData<ConsentQuestion> Uncovered =>
    [
        AgentAsksForEngagement with { DisclosingAgency = "other-coaches" },
        AgentAsksForEngagement with { RecipientAgency = "other-corrections" },
        AgentAsksForEngagement with { RecipientAgency = null },
        AgentAsksForEngagement with { Information = ConsentInformation.TestResults },
        AgentAsksForEngagement with { Information = ConsentInformation.WholeRecord },
        AgentAsksForEngagement with { Purpose = Purpose.Care },
        AgentAsksForEngagement with { Purpose = Purpose.CourtMonitoring },
        AgentAsksForEngagement with { Purpose = Purpose.Audit },
        AgentAsksForEngagement with { Purpose = Purpose.OwnRecord },
        AgentAsksForEngagement with { Purpose = Purpose.Operations },
        AgentAsksForEngagement with { RecipientPersonId = Second },
    ];

    [Theory]
    [MemberData(nameof(Uncovered))]
    public void What_it_does_not_name_may_not(ConsentQuestion question)
    {
        Given(Granted());

        State.StandingOf(question, ConsentFacts.Now).ShouldBe(ConsentAnswer.None);
    }

    [Fact]
    public void Only_the_roles_that_it_names_are_told()
    {
        Given(GrantedToCourt());

        State.StandingOf(JudgeAsksForTests, ConsentFacts.Now).Standing.ShouldBe(ConsentStanding.InForce);
        State.StandingOf(JudgeAsksForTests with { RecipientRole = Role.Prosecutor }, ConsentFacts.Now).ShouldBe(ConsentAnswer.None);
    }

    [Fact]
    public void A_class_covers_its_agencies_and_nobody_whose_class_is_not_known()
    {
        Given(Granted(scope: ToCorrections with
        {
            Disclosers = [],
            DiscloserClass = AgencyKind.RecoveryCoachProvider,
            Recipients = [],
            RecipientClass = AgencyKind.CommunityCorrections,
        }));
        var asked = AgentAsksForEngagement with
        {
            DisclosingKind = AgencyKind.RecoveryCoachProvider,
            RecipientKind = AgencyKind.CommunityCorrections,
        };

        State.StandingOf(asked, ConsentFacts.Now).Standing.ShouldBe(ConsentStanding.InForce);
        State.StandingOf(asked with { DisclosingKind = AgencyKind.Hospital }, ConsentFacts.Now).ShouldBe(ConsentAnswer.None);
        State.StandingOf(asked with { RecipientKind = AgencyKind.Court }, ConsentFacts.Now).ShouldBe(ConsentAnswer.None);
        State.StandingOf(AgentAsksForEngagement, ConsentFacts.Now).ShouldBe(ConsentAnswer.None);
    }

    [Fact]
    public void A_person_is_told_only_where_they_are_the_one_who_is_named()
    {
        Given(Granted(scope: ToCorrections with { Recipients = [], RecipientPersonId = Second, Purposes = [ConsentPurpose.FamilyInvolvement] }));
        var asked = AgentAsksForEngagement with { RecipientAgency = null, RecipientPersonId = Second, Purpose = Purpose.Care };

        State.StandingOf(asked, ConsentFacts.Now).Standing.ShouldBe(ConsentStanding.InForce);
        State.StandingOf(asked with { RecipientPersonId = First }, ConsentFacts.Now).ShouldBe(ConsentAnswer.None);
        State.StandingOf(asked with { RecipientPersonId = null }, ConsentFacts.Now).ShouldBe(ConsentAnswer.None);
    }

    [Fact]
    public void The_whole_record_is_every_part_of_it()
    {
        Given(Granted(scope: ToCorrections with { Information = [ConsentInformation.WholeRecord] }));

        Answer().Standing.ShouldBe(ConsentStanding.InForce);
        State.StandingOf(AgentAsksForEngagement with { Information = ConsentInformation.WholeRecord }, Later).Standing.ShouldBe(ConsentStanding.InForce);
    }

    [Fact]
    public void An_oral_request_holds_it_at_once_and_taking_that_back_releases_it()
    {
        Given(Granted(), HeldAt(Later), LiftedAt(Later.AddDays(2)));

        Answer(Later.AddTicks(-1)).Standing.ShouldBe(ConsentStanding.InForce);
        Answer(Later).ShouldBe(new ConsentAnswer(ConsentStanding.Held, First, ConsentKind.Part2General));
        Answer(Later.AddDays(2)).Standing.ShouldBe(ConsentStanding.InForce);
    }

    [Fact]
    public void A_revocation_ends_it_from_its_effect_and_leaves_the_time_before_as_it_was()
    {
        Given(Granted(), HeldAt(Later), RevokedAt(Later.AddDays(2)));

        Answer(Later.AddDays(-1)).Standing.ShouldBe(ConsentStanding.InForce);
        Answer(Later.AddDays(1)).Standing.ShouldBe(ConsentStanding.Held);
        Answer(Later.AddDays(2)).ShouldBe(new ConsentAnswer(ConsentStanding.Revoked, First, ConsentKind.Part2General));
    }

    [Fact]
    public void An_event_ends_it_when_the_event_happened_whenever_that_is_told()
    {
        Given(Granted(term: new ConsentTerm(ConsentFacts.Now, ConsentFacts.Now.AddYears(2), ConsentCondition.EndOfTreatment, null)), MetAt(Later, ConsentCondition.EndOfTreatment));

        Answer(Later.AddTicks(-1)).Standing.ShouldBe(ConsentStanding.InForce);
        Answer(Later).Standing.ShouldBe(ConsentStanding.Expired);
    }

    [Fact]
    public void A_renewal_holds_from_its_beginning_and_does_not_fill_the_gap_before()
    {
        Given(Granted(), Renewed(ConsentFacts.Now.AddYears(1).AddDays(5), ConsentFacts.Now.AddYears(2)));

        Answer(ConsentFacts.Now.AddYears(1).AddDays(1)).Standing.ShouldBe(ConsentStanding.Expired);
        Answer(ConsentFacts.Now.AddYears(1).AddDays(5)).Standing.ShouldBe(ConsentStanding.InForce);
        Answer(ConsentFacts.Now.AddYears(2)).Standing.ShouldBe(ConsentStanding.Expired);
    }

    [Fact]
    public void Of_several_the_one_in_force_wins()
    {
        Given(Granted(term: AYear with { ExpiresAt = Later }), Granted(Second));

        Answer(Later).ShouldBe(new ConsentAnswer(ConsentStanding.InForce, Second, ConsentKind.Part2General));
    }

    [Fact]
    public void Taking_one_back_takes_back_every_earlier_one_to_the_same_disclosure()
    {
        Given(Granted(), Granted(Second), RevokedAt(Later));

        Answer(Later).ShouldBe(new ConsentAnswer(ConsentStanding.Revoked, First, ConsentKind.Part2General));
        State.StandingOf(AgentAsksForEngagement with { Information = ConsentInformation.Attendance }, Later).Standing.ShouldBe(ConsentStanding.Revoked);
    }

    [Fact]
    public void Taking_one_back_leaves_a_consent_to_another_disclosure_alone()
    {
        Given(Granted(), Granted(Second, scope: ToCorrections with { Information = [ConsentInformation.Progress] }), RevokedAt(Later));

        State.StandingOf(AgentAsksForEngagement with { Information = ConsentInformation.Progress }, Later).Standing.ShouldBe(ConsentStanding.InForce);
    }

    [Fact]
    public void A_part_taken_back_is_not_told_as_part_of_the_whole()
    {
        Given(Granted(), Granted(Second, scope: ToCorrections with { Information = [ConsentInformation.WholeRecord] }), RevokedAt(Later));

        State.StandingOf(AgentAsksForEngagement with { Information = ConsentInformation.WholeRecord }, Later).Standing.ShouldBe(ConsentStanding.Revoked);
        State.StandingOf(AgentAsksForEngagement with { Information = ConsentInformation.Progress }, Later).Standing.ShouldBe(ConsentStanding.InForce);
    }

    [Fact]
    public void A_consent_signed_after_the_revocation_counts()
    {
        Given(Granted(), RevokedAt(Later), Granted(Second, term: AYear with { EffectiveFrom = Later }));

        Answer(Later).ShouldBe(new ConsentAnswer(ConsentStanding.InForce, Second, ConsentKind.Part2General));
    }

    [Fact]
    public void An_agreed_restriction_stands_in_the_way_from_then_on()
    {
        Given(Granted(), RestrictionAsked(ConsentInformation.Engagement));
        Answer(Later).Standing.ShouldBe(ConsentStanding.InForce, "nobody has agreed yet");

        Given(RestrictionAgreedAt(Later));

        Answer(Later.AddTicks(-1)).Standing.ShouldBe(ConsentStanding.InForce);
        Answer(Later).ShouldBe(new ConsentAnswer(ConsentStanding.Held, First, ConsentKind.Part2General) { RestrictionId = RestrictionId });
        State.StandingOf(AgentAsksForEngagement with { Information = ConsentInformation.Attendance }, Later).Standing.ShouldBe(ConsentStanding.InForce);
    }

    [Fact]
    public void A_declined_restriction_binds_nobody()
    {
        Given(Granted(), RestrictionAsked(), new RestrictionDeclined(RestrictionId, "cora", Sealed<string>.Of("Cannot.")) { ClientId = ClientId }.At(Later));

        Answer(Later).Standing.ShouldBe(ConsentStanding.InForce);
        State.RestrictionOn(AgentAsksForEngagement, Later).ShouldBeNull();
    }

    [Fact]
    public void A_criminal_justice_consent_is_beyond_what_is_taken_back_elsewhere_until_its_event()
    {
        var asked = JudgeAsksForTests;
        Given(GrantedToCourt(), Granted(Second, scope: ToCourt), RevokedAt(Later, Second), MetAt(Later.AddDays(5), ConsentCondition.FinalDisposition));

        State.StandingOf(asked, Later).ShouldBe(new ConsentAnswer(ConsentStanding.InForce, First, ConsentKind.CriminalJustice));
        State.StandingOf(asked, Later.AddDays(5)).ShouldBe(new ConsentAnswer(ConsentStanding.Revoked, Second, ConsentKind.Part2General));
    }

    [Fact]
    public void An_order_permits_what_it_names_while_it_lasts()
    {
        var asked = JudgeAsksForTests with { Information = ConsentInformation.Attendance };
        Given(Ordered(until: Later));

        State.OrderOn(asked, ConsentFacts.Now).ShouldBe(OrderId);
        State.OrderOn(asked, ConsentFacts.Now.AddTicks(-1)).ShouldBeNull();
        State.OrderOn(asked, Later).ShouldBeNull();
        State.OrderOn(JudgeAsksForTests, ConsentFacts.Now).ShouldBeNull();
        State.OrderOn(asked with { RecipientAgency = Corrections }, ConsentFacts.Now).ShouldBeNull();
        State.StandingOf(asked, ConsentFacts.Now).ShouldBe(ConsentAnswer.None);
    }

    private ConsentAnswer Answer(DateTimeOffset? at = null) => State.StandingOf(AgentAsksForEngagement, at ?? ConsentFacts.Now);
}
