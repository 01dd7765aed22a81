using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;

namespace CaseFlow.Api.Identities;

/// <summary>
/// Records of one person are merged, and entries on the wrong person are declared; both are taken back without losing a history. None names a
/// version (see <see cref="IdentityDesk"/>).
/// </summary>
public static class PersonDoors
{
    private static readonly Role[] Mergers = [Role.AgentSupervisor, Role.CoachSupervisor, Role.Coordinator, Role.PrivacyOfficer];

    private static readonly Role[] Declarers = [Role.AgentSupervisor, Role.CoachSupervisor, Role.PrivacyOfficer];

    public static void Map(IEndpointRouteBuilder api)
    {
        const string client = "/clients/{clientId:guid}";

        api.MapFact(client + "/merges", (Guid clientId, MergeRequest ask, IdentityDesk desk) => desk.MergeAsync(clientId, ask))
            .GoesOnErased("the decision about persons says itself that a record is erased")
            .Named("mergeClients", "Another record is of the same person: both keep their history, and are shown together to those who reach both")
            .Allow(Mergers).Takes(new MergeRequestValidator(), MergeRequest.Example)
            .Gives(new Merged(Guid.Parse("0195d6c4-0000-8000-8000-000000000031")), StatusCodes.Status201Created);
        api.MapFact(client + "/merges/{mergeId:guid}/reverse", (Guid clientId, Guid mergeId, ReverseRequest ask, IdentityDesk desk) => desk.ReverseAsync(clientId, mergeId, ask))
            .GoesOnErased("the decision about persons says itself that a record is erased")
            .Named("reverseMerge", "They are not one person after all: each record is its own again, with what was recorded on it meanwhile")
            .Allow(Mergers).Takes(new ReverseRequestValidator(), ReverseRequest.Example);
        api.MapFact(client + "/identity-mistakes", (Guid clientId, MistakeRequest ask, IdentityDesk desk) => desk.DeclareAsync(clientId, ask))
            .Named("declareIdentityMistake", "Entries were recorded on the wrong person and are shown with the right one, or with nobody")
            .Allow(Declarers).Takes(new MistakeRequestValidator(), MistakeRequest.Example)
            .Gives(new Declared(Guid.Parse("0195d6c4-0000-7000-8000-000000000032")), StatusCodes.Status201Created);
        api.MapFact(client + "/identity-mistakes/{mistakeId:guid}/undo", (Guid clientId, Guid mistakeId, UndoRequest ask, IdentityDesk desk) => desk.UndoAsync(clientId, mistakeId, ask))
            .Named("undoIdentityMistake", "The mistake was none: its entries are shown where they were recorded")
            .Allow(Declarers).Takes(new UndoRequestValidator(), UndoRequest.Example);
        api.MapAsk(client + "/identity", ReadIdentity.HandleAsync)
            .Named("readIdentity", "Which records are of one person, by whose word, and which entries were on the wrong person")
            .Allow([.. Mergers, Role.Auditor]).Shows<ReadIdentity.View>(Streams.Identities.Alias)
            .Asks(AskedMoment.Parameters)
            .Gives(ReadIdentity.Example);
    }
}
