using System.Security.Cryptography;
using System.Text;
using CaseFlow.Api.Access;
using CaseFlow.Api.Composition;
using CaseFlow.Api.CourtViews;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.CourtReports;
using CaseFlow.Domain.Disclosures;
using CaseFlow.EventStore;
using CaseFlow.Projections.CourtActivity;

namespace CaseFlow.Api.CourtPackets;

/// <summary>
/// Shows packets as they were issued. Who reads one today sees no more of it than they may see today: a page that rested on a consent which is no more in
/// force is withheld whole, so that it is never shown as something else than it was. An auditor under a grant replays it (scenario 10).
/// </summary>
public sealed class PacketReading(CaseFlowDatabase database, CourtMoments moments, PacketPages pages, OpenedTexts texts, RedisclosureNotices notices, SealedRecords seals)
{
    /// <returns>SHA-256 of a frozen text in UTF-8, lower-case hex.</returns>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <returns>The packet and its sheets, page by page; or why there is none for this reader.</returns>
    public async Task<(PacketDoors.Packet? Packet, IReadOnlyList<string> Sheets, Rejection? Refused)> OfAsync(
        string court, Guid packetId, Actor actor, HttpResponse response, CancellationToken cancellation)
    {
        if (await moments.CheckAsync(actor, court, cancellation) is { } refused)
            return (null, [], refused);
        var jurisdiction = actor.Jurisdiction;
        var stream = await database.Store.ReadStreamAsync(jurisdiction, packetId, cancellation: cancellation);
        var issued = stream.Events.Where(recorded => recorded.StreamType == Streams.CourtReport.Alias).ToList();
        if (issued.Count == 0 || issued[0].Data is not CourtReportIssued first || first.Court != court || !MayRead(actor, first.ForRole))
            return (null, [], CourtReportRejections.NotFound(packetId));

        var facts = issued.Select(recorded => (CourtReportIssued)recorded.Data).ToList();
        var ids = facts.Select(fact => fact.ParticipationId).ToList();
        var made = await pages.MakeAsync(actor, court, ids, PageMoment.Of(first), first.ForRole, first.Format, RecordSights.ViewerOf(actor), cancellation);
        // Of a sealed record the page alone is withheld: it tells nothing, and spends no consent.
        var sealOf = await seals.OfAllAsync(actor, facts.ConvertAll(fact => fact.ClientId), cancellation);
        List<PageMade> shown = [.. made.Values.Where(page => page.IsShown && sealOf(page.ClientId).Why is null)];
        await TellAsync(actor, response, shown, cancellation);
        await texts.PreloadAsync(jurisdiction, facts.Select(fact => fact.ClientId), cancellation);
        var read = issued.ConvertAll(one => Read(jurisdiction, one, made.GetValueOrDefault(((CourtReportIssued)one.Data).ParticipationId), sealOf(((CourtReportIssued)one.Data).ClientId).Why));
        return (new PacketDoors.Packet(
            packetId,
            court,
            first.ForRole,
            first.Format,
            issued[0].RecordedAt,
            (issued[0].Headers as Circumstances)?.Actor ?? "",
            first.Position,
            first.AsOf,
            first.AsRecorded,
            first.EvaluatedAt,
            first.CourtVersion,
            first.PolicyVersion,
            [.. read.Select(one => one.Page)])
        {
            ToldBy = shown
                .SelectMany(page => page.Sources.SelectMany(ActivityQueries.SourcesOf).Select(source => source.AgencyId).Append(page.Eyes.AgencyId)),
        }, [.. read.Select(one => one.Sheet)], null);
    }

    /// <summary>The coordinator prints every packet of the court; everybody else reads those that were made for their eyes.</summary>
    private static bool MayRead(Actor actor, Role forRole) => actor.Role is Role.Coordinator or Role.Auditor || actor.Role == forRole;

    private (PacketDoors.Page Page, string Sheet) Read(string jurisdiction, RecordedEvent recorded, PageMade? made, ContentHidden? hidden)
    {
        var (fact, by) = ((CourtReportIssued)recorded.Data, (recorded.Headers as Circumstances)?.Actor ?? "");
        var paper = new PacketHtml(fact.Data is not null && made is not null ? PageText.Of(made.Court) : PageText.InUtc);
        if (hidden is { IsErased: false })
            return Without(PacketDoors.Withheld.Sealed);
        if (made is not { IsShown: true, ErasedReason: null })
            return Without(made?.ErasedReason is null ? PacketDoors.Withheld.Consent : PacketDoors.Withheld.Erased);
        if (fact.Data is null)
            return With(made.Data, HashOf(made.Data) == fact.ContentHash, same => FirstFormats.SheetMadeAgain(fact, made.Content!, recorded.RecordedAt, by, same));
        if (texts.OpenReadable(jurisdiction, fact.Data.Token) is not { } data || texts.OpenReadable(jurisdiction, fact.Sheet?.Token) is not { } sheet)
            return Without(PacketDoors.Withheld.Unreadable);
        return With(data, HashOf(data) == fact.ContentHash && HashOf(sheet) == fact.SheetHash, same => same ? sheet : PacketHtml.NotAsIssued + sheet);

        (PacketDoors.Page, string) With(string data, bool isSame, Func<bool, string> sheet) =>
            (new PacketDoors.Page(fact.ParticipationId, fact.ClientId, fact.ContentHash, isSame, new FrozenJson(data), null, null), sheet(isSame));

        (PacketDoors.Page, string) Without(PacketDoors.Withheld because)
        {
            var (sealedFor, erasedFor) = because is PacketDoors.Withheld.Sealed ? (hidden!.ReasonCode, null) : ((string?)null, made?.ErasedReason);
            var page = new PacketDoors.Page(fact.ParticipationId, fact.ClientId, fact.ContentHash, Verified: false, Content: null, because, erasedFor) { SealedReason = sealedFor };
            return (page, paper.SheetWithout(fact, because, sealedFor ?? erasedFor, recorded.RecordedAt, by));
        }
    }

    /// <summary>What a page tells of other agencies' records is a disclosure whenever it is read.</summary>
    private async Task TellAsync(Actor actor, HttpResponse response, IReadOnlyList<PageMade> shown, CancellationToken cancellation)
    {
        List<RecordTold> told = [.. shown.SelectMany(page => page.Eyes.ToldBy(page.ClientId, PacketDoors.ViewName, page.Sources))];
        // An auditor reads under the grant what was made for other eyes, and spends nobody's consent.
        if (actor.Role == Role.Auditor)
        {
            await notices.OnAsync(
                response, actor, [], [.. told.Select(one => one with { Basis = DisclosureBasis.AuditGrant, BasisId = null }).Distinct()], cancellation);
            return;
        }

        List<Consent> byConsent = [.. shown.SelectMany(page => page.Eyes.ConsentsFor(page.Sources))];
        await notices.OnAsync(response, actor, byConsent, told, cancellation);
    }
}
