using CaseFlow.Domain;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Unit.Disclosures;

/// <summary>What a client asks of the own record, and the answers.</summary>
public sealed class AskingOfTheOwnRecord() : Spec<RecordRightsState, RecordRightsEvent>(RecordRightsState.Initial, RecordRightsState.Evolve)
{
    private static readonly Guid ClientId = Guid.Parse("0195d6c4-0000-7000-8000-000000000001");
    private static readonly Guid OtherClient = Guid.Parse("0195d6c4-0000-7000-8000-000000000002");
    private static readonly Guid RequestId = Guid.Parse("0195d6c4-0000-7000-8000-00000000000f");
    private static readonly IdentityProof Proof = new(ProofOfIdentity.PhotoDocument, "privacy-1", RightsAsker.Client);
    private static readonly Sealed<string> Words = Sealed<string>.Of("I was in hospital.");
    private static readonly RightsPolicy Policy = RightsPolicy.Default;

    private static readonly RequestAccounting Accounting = new(ClientId, RequestId, LookBack.Hipaa, Proof, When.At(Now));
    private static readonly ReceiveRecordsRequest Records = new(ClientId, RequestId, Proof, Words, When.At(Now));
    private static readonly RequestAmendment Amendment = new(ClientId, RequestId, "dcc", null, Proof, Words, When.At(Now));

