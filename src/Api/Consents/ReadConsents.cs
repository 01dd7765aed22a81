using System.Text.Json.Serialization;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;

namespace CaseFlow.Api.Consents;

/// <summary>A client's consents for those who are party to them; whoever watches over records sees all.</summary>
public static class ReadConsents
{
    /// <summary>Stable name of this view in the records of reads.</summary>
    public const string ViewName = "consents";

    public const string Restricted = "restricted";

    /// <param name="OtherAgencies"><c>restricted</c> or <c>shown</c>: follows from the asker's role alone, so it tells nothing about the client.</param>
    /// <param name="Position">Where the last of what is shown was recorded, for <c>asRecordedPosition</c>.</param>
    /// <param name="EvaluatedAt">The instant at which the standings were judged.</param>
    public sealed record Answer(
        IReadOnlyList<ConsentItem> Items,
        IReadOnlyList<RestrictionItem> Restrictions,
        IReadOnlyList<OrderItem> Orders,
        string OtherAgencies,
        long Position,
        DateTimeOffset? AsOf,
        DateTimeOffset EvaluatedAt) : IAnsweredFrom, IShowsAlso, IToldByAgencies
    {
        /// <summary>Whoever recorded a consent, and whose records it speaks of.</summary>
        [JsonIgnore]
        public IEnumerable<string?> ToldBy { get; init; } = [];

        [JsonIgnore]
        public IEnumerable<Guid> AlsoShown { get; init; } = [];
    }

    public static Answer Example { get; } = new(
        [
            new ConsentItem(
                Guid.Parse("0195d6c4-0000-7000-8000-0000000000a1"),
                ConsentKind.Part2General,
                ConsentStanding.InForce,
                IsRefused: false,
                IsIrrevocable: false,
                GrantConsentRequest.Example.ToDraft().ToScope(Guid.Empty),
                GrantConsentRequest.Example.Description,
                FormPart.Example.SignedName,
                RecipientPerson: null,
                new ConsentTerm(FormPart.Example.SignedAt!.Value, TermPart.Example.ExpiresAt, null, null),
                FormPart.Example.ToDraft().ToForm(),
                [new ConsentStep("consent_granted", FormPart.Example.SignedAt.Value, FormPart.Example.SignedAt.Value.AddMinutes(5), "coach-1", Words: null)]),
        ],
        [new RestrictionItem(Guid.Parse("0195d6c4-0000-7000-8000-0000000000b1"), "recovery-coaches", "dcc", [ConsentInformation.TestResults], [], null, IsDeclined: false)],
        [
            new OrderItem(
                Guid.Parse("0195d6c4-0000-7000-8000-0000000000c1"), "recovery-coaches", "dcc", [ConsentInformation.Attendance], FormPart.Example.SignedAt.Value, null,
                CourtOrderBasis.NonCriminal, []),
        ],
        Restricted,
        Position: 4711,
        AsOf: null,
        new DateTimeOffset(2026, 3, 4, 13, 30, 0, TimeSpan.Zero));

    public static async Task<IResult> HandleAsync(
        Guid clientId, AskedMoment asked, Actor actor, ConsentReading reading, CancellationToken cancellation)
    {
        if (await reading.CheckAsync(actor, clientId, cancellation) is { } refused)
            return Problems.From(refused);

        var read = await reading.ReadAsync(actor, clientId, asked, cancellation);
        bool IsShown(ConsentScope scope) => actor.IsParty(scope, read.Directory);
        bool IsOwn(string agency) => actor.Role is Role.PrivacyOfficer or Role.Auditor || agency == actor.Agency;
        List<ConsentItem> shown = [.. read.Items.SelectMany(items => items.Consents(IsShown)).Select(item => item.AsSeenBy(actor.Role))];
        return TypedResults.Ok(new Answer(
            shown,
            [.. read.Items.SelectMany(items => items.Restrictions(IsOwn))],
            [.. read.Items.SelectMany(items => items.Orders(IsOwn))
                .Where(order => !actor.Role.IsBesideTheTeam() || CourtOrder.IsFor(order.Basis, order.RecipientRoles, actor.Role))],
            actor.Role is Role.PrivacyOfficer or Role.Auditor ? "shown" : Restricted,
            read.Position,
            asked.AsOf,
            read.EvaluatedAt)
        {
            AlsoShown = read.Records,
            ToldBy = [.. read.Items.SelectMany(items => items.RecordedBy(IsShown)), .. shown.SelectMany(item => item.Scope.Disclosers)],
        });
    }
}
