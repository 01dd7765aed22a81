using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.CourtViews;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;

namespace CaseFlow.Integration.EventStore;

/// <summary>All streams of a kind, of one jurisdiction, as committed.</summary>
public sealed class ListingStreams
{
    [Fact]
    public async Task Names_those_of_the_kind_and_of_the_jurisdiction_alone_before_anything_is_placed()
    {
        await using var county = await FoundAsync();
        var (first, second, elsewhere) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var fact = new TreatmentCourtReferred("court", CourtReferralSource.Defence, null) { Court = Participants.Court, File = CourtFile.Open }.At(Cdt(6, 1, 9));
        await county.RecordAsync(Coordinator, first, "participation", [fact]);
        await county.RecordAsync(Coordinator, second, "participation", [fact, fact]);
        await county.RecordAsync(Coordinator with { Jurisdiction = "another-county" }, elsewhere, "participation", [fact]);

        (await county.Database.StreamsOfKindAsync(Jurisdiction, "participation", Cancellation)).ShouldBe([first, second], ignoreOrder: true);
        (await county.Database.StreamsOfKindAsync("another-county", "participation", Cancellation)).ShouldBe([elsewhere]);
        (await county.Database.StreamsOfKindAsync(Jurisdiction, "court_places", Cancellation)).ShouldBeEmpty();
    }
}
