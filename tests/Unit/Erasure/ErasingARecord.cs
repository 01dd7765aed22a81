using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Unit.Erasure;

public sealed class ErasingARecord() : Spec<ErasureState, ErasureEvent>(ErasureState.Initial, ErasureState.Evolve)
{
    private static readonly Guid Client = Guid.Parse("0195d6c4-0000-7000-8000-000000000001");
    private static readonly Guid Overdose = Guid.Parse("0195d6c4-0000-7000-8000-000000000002");
    private static readonly ErasurePolicy Policy = ErasurePolicy.Default;
    private static readonly Sealed<string> Number = Sealed<string>.Of("order 7");
    private static readonly OrderSealing Order = new(
        Client, ErasureScope.WholeRecord, ErasureAuthority.Court, "adult-expunction", Number, "mark", When.At(Now));
    private static readonly PlaceLegalHold Hold = new(Client, ErasureAuthority.Prosecutor, "litigation", Number, "mark", When.At(Now));
    private static readonly SealingOrdered Ordered =
        new SealingOrdered(Order.OrderId, ErasureScope.WholeRecord, ErasureAuthority.Court, "adult-expunction", Number) { ClientId = Client }.At(Now);
    private static readonly LegalHoldPlaced Held =
        new LegalHoldPlaced(Hold.HoldId, ErasureAuthority.Prosecutor, "litigation", Number) { ClientId = Client }.At(Now);

    [Fact]
    public void An_order_is_recorded_once_with_its_authority_and_reason()
    {
        WhenOrdered().ShouldRecord(Ordered);
        WhenOrdered().ShouldBeAlreadyDone();
    }

    [Fact]
    public void An_order_told_again_is_the_same_in_all_that_it_says() => ShouldLoseNothing(
        Order, (told, state, now) => OrderSealing.Decide(told, state, Policy, _ => true, now), "Reference");

    [Fact]
    public void An_order_told_again_with_another_reason_or_to_leave_the_record_to_others_is_refused_and_the_first_stands()
    {
        SealedFor[] staff = [new("dcc"), new("court", Role.Judge)];
        var order = Order with { LeftTo = new SealingExceptions(staff) };
        Given(Ordered with { LeftTo = order.LeftTo });
        Decision<ErasureEvent> Told(OrderSealing again) => WhenAsked(state => OrderSealing.Decide(again, state, Policy, _ => true, Now));

        Told(order with { LeftTo = new SealingExceptions([new("dcc")]) }).ShouldBeRefused(ErasureRejections.OrderRecordedDifferently());
        Told(order with { LeftTo = new SealingExceptions(staff, Client: false) }).ShouldBeRefused(ErasureRejections.OrderRecordedDifferently());
        Told(order with { ReasonCode = "record-sealing" }).ShouldBeRefused(ErasureRejections.OrderRecordedDifferently());

        Told(order with { LeftTo = new SealingExceptions([staff[1], staff[0]]) }).ShouldBeAlreadyDone();
        State.SealedFrom(Agent).ShouldBeEmpty("the order as it was recorded leaves the record to the agency");
        WhenApplied();
        Told(Order).ShouldBeAlreadyDone();
    }

    [Fact]
    public void What_an_order_leaves_to_somebody_while_it_seals_is_hidden_from_them_too_once_it_is_carried_out()
    {
        Given(Ordered with { LeftTo = new SealingExceptions([new("dcc")]) });
        State.HiddenFrom(Agent).ShouldBeEmpty();
        State.HiddenFrom(Agent with { Agency = "elsewhere" }).ShouldHaveSingleItem().IsApplied.ShouldBeFalse();

        WhenApplied();

        foreach (var actor in new[] { Agent, Agent with { Role = Role.PrivacyOfficer, Purpose = Purpose.OwnRecord } })
            State.HiddenFrom(actor).ShouldHaveSingleItem().IsApplied.ShouldBeTrue();
    }

