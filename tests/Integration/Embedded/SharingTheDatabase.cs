using CaseFlow.Integration.Infrastructure;

namespace CaseFlow.Integration.Embedded;

public sealed class SharingTheDatabase : IDisposable
{
    private readonly DataDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Two_that_start_at_once_get_one_server_which_stops_with_the_last()
    {
        var both = await Task.WhenAll(_place.StartAsync(), _place.StartAsync());
        both[0].Port.ShouldBe(both[1].Port);

        await both[0].DisposeAsync();
        (await DataDirectory.AskAsync(both[1], "SELECT 1")).ShouldBe(1);

        await both[1].DisposeAsync();
        ServerProcesses.Postmaster(_place.FullPath).ShouldBeNull();
        (await ServerProcesses.SoonAsync(() => ServerProcesses.Watchdogs(_place.FullPath).Count == 0)).ShouldBeTrue();
    }

    [Fact]
    public async Task Starting_while_the_server_is_being_stopped_starts_it_again()
    {
        for (var round = 0; round < 5; round++)
        {
            var leaving = await _place.StartAsync();
            var left = leaving.DisposeAsync().AsTask();
            await using var coming = await _place.StartAsync();
            await left;
            (await DataDirectory.AskAsync(coming, "SELECT 1")).ShouldBe(1);
        }
    }

    [Fact]
    public async Task The_server_stays_for_who_joined_when_the_program_that_started_it_is_killed()
    {
        using var starter = ProgramProcess.Serve(_place.FullPath);
        await starter.AnsweringAsync();
        var server = ServerProcesses.Postmaster(_place.FullPath);
        await using var joined = await _place.StartAsync();

        starter.Kill();
        await Task.Delay(300, TestContext.Current.CancellationToken);

        (await DataDirectory.AskAsync(joined, "SELECT 1")).ShouldBe(1);
        ServerProcesses.Postmaster(_place.FullPath).ShouldBe(server);
        await joined.DisposeAsync();
        ServerProcesses.Postmaster(_place.FullPath).ShouldBeNull();
    }

    [Fact]
    public async Task Copies_of_a_template_do_not_see_each_other()
    {
        var template = await TestDatabase.TemplateAsync("numbers", async connectionString =>
        {
            await using var source = Npgsql.NpgsqlDataSource.Create(connectionString);
            await using var command = source.CreateCommand("CREATE TABLE numbers AS SELECT 7 AS number");
            await command.ExecuteNonQueryAsync();
        });
        await using var one = await TestDatabase.CreateAsync(template);
        await using var other = await TestDatabase.CreateAsync(template);
        await using var ones = Npgsql.NpgsqlDataSource.Create(one.ConnectionString);
        await using var others = Npgsql.NpgsqlDataSource.Create(other.ConnectionString);

        await using (var change = ones.CreateCommand("UPDATE numbers SET number = 8"))
            await change.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await using var read = others.CreateCommand("SELECT number FROM numbers");
        (await read.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(7);
    }
}
