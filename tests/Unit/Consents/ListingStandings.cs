using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using static CaseFlow.Unit.Consents.ConsentFacts;

namespace CaseFlow.Unit.Consents;

/// <summary>A list of consents calls in force only what still permits something to those who look.</summary>
public sealed class ListingStandings
{
    private static readonly DateTimeOffset Later = Now.AddDays(10);
    private static readonly Actor Officer = new("privacy-1", Role.PrivacyOfficer, "demo");
    private static readonly Actor Coach = new("coach-1", Role.Coach, "demo", Coaches);
    private static readonly Actor Agent = new("agent-1", Role.Agent, "demo", Corrections);
    private static readonly Actor Judge = new("judge-1", Role.Judge, "demo", Court);
    private static readonly Actor Coordinator = new("coordinator-1", Role.Coordinator, "demo", Court);

    [Fact]
    public void Another_for_the_same_that_was_taken_back_since_it_was_signed_stands_in_its_way()
    {
        foreach (var reader in new[] { Officer, Coach, Agent })
        {
            Listed(reader, Granted(), Granted(Second)).ShouldBe(ConsentStanding.InForce);
            Listed(reader, Granted(), Granted(Second), RevokedAt(Later, Second)).ShouldBe(ConsentStanding.Revoked);
            Listed(reader, Granted(), Granted(Second), HeldAt(Later, Second)).ShouldBe(ConsentStanding.Held);
            Listed(reader, Granted(Second), RevokedAt(Later, Second), Granted(term: AYear with { EffectiveFrom = Later.AddDays(1) }))
                .ShouldBe(ConsentStanding.InForce, "signed after the other was taken back");
            Listed(reader, Granted(), RevokedAt(Later)).ShouldBe(ConsentStanding.Revoked);
            Listed(reader, Granted(), MetAt(Later, ConsentCondition.FinalDisposition)).ShouldBe(ConsentStanding.InForce);
        }
    }

    [Fact]
    public void While_any_of_it_is_permitted_it_is_in_force()
    {
        var onlyEngagement = ToCorrections with { Information = [ConsentInformation.Engagement] };

        Listed(Officer, Granted(), Granted(Second, scope: onlyEngagement), RevokedAt(Later, Second)).ShouldBe(ConsentStanding.InForce, "attendance is left");
        Listed(Officer, Granted(scope: onlyEngagement), Granted(Second), RevokedAt(Later, Second)).ShouldBe(ConsentStanding.Revoked);
    }

    [Fact]
    public void A_criminal_justice_consent_before_its_event_is_beyond_that() =>
        Listed(Judge, GrantedToCourt(), Granted(Second, scope: ToCourt), RevokedAt(Later, Second)).ShouldBe(ConsentStanding.InForce);

    [Fact]
    public void What_is_between_others_is_not_told_by_it()
    {
        var toBoth = ToCorrections with { Recipients = [Corrections, Court] };
        var toCourt = ToCorrections with { Recipients = [Court] };
        ConsentEvent[] story = [Granted(scope: toBoth), Granted(Second, scope: toCourt), RevokedAt(Later, Second)];

        Listed(Agent, story).ShouldBe(ConsentStanding.InForce);
        Listed(Coach, story).ShouldBe(ConsentStanding.InForce, "the agent is told still");
        Listed(Coordinator, story).ShouldBe(ConsentStanding.Revoked);
    }

    [Fact]
    public void A_role_that_stands_beside_the_team_sees_what_concerns_that_role()
    {
        ConsentEvent[] story = [Granted(scope: ToCourt), Granted(Second, scope: ToCourt with { RecipientRoles = [Role.Judge] }), RevokedAt(Later, Second)];

        Listed(Judge, story).ShouldBe(ConsentStanding.Revoked);
        Listed(Coordinator, story).ShouldBe(ConsentStanding.InForce);
    }

    [Fact]
    public void A_class_stays_in_force_for_those_whom_nobody_took_back()
    {
        var toCourts = ToCourt with { Recipients = [], RecipientClass = AgencyKind.Court };
        ConsentEvent[] story = [Granted(scope: toCourts), Granted(Second, scope: ToCourt), RevokedAt(Later, Second)];

        Listed(Officer, story).ShouldBe(ConsentStanding.InForce);
        Listed(Coordinator, story).ShouldBe(ConsentStanding.Revoked);
        Listed(Coordinator with { Agency = "other-court" }, story).ShouldBe(ConsentStanding.InForce);
    }

