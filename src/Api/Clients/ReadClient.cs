using System.Text.Json.Serialization;
using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Erasure;

namespace CaseFlow.Api.Clients;

/// <summary>A client's record, opened for those who reach it.</summary>
public static class ReadClient
{
    /// <param name="Code">Stands for the client where no name may be.</param>
    /// <param name="Name">Null for an anonymous client, and where its entry is not the asker's to see.</param>
    /// <param name="Source">Null but for the agency that opened the record.</param>
    /// <param name="RegisteredByAgency">The same.</param>
    /// <param name="ExternalIdentifiers">Null for an agency that the client was only referred to: making contact needs no number.</param>
    public sealed record View(
        Guid ClientId,
        string Code,
        RegistrationSource? Source,
        string? RegisteredByAgency,
        DateTimeOffset RegisteredAt,
        NameView? Name,
        string? BornOn,
        IReadOnlyList<AliasView> Aliases,
        IReadOnlyList<ContactPointView> ContactPoints,
        IReadOnlyList<IdentifierView>? ExternalIdentifiers,
        ErasedView? Erased = null) : IShowsAlso, IToldByAgencies
    {
        /// <summary>Whoever recorded any of it, for whom it is no record of their own agency.</summary>
        [JsonIgnore]
        public IEnumerable<string?> ToldBy { get; init; } = [];

        /// <summary>Further records of the same person, those that the asker reaches; the timeline shows them together.</summary>
        public IReadOnlyList<Guid> OtherRecords { get; init; } = [];

        [JsonIgnore]
        public IEnumerable<Guid> AlsoShown => Death?.RecordedOn is { } other ? OtherRecords.Append(other) : OtherRecords;

        /// <summary>The own agency knows the client by a code word.</summary>
        public bool HasCodeWord { get; init; }

        /// <summary>How somebody made sure who the client is; null while nobody has.</summary>
        public VerifiedView? Verified { get; init; }

        /// <summary>That the client has died; null while they live, as far as the record knows.</summary>
        public DeathView? Death { get; init; }

        /// <summary>Why none of it is shown until the order is lifted; null while it is.</summary>
        public SealedView? Sealed { get; init; }

        /// <summary>Without what is no sealed text and yet says something of the person: for a record that is erased, or sealed from the asker.</summary>
        internal View WithoutContent() => this with { HasCodeWord = false, Verified = null, Death = null };
    }

    /// <summary>Why the record's content is not shown.</summary>
    public sealed record SealedView(ErasureAuthority Authority, string ReasonCode)
    {
        internal static SealedView? Of(ErasureOrder? order) => order is null ? null : new(order.Authority, order.ReasonCode);
    }

    /// <param name="VerifiedBy">Null but for the agency that made sure.</param>
    /// <param name="LapsedAt">When another name or birth date than the verified one was told; null while it holds.</param>
    public sealed record VerifiedView(IdentityMethod How, string? DocumentKind, string? VerifiedBy, DateTimeOffset At, DateTimeOffset? LapsedAt);

    /// <param name="At">When; of a known day its start.</param>
    /// <param name="VerifiedBy">Who verified it, a code.</param>
    /// <param name="Source">How that became known; null for an agency that the client was only referred to.</param>
    public sealed record DeathView(DateTimeOffset At, TimePrecision Precision, string VerifiedBy, string? Source)
    {
        /// <summary>The other record of the person on which it was recorded; null for this one.</summary>
        public Guid? RecordedOn { get; init; }
    }

    /// <summary>Why nothing of the record's content is left.</summary>
    public sealed record ErasedView(DateTimeOffset At, ErasureAuthority Authority, string ReasonCode)
    {
        internal static ErasedView? Of(ExpunctionApplied? erased) => erased is null ? null : new(erased.OccurredAt, erased.Authority, erased.ReasonCode);
    }

    public sealed record NameView(string GivenName, string FamilyName);

    public sealed record AliasView(Guid AliasId, string Alias)
    {
        /// <summary>It was declared to be somebody else's: it stays on record, and finds nobody.</summary>
        public bool IsMistaken { get; init; }
    }

    public sealed record ContactPointView(Guid ContactPointId, ContactPointKind Kind, string Value, bool SafeToText, bool SafeToLeaveMessage);

    public sealed record IdentifierView(Guid IdentifierId, IdentifierSystem System, string Value);

