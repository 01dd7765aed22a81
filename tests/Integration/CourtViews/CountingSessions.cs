using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Consents;
using CaseFlow.Integration.Asking;
using CaseFlow.Integration.Privacy;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;

namespace CaseFlow.Integration.CourtViews;

/// <summary>
/// Ordered against attended, as the court reads it: sessions of the ordered kind and provider, on the order's days, each week by itself; what else
/// was done is shown beside it.
/// </summary>
public sealed class CountingSessions
{
    private static CoachingSessionHeld CheckIn => new(Guid.CreateVersion7(), Coach.Id, SessionKind.CheckIn, ContactMode.Phone, 15, [], null)
    { ParticipationId = default, ClientId = default };

    [Fact]
    public async Task Only_what_was_ordered_counts_for_the_order_and_the_packet_says_the_same()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync();
        await county.GrantAsync(robin.ClientId, ConsentStories.ToCourt, ConsentKind.CourtTeam);
        await robin.SessionAsync(Cdt(5, 20, 10), 45);
        await robin.OrderCoachingAsync(new DateOnly(2026, 6, 1), new DateOnly(2026, 8, 30));
        foreach (var day in new[] { 2, 3, 4 })
            await robin.SessionAsync(Cdt(6, day, 10), 45);
        await robin.SessionAsync(Cdt(6, 9, 10), 30);
        await robin.CoachingAsync(Coach, Cdt(6, 10, 10), CheckIn);
        await county.ShowAsync();

        // Two a week, two weeks over: three in the first count as two, one in the second as one.
        var shown = (await county.AskAsync(Judge, robin.Path)).Ok()["compliance"]!["coaching"]!;
        (shown["orderedSoFar"]!.GetValue<int>(), shown["attendedSoFar"]!.GetValue<int>()).ShouldBe((4, 3));
        (shown["attendance"]!["held"]!.GetValue<int>(), shown["attendance"]!["minutes"]!.GetValue<long>()).ShouldBe((4, 165));
        shown["apart"]!.AsArray().Select(one => (one!["reason"]!.GetValue<string>(), one["kind"]!.GetValue<string>(), one["attendance"]!["held"]!.GetValue<int>(), one["attendance"]!["minutes"]!.GetValue<int>()))
            .ShouldBe([("otherKind", "checkIn", 1, 15), ("outsideOrder", "oneToOne", 1, 45)]);
        shown["apart"]![0]!["providerAgencyId"]!.GetValue<string>().ShouldBe(Stories.Provider);

        // Before the court changes its order; and what a changed order asks is counted by it alone.
        (await county.AskAsync(Judge, $"{robin.Path}?asOf={At(Cdt(6, 8, 12))}")).Ok()["compliance"]!["coaching"]!["attendedSoFar"]!.GetValue<int>().ShouldBe(2);
        await robin.CoachingAsync(Coordinator, Cdt(6, 14, 9), new CoachingOrdered(
            Participants.Court, Stories.Provider, null, new CoachingOrder(1, OrderPeriod.Week, SessionKind.CheckIn, new DateOnly(2026, 6, 8), new DateOnly(2026, 8, 30)), 1)
        { ParticipationId = default, ClientId = default });
        await county.ShowAsync();
        var changed = (await county.AskAsync(Judge, robin.Path)).Ok()["compliance"]!["coaching"]!;
        (changed["orderedSoFar"]!.GetValue<int>(), changed["attendedSoFar"]!.GetValue<int>(), changed["attendance"]!["held"]!.GetValue<int>()).ShouldBe((1, 1, 1));
        changed["apart"]!.AsArray().Sum(one => one!["attendance"]!["held"]!.GetValue<int>()).ShouldBe(5);
    }

    /// <summary>Ended while the order stands, as the court sees it: nobody coaches, and until when there is to be somebody (R24).</summary>
    [Fact]
    public async Task A_coaching_that_was_ended_while_the_order_stands_wants_attention()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync();
        await county.GrantAsync(robin.ClientId, ConsentStories.ToCourt, ConsentKind.CourtTeam);
        await robin.OrderCoachingAsync(new DateOnly(2026, 6, 1), new DateOnly(2026, 8, 30));
        await robin.AssignCoachAsync(Cdt(6, 2, 9));
        await robin.CoachingAsync(Coach, Cdt(6, 12, 9), new CoachingEnded(CoachingEndReason.NoContact)
        { ParticipationId = default, ClientId = default, NextCoachBy = Cdt(6, 16, 9), CourtVersion = 1 });
        await county.ShowAsync();

        var alarm = (await county.AskAsync(Judge, robin.Path)).Ok()["compliance"]!["coaching"]!["attention"]!.AsArray().ShouldHaveSingleItem()!;
        (alarm["kind"]!.GetValue<string>(), alarm["dueAt"]!.GetValue<DateTimeOffset>(), alarm["overdue"]!.GetValue<bool>()).ShouldBe(("noCoach", Cdt(6, 16, 9), false));
        (await county.AskAsync(Judge, $"{robin.Path}?asOf={At(Cdt(6, 11, 9))}")).Ok()["compliance"]!["coaching"]!["status"]!.GetValue<string>().ShouldBe("coached");

        await robin.CoachingAsync(Coordinator, Cdt(6, 14, 9), new CoachingOrderLifted(CoachingEndReason.OrderLifted) { ParticipationId = default, ClientId = default, Court = Participants.Court });
        await county.ShowAsync();
        (await county.AskAsync(Judge, robin.Path)).Ok()["compliance"]!["coaching"]!["attention"].ShouldBeNull("nobody is wanted any more");
    }
}
