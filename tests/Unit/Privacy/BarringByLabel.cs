using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Unit.Privacy;

/// <summary>What a label takes by itself is what the decision takes by it, on every ground.</summary>
public sealed class BarringByLabel
{
    private static readonly Guid Id = Guid.Parse("0195d6c4-0000-7000-8000-00000000000c");

    private static readonly Grounds[] Every =
    [
        new(ConsentStanding.InForce, Id), new(ConsentStanding.InForce, Id, BreakGlass: true), new(ConsentStanding.None, OrderId: Id), Grounds.None,
    ];

    public static TheoryData<Role> Roles => [.. Enum.GetValues<Role>()];

    [Theory]
    [MemberData(nameof(Roles))]
    public void Is_the_rule_of_the_decision_for_every_label_and_purpose(Role role)
    {
        var wrong = new List<string>();
        foreach (var (purpose, agency, label) in
                 from purpose in Enum.GetValues<Purpose>()
                 from agency in new[] { "own", "another" }
                 from label in Enum.GetValues<Label>()
                 select (purpose, agency, label))
        {
            var viewer = new Viewer(role, "own", purpose, UnderGrant: true);
            var labelled = new RecordShown(agency, [label], ConsentInformation.Engagement);
            var plain = labelled with { Labels = [] };
            foreach (var grounds in Every)
            {
                var taken = grounds.Show(viewer, plain) is Disclosure.Allowed && grounds.Show(viewer, labelled) is Disclosure.Restricted;
                if (taken && !Disclosing.Bars(viewer, labelled))
                    wrong.Add($"{label} of {agency} for {purpose} is taken by the decision alone");
                if (Disclosing.Bars(viewer, labelled) && grounds.Show(viewer, labelled) is Disclosure.Allowed)
                    wrong.Add($"{label} of {agency} for {purpose} is shown all the same");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Never_takes_for_what_only_a_consent_opens()
    {
        foreach (var label in new[] { Label.Part2, Label.Wi5130, Label.Hipaa, Label.CourtOpen })
            Disclosing.Bars(new Viewer(Role.Coach, "own", Purpose.Care), new RecordShown("another", [label], ConsentInformation.WholeRecord)).ShouldBeFalse(label.ToString());
    }
}
