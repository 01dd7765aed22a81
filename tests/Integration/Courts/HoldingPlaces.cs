using CaseFlow.Api.Courts;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Courts;

/// <summary>A court's capacity is held against every admission, over HTTP and whoever comes at once.</summary>
public sealed class HoldingPlaces
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Admissions_at_once_never_exceed_the_capacity_and_an_end_makes_room()
    {
        await using var county = await CourtOfAsync(2);
        var accepted = new List<string>();
        for (var n = 0; n < 5; n++)
            accepted.Add(await county.AcceptAsync());

        // The register itself begins here, with five who want to begin it.
        var replies = await Task.WhenAll(accepted.Select(participation => county.TryAsync(Coordinator, participation, "admit", Admission())));

        replies.Count(reply => reply.Status == 201).ShouldBe(2, string.Join('\n', replies.Select(reply => reply.Text)));
        foreach (var refused in replies.Where(reply => reply.Status != 201))
        {
            refused.ShouldBeProblem(409, "court-full");
            refused.Json["detail"]!.GetValue<string>().ShouldStartWith("2 of the court's 2 places are taken");
        }

        var admitted = accepted.Where((_, n) => replies[n].Status == 201).ToList();
        var waiting = accepted.Except(admitted).ToList();
        (await HoldersAsync(county)).ShouldBe(admitted.Select(IdOf), ignoreOrder: true);
        foreach (var participation in waiting)
            (await StageAsync(county, participation)).ShouldBe("accepted", "nothing of what was refused was recorded");

        await county.EnterAsync(Coordinator, admitted[0], "withdraw", new EndRequest("moved") { File = CourtFile.Open });
        var again = await Task.WhenAll(waiting.Select(participation => county.TryAsync(Coordinator, participation, "admit", Admission())));
        again.Count(reply => reply.Status == 201).ShouldBe(1);
        again.Count(reply => reply.Status == 409).ShouldBe(2);
        (await HoldersAsync(county)).ShouldBe([IdOf(admitted[1]), IdOf(waiting[Array.FindIndex(again, reply => reply.Status == 201)])], ignoreOrder: true);
    }

    [Fact]
    public async Task An_end_recorded_wrongly_gives_the_place_back_to_whom_it_belongs_even_when_it_was_taken()
    {
        await using var county = await CourtOfAsync(1);
        var first = await county.AdmitAsync();
        var end = await county.EnterAsync(Coordinator, first, "close", new CloseRequest(ParticipationClosure.CaseDismissed) { File = CourtFile.Open, DecidedBy = ByTeam, Words = "Dismissed." });
        var second = await county.AdmitAsync();
        var third = await county.AcceptAsync();

        await county.EnterAsync(Coordinator, first, $"entries/{end}/retract", new RetractRequest { File = CourtFile.Open, Words = "Of another participant." });

        (await StageAsync(county, first)).ShouldBe("admitted");
        (await HoldersAsync(county)).ShouldBe([IdOf(first), IdOf(second)], ignoreOrder: true);
        (await RegisterAsync(county)).OfType<CourtPlaceTaken>().Select(taken => (taken.ParticipationId, taken.AboveCapacity)).ShouldBe(
            [(IdOf(first), false), (IdOf(second), false), (IdOf(first), true)]);
        var refused = await county.TryAsync(Coordinator, third, "admit", Admission());
        refused.ShouldBeProblem(409, "court-full");
        refused.Json["detail"]!.GetValue<string>().ShouldStartWith("2 of the court's 1 places");
        await county.EnterAsync(Coordinator, first, "withdraw", new EndRequest("moved") { File = CourtFile.Open });
        (await county.TryAsync(Coordinator, third, "admit", Admission())).ShouldBeProblem(409, "court-full");
        await county.EnterAsync(Coordinator, second, "withdraw", new EndRequest("moved") { File = CourtFile.Open });
        await county.EnterAsync(Coordinator, third, "admit", Admission());
    }

    [Fact]
    public async Task The_same_admission_told_twice_takes_one_place_and_one_taken_back_gives_it_back()
    {
        await using var county = await CourtOfAsync(2);
        var participation = await county.AcceptAsync();
        var admission = Admission() with { EntryId = Guid.CreateVersion7() };
        await county.EnterAsync(Coordinator, participation, "admit", admission);
        (await county.TryAsync(Coordinator, participation, "admit", admission)).Status.ShouldBe(200, "told again, and done before");
        (await RegisterAsync(county)).OfType<CourtPlaceTaken>().ShouldHaveSingleItem();

        var phase = (await county.GetAsync(Coordinator, participation)).Json["entries"]!.AsArray()[^1]!["entryId"]!.GetValue<Guid>();
        foreach (var entry in new[] { phase, admission.EntryId!.Value })
            await county.EnterAsync(Coordinator, participation, $"entries/{entry}/retract", new RetractRequest { File = CourtFile.Open, Words = "Of another person." });

        (await StageAsync(county, participation)).ShouldBe("accepted");
        (await HoldersAsync(county)).ShouldBeEmpty();
    }

    /// <summary>Asked at the same moment as somebody leaves: whichever comes first, no place is lost and none given twice.</summary>
    [Fact]
    public async Task Who_leaves_and_who_comes_at_once_leave_a_register_that_agrees_with_the_participations()
    {
        await using var county = await CourtOfAsync(3);
        string[] inside = [await county.AdmitAsync(), await county.AdmitAsync(), await county.AdmitAsync()];
        string[] outside = [await county.AcceptAsync(), await county.AcceptAsync(), await county.AcceptAsync()];

        await Task.WhenAll(
        [
            .. inside.Take(2).Select(one => county.TryAsync(Coordinator, one, "withdraw", new EndRequest("moved") { File = CourtFile.Open })),
            .. outside.Select(one => county.TryAsync(Coordinator, one, "admit", Admission())),
        ]);

        var admitted = new List<Guid>();
        foreach (var one in inside.Concat(outside))
        {
            if (await StageAsync(county, one) == "admitted")
                admitted.Add(IdOf(one));
        }

        (await HoldersAsync(county)).ShouldBe(admitted, ignoreOrder: true);
        admitted.Count.ShouldBeLessThanOrEqualTo(3);
        foreach (var one in inside.Take(2))
            (await StageAsync(county, one)).ShouldBe("withdrawn", "an end needs no place");
    }

    private static async Task<County> CourtOfAsync(int capacity)
    {
        var county = await County.WithAsync();
        await county.FurnishCourtAsync();
        (await county.PostAsync(Administrator, "/api/courts/drug-court/configurations", new CourtDoors.PublishRequest(
            2, new DateTimeOffset(2024, 1, 1, 6, 0, 0, TimeSpan.Zero), Configuration() with { Capacity = capacity }, "Places."))).ShouldSucceed();
        return county;
    }

    private static Guid IdOf(string participation) => Guid.Parse(participation.Split('/')[^1]);

    private static async Task<string> StageAsync(County county, string participation) =>
        (await county.GetAsync(Coordinator, participation)).ShouldSucceed().Json["stage"]!.GetValue<string>();

    private static async Task<IReadOnlyList<CourtPlaceEvent>> RegisterAsync(County county) =>
        [.. (await county.Database.Store.ReadStreamAsync("demo", StreamIds.CourtPlaces("demo", "drug-court"), cancellation: Stop)).Events.Select(recorded => (CourtPlaceEvent)recorded.Data)];

    private static async Task<IEnumerable<Guid>> HoldersAsync(County county) =>
        (await RegisterAsync(county)).Aggregate(PlaceState.Initial, PlaceState.Evolve).Taken;
}
