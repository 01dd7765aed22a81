using System.Text;
using System.Text.Json.Nodes;
using CaseFlow.Domain.Policies;
using CaseFlow.Projections;
using CaseFlow.Unit.Http.Toy;

namespace CaseFlow.Unit.Policies;

public sealed class ReadingOlderPolicies
{
    [Fact]
    public void A_policy_from_before_reasons_for_erasure_were_asked_for_has_the_defaults() => Without("erasure").Erasure.ShouldBe(ErasurePolicy.Default);

    [Fact]
    public void A_policy_from_before_the_times_of_data_entry_has_the_defaults() => Without("dataEntry").DataEntry.ShouldBe(new DataEntryPolicy(48, 24));

    [Fact]
    public void A_policy_from_before_a_courts_caseload_has_the_defaults() => Without("courtCaseload").CourtCaseload.ShouldBe(new CourtCaseloadPolicy(7, 14, 30, 14));

    [Fact]
    public void A_policy_from_before_records_were_given_up_has_the_defaults() => Without("retention").Retention.ShouldBe(RetentionPolicy.Default);

    private static JurisdictionPolicy Without(string member)
    {
        var sample = JsonNode.Parse(File.ReadAllText(
            Path.Combine(Repository.Root, "tests", "Unit", "Storage", "Samples", "jurisdiction_policy_published.json")))!.AsObject();
        sample["policy"]!.AsObject().Remove(member).ShouldBeTrue();

        return ((JurisdictionPolicyPublished)ProjectionCatalogue.Codec.Decode(
            Guid.NewGuid(), 1, Guid.NewGuid(), "jurisdiction_policy_published", Encoding.UTF8.GetBytes(sample.ToJsonString()))).Policy;
    }

    [Fact]
    public void A_policy_from_before_code_lists_about_clients_has_the_defaults()
    {
        var sample = JsonNode.Parse(File.ReadAllText(
            Path.Combine(Repository.Root, "tests", "Unit", "Storage", "Samples", "jurisdiction_policy_published.json")))!.AsObject();
        sample["policy"]!.AsObject().Remove("identity").ShouldBeTrue();

        var read = (JurisdictionPolicyPublished)ProjectionCatalogue.Codec.Decode(
            Guid.NewGuid(), 1, Guid.NewGuid(), "jurisdiction_policy_published", Encoding.UTF8.GetBytes(sample.ToJsonString()));

        read.Policy.Identity.ShouldBe(IdentityPolicy.Default);
        IdentityPolicy.Default.ShouldNotBe(IdentityPolicy.Default with { Relations = ["parent"] });
        IdentityPolicy.Default.ShouldNotBe(IdentityPolicy.Default with { Demographics = [] });
    }
}
