using System.Text;
using System.Text.Json.Nodes;

namespace CaseFlow.Integration.Security;

/// <summary>What nobody sends by mistake. Its texts hold <see cref="Mark"/>, which must not be found in any log.</summary>
internal static class HostileInput
{
    public const string Mark = "xq7planted";

    private static readonly byte[] Bom = [0xEF, 0xBB, 0xBF];

    /// <summary>In place of a path's id; written as it goes over the wire.</summary>
    public static IReadOnlyList<string> PathParts { get; } =
    [
        "%00", "..", "%2e%2e", "..%2f..%2fdocs", "%2F", "%5c..%5c", "'%20or%201=1--", "%22;drop%20table%20mt_events;--", "%F0%9F%92%A3", "%ED%A0%80", "%FF%FE",
        "%0d%0aSet-Cookie:%20a=b", "{clientId}", "*", "-1", "99999999999999999999", "00000000-0000-0000-0000-000000000000", Mark + new string('a', 3000), "%25%30%30", "nul;x=1",
    ];

    /// <summary>In place of a query parameter's value.</summary>
    public static IReadOnlyList<string> QueryValues { get; } =
    [
        "", "%00", "-1", "99999999999999999999", "1e9", "'%20or%201=1--" + Mark, "%ED%A0%80", "%FF", "9999-12-31T23:59:59.9999999Z", "0001-01-01T00:00:00%2B14:00", "2999-12-31T23:59:59Z",
        "1800-01-01T00:00:00Z", "null", "%5B%5D", "00000000-0000-0000-0000-000000000000", new string('9', 2000), "9223372036854775807", "true", "%F0%9F%92%A3",
    ];

    /// <summary>Headers that the program reads, as they should not be.</summary>
    public static IReadOnlyList<(string Name, string Value)> Headers { get; } =
    [
        ("If-Match", "*"), ("If-Match", "\"\""), ("If-Match", "\"-1\""), ("If-Match", "\"99999999999999999999\""), ("If-Match", "\"9223372036854775807\""), ("If-Match", "\"1\", \"2\""),
        ("If-Match", "'; drop table mt_events; --"), ("If-Match", new string('"', 999)), ("Idempotency-Key", ""), ("Idempotency-Key", new string('k', 201)), ("Idempotency-Key", "a b"),
        ("Idempotency-Key", "'--" + Mark), ("If-Consistent-With", "-1"), ("If-Consistent-With", "99999999999999999999"), ("If-Consistent-With", "1, 2"), ("If-Consistent-With", ""),
        ("Content-Encoding", "gzip"), ("Accept", "text/" + Mark), ("X-HTTP-Method-Override", "DELETE"), ("Range", "bytes=0-1"), ("Expect", "100-continue"), ("Cookie", Mark + "=" + Mark),
    ];

    /// <summary>In place of a member's value, as JSON is written.</summary>
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e400", "-0.0", "99999999999999999999999", "1.5", "\"\"", "\" \"", "\"\\u0000" + Mark + "\"", "\"\\ud800" + Mark + "\"", "\"\\udc00\\ud800\"", "{}", "[]", "[null]", "[[]]",
        "{\"" + Mark + "\":1}", "\"'; drop table mt_events; -- " + Mark + "\"", "\"../../" + Mark + "\"", "\"\\u202e" + Mark + "\"", "\"9999-12-31T23:59:59.9999999Z\"", "\"0001-01-01\"", "\"<script>" + Mark + "\"",
        "\"" + Mark + new string('x', 20_000) + "\"", "\"00000000-0000-0000-0000-000000000000\"", new string('[', 40) + new string(']', 40), "\"{0} %s ${jndi:" + Mark + "}\"",
    ];

    /// <returns>Bodies that are no JSON object of this kind, each with its media type.</returns>
    public static IEnumerable<(byte[] Body, string MediaType)> Bodies(string example, Random chance)
    {
        foreach (var text in new[]
        {
            "", "{", "null", "[]", "\"" + Mark + "\"", "7", "true", example + "x", example + example, "{\"\":1}", "{'a':1}", "{\"a\":NaN}", "// a\n{}", new string('[', 20_000), Deep(60),
            "{\"__proto__\":{\"" + Mark + "\":1}}", "{\"\\ud800\":1}", "{\"\\u0000\":1}", "{\"" + Mark + "\":\"" + new string('x', 70_000) + "\"}", example[..chance.Next(example.Length)],
        })
        {
            yield return (Encoding.UTF8.GetBytes(text), "application/json");
        }

        var bytes = Encoding.UTF8.GetBytes(example);
        yield return ([.. Bom, .. bytes], "application/json");
        yield return (Encoding.Unicode.GetBytes(example), "application/json");
        yield return (Encoding.UTF8.GetBytes("{\"" + Mark + "\":\"").Concat(new byte[] { 0xC3, 0x28, 0xED, 0xA0, 0x80, 0xFF }).Concat("\"}"u8.ToArray()).ToArray(), "application/json");
        foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json; charset=utf-16", "application/json, text/plain", "application/merge-patch+json", "*/*" })
            yield return (bytes, type);
        for (var flips = 0; flips < 3; flips++)
        {
            var broken = bytes.ToArray();
            broken[chance.Next(broken.Length)] = (byte)chance.Next(256);
            yield return (broken, "application/json");
        }
    }

    /// <returns>The example with one member spoilt, for each of its members; then an unknown and a repeated one.</returns>
    public static IEnumerable<string> Spoilt(JsonNode example, Random chance, int each)
    {
        const string here = "\"@here@\"";
        foreach (var path in Leaves(example).ToArray())
        {
            for (var time = 0; time < each; time++)
            {
                var copy = example.DeepClone();
                Replace(copy, path, "@here@");
                yield return copy.ToJsonString().Replace(here, Values[chance.Next(Values.Length)], StringComparison.Ordinal);
            }
        }

        if (example is not JsonObject { Count: > 0 } members)
            yield break;
        var whole = members.ToJsonString();
        yield return $$"""{"{{Mark}}":1,{{whole[1..]}}""";
        yield return $$"""{"{{members.First().Key}}":null,{{whole[1..]}}""";
        yield return $$"""{"{{members.First().Key.ToUpperInvariant()}}":null,{{whole[1..]}}""";
    }

    private static string Deep(int levels) =>
        string.Concat(Enumerable.Repeat("{\"a\":", levels)) + "1" + new string('}', levels);

    private static IEnumerable<object[]> Leaves(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Leaves(member.Value).Select(rest => (object[])[member.Key, .. rest]).Prepend([member.Key])),
        JsonArray items => items.SelectMany((item, index) => Leaves(item).Select(rest => (object[])[index, .. rest]).Prepend([index])),
        _ => [],
    };

    private static void Replace(JsonNode node, object[] path, string value)
    {
        foreach (var step in path[..^1])
            node = step is int index ? node[index]! : node[(string)step]!;
        if (path[^1] is int last)
            node[last] = value;
        else
            node[(string)path[^1]] = value;
    }
}
