using System.Net;
using System.Net.Sockets;
using CaseFlow.Api.Embedded;
using CaseFlow.Integration.Infrastructure;

namespace CaseFlow.Integration.Embedded;

public sealed class StartingTheDatabase : IDisposable
{
    private readonly DataDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Begins_from_nothing_and_finds_its_data_and_port_again()
    {
        int port;
        await using (var cold = await _place.StartAsync())
        {
            port = cold.Port;
            await DataDirectory.AskAsync(cold, "CREATE TABLE kept AS SELECT 42 AS answer");
        }
        ServerProcesses.Postmaster(_place.FullPath).ShouldBeNull("the last program to end stops the server");

        await using var warm = await _place.StartAsync();
        warm.Port.ShouldBe(port);
        (await DataDirectory.AskAsync(warm, "SELECT answer FROM kept")).ShouldBe(42);
    }

    [Fact]
    public async Task Takes_another_port_when_its_own_is_taken()
    {
        int port;
        await using (var first = await _place.StartAsync()) port = first.Port;
        using var stranger = new TcpListener(IPAddress.Loopback, port);
        stranger.Start();

        await using var second = await _place.StartAsync();

        second.Port.ShouldNotBe(port);
        (await DataDirectory.AskAsync(second, "SELECT 1")).ShouldBe(1);
    }

    [Fact]
    public async Task Refuses_a_configured_port_that_is_taken()
    {
        using var stranger = new TcpListener(IPAddress.Loopback, 0);
        stranger.Start();
        var port = ((IPEndPoint)stranger.LocalEndpoint).Port;

        var refusal = await Should.ThrowAsync<EmbeddedPostgresException>(
            () => DataDirectory.StartAsync(_place.Settings with { Port = port }));

        refusal.Message.ShouldContain("Embedded:Port");
    }

    [Fact]
    public async Task Keeps_to_this_machine_to_an_ordinary_user_and_to_who_knows_the_password()
    {
        await using var server = await _place.StartAsync();

        (await DataDirectory.AskAsync(server, "SHOW listen_addresses")).ShouldBe("127.0.0.1");
        (await DataDirectory.AskAsync(server, "SHOW unix_socket_directories")).ShouldBe("");
        const string otherWaysIn = "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'";
        (await DataDirectory.AskAsync(server, otherWaysIn)).ShouldBe(0L);
        ServerProcesses.Owner(ServerProcesses.Postmaster(_place.FullPath)!.Value).ShouldNotBe("root");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(_place.FullPath, "password"))
                .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task Is_durable_unless_told_otherwise()
    {
        await using var server = await DataDirectory.StartAsync(_place.Settings with { Durable = true });

        (await DataDirectory.AskAsync(server, "SHOW fsync")).ShouldBe("on");
        (await DataDirectory.AskAsync(server, "SHOW synchronous_commit")).ShouldBe("on");
    }

    [Fact]
    public async Task Leaves_alone_a_directory_that_holds_something_else()
    {
        Directory.CreateDirectory(_place.FullPath);
        await File.WriteAllTextAsync(
            Path.Combine(_place.FullPath, "letter.txt"), "mine", TestContext.Current.CancellationToken);

        var refusal = await Should.ThrowAsync<EmbeddedPostgresException>(() => _place.StartAsync());

        refusal.Message.ShouldContain("Embedded:DataDirectory");
    }

    [Fact]
    public async Task Says_so_when_its_password_was_lost()
    {
        await using (await _place.StartAsync()) File.Delete(Path.Combine(_place.FullPath, "password"));

        (await Should.ThrowAsync<EmbeddedPostgresException>(() => _place.StartAsync()))
            .Message.ShouldContain("another password");
    }

    [Fact]
    public async Task Begins_anew_where_an_earlier_beginning_was_interrupted()
    {
        await using (await _place.StartAsync())
        {
        }
        Directory.Move(Path.Combine(_place.FullPath, "data"), Path.Combine(_place.FullPath, "unfinished-1"));

        await using var server = await _place.StartAsync();

        (await DataDirectory.AskAsync(server, "SELECT 1")).ShouldBe(1);
        Directory.Exists(Path.Combine(_place.FullPath, "unfinished-1")).ShouldBeFalse();
    }
}
