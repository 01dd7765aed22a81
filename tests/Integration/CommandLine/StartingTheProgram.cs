using System.Net;
using System.Net.Sockets;
using CaseFlow.Integration.Infrastructure;

namespace CaseFlow.Integration.CommandLine;

public sealed class StartingTheProgram
{
    [Fact]
    public async Task A_taken_port_is_one_sentence_with_the_way_out()
    {
        using var stranger = new TcpListener(IPAddress.Loopback, 0);
        stranger.Start();
        var port = ((IPEndPoint)stranger.LocalEndpoint).Port;
        using var program = ProgramProcess.Start([$"--Urls=http://localhost:{port}"]);

        (await program.EndAsync()).ShouldBe(1);

        program.Output.ShouldContain("is taken");
        program.Output.ShouldContain("--Urls=");
        program.Output.ShouldNotContain("\n");
    }

    [Theory]
    [InlineData("--Schema=Case Flow", "Schema is 'Case Flow'")]
    [InlineData("--Embedded:Port=many", "Embedded:Port is 'many'")]
    [InlineData("servee", "'servee' is not known here")]
    public async Task A_mistake_is_one_line_that_names_it(string argument, string message)
    {
        using var program = ProgramProcess.Start([argument]);

        (await program.EndAsync()).ShouldBe(2);

        program.Output.ShouldStartWith(message);
        program.Output.ShouldNotContain("\n");
    }

    [Fact]
    public async Task A_setting_in_the_environment_takes_the_prefix()
    {
        using var program = ProgramProcess.Start([], new Dictionary<string, string?> { ["CASEFLOW__Schema"] = "1st" });

        (await program.EndAsync()).ShouldBe(2);

        program.Output.ShouldStartWith("Schema is '1st'");
    }

    [Fact]
    public async Task A_login_that_may_do_too_much_is_refused_where_the_county_asks_for_least_privilege()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var program = ProgramProcess.Start(
            ["--Urls=http://127.0.0.1:0", $"--ConnectionStrings:CaseFlow={database.ConnectionString}", "--Store:RequireLeastPrivilege=true"]);

        (await program.EndAsync()).ShouldBe(1);

        program.Output.ShouldContain("may do more than the program has to (it is a superuser");
        program.Output.ShouldContain("deploy/roles.sql");
    }

    [Fact]
    public async Task A_login_that_may_not_migrate_is_one_sentence_that_says_who_may()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var program = ProgramProcess.Start(["--Urls=http://127.0.0.1:0", $"--ConnectionStrings:CaseFlow={database.ProgramConnectionString}"]);

        (await program.EndAsync()).ShouldBe(1);

        program.Output.ShouldContain("ConnectionStrings:Migrations");
    }

    [Fact]
    public async Task No_server_to_be_found_is_one_sentence()
    {
        using var place = new DataDirectory();
        using var program = ProgramProcess.Start(
        [
            "--Urls=http://127.0.0.1:0", $"--Embedded:DataDirectory={place.FullPath}",
            "--Embedded:UseMachineBinaries=false", "--Embedded:UseNpm=false",
        ]);

        (await program.EndAsync()).ShouldBe(1);

        program.Output.ShouldStartWith("No PostgreSQL server was found: install");
        program.Output.ShouldNotContain("\n");
    }
}