    [Fact]
    public void An_order_with_another_number_or_scope_is_another_order() =>
        new[] { Order.OrderId, (Order with { ReferenceMark = "other" }).OrderId, (Order with { Scope = ErasureScope.Juvenile }).OrderId }
            .Distinct().Count().ShouldBe(3);

    [Fact]
    public void An_order_with_a_reason_that_the_policy_does_not_have_is_refused() =>
        WhenAsked(state => OrderSealing.Decide(Order with { ReasonCode = "because" }, state, Policy, _ => true, Now)).ShouldBeRefused(ErasureRejections.ReasonUnknown("because"));

    [Fact]
    public void An_order_from_the_future_is_refused() =>
        WhenAsked(state => OrderSealing.Decide(Order with { When = When.At(Now.AddHours(1)) }, state, Policy, _ => true, Now)).Rejection!.Code.ShouldBe("known-in-future");

    [Fact]
    public void What_was_ordered_is_applied_to_the_client_every_class_and_the_overdoses_that_were_theirs()
    {
        Given(Ordered);

        var applied = WhenApplied().Events.ShouldHaveSingleItem().ShouldBeOfType<ExpunctionApplied>();

        applied.Subjects.ShouldBe([Client, SealedClasses.SubjectOf(Client, ["JUVENILE"]), Overdose]);
        (applied.Authority, applied.ReasonCode, applied.OccurredAt).ShouldBe((ErasureAuthority.Court, "adult-expunction", Now));
        State.IsErased.ShouldBeTrue();
        WhenApplied().ShouldBeAlreadyDone();
    }

    [Fact]
    public void A_class_goes_alone()
    {
        var juvenile = Order with { Scope = ErasureScope.Juvenile, ReasonCode = "juvenile-expunction" };
        WhenAsked(state => OrderSealing.Decide(juvenile, state, Policy, _ => true, Now));

        var applied = WhenAsked(state => ApplyExpunction.Decide(new(Client, juvenile.OrderId, [Overdose]), state, Now)).Events[0].ShouldBeOfType<ExpunctionApplied>();

        applied.Subjects.ShouldBe([SealedClasses.SubjectOf(Client, ["PART2", "JUVENILE"])]);
        applied.Subjects.ShouldNotContain(Client);
        State.IsErased.ShouldBeFalse();
        WhenOrdered().ShouldRecord(Ordered);
    }

    [Fact]
    public void Content_without_the_label_of_a_class_is_sealed_under_the_clients_own_key() =>
        SealedClasses.SubjectOf(Client, ["PART2", "CJI"]).ShouldBe(Client);

    [Fact]
    public void Nothing_is_applied_that_was_not_ordered() => WhenApplied().ShouldBeRefused(ErasureRejections.OrderNotFound(Order.OrderId));

    [Fact]
    public void A_legal_hold_blocks_it_until_it_is_released()
    {
        Given(Held);
        WhenOrdered().ShouldRecord(Ordered);
        WhenApplied().ShouldBeRefused(ErasureRejections.LegalHold());

        WhenReleased().ShouldRecord(new LegalHoldReleased(Hold.HoldId, ErasureAuthority.Prosecutor) { ClientId = Client }.At(Now));

        WhenApplied().Events.ShouldHaveSingleItem();
        WhenReleased().ShouldBeAlreadyDone();
    }

    [Fact]
    public void Each_of_two_holds_blocks_it()
    {
        Given(Ordered, Held, Held with { HoldId = Overdose });
        WhenReleased();
        WhenApplied().ShouldBeRefused(ErasureRejections.LegalHold());
    }

    [Fact]
    public void A_hold_is_placed_once_and_does_not_come_back_under_its_number()
    {
        WhenHeld().ShouldRecord(Held);
        WhenHeld().ShouldBeAlreadyDone();
        WhenReleased();
        WhenHeld().ShouldBeRefused(ErasureRejections.HoldReleased());
    }

