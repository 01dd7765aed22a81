using System.Text.RegularExpressions;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Consents;
using CaseFlow.Api.Identities;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Identities;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;

namespace CaseFlow.Integration.Identities;

/// <summary>What tests about records of one person begin with.</summary>
public static partial class IdentityStories
{
    public static string Of(Guid clientId, string rest = "") => $"/api/clients/{clientId}{rest}";

    public static Task<Reply> MergingAsync(this County county, Actor actor, Guid survivor, Guid merged, string reason = "One licence, two cards.") =>
        county.PostAsync(actor, Of(survivor, "/merges"), new MergeRequest(merged, IdentityEvidence.DocumentSeen, reason));

    /// <returns>The merge.</returns>
    public static async Task<Guid> MergeAsync(this County county, Actor actor, Guid survivor, Guid merged, string reason = "One licence, two cards.")
    {
        var reply = await county.MergingAsync(actor, survivor, merged, reason);
        reply.Status.ShouldBe(201, reply.Text);
        return reply.Json["mergeId"]!.GetValue<Guid>();
    }

    public static async Task ReverseAsync(this County county, Actor actor, Guid clientId, Guid mergeId) =>
        (await county.PostAsync(actor, Of(clientId, $"/merges/{mergeId}/reverse"), ReverseRequest.Example)).ShouldSucceed();

    /// <summary>An agent's contact with a client.</summary>
    public static async Task ContactAsync(this County county, Actor agent, Guid clientId, string note = "Spoke at the office.") =>
        (await county.PostAsync(agent, Of(clientId, "/touchpoints/supervision-contacts"), new { mode = "inPerson", note })).ShouldSucceed();

    /// <returns>The event ids of the timeline, all pages, as everything told so far shows it.</returns>
    public static async Task<List<Guid>> TimelineAsync(this County county, Actor actor, Guid clientId, string query = "limit=200")
    {
        var ids = new List<Guid>();
        for (var next = Of(clientId, $"/timeline?{query}"); next is not null;)
        {
            var page = (await county.AskAsync(actor, next)).ShouldSucceed().Json;
            ids.AddRange(page["items"]!.AsArray().Select(item => item!["eventId"]!.GetValue<Guid>()));
            next = page["next"]?.GetValue<string>();
        }

        return ids;
    }

    /// <returns>A client of an agent, who has a name.</returns>
    public static Task<Guid> NamedAsync(this County county, Actor agent, string given, string family) =>
        county.SuperviseAsync(agent, new(RegistrationSource.Supervision, Name: new(given, family)));

    /// <returns>The consent that the client gave the coaches to tell corrections.</returns>
    public static async Task<Guid> GrantedAsync(this County county, Guid clientId)
    {
        var reply = await county.PostAsync(County.Coach, Of(clientId, "/consents"), GrantConsentRequest.Example with
        {
            Term = new TermPart(ExpiresAt: county.Now.AddMonths(12)),
            Form = FormPart.Example with { SignedAt = county.Now.AddDays(-2) },
        });
        reply.Status.ShouldBe(201, reply.Text);
        return reply.Json["consentId"]!.GetValue<Guid>();
    }

    /// <returns>The end of the log, with all views there.</returns>
    public static async Task<long> CatchUpToAsync(this CaseFlowDatabase database)
    {
        await database.CatchUpAsync(TestContext.Current.CancellationToken);
        return (await database.Store.EndOfLogAsync(TestContext.Current.CancellationToken)).Position;
    }

    /// <summary>Everything that could tell two answers apart but the moment at which each was judged, which its cursors hold too.</summary>
    public static string Whole(this Reply reply) => Moment().Replace(
        $"{reply.Status}\n{string.Join('\n', reply.Headers.Where(header => header.Key is not "Date").OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}: {header.Value}"))}\n{reply.Text}", "");

    [GeneratedRegex("\"(evaluatedAt|traceId|minutesLeft)\":(\"[^\"]*\"|-?[0-9]+)|cursor=[\\w%-]+")]
    private static partial Regex Moment();
}
