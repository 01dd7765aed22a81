using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Projections.ClientSearch;
using FluentValidation;

namespace CaseFlow.Api.Clients;

/// <summary>
/// Finds clients by what people remember of them: the best match first, with the reasons. Only clients whom the asker reaches; whoever else
/// has that name moves nothing of the answer.
/// </summary>
public static class SearchClientsDoor
{
    /// <summary>What is remembered, in the body, never in an address: addresses end up in logs.</summary>
    /// <param name="CodeWord">A word that an anonymous client shares with the own agency; only the whole of it finds anybody.</param>
    /// <param name="BornIn">Year of birth, when the date is not known.</param>
    public sealed record Request(
        string? GivenName = null,
        string? FamilyName = null,
        string? Alias = null,
        DateOnly? BornOn = null,
        int? BornIn = null,
        FindRequest? ExternalIdentifier = null,
        string? CodeWord = null)
    {
        public static readonly Request Example = new("Katherine", "Doe", BornIn: 1990);
    }

    /// <param name="Name">Null for an anonymous client, or when its key was destroyed.</param>
    /// <param name="Reasons">What matched, the strongest first; a name is one that the client has or had.</param>
    public sealed record Found(Guid ClientId, string Code, ReadClient.NameView? Name, string? BornOn, IReadOnlyList<SearchKind> Reasons)
    {
        /// <summary>The client has died, as the record says.</summary>
        public bool IsDeceased { get; init; }

        /// <summary>Whoever recorded any of it, for whom it is no record of their own agency.</summary>
        internal IReadOnlyList<string?> ToldBy { get; init; } = [];
    }

    public sealed record Answer(IReadOnlyList<Found> Items) : IToldByAgencies
    {
        IEnumerable<string?> IToldByAgencies.ToldBy => Items.SelectMany(item => item.ToldBy);
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.GivenName).MustBeLine();
            RuleFor(request => request.FamilyName).MustBeLine();
            RuleFor(request => request.Alias).MustBeLine();
            RuleFor(request => request.CodeWord).MustBeLine();
            RuleFor(request => request.BornIn).InclusiveBetween(1900, 2200);
            RuleFor(request => request.ExternalIdentifier!).SetValidator(new FindRequestValidator()).When(request => request.ExternalIdentifier is not null);
            RuleFor(request => request)
                .Must(request => request.GivenName is not null || request.FamilyName is not null || request.Alias is not null
                    || request.BornOn is not null || request.ExternalIdentifier is not null || request.CodeWord is not null)
                .WithErrorCode("too-wide").WithMessage("A name, an alias, a birth date, a number or a code word; a year alone is too many people.").WithName("name");
        }
    }

    // A question that carries personal values travels in a body; it records nothing but that it was asked.
    public static void Map(IEndpointRouteBuilder api) => api.MapQuestion("/clients/search", HandleAsync)
        .Named("searchClients", "Find clients by name, alias, birth date, sound of the name, a number or a code word: the best match first, with the reasons")
        .Allow([.. ClientDoors.Registrars, Role.PrivacyOfficer])
        .Shows<Answer>(ClientSearchView.ViewName, (answer, _) => answer.Items.Count == 0 ? null : answer.Items.Select(item => item.ClientId))
        .Takes(new Validator(), Request.Example)
        .Gives(new Answer([new Found(
            ReadClient.Example.ClientId, ReadClient.Example.Code, ReadClient.Example.Name, ReadClient.Example.BornOn,
            [SearchKind.FamilyName, SearchKind.BirthYear, SearchKind.FamilySound, SearchKind.GivenSound])]));

    private static async Task<IResult> HandleAsync(Request request, Actor actor, SearchDesk desk, CancellationToken cancellation) =>
        TypedResults.Ok(new Answer(await desk.SearchAsync(request, actor, cancellation)));
}
