using CaseFlow.Domain;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Unit.Disclosures;

/// <summary>What an accounting lists at an instant (R62).</summary>
public sealed class AccountingForDisclosures
{
    private static readonly DateTimeOffset Now = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(LookBack.Part2, 2023)]
    [InlineData(LookBack.Hipaa, 2020)]
    public void Looks_back_as_many_years_as_asked(LookBack lookBack, int year)
    {
        var first = new DateTimeOffset(year, 3, 3, 16, 0, 0, TimeSpan.Zero);

        Accounting.From(lookBack, Now, RightsPolicy.Default).ShouldBe(first);
        Lists(lookBack, first).ShouldBeTrue();
        Lists(lookBack, first.AddTicks(-1)).ShouldBeFalse();
        Lists(lookBack, Now).ShouldBeTrue();
        Lists(lookBack, Now.AddTicks(1)).ShouldBeFalse();
    }

    [Fact]
    public void Looks_back_as_long_as_the_policy_says()
    {
        var longer = RightsPolicy.Default with { Part2LookBackYears = 5 };

        Accounting.Lists(MadeAt(Now.AddYears(-4)), LookBack.Part2, Now, asOf: null, longer).ShouldBeTrue();
    }

    [Fact]
    public void A_day_counts_from_its_end_as_of_a_moment_and_is_listed_on_the_day_where_none_is_asked()
    {
        var day = MadeAt(Now.AddHours(-4)) with { OccurredUntil = Now.AddHours(1), OccurredPrecision = TimePrecision.Day };

        Accounting.Lists(day, LookBack.Part2, Now, asOf: Now, RightsPolicy.Default).ShouldBeFalse();
        Accounting.Lists(day, LookBack.Part2, Now.AddHours(1), asOf: Now.AddHours(1), RightsPolicy.Default).ShouldBeTrue();
        Accounting.Lists(day, LookBack.Part2, Now, asOf: null, RightsPolicy.Default).ShouldBeTrue();
    }

    private static bool Lists(LookBack lookBack, DateTimeOffset at) => Accounting.Lists(MadeAt(at), lookBack, Now, asOf: Now, RightsPolicy.Default);

    private static DisclosureMade MadeAt(DateTimeOffset at) => new DisclosureMade(
        Guid.Empty, "coaches", new DisclosureRecipient("dcc", Role.Agent, null), DisclosurePurpose.Supervision, ["timeline"], DisclosureBasis.Consent, null,
        null, DisclosureMethod.System, null, null)
    { ClientId = Guid.Empty }.At(at);
}
