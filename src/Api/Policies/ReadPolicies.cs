using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Policies;
using CaseFlow.EventStore;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CaseFlow.Api.Policies;

/// <summary>The jurisdiction's policies, with the version of their register as <c>ETag</c>.</summary>
public static class ReadPolicies
{
    /// <param name="InForce">Whether it judges what becomes known now.</param>
    public sealed record Line(int PolicyVersion, DateTimeOffset EffectiveFrom, DateTimeOffset? RetiredAt, bool InForce, string ChangeNote);

    public sealed record View(
        int PolicyVersion, DateTimeOffset EffectiveFrom, DateTimeOffset? RetiredAt, string ChangeNote, JurisdictionPolicy Policy);

    public static View Example { get; } = new(
        1, PublishPolicyRequest.Example.EffectiveFrom, RetiredAt: null, PublishPolicyRequest.Example.ChangeNote, PublishPolicyRequest.Example.Policy);

    public static IReadOnlyList<Line> ListExample { get; } =
        [new(1, Example.EffectiveFrom, RetiredAt: null, InForce: true, Example.ChangeNote)];

    public static async Task<IResult> ListAsync(
        Actor actor, IEventStore store, TimeProvider clock, HttpResponse response, CancellationToken cancellation)
    {
        var read = await ReadAsync(actor, store, cancellation);
        var inForce = read.State.InForceAt(clock.GetUtcNow())?.Version;
        response.SetVersion(read.Version);
        return TypedResults.Ok<IReadOnlyList<Line>>([.. read.State.Versions.Select(policy =>
            new Line(policy.Version, policy.EffectiveFrom, policy.RetiredAt, policy.Version == inForce, policy.ChangeNote))]);
    }

    public static async Task<IResult> OneAsync(
        int version, Actor actor, IEventStore store, HttpResponse response, CancellationToken cancellation)
    {
        var read = await ReadAsync(actor, store, cancellation);
        return read.State.Find(version) is { } policy
            ? Found(read, policy, response)
            : Problems.From(PolicyRejections.NotFound(version));
    }

    /// <param name="at">When the duty-holder learned of it; now when left out.</param>
    public static async Task<IResult> InForceAsync(
        string? at, Actor actor, IEventStore store, TimeProvider clock, HttpResponse response, CancellationToken cancellation)
    {
        var instant = clock.GetUtcNow();
        if (at is not null && !TimeWithOffset.TryParse(at, out instant))
            return new Problem(ProblemCatalogue.BadParameter, TimeWithOffset.Expected, "at");

        var read = await ReadAsync(actor, store, cancellation);
        return read.State.InForceAt(instant) is { } inForce
            ? Found(read, read.State.Find(inForce.Version)!, response)
            : Problems.From(PolicyRejections.NoneInForce());
    }

    private static Task<Folded<PolicyState>> ReadAsync(Actor actor, IEventStore store, CancellationToken cancellation) =>
        store.FoldAsync(Streams.Policies, actor.Jurisdiction, StreamIds.Policies(actor.Jurisdiction), cancellation);

    private static Ok<View> Found(Folded<PolicyState> read, PublishedPolicy policy, HttpResponse response)
    {
        response.SetVersion(read.Version);
        return TypedResults.Ok(ViewOf(policy));
    }

    private static View ViewOf(PublishedPolicy policy) =>
        new(policy.Version, policy.EffectiveFrom, policy.RetiredAt, policy.ChangeNote, policy.Policy);
}
