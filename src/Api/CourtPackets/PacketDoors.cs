using System.Text.Json.Serialization;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.CourtViews;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;

namespace CaseFlow.Api.CourtPackets;

/// <summary>Packets for hearings: one page per participant, frozen, printable, and the same whenever it is asked for again.</summary>
public static class PacketDoors
{
    /// <summary>Stable name of this view in the records of reads.</summary>
    public const string ViewName = "court_packet";

    /// <summary>Why a page is not shown now.</summary>
    public enum Withheld
    {
        /// <summary>Consents in force now do not let the reader see what was on it; an auditor under a grant still may.</summary>
        Consent,

        /// <summary>The record's content is erased by order.</summary>
        Erased,

        /// <summary>The record is sealed from the reader by order, until that is lifted.</summary>
        Sealed,

        /// <summary>What was kept of it does not open, and no order says why: it was altered, or its key is gone.</summary>
        Unreadable,
    }

    /// <param name="ContentHash">As it was recorded when the page was issued.</param>
    /// <param name="Verified">Whether what is shown, data and sheet, has the recorded hashes: bit for bit what was issued.</param>
    /// <param name="Content">The page's data, in the shape of its format; null when it is withheld.</param>
    /// <param name="Because">Why it is withheld; null when it is shown.</param>
    /// <param name="ErasedReason">Why the content is erased, a code.</param>
    public sealed record Page(
        Guid ParticipationId, Guid ClientId, string ContentHash, bool Verified, FrozenJson? Content, Withheld? Because, string? ErasedReason)
    {
        /// <summary>Why the record is sealed, a code; null while it is not, and where it is erased.</summary>
        public string? SealedReason { get; init; }
    }

    /// <param name="IssuedAt">When it was recorded.</param>
    /// <param name="Position">What had been recorded: up to this position of the log.</param>
    /// <param name="AsRecorded">As the record was at this instant; null for all that was recorded when it was issued.</param>
    /// <param name="EvaluatedAt">Against which instant days and due times were counted.</param>
    public sealed record Packet(
        Guid PacketId, string Court, Role ForRole, int Format, DateTimeOffset IssuedAt, string IssuedBy, long Position, DateTimeOffset? AsOf,
        DateTimeOffset? AsRecorded, DateTimeOffset EvaluatedAt, int CourtVersion, int? PolicyVersion, IReadOnlyList<Page> Pages) : IAnsweredFrom, IToldByAgencies
    {
        /// <summary>Of the pages that are shown: the court's agency, and those whose records they tell of.</summary>
        [JsonIgnore]
        public IEnumerable<string?> ToldBy { get; init; } = [];
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapFact("/courts/{court}/packets", (string court, PacketRequest ask, Actor actor, PacketDesk desk, CancellationToken cancellation) =>
                desk.IssueAsync(court, ask, actor, cancellation))
            .Named("issuePacket", "Issue the packet of a hearing day, or of some participants: one page each, frozen, refused where a consent is missing (R38)")
            .Allow(Role.Coordinator).Takes(new PacketRequestValidator(), PacketRequest.Example)
            .Gives(PacketIssued.Example, StatusCodes.Status201Created);
        api.MapAsk("/courts/{court}/packets/{packetId:guid}", ReadAsync)
            .Named("readPacket", "A packet as it was issued, bit for bit, checked against its hashes")
            .Allow(ComplianceDoor.Readers)
            .Shows<Packet>(ViewName, (packet, _) => packet.Pages.Select(page => page.ClientId), packet => packet.Pages.Any(page => page.Because is not null))
            .ShowsSkeletonOfHidden("which page is sealed or erased and why; the others are shown")
            .Asks([new("format", "json unless said, or html: one sheet of paper for each participant, in words.", Words: ["json", "html"])])
            .Gives(new Packet(
                PacketIssued.Example.PacketId, "drug-court", Role.Judge, PacketPages.Format, new DateTimeOffset(2026, 3, 4, 16, 0, 5, TimeSpan.Zero), "coordinator-1",
                4711, AsOf: null, AsRecorded: null, new DateTimeOffset(2026, 3, 4, 16, 0, 0, TimeSpan.Zero), 1, 3,
                [
                    new Page(
                        PacketIssued.Example.Pages[0].ParticipationId, ComplianceDoor.Example.Compliance.ClientId, PacketIssued.Example.Pages[0].ContentHash, Verified: true,
                        new FrozenJson(PageMade.DataOf(
                            new PageContent("Drug court", "Example, Person", "whole", new DateOnly(2026, 3, 4), ComplianceDoor.Example.Compliance, RedisclosureNotice: null))),
                        Because: null, ErasedReason: null),
                ]));
    }

    private static async Task<IResult> ReadAsync(
        string court, Guid packetId, HttpRequest request, HttpResponse response, Actor actor, PacketReading packets, CancellationToken cancellation)
    {
        var asHtml = new QueryReader(request).Text("format") switch
        {
            null or "json" => false,
            "html" => true,
            _ => throw QueryReader.Bad("format", "One of json, html."),
        };
        var (packet, sheets, refused) = await packets.OfAsync(court, packetId, actor, response, cancellation);
        return packet is null ? Problems.From(refused!)
            : asHtml ? new HtmlAnswer<Packet>(packet, "packet.html", "Hearing packet", PacketHtml.StyleOf(packet.Format), string.Concat(sheets))
            : TypedResults.Ok(packet);
    }
}
