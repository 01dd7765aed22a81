using CaseFlow.Api.Http;
using CaseFlow.Api.Overdoses;
using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Overdoses;

/// <summary>A report of an overdose is never refused for whom it names, and its answers never tell who is a client.</summary>
public sealed class ReportingAboutAnybody(County county) : IClassFixture<County>
{
    [Fact]
    public async Task Answers_byte_for_byte_the_same_about_a_stranger_and_about_nobody()
    {
        var clientId = await county.SuperviseAsync(Agent);
        foreach (var reporter in new[] { OtherCoach, Coach, SouthAgent, Colleague, Dispatcher })
            (await EverythingAsync(reporter, clientId)).ShouldBe(await EverythingAsync(reporter, Guid.CreateVersion7()), reporter.Id);
    }

    [Fact]
    public async Task Identifying_answers_byte_for_byte_the_same_about_a_stranger_and_about_nobody()
    {
        var clientId = await county.SuperviseAsync(Agent);
        foreach (var reporter in new[] { OtherCoach, Coach, SouthAgent, Colleague, Dispatcher })
            (await IdentifiedAsync(reporter, clientId)).ShouldBe(await IdentifiedAsync(reporter, Guid.CreateVersion7()), reporter.Id);
    }

    [Fact]
    public async Task Of_somebody_elses_client_reaches_those_who_supervise()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var overdoseId = await county.ReportAsync(OtherCoach, clientId);

        (await county.KnowAsync(Agent, clientId, overdoseId)).ShouldSucceed();
        (await county.DutiesAsync(Agent, clientId)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Under_an_id_that_nobody_has_is_kept_and_found_by_whoever_made_it()
    {
        var overdoseId = await county.ReportAsync(OtherCoach, Guid.CreateVersion7());

        (await county.GetAsync(OtherCoach, $"/api/overdoses/{overdoseId}")).ShouldSucceed();
        (await county.GetAsync(Officer, $"/api/overdoses/{overdoseId}")).ShouldSucceed();
    }

    /// <summary>An identification, the same again, as somebody else, and reading it.</summary>
    private async Task<string> IdentifiedAsync(Actor reporter, Guid clientId)
    {
        var overdoseId = await county.ReportAsync(reporter, null, new WhenPart(new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero)));
        var (overdose, other) = ($"/api/overdoses/{overdoseId}", Guid.CreateVersion7());
        var version = await county.VersionAsync(reporter, overdose);
        var eventId = (await county.GetAsync(reporter, overdose)).Json["reportEventId"]!.GetValue<Guid>();
        Reply[] replies =
        [
            await county.ChangeAsync(reporter, overdose + "/identify", version, new { clientId, how = "staff", when = new WhenPart(new DateTimeOffset(2026, 1, 6, 12, 0, 0, TimeSpan.Zero)) }),
            await county.ChangeAsync(reporter, overdose + "/identify", version, new { clientId, how = "staff" }),
            await county.ChangeAsync(reporter, overdose + "/identify", "\"2\"", new { clientId = other, how = "staff" }),
            await county.GetAsync(reporter, overdose),
        ];
        replies[0].ShouldBe(System.Net.HttpStatusCode.NoContent);
        return string.Join("\n\n", replies.Select(reply => new[] { overdoseId, clientId, other, eventId }.Aggregate(
            Told(reply), (text, id) => text.Replace(id.ToString(), "?", StringComparison.Ordinal))));

        static string Told(Reply reply)
        {
            var told = reply with { Headers = reply.Headers.Where(one => one.Key is not ("CaseFlow-Recorded" or "Date")).ToDictionary() };
            return told.Text.Length == 0 ? $"{told.Status}\n{string.Join('\n', told.Headers.Select(one => $"{one.Key}: {one.Value}").Order())}" : told.Without(Guid.Empty);
        }
    }

    /// <summary>The report, the same again, another under its id, and reading it: without ids and what counts the whole store.</summary>
    private async Task<string> EverythingAsync(Actor reporter, Guid clientId)
    {
        var overdoseId = Guid.CreateVersion7();
        var at = new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
        var ask = new ReportOverdoseDoor.Request(overdoseId, clientId, DetailsPart.Example, OverdoseSource.Police, new WhenPart(at, KnownAt: at), "Sealed words.");
        Reply[] replies =
        [
            await county.PostAsync(reporter, "/api/overdoses", ask),
            await county.PostAsync(reporter, "/api/overdoses", ask),
            await county.PostAsync(reporter, "/api/overdoses", ask with { When = new WhenPart(at.AddHours(1)) }),
            await county.GetAsync(reporter, $"/api/overdoses/{overdoseId}"),
        ];
        replies[0].ShouldBe(System.Net.HttpStatusCode.Created);
        var eventId = replies[3].Status == 200 ? replies[3].Json["reportEventId"]!.GetValue<Guid>() : Guid.Empty;
        return string.Join("\n\n", replies.Select(reply => Blank(reply with { Headers = reply.Headers.Where(one => one.Key != "CaseFlow-Recorded").ToDictionary() })));

        string Blank(Reply reply) => new[] { overdoseId, clientId, eventId }.Aggregate(
            reply.Without(Guid.Empty), (text, id) => text.Replace(id.ToString(), "?", StringComparison.Ordinal));
    }
}
