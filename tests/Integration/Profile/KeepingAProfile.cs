using System.Text.Json.Nodes;
using CaseFlow.Api.Http;
using CaseFlow.Api.Profile;
using CaseFlow.Domain.Profile;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Erasure;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Profile;

public sealed class KeepingAProfile(County county) : IClassFixture<County>
{
    [Fact]
    public async Task Answers_are_kept_replaced_and_corrected()
    {
        var client = $"/api/clients/{await county.SuperviseAsync(Agent)}";
        (await county.PostAsync(Agent, client + "/demographics", DemographicsRequest.Example)).Status.ShouldBe(204);
        (await county.PostAsync(Agent, client + "/demographics", DemographicsRequest.Example)).Status.ShouldBe(204);
        var first = (await county.GetAsync(Agent, client + "/profile")).ShouldSucceed();
        first.ETag.ShouldBe("\"3\"");
        Answers(first.Json).ShouldBe(["race asian+white", "gender self-described: Agender", "veteran declined-to-answer"]);

        (await county.ChangeAsync(Agent, client + "/demographics/correct", first.ETag, CorrectDemographicsRequest.Example)).Status.ShouldBe(204);
        (await county.ChangeAsync(Agent, client + "/demographics/correct", first.ETag, new CorrectDemographicsRequest(new("race", ["asian"]), "Misread."))).Status.ShouldBe(412);
        (await county.PostAsync(Agent, client + "/demographics/correct", new CorrectDemographicsRequest(new("race", ["asian"]), "Misread."))).Status.ShouldBe(428);
        var corrected = (await county.GetAsync(Agent, client + "/profile")).Json;
        Answers(corrected).ShouldBe(["race asian+white", "gender self-described: Agender", "veteran yes"]);
        corrected["demographics"]!.AsArray().Select(answer => answer!["isCorrected"]!.GetValue<bool>()).ShouldBe([false, false, true]);
    }

    [Fact]
    public async Task Places_needs_contacts_and_family_come_and_go()
    {
        var client = $"/api/clients/{await county.SuperviseAsync(Agent)}";
        var place = await AddAsync(client + "/places", PlaceRequest.Example, "placeId");
        var need = await AddAsync(client + "/communication-needs", NeedRequest.Example, "needId");
        var contact = await AddAsync(client + "/emergency-contacts", EmergencyContactRequest.Example, "contactId");
        var link = await AddAsync(client + "/family", FamilyRequest.Example, "linkId");
        (await AddAsync(client + "/places", PlaceRequest.Example with { Visits = VisitSafety.NotSafe }, "placeId")).ShouldBe(place);

        var read = (await county.GetAsync(Agent, client + "/profile")).Json;
        var shown = read["places"]!.AsArray().ShouldHaveSingleItem()!;
        (shown["kind"]!.GetValue<string>(), shown["place"]!.GetValue<string>(), shown["from"]!.GetValue<string>(), shown["visits"]!.GetValue<string>())
            .ShouldBe(("outdoors", PlaceRequest.Example.Place, "2026-02-01", "notSafe"));
        (read["communicationNeeds"]![0]!["kind"]!.GetValue<string>(), read["communicationNeeds"]![0]!["code"]!.GetValue<string>()).ShouldBe(("language", "hmn"));
        read["emergencyContacts"]![0]!["name"]!.GetValue<string>().ShouldBe("Robin Doe");
        read["family"]![0]!["name"]!.GetValue<string>().ShouldBe("Sam Doe");

        await ChangeAsync(client, $"/places/{place}/end", new EndPlaceRequest(new(2026, 3, 1)));
        await ChangeAsync(client, $"/communication-needs/{need}/end", EndedRequest.Example);
        await ChangeAsync(client, $"/emergency-contacts/{contact}/remove", EndedRequest.Example);
        await ChangeAsync(client, $"/family/{link}/unlink", EndedRequest.Example);
        var after = (await county.GetAsync(Agent, client + "/profile")).Json;
        after["places"]![0]!["until"]!.GetValue<string>().ShouldBe("2026-03-01", "where somebody was helps to find them");
        foreach (var list in new[] { "communicationNeeds", "emergencyContacts", "family" })
            after[list]!.AsArray().ShouldBeEmpty(list);

        async Task<Guid> AddAsync(string path, object ask, string id)
        {
            var added = await county.PostAsync(Agent, path, ask);
            added.Status.ShouldBe(201, added.Text);
            (await county.PostAsync(Agent, path, ask)).Status.ShouldBe(200);
            return added.Json[id]!.GetValue<Guid>();
        }
    }

