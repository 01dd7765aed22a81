using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Disclosures;
using FluentValidation;

namespace CaseFlow.Api.Disclosures;

/// <summary>What clients ask of their own records, and what they are answered: by the privacy officer; a system may hand a request in.</summary>
public static class RightsDoors
{
    private static readonly Role[] Receivers = [Role.PrivacyOfficer, Role.Service];
    private static readonly Guid ExampleId = Guid.Parse("0195d6c4-0000-7000-8000-00000000000f");

    public sealed record Asked(Guid RequestId, DateTimeOffset DueAt);

    /// <param name="IsLate">At the asked instant: due and not answered in time by then.</param>
    public sealed record Item(
        Guid RequestId, Guid ClientId, RightsKind Kind, DateTimeOffset AskedAt, DateTimeOffset DueAt, bool IsLate, RightsOutcome? Outcome,
        DateTimeOffset? AnsweredAt, string? AgencyId, bool Disagrees);

    public sealed record Answer(IReadOnlyList<Item> Items, DateTimeOffset EvaluatedAt) : IToldByAgencies
    {
        IEnumerable<string?> IToldByAgencies.ToldBy => Items.Select(item => item.AgencyId);
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        const string client = "/clients/{clientId:guid}";
        const string ofTheirOwn = "whoever asks about the own record is answered, if only that it is erased";
        var proof = new ProofPart(ProofOfIdentity.PhotoDocument);

        api.MapFact(client + "/accounting-requests", (Guid clientId, AccountingAsk ask, Actor actor, RightsDesk desk) =>
                desk.ReceiveAsync(clientId, ask, (id, state, when, terms, now) => RequestAccounting.Decide(
                    new(clientId, id, ask.LookBack, ask.Proof.LookedAtBy(actor), when), state, terms.Policy, terms.Version, now)))
            .GoesOnErased(ofTheirOwn)
            .Named("requestAccounting", "A client asks to whom the record was disclosed").Allow(Receivers)
            .Takes(new RightsAskValidator<AccountingAsk>(), new AccountingAsk(LookBack.Part2, proof))
            .Gives(new Asked(ExampleId, new DateTimeOffset(2026, 4, 2, 16, 0, 0, TimeSpan.Zero)), StatusCodes.Status201Created);
        api.MapFact(client + "/accounting-requests/{requestId:guid}/provide", (Guid clientId, Guid requestId, GivenRequest ask, RightsDesk desk) =>
                desk.ProvideAsync(clientId, requestId, ask.Method))
            .GoesOnErased(ofTheirOwn)
            .Named("provideAccounting", "The client got the accounting, as it stands now; it was read for this request").Allow(Role.PrivacyOfficer)
            .Takes(new GivenRequestValidator(), new GivenRequest(DisclosureMethod.Paper));

        api.MapFact(client + "/records-requests", (Guid clientId, RecordsAsk ask, Actor actor, RightsDesk desk) =>
                desk.ReceiveAsync(clientId, ask, (id, state, when, terms, now) => ReceiveRecordsRequest.Decide(
                    new(clientId, id, ask.Proof.LookedAtBy(actor), Sealing.Seal(ask.Words), when), state, terms.Policy, terms.Version, now)))
            .GoesOnErased(ofTheirOwn)
            .Named("receiveRecordsRequest", "A client asks for a copy of the record").Allow(Receivers)
            .Takes(new RightsAskValidator<RecordsAsk>(ask => ask.RuleFor(request => request.Words).MustBeText()), new RecordsAsk(proof))
            .Gives(new Asked(ExampleId, new DateTimeOffset(2026, 4, 2, 16, 0, 0, TimeSpan.Zero)), StatusCodes.Status201Created);
        api.MapFact(client + "/records-requests/{requestId:guid}/fulfil", (Guid clientId, Guid requestId, GivenRequest ask, RightsDesk desk) =>
                desk.FulfilAsync(clientId, requestId, ask.Method))
            .GoesOnErased(ofTheirOwn)
            .Named("fulfilRecordsRequest", "The client got the copy that was made").Allow(Role.PrivacyOfficer)
            .Takes(new GivenRequestValidator(), new GivenRequest(DisclosureMethod.InPerson));

