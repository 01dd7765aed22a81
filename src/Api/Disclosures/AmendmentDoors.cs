using System.Text.Json.Serialization;
using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Disclosures;

namespace CaseFlow.Api.Disclosures;

/// <summary>
/// What a client asked to have amended, and the answer with its ground and reason (45 CFR 164.526(d)(1)): for the privacy officer, who decides on it; for
/// the client, for the purpose own-record; and for those of the agency whose record it is who reach the client.
/// </summary>
public static class AmendmentDoors
{
    /// <summary>Stable name of this view in the record of reads.</summary>
    public const string ViewName = "amendments";

    private static readonly Guid ExampleId = Guid.Parse("0195d6c4-0000-7000-8000-00000000000f");

    private static readonly Role[] Readers =
        [Role.PrivacyOfficer, Role.Agent, Role.AgentSupervisor, Role.Coach, Role.CoachSupervisor, Role.PeerSpecialist, Role.Coordinator];

    /// <param name="EntryEventId">The entry of the timeline that it is about; null for the record as a whole.</param>
    /// <param name="IsLate">Due and not answered in time by now.</param>
    /// <param name="Text">What the client asks; null where it is erased, sealed or restricted.</param>
    /// <param name="Ground">Of a denial.</param>
    /// <param name="Answer">How the record is amended, or why it is not, in words.</param>
    /// <param name="Disagreement">The client's statement against a denial.</param>
    public sealed record Item(
        Guid RequestId, Guid ClientId, string AgencyId, Guid? EntryEventId, RightsAsker Asker, DateTimeOffset AskedAt, DateTimeOffset DueAt, bool IsLate,
        string? Text, RightsOutcome? Outcome, DateTimeOffset? AnsweredAt, AmendmentDenial? Ground, string? Answer, string? Disagreement,
        DateTimeOffset? DisagreedAt)
    {
        /// <summary>The labels of what it is about keep its words from the reader.</summary>
        public bool IsRestricted { get; init; }

        [JsonIgnore]
        internal IReadOnlyList<string> Labels { get; init; } = [];
    }

    public sealed record List(Guid ClientId, IReadOnlyList<Item> Items) : IShowsAlso, ITellsCji
    {
        [JsonIgnore]
        public bool TellsCji => Items.Any(item => !item.IsRestricted && CjiReads.IsCji(item.Labels));

        [JsonIgnore]
        public IEnumerable<Guid> AlsoShown => Items.Select(item => item.ClientId).Distinct();
    }

    public sealed record One(Item Amendment) : IShowsAlso, ITellsCji
    {
        [JsonIgnore]
        public bool TellsCji => !Amendment.IsRestricted && CjiReads.IsCji(Amendment.Labels);

        [JsonIgnore]
        public IEnumerable<Guid> AlsoShown => [Amendment.ClientId];
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        var asked = new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);
        var example = new Item(
            ExampleId, Guid.Parse("0195d6c4-0000-7000-8000-000000000001"), "dcc", EntryEventId: null, RightsAsker.Client, asked, asked.AddDays(60), IsLate: false,
            "I was in hospital that day, not at home.", RightsOutcome.Denied, asked.AddDays(7), AmendmentDenial.AccurateAndComplete,
            "The hospital confirmed the entry.", "I have the hospital's letter.", asked.AddDays(9));
        api.MapAsk("/clients/{clientId:guid}/amendments", ListAsync)
            .Named("listAmendments", "What the client asked to have amended, and the answers in full; agencies see what is about their own record")
            .Allow(Readers).Shows<List>(ViewName, answer => answer.Items.Any(item => item.IsRestricted))
            .Asks().Gives(new List(example.ClientId, [example]));
        api.MapAsk("/clients/{clientId:guid}/amendments/{requestId:guid}", ReadAsync)
            .Named("readAmendment", "One of them").Allow(Readers).Shows<One>(ViewName, answer => answer.Amendment.IsRestricted)
            .Asks().Gives(new One(example));
    }

    private static async Task<IResult> ListAsync(
        Guid clientId, Actor actor, ReadingRights rights, Amendments amendments, CancellationToken cancellation) =>
        await rights.TimelineAsync(actor, clientId, cancellation, inEmergency: false) is { } refused
            ? Problems.From(refused)
            : TypedResults.Ok(new List(clientId, await amendments.OfAsync(actor, clientId, AgencyOf(actor), cancellation)));

    private static async Task<IResult> ReadAsync(
        Guid clientId, Guid requestId, Actor actor, ReadingRights rights, Amendments amendments, CancellationToken cancellation)
    {
        if (await rights.TimelineAsync(actor, clientId, cancellation, inEmergency: false) is { } refused)
            return Problems.From(refused);
        var items = await amendments.OfAsync(actor, clientId, AgencyOf(actor), cancellation);
        return items.FirstOrDefault(item => item.RequestId == requestId) is { } found
            ? TypedResults.Ok(new One(found))
            : Problems.From(RecordRightsRejections.NotFound(requestId));
    }

    /// <returns>Whose amendments somebody reads; null for everybody's.</returns>
    private static string? AgencyOf(Actor actor) => actor.Role == Role.PrivacyOfficer ? null : actor.Agency ?? "";
}
