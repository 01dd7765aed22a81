using System.Text.Json.Serialization;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Http;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Profile;

namespace CaseFlow.Api.Profile;

/// <summary>What agencies know of a client's person, each piece shown or not by the one decision about records.</summary>
public static class ReadProfile
{
    /// <summary>Stable name of this view in the records of reads and disclosures.</summary>
    public const string ViewName = "profile";

    internal const string Shown = "shown";
    internal const string ByConsent = "by-consent";
    internal const string ByOrder = "by-order";
    internal const string Restricted = "restricted";

    /// <param name="Family">Relations; another client is named only to those who reach that client too.</param>
    /// <param name="OtherAgencies"><c>restricted</c>, <c>by-consent</c> or <c>by-order</c> when some of what is shown is, or <c>shown</c> to whoever watches
    /// over the record: it tells nothing of what is not shown.</param>
    /// <param name="Position">Where the last of what is shown was recorded, for <c>asRecordedPosition</c>.</param>
    /// <param name="Notice">What goes with a consented disclosure; null when nothing here is one.</param>
    public sealed record View(
        Guid ClientId,
        IReadOnlyList<AnswerView> Demographics,
        IReadOnlyList<PlaceView> Places,
        IReadOnlyList<NeedView> CommunicationNeeds,
        IReadOnlyList<ContactView> EmergencyContacts,
        IReadOnlyList<FamilyView> Family,
        IReadOnlyList<VictimWitnessView> VictimWitnessSupport,
        string OtherAgencies,
        long Position,
        DateTimeOffset? AsOf,
        RedisclosureNoticeShown? Notice,
        ReadClient.ErasedView? Erased = null) : IAnsweredFrom, ITellsCji
    {
        [JsonIgnore]
        public bool TellsCji { get; init; }

        /// <summary>Why the content is withheld until an order is lifted; null while none seals it.</summary>
        public ReadClient.SealedView? Sealed { get; init; }

        /// <returns>Every record that something here is on, and every other client who is named.</returns>
        internal IEnumerable<Guid> Subjects() =>
        [
            ClientId,
            .. Demographics.Select(one => one.Source).Concat(Places.Select(one => one.Source)).Concat(CommunicationNeeds.Select(one => one.Source))
                .Concat(EmergencyContacts.Select(one => one.Source)).Concat(Family.Select(one => one.Source))
                .Concat(VictimWitnessSupport.Select(one => one.Source)).Select(source => source.ClientId),
            .. Family.Select(member => member.ClientId).OfType<Guid>(),
        ];
    }

    /// <summary>Whose record a piece is, and on what ground it is shown.</summary>
    /// <param name="ClientId">The record that it is on.</param>
    /// <param name="KnownAt">When the agency learned what it says now.</param>
    public sealed record Source(Guid ClientId, string Agency, DateTimeOffset KnownAt, Basis Basis, Guid? ConsentId);

    public sealed record AnswerView(string Field, IReadOnlyList<string> Codes, string? SelfDescribed, bool IsCorrected, Source Source);

    public sealed record PlaceView(
        Guid PlaceId, string Kind, string Place, DateOnly? From, DateOnly? Until, VisitSafety Visits, bool SafeToWrite, Source Source);

    public sealed record NeedView(Guid NeedId, string Kind, string? Code, string? Words, Source Source);

    public sealed record ContactView(
        Guid ContactId, string Relation, string Name, string Reach, bool SafeToLeaveMessage, bool KnowsOfServices, Source Source);

    /// <param name="ClientId">Of another client whom the asker reaches; null for a person who is none, and for a client whom the asker does not reach
    /// or whose record is sealed from them: nothing tells these apart.</param>
    public sealed record FamilyView(Guid LinkId, string Relation, string Name, Guid? ClientId, string? Code, Source Source);

    public sealed record VictimWitnessView(string Capacity, string? Words, Source Source);

    public static View Example { get; } = new(
        ReadClient.Example.ClientId,
        [new AnswerView("race", ["asian", "white"], null, IsCorrected: false, ExampleSource)],
        [new PlaceView(
            Guid.Parse("0195d6c4-0000-8000-8000-00000000000a"), "outdoors", "Under the bridge by the boathouse", new DateOnly(2026, 2, 1), null, VisitSafety.Safe,
            SafeToWrite: false, ExampleSource)],
        [new NeedView(Guid.Parse("0195d6c4-0000-8000-8000-00000000000b"), "language", "hmn", null, ExampleSource)],
        [new ContactView(
            Guid.Parse("0195d6c4-0000-8000-8000-00000000000c"), "sibling", "Robin Doe", "+1 608 555 0101", SafeToLeaveMessage: true, KnowsOfServices: false,
            ExampleSource)],
        [new FamilyView(Guid.Parse("0195d6c4-0000-8000-8000-00000000000d"), "child", "Sam Doe", null, null, ExampleSource)],
        [],
        Restricted,
        Position: 4711,
        AsOf: null,
        Notice: null);

    private static Source ExampleSource => new(ReadClient.Example.ClientId, "recovery-coaches", new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero), Basis.OwnRecord, null);

    public static async Task<IResult> HandleAsync(
        Guid clientId, AskedMoment asked, Actor actor, ProfileReading reading, RedisclosureNotices notices, HttpResponse response, CancellationToken cancellation)
    {
        if (await reading.ReadAsync(actor, clientId, asked, cancellation) is not { } read)
            return Problems.From(ClientRejections.NotFound(clientId));

        // Only the own agency's part has a version that this asker may name.
        if (read.OwnVersion is { } version)
            response.SetVersion(version);
        var notice = await notices.OnAsync(response, actor, read.Consents, read.Told, cancellation);
        return TypedResults.Ok(read.View with { Notice = notice });
    }
}