    [Fact]
    public void An_accounting_is_due_by_the_policys_days_and_provided_once()
    {
        Ask(Accounting).ShouldRecord(Of(new AccountingRequested(LookBack.Hipaa, Proof, Now.AddDays(30), 3) { ClientId = ClientId, RequestId = RequestId }));
        Ask(Accounting).ShouldBeAlreadyDone();
        Ask(Accounting with { LookBack = LookBack.Part2 }).ShouldBeRefused(RecordRightsRejections.AskedDifferently(RequestId));
        Ask(Accounting with { ClientId = OtherClient }).ShouldBeRefused(RecordRightsRejections.AskedDifferently(RequestId));

        var provide = new ProvideAccounting(ClientId, RequestId, 7, Now, DisclosureMethod.Paper, "privacy-1", IsMade: true);
        WhenAsked(state => ProvideAccounting.Decide(provide with { ClientId = OtherClient }, state, Now)).ShouldBeRefused(RecordRightsRejections.NotFound(RequestId));
        WhenAsked(state => ProvideAccounting.Decide(provide with { IsMade = false }, state, Now)).ShouldBeRefused(RecordRightsRejections.AccountingNotMade(RequestId));
        WhenAsked(state => ProvideAccounting.Decide(provide, state, Now))
            .ShouldRecord(Of(new AccountingProvided(7, Now, DisclosureMethod.Paper, "privacy-1") { ClientId = ClientId, RequestId = RequestId }));
        WhenAsked(state => ProvideAccounting.Decide(provide with { Count = 9 }, state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => ProvideAccounting.Decide(provide with { Method = DisclosureMethod.InPerson }, state, Now))
            .ShouldBeRefused(RecordRightsRejections.AnsweredDifferently(RequestId));
    }

    [Fact]
    public void A_copy_is_due_by_the_policys_days_and_given_once()
    {
        Ask(Records).ShouldRecord(Of(new RecordsRequestReceived(Proof, Now.AddDays(30), 3, Words) { ClientId = ClientId, RequestId = RequestId }));
        Ask(Records).ShouldBeAlreadyDone();
        Ask(Accounting).ShouldBeRefused(RecordRightsRejections.AskedDifferently(RequestId));

        var fulfil = new FulfilRecordsRequest(ClientId, RequestId, DisclosureMethod.InPerson, "privacy-1", IsMade: true);
        WhenAsked(state => FulfilRecordsRequest.Decide(fulfil with { RequestId = ClientId }, state, Now)).ShouldBeRefused(RecordRightsRejections.NotFound(ClientId));
        WhenAsked(state => FulfilRecordsRequest.Decide(fulfil with { IsMade = false }, state, Now)).ShouldBeRefused(RecordRightsRejections.CopyNotMade(RequestId));
        WhenAsked(state => FulfilRecordsRequest.Decide(fulfil, state, Now)).Events.ShouldHaveSingleItem();
        WhenAsked(state => FulfilRecordsRequest.Decide(fulfil, state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => FulfilRecordsRequest.Decide(fulfil with { Method = DisclosureMethod.Paper }, state, Now))
            .ShouldBeRefused(RecordRightsRejections.AnsweredDifferently(RequestId));
    }

    [Fact]
    public void An_amendment_is_accepted_once_and_then_not_denied()
    {
        Ask(Amendment).ShouldRecord(Of(new AmendmentRequested("dcc", null, Proof, Now.AddDays(60), 3, Words) { ClientId = ClientId, RequestId = RequestId }));
        Ask(Amendment).ShouldBeAlreadyDone();
        Ask(Amendment with { AgencyId = "sheriff" }).ShouldBeRefused(RecordRightsRejections.AskedDifferently(RequestId));
        Ask(Records).ShouldBeRefused(RecordRightsRejections.AskedDifferently(RequestId));

        var accept = new AcceptAmendment(ClientId, RequestId, "privacy-1", Words);
        var deny = new DenyAmendment(ClientId, RequestId, AmendmentDenial.NotCreatedHere, "privacy-1", Words);
        WhenAsked(state => AcceptAmendment.Decide(accept with { RequestId = ClientId }, state, Now)).ShouldBeRefused(RecordRightsRejections.NotFound(ClientId));
        WhenAsked(state => AcceptAmendment.Decide(accept, state, Now)).Events.ShouldHaveSingleItem();
        WhenAsked(state => AcceptAmendment.Decide(accept, state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => DenyAmendment.Decide(deny, state, Now)).ShouldBeRefused(RecordRightsRejections.AnsweredDifferently(RequestId));
        WhenAsked(state => StateDisagreement.Decide(new(ClientId, RequestId, Words, "privacy-1"), state, Now))
            .ShouldBeRefused(RecordRightsRejections.NothingToDisagreeWith(RequestId));
    }

    [Fact]
    public void A_denial_may_be_disagreed_with_once()
    {
        Ask(Amendment);
        var deny = new DenyAmendment(ClientId, RequestId, AmendmentDenial.AccurateAndComplete, "privacy-1", Words);
        var disagree = new StateDisagreement(ClientId, RequestId, Words, "privacy-1");

        WhenAsked(state => StateDisagreement.Decide(disagree, state, Now)).ShouldBeRefused(RecordRightsRejections.NothingToDisagreeWith(RequestId));
        WhenAsked(state => DenyAmendment.Decide(deny with { ClientId = OtherClient }, state, Now)).ShouldBeRefused(RecordRightsRejections.NotFound(RequestId));
        WhenAsked(state => DenyAmendment.Decide(deny with { Reason = null }, state, Now)).ShouldBeRefused(RecordRightsRejections.ReasonMissing());
        DenyAmendment.Decide(deny with { Reason = null, IsErased = true }, State, Now).Events.ShouldHaveSingleItem().ShouldBeOfType<AmendmentDenied>().Reason.ShouldBeNull();
        WhenAsked(state => DenyAmendment.Decide(deny, state, Now)).Events.ShouldHaveSingleItem();
        WhenAsked(state => DenyAmendment.Decide(deny, state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => AcceptAmendment.Decide(new(ClientId, RequestId, "privacy-1", Words), state, Now))
            .ShouldBeRefused(RecordRightsRejections.AnsweredDifferently(RequestId));
        WhenAsked(state => StateDisagreement.Decide(disagree, state, Now)).Events.ShouldHaveSingleItem();
        WhenAsked(state => StateDisagreement.Decide(disagree, state, Now)).ShouldBeAlreadyDone();
        State.Find(RequestId)!.Disagrees.ShouldBeTrue();
    }

    /// <summary>What is said a second time in other words would be lost behind a success.</summary>
    [Fact]
    public void Other_words_are_refused_and_the_first_stay()
    {
        var other = Sealed<string>.Of("Other words.");
        var (deny, disagree) = (
            new DenyAmendment(ClientId, RequestId, AmendmentDenial.AccurateAndComplete, "privacy-1", Words), new StateDisagreement(ClientId, RequestId, Words, "privacy-1"));
        Ask(Amendment);
        Ask(Amendment with { Text = other }).ShouldBeRefused(RecordRightsRejections.AskedDifferently(RequestId));
        Ask(Amendment with { EntryEventId = OtherClient }).ShouldBeRefused(RecordRightsRejections.AskedDifferently(RequestId));
        WhenAsked(state => DenyAmendment.Decide(deny, state, Now));
        WhenAsked(state => DenyAmendment.Decide(deny with { AnsweredBy = "privacy-2" }, state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => DenyAmendment.Decide(deny with { Ground = AmendmentDenial.NotCreatedHere }, state, Now)).ShouldBeRefused(RecordRightsRejections.AnsweredDifferently(RequestId));
        WhenAsked(state => DenyAmendment.Decide(deny with { Reason = other }, state, Now)).ShouldBeRefused(RecordRightsRejections.AnsweredDifferently(RequestId));
        WhenAsked(state => StateDisagreement.Decide(disagree, state, Now));
        WhenAsked(state => StateDisagreement.Decide(disagree with { Statement = other }, state, Now))
            .ShouldBeRefused(RecordRightsRejections.DisagreementStatedDifferently(RequestId));
    }

    [Fact]
    public void What_is_accepted_stands_beside_the_entry_that_the_client_named()
    {
        var entry = new AmendedEntry(Guid.Parse("0195d6c4-0000-7000-8000-0000000000e1"), "contact_made", null, OtherClient);
        Ask(Amendment with { EntryEventId = entry.EventId });
        var accept = new AcceptAmendment(ClientId, RequestId, "privacy-1", Words);

        WhenAsked(state => AcceptAmendment.Decide(accept, state, Now)).ShouldBeRefused(RecordRightsRejections.EntryNotFound(entry.EventId));
        WhenAsked(state => AcceptAmendment.Decide(accept with { Entry = entry }, state, Now)).ShouldRecord(Of(
            new AmendmentAccepted("privacy-1", Words) { ClientId = ClientId, RequestId = RequestId, Beside = new AmendedRecord("dcc", entry) }));
        WhenAsked(state => AcceptAmendment.Decide(accept, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Disagreement_stands_where_the_denial_found_the_entry_with_its_ground()
    {
        var entry = new AmendedEntry(Guid.Parse("0195d6c4-0000-7000-8000-0000000000e1"), "contact_made", null, ClientId);
        Ask(Amendment with { EntryEventId = entry.EventId });
        WhenAsked(state => DenyAmendment.Decide(new(ClientId, RequestId, AmendmentDenial.AccurateAndComplete, "privacy-1", Words, entry), state, Now));

        WhenAsked(state => StateDisagreement.Decide(new(ClientId, RequestId, Words, "privacy-1"), state, Now)).ShouldRecord(Of(
            new DisagreementStated(Words, "privacy-1")
            {
                ClientId = ClientId,
                RequestId = RequestId,
                Beside = new AmendedRecord("dcc", entry),
                Ground = AmendmentDenial.AccurateAndComplete,
            }));
    }

    [Fact]
    public void An_amendment_names_an_agency_that_exists() =>
        WhenAsked(state => RequestAmendment.Decide(Amendment, state, agencyIsKnown: false, Policy, 3, Now)).ShouldBeRefused(RecordRightsRejections.AgencyUnknown("dcc"));

    [Fact]
    public void What_lies_ahead_is_refused()
    {
        Ask(Accounting with { When = When.At(Now.AddHours(1)) }).Rejection!.Code.ShouldBe("known-in-future");
        Ask(Records with { When = When.At(Now.AddHours(1)) }).Rejection!.Code.ShouldBe("known-in-future");
        Ask(Amendment with { When = When.At(Now.AddHours(1)) }).Rejection!.Code.ShouldBe("known-in-future");
    }

    [Fact]
    public void Is_late_once_it_is_due_and_has_no_answer_in_time()
    {
        Ask(Accounting);
        bool IsLateAt(double days) => State.Find(RequestId)!.IsLateAt(Now.AddDays(days));

        IsLateAt(30).ShouldBeFalse();
        IsLateAt(30.1).ShouldBeTrue();
        WhenAsked(state => ProvideAccounting.Decide(new(ClientId, RequestId, 0, Now, DisclosureMethod.Paper, "privacy-1", IsMade: true), state, Now.AddDays(20)));
        IsLateAt(31).ShouldBeFalse();
    }

    [Fact]
    public void An_answer_after_its_time_stays_late()
    {
        Ask(Accounting);
        WhenAsked(state => ProvideAccounting.Decide(new(ClientId, RequestId, 0, Now, DisclosureMethod.Paper, "privacy-1", IsMade: true), state, Now.AddDays(40)));

        State.Find(RequestId)!.IsLateAt(Now.AddDays(50)).ShouldBeTrue();
    }

    private Decision<RecordRightsEvent> Ask(RequestAccounting command) => WhenAsked(state => RequestAccounting.Decide(command, state, Policy, 3, Now));

    private Decision<RecordRightsEvent> Ask(ReceiveRecordsRequest command) => WhenAsked(state => ReceiveRecordsRequest.Decide(command, state, Policy, 3, Now));

    private Decision<RecordRightsEvent> Ask(RequestAmendment command) =>
        WhenAsked(state => RequestAmendment.Decide(command, state, agencyIsKnown: true, Policy, 3, Now));

    private static RecordRightsEvent Of(RecordRightsEvent fact) => fact.At(Now);
}