    [Fact]
    public async Task What_policy_does_not_list_is_refused_by_field()
    {
        var client = $"/api/clients/{await county.SuperviseAsync(Agent)}";

        (await county.PostAsync(Agent, client + "/demographics", new DemographicsRequest([new("race", ["martian"])]))).ShouldBeProblem(422, "profile-code-not-in-policy", "codes");
        (await county.PostAsync(Agent, client + "/places", PlaceRequest.Example with { Kind = "castle" })).ShouldBeProblem(422, "profile-code-not-in-policy", "kind");
        (await county.PostAsync(Agent, client + "/places", PlaceRequest.Example with { From = new(2190, 1, 1) })).ShouldBeProblem(422, "place-date-ahead", "from");
        (await county.PostAsync(Agent, client + "/communication-needs", new NeedRequest(CommunicationNeedKind.Language, "klingon"))).ShouldBeProblem(422, "profile-code-not-in-policy", "code");
        (await county.PostAsync(Agent, client + "/emergency-contacts", EmergencyContactRequest.Example with { Relation = "foe" })).ShouldBeProblem(422, "profile-code-not-in-policy", "relation");
        (await county.ChangeAsync(Agent, $"{client}/places/{Guid.CreateVersion7()}/end", "\"0\"", EndPlaceRequest.Example)).ShouldBeProblem(404, "place-not-found");
        (await county.PostAsync(Agent, client + "/victim-witness-record", VictimWitnessRequest.Example)).ShouldBeProblem(403, "not-victim-services");
        (await county.GetAsync(Agent, client + "/profile")).ETag.ShouldBe("\"0\"");
    }