        api.MapFact(client + "/amendments", (Guid clientId, AmendmentAsk ask, Actor actor, RightsDesk desk, Registers registers) =>
                desk.ReceiveAsync(clientId, ask, (id, state, when, terms, now) => RequestAmendment.Decide(
                    new(clientId, id, ask.AgencyId, ask.EntryEventId, ask.Proof.LookedAtBy(actor), Sealed<string>.Of(ask.Text), when),
                    state, terms.Directory.FindAgency(ask.AgencyId) is not null, terms.Policy, terms.Version, now)))
            .Named("requestAmendment", "A client asks that the record be amended").Allow(Receivers)
            .Takes(
                new RightsAskValidator<AmendmentAsk>(ask =>
                {
                    ask.RuleFor(request => request.AgencyId).NotNull().MustBeSlug();
                    ask.RuleFor(request => request.Text).NotNull().MustBeText();
                }),
                new AmendmentAsk("dcc", "I was in hospital that day, not at home.", proof))
            .Gives(new Asked(ExampleId, new DateTimeOffset(2026, 5, 2, 16, 0, 0, TimeSpan.Zero)), StatusCodes.Status201Created);
        api.MapFact(client + "/amendments/{requestId:guid}/accept", (Guid clientId, Guid requestId, WordsRequest ask, Actor actor, RightsDesk desk) =>
                desk.AnswerAmendmentAsync(clientId, requestId, (state, entry, _, now) =>
                    AcceptAmendment.Decide(new(clientId, requestId, actor.Id, Sealed<string>.Of(ask.Text), entry), state, now)))
            .Named("acceptAmendment", "The record is amended: what is accepted stands beside the entry, wherever that is shown").Allow(Role.PrivacyOfficer)
            .Takes(new WordsRequestValidator(), new WordsRequest("The entry is corrected: in hospital."));
        api.MapFact(client + "/amendments/{requestId:guid}/deny", (Guid clientId, Guid requestId, DenyRequest ask, Actor actor, RightsDesk desk) =>
                desk.AnswerAmendmentAsync(clientId, requestId, (state, entry, isErased, now) => DenyAmendment.Decide(
                    new(clientId, requestId, ask.Ground, actor.Id, Sealing.Seal(ask.Reason), entry) { IsErased = isErased }, state, now)))
            .EndsWorkOnErased("what was asked is answered by its ground; there is nothing left to amend")
            .Named("denyAmendment", "The record is not amended, and why").Allow(Role.PrivacyOfficer)
            .Takes(new DenyRequestValidator(), new DenyRequest(AmendmentDenial.AccurateAndComplete, "The hospital confirmed the entry."));
        api.MapFact(client + "/amendments/{requestId:guid}/disagree", (Guid clientId, Guid requestId, WordsRequest ask, Actor actor, RightsDesk desk) =>
                desk.AnswerAmendmentAsync(clientId, requestId, (state, _, _, now) =>
                    StateDisagreement.Decide(new(clientId, requestId, Sealed<string>.Of(ask.Text), actor.Id), state, now)))
            .Named("stateDisagreement", "The client disagrees with a denial, in their own words").Allow(Receivers)
            .Takes(new WordsRequestValidator(), new WordsRequest("I have the hospital's letter."));

        api.MapAsk("/rights-requests", ListAsync)
            .Named("listRightsRequests", "What clients asked of their own records, by when it is due").Allow(Role.PrivacyOfficer)
            .Shows<Answer>(Streams.RecordRights.Alias, (answer, _) => answer.Items.Select(item => item.ClientId))
            .ShowsSkeletonOfHidden("what clients asked and when it is due")
            .Asks(AskedMoment.Parameters)
            .Gives(new Answer(
                [new(ExampleId, Guid.Parse("0195d6c4-0000-7000-8000-000000000001"), RightsKind.Accounting, new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero),
                    new DateTimeOffset(2026, 4, 2, 16, 0, 0, TimeSpan.Zero), IsLate: false, Outcome: null, AnsweredAt: null, AgencyId: null, Disagrees: false)],
                new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero)));
    }

    private static async Task<IResult> ListAsync(AskedMoment asked, Actor actor, StreamMoments moments, ClientMatters matters, CancellationToken cancellation)
    {
        var moment = await moments.ResolveAsync(asked, cancellation);
        var requests = await matters.RequestsAsync(actor.Jurisdiction, moment, asked.AsOf, cancellation);
        return TypedResults.Ok(new Answer(
            [.. requests.OrderBy(request => request.DueAt).ThenBy(request => request.RequestId).Select(request => new Item(
                request.RequestId, request.ClientId, request.Kind, request.AskedAt, request.DueAt, request.IsLateAt(moment.At), request.Outcome,
                request.AnsweredAt, request.AgencyId, request.Disagrees))],
            moment.At));
    }
}
