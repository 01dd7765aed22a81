using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Unit.Disclosures;

/// <summary>A Part 2 record is not used against the client (R67).</summary>
public sealed class BarringProceedings
{
    public static TheoryData<DisclosurePurpose> OtherPurposes =>
        [.. Enum.GetValues<DisclosurePurpose>().Where(purpose => purpose != DisclosurePurpose.ProceedingsAgainstClient)];

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, true, false)]
    public void Takes_a_consent_for_it_or_a_court_order(bool consented, bool ordered, bool barred) =>
        (ProceedingsUse.Check([Label.Part2, Label.CourtOpen], DisclosurePurpose.ProceedingsAgainstClient, consented, ordered) is not null).ShouldBe(barred);

    [Fact]
    public void Speaks_of_part_2_records_alone() =>
        ProceedingsUse.Check([Label.Hipaa, Label.Wi5130], DisclosurePurpose.ProceedingsAgainstClient, consented: false, ordered: false).ShouldBeNull();

    [Theory]
    [MemberData(nameof(OtherPurposes))]
    public void Speaks_of_no_other_purpose(DisclosurePurpose purpose) =>
        ProceedingsUse.Check([Label.Part2], purpose, consented: false, ordered: false).ShouldBeNull();
}
