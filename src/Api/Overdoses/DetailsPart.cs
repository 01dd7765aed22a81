using CaseFlow.Api.Http;
using CaseFlow.Domain.Overdoses;
using FluentValidation;

namespace CaseFlow.Api.Overdoses;

/// <summary>What is known of an overdose; what is left out is unknown.</summary>
/// <param name="Substances">Codes of the list of substances; empty or left out for unknown.</param>
/// <param name="Area">Area without identity, never an address.</param>
public sealed record DetailsPart(
    Fatality Fatality,
    Certainty Certainty,
    IReadOnlyList<string>? Substances = null,
    bool? NaloxoneGiven = null,
    int? NaloxoneDoses = null,
    string? Area = null,
    PersonPart? Person = null)
{
    public static readonly DetailsPart Example = new(Fatality.NonFatal, Certainty.Suspected, ["fentanyl"], NaloxoneGiven: true, NaloxoneDoses: 2);

    public OverdoseDetails ToDetails() => new(
        Fatality,
        Certainty,
        Substances is null ? [] : [.. Substances.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        NaloxoneGiven,
        NaloxoneDoses,
        Area,
        Person is null ? null : new PersonDescription(Person.Gender, Person.AgeRange, Person.Race, Person.Ethnicity));
}

/// <summary>De-identified description of a person not identified.</summary>
public sealed record PersonPart(string? Gender = null, string? AgeRange = null, string? Race = null, string? Ethnicity = null);

public sealed class DetailsPartValidator : AbstractValidator<DetailsPart>
{
    public DetailsPartValidator()
    {
        RuleFor(details => details.Fatality).IsInEnum();
        RuleFor(details => details.Certainty).IsInEnum();
        RuleFor(details => details.Substances).Must(codes => codes is null || codes.Count <= 20).WithErrorCode("count").WithMessage("At most 20 substances.");
        RuleForEach(details => details.Substances).MustBeText(60);
        RuleFor(details => details.Area).MustBeAnArea();
        RuleFor(details => details.Person!.Gender).MustBeSlug().When(details => details.Person is not null);
        RuleFor(details => details.Person!.AgeRange).MustBeSlug().When(details => details.Person is not null);
        RuleFor(details => details.Person!.Race).MustBeSlug().When(details => details.Person is not null);
        RuleFor(details => details.Person!.Ethnicity).MustBeSlug().When(details => details.Person is not null);
    }
}
