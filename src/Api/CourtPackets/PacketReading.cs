using CaseFlow.Api.Composition;
using CaseFlow.Api.CourtViews;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.CourtReports;

namespace CaseFlow.Api.CourtPackets;

/// <summary>
/// Reproduces packets. Who reads one today sees no more of it than they may see today: a page that rested on a consent which is no more in
/// force is withheld whole, so that it is never shown as something else than it was. An auditor under a grant replays it (scenario 10).
/// </summary>
public sealed class PacketReading(CaseFlowDatabase database, CourtMoments moments, PacketPages pages, RedisclosureNotices notices)
{
    /// <returns>The packet, or why there is none for this reader.</returns>
    public async Task<(PacketDoors.Packet? Packet, Rejection? Refused)> OfAsync(
        string court, Guid packetId, Actor actor, HttpResponse response, CancellationToken cancellation)
    {
        if (await moments.CheckAsync(actor, court, cancellation) is { } refused)
            return (null, refused);
        var jurisdiction = actor.Jurisdiction;
        var stream = await database.Store.ReadStreamAsync(jurisdiction, packetId, cancellation: cancellation);
        var issued = stream.Events.Where(recorded => recorded.StreamType == Streams.CourtReport.Alias).ToList();
        if (issued.Count == 0 || issued[0].Data is not CourtReportIssued first || first.Court != court || !MayRead(actor, first.ForRole))
            return (null, CourtReportRejections.NotFound(packetId));

        var facts = issued.Select(recorded => (CourtReportIssued)recorded.Data).ToList();
        var ids = facts.Select(fact => fact.ParticipationId).ToList();
        var made = await pages.MakeAsync(actor, court, ids, PageMoment.Of(first), first.ForRole, isReading: true, cancellation);
        await TellAsync(actor, response, [.. made.Values.Where(page => page.IsShown)], cancellation);
        return (new PacketDoors.Packet(
            packetId,
            court,
            first.ForRole,
            first.Format,
            issued[0].RecordedAt,
            (issued[0].Headers as Circumstances)?.Actor ?? "",
            first.Position,
            first.AsOf,
            first.EvaluatedAt,
            first.CourtVersion,
            first.PolicyVersion,
            [.. facts.Select(fact => PageOf(fact, made.GetValueOrDefault(fact.ParticipationId)))]), null);
    }

    /// <summary>The coordinator prints every packet of the court; everybody else reads those that were made for their eyes.</summary>
    private static bool MayRead(Actor actor, Role forRole) => actor.Role is Role.Coordinator or Role.Auditor || actor.Role == forRole;

    private static PacketDoors.Page PageOf(CourtReportIssued fact, PageMade? made)
    {
        var isShown = made is { IsShown: true, ErasedReason: null };
        return new PacketDoors.Page(
            fact.ParticipationId,
            fact.ClientId,
            fact.ContentHash,
            isShown && made!.Hash == fact.ContentHash,
            isShown ? made!.Content : null,
            isShown ? null : made?.ErasedReason is null ? PacketDoors.Withheld.Consent : PacketDoors.Withheld.Erased,
            made?.ErasedReason);
    }

    /// <summary>What a page tells of other agencies' records is a disclosure whenever it is read; to an auditor it is none.</summary>
    private async Task TellAsync(Actor actor, HttpResponse response, IReadOnlyList<PageMade> shown, CancellationToken cancellation)
    {
        if (actor.Role == Role.Auditor)
            return;
        List<RecordTold> told = [.. shown.SelectMany(page => page.Eyes.ToldBy(page.ClientId, PacketDoors.ViewName, page.Sources))];
        List<Consent> byConsent = [.. shown.SelectMany(page => page.Eyes.ConsentsFor(page.Sources))];
        await notices.OnAsync(response, actor, byConsent, told, cancellation);
    }
}
