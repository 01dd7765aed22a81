using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Courts;
using CaseFlow.EventStore;
using FluentValidation;

namespace CaseFlow.Api.Courts;

/// <summary>
/// How each treatment court of a jurisdiction works, version by version. Whoever publishes names the version they write, and a version is
/// retired once, so neither needs <c>If-Match</c>.
/// </summary>
public static class CourtDoors
{
    /// <summary>Participants and everybody who works with them are judged by it, so everybody who works here may read it.</summary>
    private static readonly Role[] Readers = Enum.GetValues<Role>();

    private const string Rules = "a court's rules";

    /// <param name="CourtVersion">The last version's number plus one.</param>
    /// <param name="EffectiveFrom">May lie in the past; what was decided before is never judged again.</param>
    public sealed record PublishRequest(int CourtVersion, DateTimeOffset EffectiveFrom, CourtConfiguration Configuration, string ChangeNote);

    public sealed record RetireRequest(string Reason);

    public sealed record Line(int CourtVersion, DateTimeOffset EffectiveFrom, DateTimeOffset? RetiredAt, bool InForce, string ChangeNote);

    /// <param name="Versions">Oldest first.</param>
    /// <param name="Configuration">The one in force; null when none is.</param>
    public sealed record View(string Court, IReadOnlyList<Line> Versions, CourtConfiguration? Configuration);

    public sealed record VersionView(
        string Court, int CourtVersion, DateTimeOffset EffectiveFrom, DateTimeOffset? RetiredAt, string ChangeNote, CourtConfiguration Configuration);

    private static readonly PublishRequest Example = new(
        1, new DateTimeOffset(2026, 1, 1, 6, 0, 0, TimeSpan.Zero),
        CourtTemplates.Of(CourtType.Drug, "Drug Court Treatment Program", "court", ["recovery-coaches"]), "The handbook of 2026.");

    private static readonly Line ExampleLine = new(1, Example.EffectiveFrom, RetiredAt: null, InForce: true, Example.ChangeNote);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapFact("/courts/{court}/configurations", PublishAsync)
            .Named("publishCourt", "Publish how a treatment court works as the next version; the first makes the court").Allow(Role.Administrator)
            .Takes(new PublishValidator(), Example);
        api.MapFact("/courts/{court}/configurations/{version:int}/retire", (string court, int version, RetireRequest ask, Actor actor, CommandDesk desk) =>
                desk.RunAsync(Streams.Court, StreamIds.Court(actor.Jurisdiction, court), (state, now) =>
                    RetireCourtVersion.Decide(new(court, version, ask.Reason), state, now)))
            .Named("retireCourtVersion", "Nothing is decided under a version from now on").Allow(Role.Administrator)
            .Takes(new RetireValidator(), new RetireRequest("Replaced by version 2."));

        api.MapAsk("/courts/{court}", ReadAsync)
            .Named("readCourt", "A court's versions, and the one in force whole").Allow(Readers).ShowsNobody(Rules)
            .Gives(new View("drug-court", [ExampleLine], Example.Configuration));
        api.MapAsk("/courts/{court}/configurations/{version:int}", ReadVersionAsync)
            .Named("readCourtVersion", "One version, whole").Allow(Readers).ShowsNobody(Rules)
            .Gives(new VersionView("drug-court", 1, Example.EffectiveFrom, RetiredAt: null, Example.ChangeNote, Example.Configuration));
        api.MapAsk("/court-templates", () => TypedResults.Ok(Templates))
            .Named("listCourtTemplates", "Configurations to begin with, each value with its source").Allow(Readers).ShowsNobody(Rules)
            .Gives(Templates);
    }

    private static IReadOnlyList<CourtConfiguration> Templates { get; } =
    [
        CourtTemplates.Of(CourtType.Drug, "Drug court", "court", []),
        CourtTemplates.Of(CourtType.Owi, "OWI court", "court", []),
        CourtTemplates.Of(CourtType.MentalHealth, "Mental health court", "court", []),
    ];

    private static Task<IResult> PublishAsync(string court, PublishRequest ask, Actor actor, CommandDesk desk, Registers registers) =>
        desk.RunAsync(async session =>
        {
            var stream = await session.LoadAsync(Streams.Court, StreamIds.Court(actor.Jurisdiction, court));
            var directory = await registers.DirectoryAsync(actor.Jurisdiction, session.Cancellation);
            var isCourt = directory.FindAgency(ask.Configuration.AgencyId) is { Kind: AgencyKind.Court, InternalOnly: false };
            if (!Slug.IsValid(court))
                session.Refuse(CourtRejections.NotFound(court));
            session.Record(stream, PublishCourt.Decide(
                new(court, ask.CourtVersion, ask.EffectiveFrom, ask.Configuration, ask.ChangeNote), stream.State, isCourt, session.Now));
            return Answer.Done(stream);
        });

    private static async Task<IResult> ReadAsync(
        string court, Actor actor, IEventStore store, TimeProvider clock, HttpResponse response, CancellationToken cancellation)
    {
        var (version, state) = await store.FoldAsync(Streams.Court, actor.Jurisdiction, StreamIds.Court(actor.Jurisdiction, court), cancellation);
        if (version == 0)
            return Problems.From(CourtRejections.NotFound(court));
        var inForce = state.InForceAt(clock.GetUtcNow());
        response.SetVersion(version);
        return TypedResults.Ok(new View(
            court,
            [.. state.Versions.Select(one => new Line(one.Version, one.EffectiveFrom, one.RetiredAt, one.Version == inForce?.Version, one.ChangeNote))],
            inForce?.Configuration));
    }

    private static async Task<IResult> ReadVersionAsync(
        string court, int version, Actor actor, IEventStore store, HttpResponse response, CancellationToken cancellation)
    {
        var (streamVersion, state) = await store.FoldAsync(Streams.Court, actor.Jurisdiction, StreamIds.Court(actor.Jurisdiction, court), cancellation);
        if (state.Find(version) is not { } one)
            return Problems.From(streamVersion == 0 ? CourtRejections.NotFound(court) : CourtRejections.VersionNotFound(version));
        response.SetVersion(streamVersion);
        return TypedResults.Ok(new VersionView(court, one.Version, one.EffectiveFrom, one.RetiredAt, one.ChangeNote, one.Configuration));
    }

    /// <summary>Shape alone; what a configuration must satisfy is judged by <see cref="CourtRules"/>.</summary>
    private sealed class PublishValidator : AbstractValidator<PublishRequest>
    {
        public PublishValidator()
        {
            RuleFor(request => request.CourtVersion).GreaterThan(0);
            RuleFor(request => request.ChangeNote).NotNull().MustBeText();
            RuleFor(request => request.Configuration.Name).MustBeLine();
            RuleFor(request => request.Configuration.AgencyId).MustBeSlug();
        }
    }

    private sealed class RetireValidator : AbstractValidator<RetireRequest>
    {
        public RetireValidator() => RuleFor(request => request.Reason).NotNull().MustBeText();
    }
}
