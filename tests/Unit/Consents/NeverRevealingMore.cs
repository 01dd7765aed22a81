using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Privacy;
using FsCheck;
using FsCheck.Fluent;
using static CaseFlow.Unit.Consents.ConsentFacts;

namespace CaseFlow.Unit.Consents;

/// <summary>What holds for every history of a client's consents.</summary>
public sealed class NeverRevealingMore
{
    private const int Days = 60;
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(600);

    private static readonly Guid[] Ids = [First, Second, Guid.Parse("0195d6c4-0000-7000-8000-0000000000a3")];

    private static readonly ConsentScope[] Scopes =
    [
        ToCourt,
        ToCourt with { Information = [ConsentInformation.WholeRecord], RecipientRoles = [] },
        ToCourt with { Information = [ConsentInformation.TestResults] },
    ];

    private static readonly ConsentQuestion[] Questions =
    [
        JudgeAsksForTests,
        JudgeAsksForTests with { Information = ConsentInformation.WholeRecord },
        JudgeAsksForTests with { Information = ConsentInformation.Attendance, RecipientRole = Role.Prosecutor },
    ];

    [Fact]
    public void A_further_revocation_hold_end_or_restriction_permits_nothing_more() => Check.One(
        Often,
        Prop.ForAll((from story in Stories() from more in Against() select (story, more)).ToArbitrary(), told =>
            Everywhere((question, at) =>
                Fold([.. told.story, told.more]).StandingOf(question, at).Standing != ConsentStanding.InForce
                || Fold(told.story).StandingOf(question, at).Standing == ConsentStanding.InForce)));

    [Fact]
    public void An_answer_changes_only_at_an_instant_that_the_record_names() => Check.One(
        Often,
        Prop.ForAll(Stories().ToArbitrary(), story =>
        {
            var state = Fold(story);
            var instants = state.Instants();
            return Everywhere((question, at) =>
                state.StandingOf(question, at) == state.StandingOf(question, instants.LastOrDefault(instant => instant <= at, DateTimeOffset.MinValue)));
        }));

    [Fact]
    public void What_is_told_later_about_later_leaves_the_answers_about_before_alone() => Check.One(
        Often,
        Prop.ForAll((from story in Stories() from more in Against() select (story, more)).ToArbitrary(), told =>
            Everywhere((question, at) =>
                at >= told.more.OccurredAt || Fold(told.story).StandingOf(question, at) == Fold([.. told.story, told.more]).StandingOf(question, at))));

    [Fact]
    public void Another_record_of_the_same_person_permits_nothing_more() => Check.One(
        Often,
        Prop.ForAll((from own in Stories() from other in Stories() select (own, other)).ToArbitrary(), told =>
            Everywhere((question, at) => Merged(told.own, told.other, question, at) != ConsentStanding.InForce
                || Fold(told.own).StandingOf(question, at).Standing == ConsentStanding.InForce)));

    [Fact]
    public void What_is_taken_back_on_another_record_is_taken_back_here_too()
    {
        ConsentEvent[] own = [Granted(First, scope: ToCourt)];
        ConsentEvent[] other = [Granted(Second, scope: ToCourt), RevokedAt(Now.AddDays(2), Second)];

        Merged(own, [], JudgeAsksForTests, Now.AddDays(3)).ShouldBe(ConsentStanding.InForce);
        Merged(own, other, JudgeAsksForTests, Now.AddDays(3)).ShouldBe(ConsentStanding.Revoked);
        Merged([], own, JudgeAsksForTests, Now.AddDays(3)).ShouldBe(ConsentStanding.None, "a consent on another record shows nothing of this one");
    }

    [Fact]
    public void A_restriction_on_another_record_binds_here_too_whatever_its_id()
    {
        ConsentEvent[] own = [Granted(First, scope: ToCourt), RestrictionAsked(ConsentInformation.Attendance) with { RecipientAgency = null }];
        ConsentEvent[] other = [RestrictionAsked(ConsentInformation.TestResults) with { RecipientAgency = null }, RestrictionAgreedAt(Now.AddDays(1))];

        Merged(own, [], JudgeAsksForTests, Now.AddDays(3)).ShouldBe(ConsentStanding.InForce);
        Merged(own, other, JudgeAsksForTests, Now.AddDays(3)).ShouldBe(ConsentStanding.Held);
    }

    private static ConsentStanding Merged(ConsentEvent[] own, ConsentEvent[] other, ConsentQuestion question, DateTimeOffset at) =>
        new ConsentGrounds(Fold(own), at, _ => null).Beside([(Ids[2], Fold(other))]).For(
            new Viewer(question.RecipientRole, question.RecipientAgency, question.Purpose),
            new RecordShown(question.DisclosingAgency, [], question.Information)).Consent;

    private static bool Everywhere(Func<ConsentQuestion, DateTimeOffset, bool> holds) =>
        Questions.All(question => Enumerable.Range(-2, (Days * 2) + 8).All(half => holds(question, Now.AddHours(half * 12))));

    private static ConsentState Fold(ConsentEvent[] story) => story.Aggregate(ConsentState.Initial, ConsentState.Evolve);

    /// <summary>Consents given, and then anything that can happen to them, on any day and in any order.</summary>
    private static Gen<ConsentEvent[]> Stories() =>
        from given in Grants()
        from asked in Gen.Constant<ConsentEvent>(RestrictionAsked(ConsentInformation.TestResults) with { RecipientAgency = null })
        from rest in Gen.Frequency((3, Against()), (1, Releases())).ArrayOf(6)
        from count in Gen.Choose(0, rest.Length)
        select (ConsentEvent[])[.. given, asked, .. rest.Take(count)];

    private static Gen<ConsentEvent[]> Grants() =>
        from first in Grant(Ids[0])
        from second in Grant(Ids[1])
        from third in Grant(Ids[2])
        select (ConsentEvent[])[first, second, third];

    private static Gen<ConsentEvent> Grant(Guid id) =>
        from scope in Gen.Elements(Scopes)
        from day in Day()
        from length in Gen.Choose(1, Days)
        from binding in Gen.Elements(false, false, true)
        let begins = Now.AddDays(day)
        select (ConsentEvent)(binding
            ? Granted(id, ConsentKind.CriminalJustice, scope, UntilDisposition with { EffectiveFrom = begins })
            : Granted(id, scope: scope, term: new ConsentTerm(begins, begins.AddDays(length), ConsentCondition.EndOfTreatment, null)));

    private static Gen<ConsentEvent> Against() =>
        from id in Gen.Elements(Ids)
        from day in Day()
        from act in Gen.Choose(0, 5)
        let at = Now.AddDays(day)
        select (ConsentEvent)(act switch
        {
            0 => RevokedAt(at, id),
            1 => HeldAt(at, id),
            2 => MetAt(at, ConsentCondition.EndOfTreatment, id),
            3 => MetAt(at, ConsentCondition.EndOfProgram, id),
            4 => MetAt(at, ConsentCondition.FinalDisposition, id),
            _ => RestrictionAgreedAt(at),
        });

    private static Gen<ConsentEvent> Releases() =>
        from day in Day()
        from length in Gen.Choose(1, Days)
        from what in Gen.Choose(0, 3)
        let at = Now.AddDays(day)
        select what switch
        {
            0 => (ConsentEvent)Renewed(at, at.AddDays(length)),
            1 => LiftedAt(at),
            2 => RestrictionEndedAt(at, RestrictionEnder.Client),
            _ => RestrictionEndedAt(at, RestrictionEnder.Agency),
        };

    private static Gen<int> Day() => Gen.Choose(0, Days);
}
