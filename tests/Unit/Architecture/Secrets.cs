using System.Text.Json;
using System.Text.RegularExpressions;

namespace CaseFlow.Unit.Architecture;

/// <summary>A secret in a settings file is everybody's who has the repository.</summary>
public sealed partial class Secrets
{
    /// <summary>Settings, wherever they are, and all that is deployed.</summary>
    public static TheoryData<string> Files =>
    [
        .. Sources.Under("").Where(path => path.StartsWith("deploy/", StringComparison.Ordinal) || SettingsFile().IsMatch(Path.GetFileName(path))),
    ];

    [Fact]
    public void The_files_looked_into_are_those_that_there_are()
    {
        var files = Files.Select(row => row.Data).ToArray();

        files.ShouldContain("src/Api/appsettings.json");
        files.ShouldContain("deploy/caseflow.service");
        files.ShouldContain("deploy/README.md");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void No_settings_file_holds_one(string path) => In(path, Sources.Text(path)).ShouldBeEmpty();

    [Fact]
    public void No_file_at_all_holds_a_private_key_or_a_token() => Sources.Under("")
        .Where(path => path != "tests/Unit/Architecture/Secrets.cs" && !path.EndsWith("packages.lock.json", StringComparison.Ordinal))
        .Where(path => Material().IsMatch(Sources.Text(path)))
        .ShouldBeEmpty();

    [Theory]
    [InlineData("a.json", """{"ConnectionStrings":{"CaseFlow":"Host=db;Password=hunter2"}}""")]
    [InlineData("a.json", """{"Smtp":{"Password":"hunter2"}}""")]
    [InlineData("a.json", """{"Keys":{"Wrapping":"q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA="}}""")]
    [InlineData("a.json", """{"profiles":{"x":{"environmentVariables":{"API_TOKEN":"abc"}}}}""")]
    [InlineData("a.env", "CASEFLOW__CONNECTIONSTRINGS__CASEFLOW=Host=db;Username=u;Password=hunter2;SSL Mode=VerifyFull")]
    [InlineData("a.env", "SMTP_PASSWORD=hunter2")]
    [InlineData("a.service", "Environment=OTEL_TOKEN=abcdef")]
    [InlineData("a.yaml", "  password: hunter2")]
    [InlineData("a.md", "-----BEGIN EC PRIVATE KEY-----")]
    [InlineData("a.md", "Authorization: Bearer eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhZ2VudC0xIn0.c2ln")]
    [InlineData("a.md", "postgres://caseflow:hunter2@db/caseflow")]
    public void What_is_one_is_found(string path, string text) => In(path, text).ShouldNotBeEmpty();

    [Theory]
    [InlineData("a.json", """{"ConnectionStrings":{"CaseFlow":""},"Keys":{"File":"/etc/caseflow/wrapping.key"}}""")]
    [InlineData("a.env", "CASEFLOW__CONNECTIONSTRINGS__CASEFLOW=Host=db;Username=caseflow;Password=…;SSL Mode=VerifyFull")]
    [InlineData("a.env", "CASEFLOW__KEYS__FILE=/etc/caseflow/wrapping.key")]
    [InlineData("a.yaml", "  password: ${PASSWORD}")]
    public void What_is_none_is_not(string path, string text) => In(path, text).ShouldBeEmpty();

    private static IEnumerable<string> In(string path, string text) =>
    [
        .. Material().Matches(text).Select(match => match.Value),
        .. Assigned().Matches(text).Where(match => !Placeholder().IsMatch(match.Groups["value"].Value)).Select(match => match.Value),
        .. LongKey().Matches(text).Select(match => match.Value),
        .. path.EndsWith(".json", StringComparison.Ordinal) ? Named(JsonDocument.Parse(text).RootElement) : [],
    ];

    /// <summary>Members whose name promises a secret and whose value is one.</summary>
    private static IEnumerable<string> Named(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member.Value.ValueKind == JsonValueKind.String && SecretName().IsMatch(member.Name) && member.Value.GetString() is { Length: > 0 } value && !Placeholder().IsMatch(value)
                ? [member.Name]
                : Named(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Named),
        _ => [],
    };

    [GeneratedRegex(@"^appsettings.*\.json$|^launchSettings\.json$|\.(env|ya?ml|config|service|toml|pubxml)$|^Dockerfile", RegexOptions.IgnoreCase)]
    private static partial Regex SettingsFile();

    [GeneratedRegex(@"-----BEGIN [A-Z ]*PRIVATE KEY-----|\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]+|\b\w+://[^\s/:@{]+:[^\s/@…{]+@")]
    private static partial Regex Material();

    [GeneratedRegex(@"(password|passwd|pwd|secret|token|api_?key)\s*[=:]\s*(?<value>[^\s;,""'`]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Assigned();

    [GeneratedRegex("(password|passwd|pwd|secret|token|api_?key)$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    /// <summary>Stands for a value: an ellipsis, a variable, or where the value is.</summary>
    [GeneratedRegex(@"^(…|\.\.\.|\$[\w{(]|<|/)")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"(?<![\w+/-])[A-Za-z0-9+/]{42,}={1,2}")]
    private static partial Regex LongKey();
}
