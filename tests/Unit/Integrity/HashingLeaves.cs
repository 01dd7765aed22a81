using CaseFlow.EventStore.Integrity;

namespace CaseFlow.Unit.Integrity;

/// <summary>The format of a leaf is for ever. The hashes here were computed by another program, from the description alone.</summary>
public sealed class HashingLeaves
{
    private static readonly string?[] Example =
    [
        "42", "1772553600.123456", "demo", "57", "0195d6c4-0000-7000-8000-000000000007", "0195d6c4-0000-7000-8000-000000000001", "3",
        "visit_noted", """{"place": "café", "number": 1.0}""", null, """{"role": "agent"}""", "1772553600.000000", "demo",
        "Example.VisitNoted, Example", "", "cause-1", "agent-1", "false",
    ];

    public static TheoryData<int> Members => [.. Enumerable.Range(0, LeafFormat.Members.Count)];

    [Fact]
    public void Gives_what_the_description_says()
    {
        LeafFormat.Encode(Example).Length.ShouldBe(329);
        Hash(Example).ShouldBe("184644a4efbf2eceaf670f7c42cb263077fd082d4d0d6107effd907d78fc1b12");
        Hash(new string?[LeafFormat.Members.Count]).ShouldBe("921770f171170526f2b8e6929f954bb2dae049582ec3785b54d1f6c7c54ae6a3");
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void Every_member_counts_and_nothing_is_not_empty(int member)
    {
        string?[] Changed(string? value)
        {
            string?[] changed = [.. Example];
            changed[member] = value;
            return changed;
        }

        new[] { Hash(Example), Hash(Changed("other")), Hash(Changed(Example[member] is null ? "x" : null)), Hash(Changed(Example[member] == "" ? "y" : "")) }
            .ShouldBeUnique();
    }

    [Fact]
    public void What_one_member_ends_with_is_not_what_the_next_begins_with()
    {
        string?[] one = [.. Example], other = [.. Example];
        (one[15], one[16]) = ("ab", "c");
        (other[15], other[16]) = ("a", "bc");

        Hash(one).ShouldNotBe(Hash(other));
    }

    [Fact]
    public void Takes_as_many_members_as_the_format_has()
    {
        Should.Throw<ArgumentException>(() => LeafFormat.Encode(Example.AsSpan(1)));
        LeafFormat.Members.ShouldBeUnique();
        LeafFormat.Members[^1].ShouldBe("is_archived");
    }

    private static string Hash(string?[] members) => Convert.ToHexStringLower(LeafFormat.Hash(members));
}