    [Fact]
    public void A_hold_needs_a_reason_and_a_time_like_an_order()
    {
        WhenAsked(state => PlaceLegalHold.Decide(Hold with { ReasonCode = "adult-expunction" }, state, Policy, Now))
            .ShouldBeRefused(ErasureRejections.ReasonUnknown("adult-expunction"));
        WhenAsked(state => PlaceLegalHold.Decide(Hold with { When = When.At(Now.AddHours(1)) }, state, Policy, Now)).Rejection!.Code.ShouldBe("known-in-future");
    }

    [Fact]
    public void A_hold_that_is_not_there_is_not_released()
    {
        WhenReleased().ShouldBeRefused(ErasureRejections.HoldNotFound(Hold.HoldId));
        Given(Held);
        WhenAsked(state => ReleaseLegalHold.Decide(new(Client, Hold.HoldId, ErasureAuthority.Court, When.At(Now.AddHours(1))), state, Now))
            .Rejection!.Code.ShouldBe("known-in-future");
    }

    [Theory]
    [InlineData(ErasureAuthority.Court)]
    [InlineData(ErasureAuthority.Prosecutor)]
    [InlineData(ErasureAuthority.Agency)]
    [InlineData(ErasureAuthority.Client)]
    public void A_hold_is_released_and_a_sealing_lifted_by_whoever_demanded_it_or_by_a_court(ErasureAuthority demandedBy)
    {
        foreach (var by in Enum.GetValues<ErasureAuthority>())
        {
            var state = ErasureState.Evolve(ErasureState.Evolve(ErasureState.Initial, Held with { Authority = demandedBy }), Ordered with { Authority = demandedBy });
            var released = ReleaseLegalHold.Decide(new(Client, Hold.HoldId, by, When.At(Now)), state, Now);
            var lifted = LiftSealing.Decide(new(Client, Order.OrderId, by, Number, When.At(Now)), state, Now);

            var refusals = new[] { released.Rejection?.Code, lifted.Rejection?.Code };
            if (by == demandedBy || by == ErasureAuthority.Court)
                refusals.ShouldBe([null, null], $"{by}");
            else
                refusals.ShouldBe(["legal-hold-released-by-another", demandedBy == ErasureAuthority.Court ? "sealing-lifted-by-court-alone" : "sealing-lifted-by-another"], $"{by}");
        }
    }

    [Fact]
    public void An_order_that_takes_the_whole_record_overtakes_every_other_that_is_open()
    {
        var second = Order with { ReferenceMark = "second" };
        var ofAClass = Order with { Scope = ErasureScope.Juvenile };
        Given(Ordered, Ordered with { OrderId = second.OrderId }, Ordered with { OrderId = ofAClass.OrderId, Scope = ErasureScope.Juvenile });
        WhenAsked(state => ApplyExpunction.Decide(new(Client, ofAClass.OrderId, []), state, Now)).Events.ShouldHaveSingleItem();
        State.Orders.Values.Count(order => order.Step == ErasureStep.Ordered).ShouldBe(2, "one about a class takes the class alone");

        var sealedClass = Guid.CreateVersion7();
        Given(Ordered with { OrderId = sealedClass, Scope = ErasureScope.Juvenile });

        WhenApplied();

        State.HiddenFrom(Agent with { Agency = "elsewhere" }).Select(order => order.OrderId).ShouldContain(sealedClass, "a class that was sealed stays hidden");
        State.Orders[second.OrderId].Step.ShouldBe(ErasureStep.Overtaken);
        State.Orders[ofAClass.OrderId].IsApplied.ShouldBeTrue("it was carried out by itself");
        State.SealedFrom(Agent).ShouldBeEmpty("nothing is left that it seals");
        WhenLifted(orderId: second.OrderId).ShouldBeRefused(ErasureRejections.AlreadyErased());
        WhenAsked(state => ApplyExpunction.Decide(new(Client, second.OrderId, []), state, Now)).ShouldBeRefused(ErasureRejections.AlreadyErased());
    }