    [Fact]
    public async Task Ten_who_tell_one_thing_at_once_are_recorded_once()
    {
        var client = $"/api/clients/{await county.SuperviseAsync(Agent)}";

        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => county.PostAsync(Agent, client + "/emergency-contacts", EmergencyContactRequest.Example)));

        replies.ShouldAllBe(reply => reply.Status == 201 || reply.Status == 200);
        replies.Count(reply => reply.Status == 201).ShouldBe(1);
        (await county.GetAsync(Agent, client + "/profile")).ETag.ShouldBe("\"1\"");
    }

    [Fact]
    public async Task Every_value_is_sealed_a_code_like_a_word()
    {
        var other = await county.SuperviseAsync(Agent);
        var client = $"/api/clients/{await county.SuperviseAsync(Agent)}";
        (await county.PostAsync(Agent, client + "/demographics", new DemographicsRequest(
            [new("race", ["native-hawaiian-or-pacific-islander"]), new("gender", ["self-described"], "Verdigris")]))).ShouldSucceed();
        (await county.PostAsync(Agent, client + "/places", new PlaceRequest("vehicle", "Tamarack ramp"))).ShouldSucceed();
        (await county.PostAsync(Agent, client + "/communication-needs", new NeedRequest(CommunicationNeedKind.Disability, "brain-injury", "Speak sedately"))).ShouldSucceed();
        (await county.PostAsync(Agent, client + "/emergency-contacts", new EmergencyContactRequest("grandparent", "Ottoline Wren", "608 555 0199"))).ShouldSucceed();
        (await county.PostAsync(Agent, client + "/family", new FamilyRequest("sibling", "Cosmo Wren", other))).ShouldSucceed();
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);

        var read = (await county.GetAsync(Agent, client + "/profile")).Text;
        var planted = new[] { "native-hawaiian", "Verdigris", "Tamarack", "brain-injury", "sedately", "Ottoline", "608 555 0199", "Cosmo" };
        planted.ShouldAllBe(value => read.Contains(value));
        var log = string.Join('\n', county.Log.Lines);
        foreach (var value in planted)
        {
            // The policy's own lists hold its codes.
            (await Tables.HoldingAsync(county.ConnectionString, value)).Where(table => value[0] is >= 'A' and <= 'Z' || !table.Contains("mt_events")).ShouldBeEmpty(value);
            log.ShouldNotContain(value, Case.Insensitive);
        }
    }

    [Fact]
    public async Task Another_client_is_named_only_to_who_reaches_both_and_gives_no_right()
    {
        var (one, brother) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent));
        var theirs = await county.SuperviseAsync(SouthAgent);
        var client = $"/api/clients/{one}";
        var stranger = await county.PostAsync(Agent, client + "/family", new FamilyRequest("sibling", "Otto", theirs));
        var nobody = Guid.CreateVersion7();
        stranger.ShouldBeProblem(404, "client-not-found");
        stranger.Without(theirs).ShouldBe((await county.PostAsync(Agent, client + "/family", new FamilyRequest("sibling", "Otto", nobody))).Without(nobody));
        (await county.PostAsync(Agent, client + "/family", new FamilyRequest("sibling", "Otto", one))).ShouldBeProblem(422, "family-of-oneself");
        (await county.PostAsync(Agent, client + "/family", new FamilyRequest("sibling", "Otto", brother))).Status.ShouldBe(201);

        Family(await county.GetAsync(Agent, client + "/profile")).ShouldBe([$"Otto {brother}"]);
        (await county.GetAsync(Agent, $"/api/clients/{brother}/profile")).Json["family"]!.AsArray().ShouldBeEmpty("the other's record says nothing of it");
        var supervision = $"/api/clients/{brother}/supervision";
        (await county.ChangeAsync(Supervisor, supervision + "/reassign", await county.VersionAsync(Supervisor, supervision), new { agentId = Colleague.Id, reason = "Workload." })).ShouldSucceed();

        Family(await county.GetAsync(Agent, client + "/profile")).ShouldBe(["Otto "], "whoever does not reach that client sees a name alone");
        await county.ShouldNotExistAsync(Agent, brother, id => county.GetAsync(Agent, $"/api/clients/{id}/profile"));
        var (seen, access) = ((await county.GetAsync(Supervisor, client + "/profile")).ShouldSucceed(), await county.GetAsync(Officer, $"/api/clients/{brother}/access"));
        Family(seen).ShouldBe([$"Otto {brother}"]);
        access.Json["items"]!.AsArray().ShouldContain(item => item!["operation"]!.GetValue<string>() == "readProfile" && item["actorId"]!.GetValue<string>() == Supervisor.Id);
    }

    [Fact]
    public async Task Whose_record_is_sealed_is_not_named_any_more_and_the_line_about_them_stays()
    {
        var (one, brother) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent));
        var client = $"/api/clients/{one}";
        (await county.PostAsync(Agent, client + "/family", new FamilyRequest("sibling", "Otto", brother))).Status.ShouldBe(201);
        (await county.PostAsync(Agent, client + "/family", new FamilyRequest("parent", "Ada"))).Status.ShouldBe(201);
        Family(await county.GetAsync(Agent, client + "/profile")).ShouldBe([$"Otto {brother}", "Ada "]);

        await county.OrderAsync(brother, reason: "record-sealing", reference: "2026 SE 77");

        var profile = await county.GetAsync(Agent, client + "/profile");
        Family(profile).ShouldBe(["Otto ", "Ada "], "as of somebody who is no client");
        profile.Text.ShouldNotContain(brother.ToString());
        profile.Json["family"]!.AsArray().ShouldAllBe(member => member!["code"] == null);
    }

    [Fact]
    public async Task Asked_about_a_time_when_only_the_end_of_a_place_had_happened_it_shows_no_place()
    {
        var client = $"/api/clients/{await county.SuperviseAsync(Agent)}";
        var added = await county.PostAsync(Agent, client + "/places", PlaceRequest.Example with { When = new WhenPart(county.Now.AddDays(-2)) });
        added.Status.ShouldBe(201);
        await ChangeAsync(
            client, $"/places/{added.Json["placeId"]!.GetValue<Guid>()}/end", new EndPlaceRequest(new(2026, 3, 1)) with { When = new WhenPart(county.Now.AddDays(-5)) });

        (await PlacesAsync(-4)).ShouldBe(0);
        (await PlacesAsync(-1)).ShouldBe(1);

        async Task<int> PlacesAsync(int days) =>
            (await county.GetAsync(Agent, $"{client}/profile?asOf={county.Now.AddDays(days):yyyy-MM-ddTHH:mm:ssZ}")).ShouldSucceed().Json["places"]!.AsArray().Count;
    }

    [Fact]
    public async Task What_was_known_then_and_what_had_happened_by_then_are_two_questions()
    {
        var client = $"/api/clients/{await county.SuperviseAsync(Agent)}";
        (await county.PostAsync(Agent, client + "/places", PlaceRequest.Example with { When = new WhenPart(county.Now.AddDays(-10)) })).ShouldSucceed();
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        var before = (await county.GetAsync(Agent, client + "/profile")).Json["position"]!.GetValue<long>();
        before.ShouldBeGreaterThan(0);
        (await county.PostAsync(Agent, client + "/places", PlaceRequest.Example with
        {
            Visits = VisitSafety.NotSafe,
            When = new WhenPart(county.Now.AddDays(-5)),
        })).ShouldSucceed();
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);

        (await VisitsAsync("")).ShouldBe("notSafe");
        (await VisitsAsync($"?asRecordedPosition={before}")).ShouldBe("safe", "nobody had recorded it");
        (await VisitsAsync($"?asOf={county.Now.AddDays(-6):yyyy-MM-ddTHH:mm:ssZ}")).ShouldBe("safe", "it had not happened");
        (await VisitsAsync($"?asOf={county.Now.AddDays(-4):yyyy-MM-ddTHH:mm:ssZ}")).ShouldBe("notSafe");
        (await VisitsAsync($"?asOf={county.Now.AddDays(-11):yyyy-MM-ddTHH:mm:ssZ}")).ShouldBeNull();
        (await county.GetAsync(Agent, $"{client}/profile?asRecordedPosition={before}")).ETag.ShouldBeNull("nobody changes the past");
        (await county.GetAsync(Agent, client + "/profile?asRecordedPosition=999999999")).ShouldBeProblem(422, "position-beyond-log");

        async Task<string?> VisitsAsync(string query) =>
            (await county.GetAsync(Agent, client + "/profile" + query)).ShouldSucceed().Json["places"]!.AsArray().SingleOrDefault()?["visits"]!.GetValue<string>();
    }

    [Fact]
    public async Task An_erased_profile_shows_nothing_and_why()
    {
        var clientId = await county.SuperviseAsync(Agent);
        (await county.PostAsync(Agent, $"/api/clients/{clientId}/places", PlaceRequest.Example)).ShouldSucceed();
        await county.EraseAsync(clientId);

        var read = (await county.GetAsync(Agent, $"/api/clients/{clientId}/profile")).ShouldSucceed().Json;
        read["places"]!.AsArray().ShouldBeEmpty();
        read["erased"]!["reasonCode"]!.GetValue<string>().ShouldBe("adult-expunction");
    }

    private async Task ChangeAsync(string client, string path, object ask) =>
        (await county.ChangeAsync(Agent, client + path, await county.VersionAsync(Agent, client + "/profile"), ask)).Status.ShouldBe(204);

    private static string[] Answers(JsonNode profile) =>
    [
        .. profile["demographics"]!.AsArray().Select(answer =>
            $"{answer!["field"]} {string.Join('+', answer["codes"]!.AsArray())}{(answer["selfDescribed"] is { } own ? $": {own}" : "")}"),
    ];

    private static string[] Family(Reply profile) => [.. profile.ShouldSucceed().Json["family"]!.AsArray().Select(member => $"{member!["name"]} {member["clientId"]}")];
}
