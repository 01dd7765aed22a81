using CaseFlow.Domain;
using CaseFlow.Domain.Referrals;
using CaseFlow.Projections.ReferralInbox;
using static CaseFlow.Unit.Referrals.ReferralFacts;

namespace CaseFlow.Unit.Referrals;

/// <summary>A referral that was passed on starts anew in the next provider's inbox: nothing in its line follows from what the one before did.</summary>
public sealed class PassingReferralsOn : IntakeSpec
{
    private static readonly DateTimeOffset Later = Now.AddDays(3);

    public static TheoryData<string> Before => [.. ActsBefore.Keys];

    private static Dictionary<string, IntakeEvent[]> ActsBefore { get; } = new()
    {
        ["acknowledged"] = [Acknowledged],
        ["accepted"] = [Acknowledged, Accepted],
        ["declined"] = [Acknowledged, Declined],
        ["tried three times"] = [Acknowledged, Accepted, .. Enumerable.Range(1, 3).Select(day => Attempted(ContactMode.Phone, Now.AddDays(day)))],
        ["unreachable"] = [Acknowledged, Accepted, Attempted(ContactMode.Phone, Now), Unreachable],
        ["in contact"] = [Acknowledged, Accepted, InContact],
        ["closed and taken up again"] = [Acknowledged, Accepted, InContact, Closed(ReferralOutcome.GotHelp), Reopened],
        ["declined and taken up again"] = [Acknowledged, Declined, Reopened],
    };

    [Theory]
    [MemberData(nameof(Before))]
    public void Nothing_of_what_was_done_before_is_in_the_line(string before)
    {
        var untouched = Folded(Created, Sent, Passed(Later));

        var line = Folded([Created, Sent, .. ActsBefore[before], Passed(Later)]);

        Json(line).ShouldBe(Json(untouched));
        (line.Status, line.HolderAgencyId, line.ReceivedAt, line.StatusAt, line.AcknowledgeBy).ShouldBe((InboxStatus.New, Others, Later, Later, null));
    }

    [Theory]
    [MemberData(nameof(Before))]
    public void What_the_next_one_does_is_all_that_is_told_from_then_on(string before)
    {
        IntakeEvent[] acts = [.. new IntakeEvent[] { Acknowledged, Accepted, Attempted(ContactMode.Text, Later), InContact }.Select(act => act with { ProviderAgencyId = Others })];

        Json(Folded([Created, Sent, .. ActsBefore[before], Passed(Later), .. acts])).ShouldBe(Json(Folded([Created, Sent, Passed(Later), .. acts])));
        Folded([Created, Sent, .. ActsBefore[before], Passed(Later), .. acts]).Attempts.ShouldHaveSingleItem();
    }

    [Fact]
    public void What_the_next_one_did_before_it_was_theirs_is_not_told_to_the_one_before()
    {
        var before = Folded(Created, Sent, Acknowledged);

        foreach (var act in new IntakeEvent[] { Accepted, Declined, Attempted(ContactMode.Phone, Now), InContact, Unreachable, Closed(ReferralOutcome.GotHelp), Reopened })
            InboxEntry.Evolve(before, act with { ProviderAgencyId = Others }).ShouldBeSameAs(before, act.GetType().Name);
    }

    [Fact]
    public void Back_with_the_first_one_it_is_new_there_too()
    {
        var back = Redirected with { ToAgencyId = Us, ProviderAgencyId = Others };

        Json(Folded(Created, Sent, Acknowledged, Accepted, InContact, Passed(Later), back)).ShouldBe(Json(Folded(Created, Sent, Passed(Later), back)));
    }

    private static ReferralRedirected Passed(DateTimeOffset at) => Redirected.At(at);

    private static InboxEntry Folded(params DomainEvent[] facts) => facts.Aggregate((InboxEntry?)null, InboxEntry.Evolve).ShouldNotBeNull();

    private static string Json(InboxEntry line) => System.Text.Json.JsonSerializer.Serialize(line);
}