    [Fact]
    public void An_agreed_restriction_is_listed_beside_it() => Listed(
        Agent, Granted(), RestrictionAsked(ConsentInformation.Engagement, ConsentInformation.Attendance), RestrictionAgreedAt(Now)).ShouldBe(ConsentStanding.InForce);

    [Fact]
    public void What_a_person_outside_is_told_by_name_is_judged_alike()
    {
        var toMother = ToCorrections with { Recipients = [], RecipientPersonId = RestrictionId, Purposes = [ConsentPurpose.FamilyInvolvement] };

        Listed(Coach, Granted(scope: toMother), Granted(Second, scope: toMother)).ShouldBe(ConsentStanding.InForce);
        Listed(Coach, Granted(scope: toMother), Granted(Second, scope: toMother), RevokedAt(Later, Second)).ShouldBe(ConsentStanding.Revoked);
    }

    [Fact]
    public void What_was_taken_back_on_another_record_of_the_person_counts()
    {
        var grounds = new ConsentGrounds(Fold(Granted()), Later.AddDays(2), KindOf).Beside([(OrderId, Fold(Granted(Second), RevokedAt(Later, Second)))]);

        ListedStanding.Of(grounds, grounds.Consents.Find(First)!, Officer).ShouldBe(ConsentStanding.Revoked);
    }

    [Fact]
    public void A_form_that_names_many_agencies_costs_as_much_as_what_was_taken_back_of_it()
    {
        string[] disclosers = [.. Enumerable.Range(0, 50).Select(n => $"discloser-{n}")], recipients = [.. Enumerable.Range(0, 50).Select(n => $"recipient-{n}")];
        var wide = ToCorrections with { Disclosers = disclosers, Recipients = recipients, Information = [ConsentInformation.WholeRecord], Purposes = Enum.GetValues<ConsentPurpose>() };

        ShouldBe(ConsentStanding.InForce, questions: 1);
        ShouldBe(ConsentStanding.Revoked, questions: 1, wide);
        ShouldBe(ConsentStanding.InForce, questions: 4, wide with { Recipients = recipients[1..] }, wide with { Disclosers = disclosers[1..], Recipients = recipients[..1] });
        ShouldBe(ConsentStanding.Revoked, questions: 50, [.. recipients.Select(recipient => wide with { Recipients = [recipient] })]);

        void ShouldBe(ConsentStanding standing, int questions, params ConsentScope[] takenBack)
        {
            ConsentEvent[] story = [Granted(scope: wide), .. takenBack.SelectMany((scope, n) => new ConsentEvent[] { Granted(IdOf(n), scope: scope), RevokedAt(Later, IdOf(n)) })];
            var grounds = new ConsentGrounds(Fold(story), Later.AddDays(2), KindOf);
            Listed(Officer, story).ShouldBe(standing);
            ListedStanding.QuestionsOf(grounds, grounds.Consents.Find(First)!.Scope, Officer).Count().ShouldBe(questions);
        }

        static Guid IdOf(int n) => new(n + 1, 0, 0, new byte[8]);
    }

    [Fact]
    public void Information_that_nobody_took_back_keeps_it_in_force_whatever_is_asked_first()
    {
        var whole = ToCorrections with { Information = [ConsentInformation.WholeRecord] };
        foreach (var information in Enum.GetValues<ConsentInformation>().Where(one => one != ConsentInformation.WholeRecord))
            Listed(Officer, Granted(scope: whole), Granted(Second, scope: whole with { Information = [information] }), RevokedAt(Later, Second)).ShouldBe(ConsentStanding.InForce, $"{information}");
    }

    /// <summary>Of the first consent.</summary>
    private static ConsentStanding Listed(Actor reader, params ConsentEvent[] story)
    {
        var grounds = new ConsentGrounds(Fold(story), Later.AddDays(2), KindOf);
        return ListedStanding.Of(grounds, grounds.Consents.Find(First)!, reader);
    }

    private static ConsentState Fold(params ConsentEvent[] story) => story.Aggregate(ConsentState.Initial, ConsentState.Evolve);

    private static AgencyKind? KindOf(string agency) => agency is Court or "other-court" ? AgencyKind.Court : null;
}