    public static View Example { get; } = new(
        Guid.Parse("0195d6c4-0000-7000-8000-000000000001"),
        "C-7Q2M9XKA",
        RegistrationSource.Supervision,
        "dcc",
        new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero),
        new NameView("Dana", "Doe"),
        "1990-12-31",
        [new AliasView(Guid.Parse("0195d6c4-0000-7000-8000-000000000005"), "Dee")],
        [new ContactPointView(Guid.Parse("0195d6c4-0000-7000-8000-000000000006"), ContactPointKind.Phone, "+1 608 555 0100", SafeToText: true, SafeToLeaveMessage: false)],
        [new IdentifierView(Guid.Parse("0195d6c4-0000-7000-8000-000000000007"), IdentifierSystem.Doc, "123456")]);

    public static async Task<IResult> Handle(
        Guid clientId, Actor actor, CaseFlowDatabase database, ClientAccess access, Persons persons, SealedRecords seals, PersonDeaths deaths,
        EntrySights sights, OpenedTexts texts, EmergencyAccesses emergencies, DisclosureDesk disclosures, HttpResponse response, CancellationToken cancellation)
    {
        var read = await database.Store.ReadStreamAsync(actor.Jurisdiction, clientId, cancellation: cancellation);
        var isClient = read.Events.Count > 0 && read.Events[0].StreamType == Streams.Client.Alias;
        ClientEvent[] facts = isClient ? [.. read.Events.Select(recorded => (ClientEvent)recorded.Data)] : [];
        var reach = await access.ReachAsync(actor, clientId, facts.Aggregate(ClientState.Initial, ClientState.Evolve), cancellation);
        var emergency = reach < ClientReach.Contact && isClient ? await emergencies.InForceAsync(actor, clientId, cancellation) : null;
        // Whoever treats somebody in an emergency has to know whom: who they are and how they are reached, and no numbers of other systems (42 CFR 2.51).
        if (emergency is not null)
            reach = ClientReach.Contact;
        if (reach < ClientReach.Contact)
            return Problems.From(ClientRejections.NotFound(clientId));

        await texts.PreloadAsync(actor.Jurisdiction, [clientId], cancellation);
        var erased = await ErasedContent.OfAsync(database.Store, actor, clientId, cancellation);
        var isHidden = erased.OfWholeRecord is not null || erased.SealOfWholeRecord is not null;
        var sight = await sights.OfAsync(actor, [clientId], cancellation);
        var view = Opened(
            clientId, ShownDetails.Of(read.Events, sight), reach, actor, content => isHidden ? null : texts.Open(actor.Jurisdiction, content.Token))
            .Mark(read.Events, (await persons.OfAsync(actor.Jurisdiction, cancellation)).Now);
        if (isHidden)
            view = view.WithoutContent();
        var others = new List<Guid>();
        foreach (var other in (await persons.RecordsOfAsync(actor.Jurisdiction, clientId, cancellation)).Where(other => other != clientId))
        {
            var state = await database.Store.FoldAsync(Streams.Client, actor.Jurisdiction, other, cancellation);
            if (emergency is not null || await access.ReachAsync(actor, other, state.State, cancellation) >= ClientReach.Contact)
                others.Add(other);
        }

        // What is sealed of the person is not read on another of their records, nor does that one lead to it.
        IReadOnlyList<Guid> shown = erased.SealOfWholeRecord is not null
            ? []
            : [.. (await seals.OpenAsync(actor, clientId, [clientId, .. others], cancellation)).Where(record => record != clientId)];
        if (!isHidden && view.Death is null)
            view = view with { Death = await deaths.OnOthersAsync(actor, clientId, cancellation) };
        // The version counts also what is not shown below the whole, and whoever does not reach that changes nothing by it.
        if (reach == ClientReach.Whole)
            response.SetVersion(read.Version);
        if (emergency is not null && !isHidden)
        {
            await disclosures.RecordAsync(
                actor,
                ShownInEmergency.AgenciesOf(read.Events, sight).Select(agency =>
                    new RecordTold(clientId, agency, Streams.Client.Alias, "identity", DisclosureBasis.EmergencyAccess, emergency.EmergencyAccessId)),
                noticeVersion: null,
                cancellation);
        }

        // A class that was erased alone leaves no trace here: that there was one is part of what was erased.
        return TypedResults.Ok(view with
        {
            Erased = ErasedView.Of(erased.OfWholeRecord),
            Sealed = SealedView.Of(erased.SealOfWholeRecord),
            OtherRecords = shown,
            ToldBy = actor.Role == Role.PrivacyOfficer && !isHidden ? RecordOwners.Of(read.Events) : [],
        });
    }

    /// <summary>Who opened the record, and how the client came to them, would tell where somebody sought help: that agency alone sees it.</summary>
    private static bool SeesOrigin(Actor actor, ClientDetails details) =>
        actor.Role == Role.PrivacyOfficer || (details.RegisteredByAgency is not null && details.RegisteredByAgency == actor.Agency);

    internal static View Opened(Guid clientId, ClientDetails details, ClientReach reach, Actor actor, Func<Sealed<string>, string?> open) => new(
        clientId,
        details.Code!,
        SeesOrigin(actor, details) ? details.Source : null,
        SeesOrigin(actor, details) ? details.RegisteredByAgency : null,
        details.RegisteredAt,
        details.Name is { } name && open(name.Given) is { } given && open(name.Family) is { } family ? new NameView(given, family) : null,
        details.BornOn is { } bornOn ? open(bornOn) : null,
        [.. from alias in details.Aliases let value = open(alias.Value) where value is not null select new AliasView(alias.AliasId, value)],
        [.. from point in details.ContactPoints
            let value = open(point.Value)
            where value is not null
            select new ContactPointView(point.ContactPointId, point.Kind, value, point.SafeToText, point.SafeToLeaveMessage)],
        reach == ClientReach.Whole
            ? [.. from one in details.Identifiers let value = open(one.Value) where value is not null select new IdentifierView(one.IdentifierId, one.System, value)]
            : null)
    {
        HasCodeWord = actor.Agency is { } agency && details.CodeWordsOf.Contains(agency),
        Verified = details.Verified is { } verified
            ? new VerifiedView(
                verified.How,
                verified.DocumentKind,
                actor.Role == Role.PrivacyOfficer || (verified.AgencyId is not null && verified.AgencyId == actor.Agency) ? verified.VerifiedBy : null,
                verified.At,
                verified.LapsedAt)
            : null,
        Death = details.Death is { } death
            ? new DeathView(death.At, death.Precision, death.VerifiedBy, reach == ClientReach.Whole && death.Source is { } source ? open(source) : null)
            : null,
    };
}