    [Fact]
    public void An_order_about_a_class_binds_what_is_of_it_until_it_is_lifted()
    {
        State.BoundLabels.ShouldBeEmpty();
        Given(Ordered);
        State.BoundLabels.ShouldBeEmpty("of the whole record nothing escapes by a label");
        var ofAClass = Order with { Scope = ErasureScope.Juvenile };
        Given(Ordered with { OrderId = ofAClass.OrderId, Scope = ErasureScope.Juvenile });
        State.BoundLabels.ShouldBe(["JUVENILE"]);

        WhenLifted(orderId: ofAClass.OrderId);

        State.BoundLabels.ShouldBeEmpty();
        Given(new ExpunctionApplied(Overdose, ErasureScope.Juvenile, ErasureAuthority.Court, "juvenile-expunction", []) { ClientId = Client }.At(Now));
        State.BoundLabels.ShouldBeEmpty("it covers nothing that is recorded from then on");
    }

    [Fact]
    public void What_is_erased_is_neither_ordered_nor_held_nor_erased_again()
    {
        var second = Order with { ReferenceMark = "second" };
        Given(Ordered);
        WhenAsked(state => OrderSealing.Decide(second, state, Policy, _ => true, Now));
        WhenApplied();

        WhenAsked(state => ApplyExpunction.Decide(new(Client, second.OrderId, []), state, Now)).ShouldBeRefused(ErasureRejections.AlreadyErased());
        WhenAsked(state => OrderSealing.Decide(Order with { ReferenceMark = "third" }, state, Policy, _ => true, Now)).ShouldBeRefused(ErasureRejections.AlreadyErased());
        WhenHeld().ShouldBeRefused(ErasureRejections.AlreadyErased());
    }

    [Fact]
    public void Destruction_is_confirmed_once_and_only_of_what_was_applied()
    {
        Given(Ordered);
        WhenConfirmed().ShouldBeRefused(ErasureRejections.OrderNotFound(Order.OrderId));
        WhenApplied();
        WhenConfirmed().ShouldRecord(new KeyDestroyed(Order.OrderId, ErasureScope.WholeRecord) { ClientId = Client }.At(Now));
        WhenConfirmed().ShouldBeAlreadyDone();
    }

