using System.Text.Json.Nodes;
using CaseFlow.Api.Courts;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.Asking;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;

namespace CaseFlow.Integration.CourtViews;

/// <summary>The courts of a jurisdiction with their places, and the register of places of a court that is older than it.</summary>
public sealed class ListingCourts
{
    private const string Courts = "courts";

    [Fact]
    public async Task Everybody_reads_how_the_courts_work_and_the_courts_own_staff_how_many_places_are_taken()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        await county.AdmittedAsync(Cdt(4, 1, 9));
        var gone = await county.AdmittedAsync(Cdt(4, 1, 9));
        await gone.FileAsync(CourtFile.Open, Cdt(6, 1, 9), new ParticipantWithdrew("moved", null));
        await county.ShowAsync();

        var items = await county.AllAsync(Coordinator, Courts);

        items.Select(item => item["court"]!.GetValue<string>()).ShouldBe(["city-drug-court", Participants.Court]);
        var own = items[1];
        (own["type"]!.GetValue<string>(), own["programme"]!.GetValue<string>(), own["agencyId"]!.GetValue<string>()).ShouldBe(("drug", "Drug court", "court"));
        (own["phases"]!.GetValue<int>(), own["capacity"]!.GetValue<int>(), own["placesTaken"]!.GetValue<int>(), own["courtVersion"]!.GetValue<int>()).ShouldBe((5, 50, 1, 1));
        own["legalBases"]!.AsArray().Count.ShouldBe(Participants.Configuration.LegalBases.Count);
        own["inForceSince"]!.GetValue<DateTimeOffset>().ShouldBe(Cdt(1, 2, 8));
        items[0]["placesTaken"].ShouldBeNull("another court's participants are not this coordinator's to count");
        Taken(await county.AllAsync(Participants.StrangeCoordinator, Courts)).ShouldBe([0, null]);
        Taken(await county.AllAsync(Judge, Courts)).ShouldBe([null, 1]);
        Taken(await county.AllAsync(Auditor, Courts)).ShouldBe([0, 1]);
        foreach (var other in new[] { AuditorWithoutGrant, Prosecutor, Defence, Agent1, Coach, Administrator })
            Taken(await county.AllAsync(other, Courts)).ShouldBe([null, null]);
    }

    [Fact]
    public async Task Who_may_not_count_the_participants_is_told_nothing_by_who_comes_and_goes()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        await county.ShowAsync();
        var readers = new[] { Agent1, Prosecutor, Defence, Coach, AuditorWithoutGrant, Participants.StrangeCoordinator };
        var before = new List<string>();
        foreach (var reader in readers)
            before.Add((await county.AskAsync(reader, Courts)).Whole());

        var robin = await county.AdmittedAsync(Cdt(4, 1, 9));
        await county.ShowAsync();
        await robin.FileAsync(CourtFile.Open, Cdt(6, 1, 9), new ParticipantWithdrew("moved", null));
        await county.ShowAsync();

        for (var n = 0; n < readers.Length; n++)
            (await county.AskAsync(readers[n], Courts)).Whole().ShouldBe(before[n], readers[n].Id);
    }

    [Fact]
    public async Task A_list_of_the_past_shows_the_versions_and_the_places_of_then()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var empty = await county.ShowAsync();
        await county.AdmittedAsync(Cdt(4, 1, 9));
        var gone = await county.AdmittedAsync(Cdt(5, 1, 9));
        var one = await county.ShowAsync();
        var withdrawn = await gone.FileAsync(CourtFile.Open, Cdt(6, 1, 9), new ParticipantWithdrew("moved", null));
        await county.RecordAsync(Administrator, StreamIds.Court(Jurisdiction, Participants.Court), "court",
            [new CourtConfigurationPublished(2, Cdt(6, 10, 8), Participants.Configuration with { Capacity = 20 }, "Fewer.") { Court = Participants.Court }.At(Cdt(6, 9, 8))]);
        await county.ShowAsync();

        (await OwnAsync("")).ShouldBe((2, 20, 1));
        (await OwnAsync($"?asOf={At(Cdt(6, 5, 9))}")).ShouldBe((1, 50, 1), "before the version took effect");
        (await OwnAsync($"?asOf={At(Cdt(5, 15, 9))}")).ShouldBe((1, 50, 2));
        (await OwnAsync($"?asOf={At(Cdt(4, 15, 9))}")).ShouldBe((1, 50, 1));
        (await OwnAsync($"?asRecordedPosition={one}")).ShouldBe((1, 50, 2));
        (await OwnAsync($"?asRecordedPosition={empty}")).ShouldBe((1, 50, 0));

        await gone.RetractAsync(withdrawn, "participant_withdrew", Cdt(6, 11, 9));
        await county.ShowAsync();
        (await OwnAsync("")).ShouldBe((2, 20, 2), "what was recorded wrongly ended nothing");

        // The same answer for ever, from the position that it says.
        var now = (await county.AskAsync(Coordinator, Courts)).Ok();
        var again = (await county.AskAsync(Coordinator, $"{Courts}?asRecordedPosition={now["position"]!.GetValue<long>()}")).Ok();
        again["items"]!.ToJsonString().ShouldBe(now["items"]!.ToJsonString());
        (await county.AskAsync(Coordinator, $"{Courts}?asRecordedPosition=0")).Ok()["items"]!.AsArray().ShouldBeEmpty();
        (await county.AskAsync(Coordinator, $"{Courts}?asOf={At(Cdt(1, 1, 0))}")).Ok()["items"]!.AsArray().ShouldBeEmpty("no version was in force yet");

        async Task<(int Version, int Capacity, int Taken)> OwnAsync(string query)
        {
            var own = (await county.AllAsync(Coordinator, Courts + query))[^1];
            return (own["courtVersion"]!.GetValue<int>(), own["capacity"]!.GetValue<int>(), own["placesTaken"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task Pages_are_of_one_moment_and_belong_to_one_asker()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        await county.ShowAsync();

        var paged = await county.AllAsync(Coordinator, Courts + "?limit=1", async () =>
        {
            await county.AdmittedAsync(Cdt(4, 1, 9));
            await county.RecordAsync(Administrator, StreamIds.Court(Jurisdiction, "young-adult-court"), "court",
                [new CourtConfigurationPublished(1, Cdt(1, 2, 8), Participants.Configuration, "First.") { Court = "young-adult-court" }.At(Cdt(6, 1, 8))]);
            await county.ShowAsync();
        });

        paged.Select(item => item["court"]!.GetValue<string>()).ShouldBe(["city-drug-court", Participants.Court]);
        Taken(paged).ShouldBe([null, 0]);
        var next = (await county.AskAsync(Coordinator, Courts + "?limit=1")).Ok()["next"]!.GetValue<string>();
        (await county.AskAsync(Judge, next)).ShouldBeProblem(400, "bad-cursor");
        (await county.AskAsync(Coordinator, Courts + "?limit=0")).ShouldBeProblem(400, "bad-parameter");
    }

    [Fact]
    public async Task A_retired_court_leaves_the_list()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        await county.RecordAsync(Administrator, StreamIds.Court(Jurisdiction, "city-drug-court"), "court",
            [new CourtConfigurationRetired(1, "Closed.") { Court = "city-drug-court" }.At(Cdt(6, 1, 8))]);
        await county.ShowAsync();

        (await county.AllAsync(Agent1, Courts)).Select(item => item["court"]!.GetValue<string>()).ShouldBe([Participants.Court]);
        (await county.AllAsync(Agent1, $"{Courts}?asOf={At(Cdt(5, 30, 8))}")).Count.ShouldBe(2);
    }

    /// <summary>Participations that were recorded before there was a register hold their places in it.</summary>
    [Fact]
    public async Task A_register_begins_with_who_takes_part_already()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var (robin, kim) = (await county.AdmittedAsync(Cdt(4, 1, 9)), await county.AdmittedAsync(Cdt(4, 1, 9)));
        var gone = await county.AdmittedAsync(Cdt(4, 1, 9));
        await gone.FileAsync(CourtFile.Open, Cdt(6, 1, 9), new ParticipantWithdrew("moved", null));
        var back = await county.AdmittedAsync(Cdt(4, 1, 9));
        var mistaken = await back.FileAsync(CourtFile.Open, Cdt(6, 1, 9), new ParticipantWithdrew("moved", null));
        await back.RetractAsync(mistaken, "participant_withdrew", Cdt(6, 2, 9));
        var (lee, pat) = (await AcceptedAsync(county), await AcceptedAsync(county));
        await county.PublishAsync(2, Participants.Configuration with { Capacity = 4, Providers = [] });

        // No view has moved: who holds a place is read from the participations themselves.
        (await AdmitAsync(county, lee)).Status.ShouldBe(System.Net.HttpStatusCode.Created);
        (await AdmitAsync(county, pat)).ShouldBeProblem(409, "court-full")["detail"]!.GetValue<string>().ShouldStartWith("4 of the court's 4 places are taken");

        var register = await RegisterAsync(county);
        register[0].ShouldBeOfType<CourtPlacesCounted>().Participations.ShouldBe(new[] { robin, kim, back }.Select(one => one.ParticipationId).Order());
        register[1].ShouldBeOfType<CourtPlaceTaken>().ParticipationId.ShouldBe(lee.ParticipationId);
        register.Count.ShouldBe(2);
        await county.ShowAsync();
        (await county.AllAsync(Coordinator, Courts))[^1]["placesTaken"]!.GetValue<int>().ShouldBe(4, "the views count as the register does");
    }

    [Fact]
    public async Task A_register_may_begin_with_an_end_and_a_court_that_is_over_its_capacity_admits_nobody()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync(Cdt(4, 1, 9));
        await county.AdmittedAsync(Cdt(4, 1, 9));
        await county.AdmittedAsync(Cdt(4, 1, 9));
        var lee = await AcceptedAsync(county);
        await county.PublishAsync(2, Participants.Configuration with { Capacity = 2, Providers = [] });
        (await AdmitAsync(county, lee)).ShouldBeProblem(409, "court-full")["detail"]!.GetValue<string>().ShouldStartWith("3 of the court's 2 places are taken");

        (await PostAsync(county, robin, "withdraw", new EndRequest("moved") { File = CourtFile.Open })).Status.ShouldBe(System.Net.HttpStatusCode.Created);

        var register = await RegisterAsync(county);
        register.Select(fact => fact.GetType()).ShouldBe([typeof(CourtPlacesCounted), typeof(CourtPlaceGivenBack)]);
        register.Aggregate(PlaceState.Initial, PlaceState.Evolve).Taken.Count.ShouldBe(2);
        (await AdmitAsync(county, lee)).ShouldBeProblem(409, "court-full")["detail"]!.GetValue<string>().ShouldStartWith("2 of the court's 2 places are taken");
    }

    private static IEnumerable<int?> Taken(IEnumerable<JsonNode> items) => items.Select(item => item["placesTaken"]?.GetValue<int>());

    private static async Task<Participant> AcceptedAsync(StoppedCounty county)
    {
        var clientId = Guid.CreateVersion7();
        var participant = new Participant(county, clientId, StreamIds.Participation(clientId, Participants.Court, 1));
        await participant.FileAsync(CourtFile.Open, Cdt(6, 1, 9), new TreatmentCourtReferred("court", CourtReferralSource.Prosecutor, null));
        await participant.FileAsync(CourtFile.Open, Cdt(6, 1, 10), new EligibilityDetermined(true, "eligible"));
        return participant;
    }

    private static Task<Heard> AdmitAsync(StoppedCounty county, Participant participant) => PostAsync(
        county, participant, "admit", new AdmitRequest(LegalBasis.Sentence, "Judgment 7", new DateOnly(2026, 6, 1), CompletionEffect.SentenceReduced) { File = CourtFile.Open, DecidedBy = [Judge.Id] });

    private static async Task<Heard> PostAsync(StoppedCounty county, Participant participant, string route, CourtRequest ask)
    {
        var address = $"participations/{participant.ParticipationId}";
        return await county.PostAsync(Coordinator, $"{address}/{route}", ask, ("If-Match", (await county.AskAsync(Coordinator, address)).Headers["ETag"]));
    }

    private static async Task<IReadOnlyList<CourtPlaceEvent>> RegisterAsync(StoppedCounty county) =>
    [
        .. (await county.Database.Store.ReadStreamAsync(Jurisdiction, StreamIds.CourtPlaces(Jurisdiction, Participants.Court), cancellation: Cancellation))
            .Events.Select(recorded => (CourtPlaceEvent)recorded.Data),
    ];
}
