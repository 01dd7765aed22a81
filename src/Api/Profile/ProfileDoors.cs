using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Profile;

namespace CaseFlow.Api.Profile;

/// <summary>
/// What the own agency knows about a client's person and life. What adds needs no <c>If-Match</c>; what ends or corrects names the version of
/// the own agency's profile, which no other agency moves.
/// </summary>
public static class ProfileDoors
{
    public sealed record PlaceKnown(Guid PlaceId);

    public sealed record NeedKnown(Guid NeedId);

    public sealed record ContactKnown(Guid ContactId);

    public sealed record FamilyLinked(Guid LinkId);

    /// <summary>Those who meet clients; dispatchers and other systems ask nobody about their life.</summary>
    private static readonly Role[] Keepers = [.. ClientDoors.Registrars.Except([Role.Dispatcher, Role.Service])];

    private static readonly Guid Some = Guid.Parse("0195d6c4-0000-8000-8000-00000000000a");

    public static void Map(IEndpointRouteBuilder api)
    {
        const string client = "/clients/{clientId:guid}";

        api.MapAsk(client + "/profile", ReadProfile.HandleAsync)
            .Named("readProfile", "What is known of a client's person, as far as the asker may see it, with the version of the own agency's part")
            .Allow([.. ClientDoors.Registrars, Role.PrivacyOfficer])
            .Shows<ReadProfile.View>(
                ReadProfile.ViewName, (view, _) => view.Subjects(), withheld: view => view.OtherAgencies != ReadProfile.Shown)
            .ShowsSkeletonOfErased("that it is erased and why; the handler leaves out what was recorded before")
            .Asks(AskedMoment.Parameters)
            .Gives(ReadProfile.Example);

        api.MapFact(client + "/demographics", (Guid clientId, DemographicsRequest ask, Actor actor, ProfileDesk desk) =>
                desk.ChangeAsync(clientId, ask, told => RecordDemographics.Decide(
                    new(clientId, [.. ask.Answers.Select(answer => desk.AnswerOf(actor, answer))], told.When), told.State, told.Policy, told.Now)))
            .Named("recordDemographics", "The client's answers about their person: every question may be left out, declined or answered in own words").Allow(Keepers)
            .Takes(new DemographicsRequestValidator(), DemographicsRequest.Example);
        api.MapChange(client + "/demographics/correct", (Guid clientId, CorrectDemographicsRequest ask, Actor actor, ProfileDesk desk) =>
                desk.ChangeAsync(clientId, ask, told => CorrectDemographics.Decide(
                    new(clientId, told.HolderOf(ask.Answer.Field), desk.AnswerOf(actor, ask.Answer), Sealed<string>.Of(ask.Reason), told.When),
                    told.State, told.Policy, told.Now)))
            .Named("correctDemographics", "An answer had been written down wrongly").Allow(Keepers)
            .Takes(new CorrectDemographicsRequestValidator(), CorrectDemographicsRequest.Example);

        api.MapFact(client + "/places", (Guid clientId, PlaceRequest ask, Actor actor, ProfileDesk desk) =>
            {
                var command = new RecordPlace(
                    clientId, ask.Kind, Sealed<string>.Of(ask.Place), ask.From, ask.Until, ask.Visits, ask.SafeToWrite,
                    desk.Marks.Told(actor.Jurisdiction, "place", ask.Kind, ask.Place), default, default);
                return desk.AddAsync(clientId, ask, new PlaceKnown(command.PlaceId), told =>
                    RecordPlace.Decide(command with { Today = told.Today, When = told.When }, told.State, told.Policy, told.Now));
            })
            .Named("recordPlace", "Where the client lives or sleeps, and whether it is safe to come or write there; told again, what is said last counts").Allow(Keepers)
            .Takes(new PlaceRequestValidator(), PlaceRequest.Example).Gives(new PlaceKnown(Some), StatusCodes.Status201Created);
        api.MapChange(client + "/places/{placeId:guid}/end", (Guid clientId, Guid placeId, EndPlaceRequest ask, ProfileDesk desk) =>
                desk.ChangeAsync(clientId, ask, told =>
                    EndPlace.Decide(new(clientId, placeId, ask.On, Sealing.Seal(ask.Reason), told.Today, told.When), told.State, told.Now)))
            .Named("endPlace", "The client is no longer there").Allow(Keepers)
            .Takes(new EndPlaceRequestValidator(), EndPlaceRequest.Example);

        api.MapFact(client + "/communication-needs", (Guid clientId, NeedRequest ask, Actor actor, ProfileDesk desk) =>
            {
                var kind = ask.Kind.Kebab();
                var command = new RecordCommunicationNeed(
                    clientId, ask.Kind, kind, ask.Code, Sealing.Seal(ask.Words),
                    desk.Marks.Told(actor.Jurisdiction, "communication-need", kind, ask.Code, ask.Words), default);
                return desk.AddAsync(clientId, ask, new NeedKnown(command.NeedId), told =>
                    RecordCommunicationNeed.Decide(command with { When = told.When }, told.State, told.Policy, told.Now));
            })
            .Named("recordCommunicationNeed", "A language, disability, accommodation, or that the client speaks for themselves").Allow(Keepers)
            .Takes(new NeedRequestValidator(), NeedRequest.Example).Gives(new NeedKnown(Some), StatusCodes.Status201Created);
        api.MapChange(client + "/communication-needs/{needId:guid}/end", (Guid clientId, Guid needId, EndedRequest ask, ProfileDesk desk) =>
                desk.ChangeAsync(clientId, ask, told => EndCommunicationNeed.Decide(new(clientId, needId, Sealed<string>.Of(ask.Reason), told.When), told.State, told.Now)))
            .Named("endCommunicationNeed", "The client does not need it any more").Allow(Keepers)
            .Takes(new EndedRequestValidator(), EndedRequest.Example);

        ProfilePeopleDoors.Map(api, client, Keepers, Some);
    }
}