    [Fact]
    public void A_restored_record_is_erased_again_whatever_holds_it()
    {
        Given(Ordered, Held);
        var listed = new ErasureOrder(Order.OrderId, ErasureScope.WholeRecord, ErasureAuthority.Court, "adult-expunction", ErasureStep.Ordered, [Client]);

        var applied = WhenAsked(state => RepeatErasure.Decide(new(Client, listed, Now.AddDays(-3)), state, Now)).Events[0].ShouldBeOfType<ExpunctionApplied>();

        (applied.OccurredAt, applied.KnownAt).ShouldBe((Now.AddDays(-3), Now));
        applied.Subjects.ShouldBe([Client]);
        WhenAsked(state => RepeatErasure.Decide(new(Client, listed, Now.AddDays(-3)), state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void The_orders_number_outlives_the_clients_key() => ((ISealedApart)Ordered).SealedUnder.ShouldBe(StreamIds.Erasure(Client));

    [Fact]
    public void A_sealing_is_lifted_once_and_the_same_order_does_not_seal_again()
    {
        Given(Ordered);
        State.SealedFrom(Agent).ShouldHaveSingleItem().OrderId.ShouldBe(Order.OrderId);

        WhenLifted().ShouldRecord(new SealingLifted(Order.OrderId, ErasureScope.WholeRecord, ErasureAuthority.Court, Number) { ClientId = Client }.At(Now));
        WhenLifted().ShouldBeAlreadyDone();
        State.SealedFrom(Agent).ShouldBeEmpty();
        State.IsErased.ShouldBeFalse();
        WhenOrdered().ShouldBeRefused(ErasureRejections.OrderLifted());
        WhenApplied().ShouldBeRefused(ErasureRejections.OrderLifted());
        WhenAsked(state => OrderSealing.Decide(Order with { ReferenceMark = "another" }, state, Policy, _ => true, Now)).Events.ShouldHaveSingleItem();
        State.SealedFrom(Agent).ShouldHaveSingleItem();
    }

    [Fact]
    public void What_a_court_sealed_a_court_lifts_and_what_an_agency_sealed_either()
    {
        Given(Ordered, Ordered with { OrderId = Overdose, Authority = ErasureAuthority.Agency });

        WhenLifted(ErasureAuthority.Agency).ShouldBeRefused(ErasureRejections.LiftedByCourtAlone());
        WhenLifted(ErasureAuthority.Court, Overdose).Events.ShouldHaveSingleItem();
        State.SealedFrom(Agent).ShouldHaveSingleItem("the other order still stands");
    }

    [Fact]
    public void Nothing_is_lifted_that_was_not_ordered_or_is_expunged_or_lies_ahead()
    {
        WhenLifted().ShouldBeRefused(ErasureRejections.OrderNotFound(Order.OrderId));
        Given(Ordered);
        WhenAsked(state => LiftSealing.Decide(new(Client, Order.OrderId, ErasureAuthority.Court, Number, When.At(Now.AddDays(1))), state, Now))
            .Rejection!.Code.ShouldBe("known-in-future");
        WhenApplied();
        WhenLifted().ShouldBeRefused(ErasureRejections.AlreadyErased());
    }

    [Fact]
    public void A_legal_hold_does_not_stop_a_sealing_nor_its_lifting()
    {
        Given(Held);
        WhenOrdered().ShouldRecord(Ordered);
        WhenLifted().Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void An_order_leaves_the_record_to_whom_it_names_and_to_the_client_unless_it_says_otherwise()
    {
        var forTheClient = new Actor("privacy-1", Role.PrivacyOfficer, "demo", Purpose: Purpose.OwnRecord);
        Given(Ordered with { LeftTo = new SealingExceptions([new("court", Role.Judge), new("dcc")]) });

        State.SealedFrom(Agent).ShouldBeEmpty();
        State.SealedFrom(new Actor("judge-1", Role.Judge, "demo", "court")).ShouldBeEmpty();
        State.SealedFrom(new Actor("clerk-1", Role.Coordinator, "demo", "court")).ShouldNotBeEmpty();
        State.SealedFrom(new Actor("aud-1", Role.Auditor, "demo", "doj", Purpose: Purpose.Audit)).ShouldNotBeEmpty();
        State.SealedFrom(forTheClient with { Purpose = Purpose.Audit }).ShouldNotBeEmpty();
        State.SealedFrom(forTheClient).ShouldBeEmpty();
        Given(Ordered with { OrderId = Overdose, LeftTo = new SealingExceptions([], Client: false) });
        State.SealedFrom(forTheClient).ShouldHaveSingleItem();
        WhenAsked(state => OrderSealing.Decide(
                Order with { ReferenceMark = "another", LeftTo = new SealingExceptions([new("nobody")]) }, state, Policy, agency => agency != "nobody", Now))
            .ShouldBeRefused(ErasureRejections.LeftToUnknown());
    }

    [Fact]
    public void An_erasure_that_is_listed_is_repeated_although_the_restored_record_says_lifted()
    {
        Given(Ordered);
        WhenLifted();
        var listed = new ErasureOrder(Order.OrderId, ErasureScope.WholeRecord, ErasureAuthority.Court, "adult-expunction", ErasureStep.Ordered, [Client]);

        WhenAsked(state => RepeatErasure.Decide(new(Client, listed, Now), state, Now)).Events.ShouldHaveSingleItem().ShouldBeOfType<ExpunctionApplied>();
        State.IsErased.ShouldBeTrue();
    }

    [Fact]
    public void A_restored_record_is_sealed_again_for_whom_the_order_left_it_and_nothing_is_that_knows_the_order()
    {
        var listed = new ErasureOrder(Order.OrderId, ErasureScope.WholeRecord, ErasureAuthority.Court, "adult-expunction", ErasureStep.Ordered, [])
        {
            LeftTo = new SealingExceptions([new("court")]),
        };
        Decision<ErasureEvent> Again() => WhenAsked(state => RepeatSealing.Decide(new(Client, listed, Number, Now.AddDays(-3)), state, Now));

        var repeated = Again().Events.ShouldHaveSingleItem().ShouldBeOfType<SealingOrdered>();

        (repeated.OccurredAt, repeated.KnownAt, repeated.LeftTo).ShouldBe((Now.AddDays(-3), Now, listed.LeftTo));
        State.SealedFrom(Agent).ShouldHaveSingleItem().OrderId.ShouldBe(Order.OrderId);
        Again().ShouldBeAlreadyDone();
        WhenLifted();
        Again().ShouldBeAlreadyDone();
        State.SealedFrom(Agent).ShouldBeEmpty("a lifted order seals no more");
    }

    [Fact]
    public void A_restored_record_that_is_sealed_although_it_was_lifted_is_lifted_again_once()
    {
        var again = new RepeatLifting(Client, Order.OrderId, ErasureAuthority.Court, Number, Now.AddDays(-3));
        WhenAsked(state => RepeatLifting.Decide(again, state, Now)).ShouldBeAlreadyDone();
        Given(Ordered);

        var lifted = WhenAsked(state => RepeatLifting.Decide(again, state, Now)).Events.ShouldHaveSingleItem().ShouldBeOfType<SealingLifted>();

        (lifted.OccurredAt, lifted.KnownAt, lifted.Scope, lifted.Authority).ShouldBe((Now.AddDays(-3), Now, Ordered.Scope, ErasureAuthority.Court));
        State.SealedFrom(Agent).ShouldBeEmpty();
        WhenAsked(state => RepeatLifting.Decide(again, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void What_is_erased_is_not_lifted_again_and_a_lifting_without_a_time_is_of_now()
    {
        Given(Ordered);
        WhenAsked(state => RepeatLifting.Decide(new(Client, Order.OrderId, ErasureAuthority.Court, Number, LiftedAt: null), state, Now))
            .Events.ShouldHaveSingleItem().OccurredAt.ShouldBe(Now);
        WhenAsked(state => RepeatErasure.Decide(
            new(Client, new ErasureOrder(Order.OrderId, ErasureScope.WholeRecord, ErasureAuthority.Court, "adult-expunction", ErasureStep.Ordered, [Client]), Now), state, Now));
        WhenAsked(state => RepeatLifting.Decide(new(Client, Order.OrderId, ErasureAuthority.Court, Number, Now), state, Now)).ShouldBeAlreadyDone();
        State.IsErased.ShouldBeTrue();
    }

    private static readonly Actor Agent = new("agent-1", Role.Agent, "demo", "dcc", "north", Purpose.Supervision);

    private Decision<ErasureEvent> WhenLifted(ErasureAuthority by = ErasureAuthority.Court, Guid? orderId = null) =>
        WhenAsked(state => LiftSealing.Decide(new(Client, orderId ?? Order.OrderId, by, Number, When.At(Now)), state, Now));

    private Decision<ErasureEvent> WhenOrdered() => WhenAsked(state => OrderSealing.Decide(Order, state, Policy, _ => true, Now));

    private Decision<ErasureEvent> WhenApplied() => WhenAsked(state => ApplyExpunction.Decide(new(Client, Order.OrderId, [Overdose]), state, Now));

    private Decision<ErasureEvent> WhenConfirmed() => WhenAsked(state => ConfirmKeyDestroyed.Decide(new(Client, Order.OrderId), state, Now));

    private Decision<ErasureEvent> WhenHeld() => WhenAsked(state => PlaceLegalHold.Decide(Hold, state, Policy, Now));

    private Decision<ErasureEvent> WhenReleased() =>
        WhenAsked(state => ReleaseLegalHold.Decide(new(Client, Hold.HoldId, ErasureAuthority.Prosecutor, When.At(Now)), state, Now));
}
