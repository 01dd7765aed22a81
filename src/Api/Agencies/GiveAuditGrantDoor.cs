using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using FluentValidation;

namespace CaseFlow.Api.Agencies;

/// <summary>An auditor may read, for a purpose and a time that the policy in force bounds (R66).</summary>
public static class GiveAuditGrantDoor
{
    /// <summary>Longest grant while the jurisdiction has no policy yet, days (R66).</summary>
    private const int LongestDays = 30;

    /// <param name="GrantedPurpose">What is audited, and why.</param>
    /// <param name="ValidUntil">Exclusive.</param>
    /// <param name="GrantId">Chosen by the caller so that giving it twice gives it once; made when left out.</param>
    /// <param name="ValidFrom">Inclusive; now when left out.</param>
    public sealed record Request(string GrantedPurpose, DateTimeOffset ValidUntil, Guid? GrantId = null, DateTimeOffset? ValidFrom = null);

    public sealed record Given(Guid GrantId);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.GrantId).NotEqual(Guid.Empty);
            RuleFor(request => request.GrantedPurpose).NotNull().MustBeText();
        }
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapFact("/staff/{staffId}/audit-grants", Handle)
        .Named("giveAuditGrant", "An auditor may read, for a purpose and a time (R66)").Allow(Role.Administrator)
        .Takes(new Validator(), new Request("Yearly audit of the overdose duty", new DateTimeOffset(2026, 4, 1, 5, 0, 0, TimeSpan.Zero)))
        .Gives(new Given(Guid.Parse("0195d6c4-0000-7000-8000-000000000004")), StatusCodes.Status201Created);

    private static Task<IResult> Handle(string staffId, Request request, Actor actor, CommandDesk desk, JurisdictionTime time)
    {
        var grantId = request.GrantId ?? Guid.CreateVersion7();
        return desk.RunAsync(async session =>
        {
            var directory = await session.LoadAsync(Streams.Directory, StreamIds.Directory(actor.Jurisdiction));
            var policy = await time.PolicyAtAsync(actor.Jurisdiction, session.Now, session.Cancellation);
            // Told again without a beginning, it is the grant that was given.
            var validFrom = request.ValidFrom ?? directory.State.AuditGrants.GetValueOrDefault(grantId)?.ValidFrom ?? session.Now;
            var command = new GiveAuditGrant(grantId, staffId, request.GrantedPurpose, validFrom, request.ValidUntil);
            session.Record(
                directory,
                GiveAuditGrant.Decide(command, directory.State, policy?.Policy.AuditGrantMaxDays ?? LongestDays, session.Now),
                about => about with { PolicyVersion = policy?.Version });
            return Answer.Created(directory, "/api/directory", new Given(grantId));
        });
    }
}
