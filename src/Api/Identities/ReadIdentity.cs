using System.Text.Json.Serialization;
using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Identities;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Identities;

/// <summary>What was decided about a client's identity, with both ends of it: for those who reach both.</summary>
public static class ReadIdentity
{
    /// <param name="SurvivorId">The record that stands for the person.</param>
    /// <param name="Records">All records of the person that the asker reaches, this one included.</param>
    /// <param name="Merges">In the order they were recorded, reversed ones too.</param>
    /// <param name="Mistakes">In the order they were recorded, undone ones too; for those who watch over records, and of the agency that declared them.</param>
    public sealed record View(
        Guid ClientId, Guid SurvivorId, IReadOnlyList<Guid> Records, IReadOnlyList<MergeView> Merges, IReadOnlyList<MistakeView> Mistakes)
        : IShowsAlso, IToldByAgencies
    {
        /// <summary>Whoever decided it, and whose the entries are that stay.</summary>
        [JsonIgnore]
        public IEnumerable<string?> ToldBy { get; init; } = [];

        [JsonIgnore]
        public IEnumerable<Guid> AlsoShown =>
        [
            .. Records,
            .. Merges.SelectMany(merge => (Guid[])[merge.ClientId, merge.MergedClientId]),
            .. Mistakes.SelectMany(mistake => (Guid?[])[mistake.ClientId, mistake.RightClientId]).OfType<Guid>(),
        ];
    }

    /// <param name="Reason">Null once it cannot be opened any more.</param>
    public sealed record MergeView(
        Guid MergeId, Guid ClientId, Guid MergedClientId, IdentityEvidence Evidence, string? Reason, string? By, DateTimeOffset At, ReversalView? Reversed);

    public sealed record ReversalView(MergeReversalReason ReasonCode, string? Reason, string? By, DateTimeOffset At);

    public sealed record MistakeView(
        Guid MistakeId, Guid ClientId, Guid? RightClientId, IReadOnlyList<MistakenEntry> Entries, IdentityEvidence Evidence, string? Reason, string? By,
        DateTimeOffset At, UndoneView? Undone);

    public sealed record UndoneView(string? Reason, string? By, DateTimeOffset At);

    public static View Example { get; } = new(
        Guid.Parse("0195d6c4-0000-7000-8000-000000000001"),
        Guid.Parse("0195d6c4-0000-7000-8000-000000000001"),
        [Guid.Parse("0195d6c4-0000-7000-8000-000000000001"), MergeRequest.Example.MergedClientId],
        [
            new MergeView(
                Guid.Parse("0195d6c4-0000-8000-8000-000000000031"), Guid.Parse("0195d6c4-0000-7000-8000-000000000001"), MergeRequest.Example.MergedClientId,
                MergeRequest.Example.Evidence, MergeRequest.Example.Reason, "supervisor-1", new DateTimeOffset(2026, 3, 4, 16, 0, 0, TimeSpan.Zero), Reversed: null),
        ],
        []);

    public static async Task<IResult> HandleAsync(
        Guid clientId, AskedMoment asked, Actor actor, ReadingRights rights, ClientAccess access, Persons persons, SealedRecords seals, AskDesk desk,
        OpenedTexts texts, IEventStore store, CancellationToken cancellation)
    {
        if (await rights.CheckGrantAsync(actor, cancellation) is { } refused)
            return Problems.From(refused);
        var isOverseer = actor.Role is Role.PrivacyOfficer or Role.Auditor;
        var client = await store.FoldAsync(Streams.Client, actor.Jurisdiction, clientId, cancellation);
        if (!client.State.IsRegistered || !await ReachesAsync(clientId))
            return Problems.From(ClientRejections.NotFound(clientId));

        var (_, position) = await desk.ThenAsync(actor.Jurisdiction, asked, cancellation);
        var history = await persons.OfAsync(actor.Jurisdiction, cancellation);
        var state = position is null ? history.Now : history.At(position);
        var reached = new HashSet<Guid>();
        // A record that is sealed from the asker is none of the person's to them.
        foreach (var record in await seals.OpenAsync(actor, clientId, [.. history.EverWith(clientId)], cancellation))
        {
            if (record == clientId || await ReachesAsync(record))
                reached.Add(record);
        }

        var told = history.UpTo(position);
        Guid[] records = [.. state.RecordsOf(clientId).Where(reached.Contains)];
        var survivor = state.SurvivorOf(clientId);
        List<RecordedEvent> merges =
            [.. told.Where(one => one.Data is ClientsMerged merged && reached.Contains(merged.ClientId) && reached.Contains(merged.MergedClientId))];
        List<RecordedEvent> mistakes = [];
        foreach (var one in told)
        {
            if (one.Data is IdentityMistakeDeclared e && await IsShownAsync(one, e))
                mistakes.Add(one);
        }

        return TypedResults.Ok(new View(
            clientId,
            reached.Contains(survivor) ? survivor : clientId,
            records,
            [.. merges.Select(MergeOf)],
            [.. mistakes.Select(MistakeOf)])
        {
            ToldBy = RecordOwners.Of([.. merges, .. mistakes]).Concat(mistakes.Select(one => ((IdentityMistakeDeclared)one.Data).Mark?.AgencyId)),
        });

        // One's own declaration, on the record on which it was made; whoever reaches the right person as well sees whose the entries are.
        async Task<bool> IsShownAsync(RecordedEvent recorded, IdentityMistakeDeclared e) => isOverseer
            ? e.ClientId == clientId || e.RightClientId == clientId
            : e.ClientId == clientId && OwnDeclarations.Has(actor, recorded)
                && (e.RightClientId is not { } right || (await ReachesAsync(right) && (await seals.OpenAsync(actor, clientId, [clientId, right], cancellation)).Contains(right)));

        async Task<bool> ReachesAsync(Guid record) => isOverseer
            || await access.ReachAsync(actor, record, (await store.FoldAsync(Streams.Client, actor.Jurisdiction, record, cancellation)).State, cancellation) == ClientReach.Whole;

        MergeView MergeOf(RecordedEvent recorded)
        {
            var merged = (ClientsMerged)recorded.Data;
            var reversal = told.FirstOrDefault(one => one.Data is MergeReversed e && e.MergeId == merged.MergeId);
            return new MergeView(
                merged.MergeId, merged.ClientId, merged.MergedClientId, merged.Evidence, Open(merged.Reason), By(recorded), merged.OccurredAt,
                reversal?.Data is MergeReversed e ? new ReversalView(e.ReasonCode, Open(e.Reason), By(reversal), e.OccurredAt) : null);
        }

        MistakeView MistakeOf(RecordedEvent recorded)
        {
            var mistake = (IdentityMistakeDeclared)recorded.Data;
            var undone = told.FirstOrDefault(one => one.Data is IdentityMistakeUndone e && e.MistakeId == mistake.MistakeId);
            return new MistakeView(
                mistake.MistakeId, mistake.ClientId, mistake.RightClientId, mistake.Entries, mistake.Evidence, Open(mistake.Reason), By(recorded), mistake.OccurredAt,
                undone?.Data is IdentityMistakeUndone e ? new UndoneView(Open(e.Reason), By(undone), e.OccurredAt) : null);
        }

        string? Open(Sealed<string> text) => texts.Open(actor.Jurisdiction, text.Token);
    }

    private static string? By(RecordedEvent recorded) => (recorded.Headers as Circumstances)?.Actor;
}
