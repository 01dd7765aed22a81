using System.Text.Json.Nodes;

namespace CaseFlow.Integration.Infrastructure;

public static class JsonAssertions
{
    /// <summary>The member is this text.</summary>
    public static void ShouldSay(this JsonNode? member, string text, string? because = null) => member.ShouldNotBeNull(because).GetValue<string>().ShouldBe(text, because);

    /// <summary>The member is this instant, however it is written.</summary>
    public static void ShouldBeAt(this JsonNode? member, DateTimeOffset instant) => member!.GetValue<DateTimeOffset>().ShouldBe(instant);
}
