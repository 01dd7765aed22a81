using System.Diagnostics;
using System.Globalization;
using CaseFlow.Integration.Infrastructure;

namespace CaseFlow.Integration.Embedded;

public sealed class SurvivingKills : IDisposable
{
    private readonly DataDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task The_server_stops_when_the_only_program_is_killed()
    {
        using var program = ProgramProcess.Serve(_place.FullPath);
        await program.AnsweringAsync();

        program.Kill();

        (await ServerProcesses.SoonAsync(() => ServerProcesses.Postmaster(_place.FullPath) is null)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_directory_for_one_run_goes_when_the_run_is_killed()
    {
        using var program = ProgramProcess.Start(
        [
            "--Urls=http://127.0.0.1:0", $"--Embedded:DataDirectory={_place.FullPath}", "--Embedded:Durable=false",
            "--Embedded:DeleteWhenStopped=true",
        ]);
        await program.AnsweringAsync();

        program.Kill();

        (await ServerProcesses.SoonAsync(() => !Directory.Exists(_place.FullPath))).ShouldBeTrue();
    }

    [Fact]
    public async Task A_server_whose_programs_and_watchdogs_were_killed_is_taken_over()
    {
        using (var program = ProgramProcess.Serve(_place.FullPath))
        {
            await program.AnsweringAsync();
            KillWatchdogs();
            program.Kill();
        }
        var server = ServerProcesses.Postmaster(_place.FullPath);

        await using (await _place.StartAsync()) ServerProcesses.Postmaster(_place.FullPath).ShouldBe(server);

        ServerProcesses.Postmaster(_place.FullPath).ShouldBeNull();
    }

    [Fact]
    public async Task A_killed_server_is_replaced()
    {
        await KillEverythingAsync();
        ServerProcesses.Postmaster(_place.FullPath).ShouldNotBeNull("a killed server leaves its file behind");

        await using var server = await _place.StartAsync();

        (await DataDirectory.AskAsync(server, "SELECT 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_killed_server_is_replaced_although_its_number_now_belongs_to_another_process()
    {
        await KillEverythingAsync();
        var file = Path.Combine(_place.FullPath, "data", "postmaster.pid");
        var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        using var stranger = Process.Start(new ProcessStartInfo("sleep", ["60"]))!;
        lines[0] = stranger.Id.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(file, lines, TestContext.Current.CancellationToken);

        await using var server = await _place.StartAsync();

        (await DataDirectory.AskAsync(server, "SELECT 1")).ShouldBe(1);
        stranger.HasExited.ShouldBeFalse();
        stranger.Kill();
    }

    [Fact]
    public async Task A_server_that_no_longer_answers_is_replaced()
    {
        await using var first = await _place.StartAsync();
        var hung = ServerProcesses.Postmaster(_place.FullPath)!.Value;
        using (var stop = Process.Start("kill", ["-STOP", $"{hung}"]))
            await stop.WaitForExitAsync(TestContext.Current.CancellationToken);

        await using var second = await _place.StartAsync();

        (await DataDirectory.AskAsync(second, "SELECT 1")).ShouldBe(1);
        ServerProcesses.Postmaster(_place.FullPath).ShouldNotBe(hung);
    }

    private async Task KillEverythingAsync()
    {
        using var program = ProgramProcess.Serve(_place.FullPath);
        await program.AnsweringAsync();
        KillWatchdogs();
        ServerProcesses.Kill(ServerProcesses.Postmaster(_place.FullPath)!.Value);
        program.Kill();
    }

    private void KillWatchdogs()
    {
        foreach (var watchdog in ServerProcesses.Watchdogs(_place.FullPath)) ServerProcesses.Kill(watchdog);
    }
}
