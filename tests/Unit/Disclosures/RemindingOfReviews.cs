using System.Text.Json.Nodes;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Disclosures;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Processes;

namespace CaseFlow.Unit.Disclosures;

/// <summary>The privacy officer is told of an opening in an emergency, and of a review that is late.</summary>
public sealed class RemindingOfReviews
{
    private static readonly DateTimeOffset Now = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);
    private static readonly Guid Client = Guid.Parse("0195d6c4-0000-7000-8000-000000000001");
    private static readonly Guid AccessId = Guid.Parse("0195d6c4-0000-7000-8000-00000000000e");

    private static readonly EmergencyAccessUsed Used = new EmergencyAccessUsed(
        "coach-1", Role.Coach, "coaches", EmergencyReason.Overdose, Sealed<string>.Of("Found unconscious."), Now.AddHours(4), Now.AddDays(7), PolicyVersion: 3)
    { ClientId = Client, EmergencyAccessId = AccessId }.At(Now);

    private static readonly EmergencyAccessReviewed Reviewed =
        new EmergencyAccessReviewed("privacy-1", EmergencyVerdict.Justified, null) { ClientId = Client, EmergencyAccessId = AccessId }.At(Now);

    private static EmergencyAccessState Opened { get; } = EmergencyAccessState.Evolve(EmergencyAccessState.Initial, Used);

    [Fact]
    public void An_opening_sets_one_timer_for_its_due_time_and_a_review_none()
    {
        EmergencyNotices.On(Used).ShouldBe(new EmergencyTimer(AccessId, Now.AddDays(7)));
        EmergencyNotices.On(Reviewed).ShouldBeNull();
    }

    [Fact]
    public void A_review_that_is_late_is_told_once_it_is_due_and_only_while_nobody_reviewed()
    {
        var timer = EmergencyNotices.On(Used)!;

        EmergencyNotices.Fire(timer, Opened, timer.DueAt.AddTicks(-1)).ShouldBeNull();
        EmergencyNotices.Fire(timer, Opened, timer.DueAt).ShouldBe(new EmergencyReviewOverdue(timer.DueAt) { EmergencyAccessId = AccessId }.At(timer.DueAt));
        EmergencyNotices.Fire(timer, EmergencyAccessState.Evolve(Opened, Reviewed), timer.DueAt).ShouldBeNull();
        EmergencyNotices.Fire(timer, EmergencyAccessState.Initial, timer.DueAt).ShouldBeNull();
    }

    [Fact]
    public void The_message_is_for_the_privacy_officer_and_names_neither_client_nor_opener()
    {
        var sent = Messages(Used).ShouldHaveSingleItem();

        sent.Topic.ShouldBe("notices");
        sent.Payload.ShouldNotContain(Client.ToString());
        sent.Payload.ShouldNotContain("coach-1");
        var message = JsonNode.Parse(sent.Payload)!;
        (message["kind"]!.GetValue<string>(), message["for"]!.GetValue<string>(), message["emergencyAccessId"]!.GetValue<Guid>()).ShouldBe(("emergency-access", "privacy-officer", AccessId));
        message["dueAt"]!.GetValue<DateTimeOffset>().ShouldBe(Now.AddDays(7));
        var overdue = new EmergencyReviewOverdue(Now) { EmergencyAccessId = AccessId }.At(Now);
        JsonNode.Parse(Messages(overdue).ShouldHaveSingleItem().Payload)!["kind"]!.GetValue<string>().ShouldBe("emergency-review-overdue");
        Messages(Reviewed).ShouldBeEmpty();
    }

    private static IReadOnlyList<Effect.Send> Messages(DomainEvent fact) =>
    [
        .. new NoticeMessages(wanted: true).EffectsOf(
            new RecordedEvent("demo", AccessId, "emergency_access", 1, AccessId, 1, 1, Now, fact, null, new AppendMetadata("coach-1"))).OfType<Effect.Send>(),
    ];
}
