using CaseFlow.Faults.Scenarios;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace CaseFlow.Faults;

/// <summary>
/// The part of the faults that every change is tried with: ten kills, and some of every other fault. The seed decides what
/// happens to whom; CASEFLOW_FAULT_SEED repeats that of a failure.
/// </summary>
public sealed class SurvivingFaults(ITestOutputHelper output)
{
    private static int Seed => int.Parse(Environment.GetEnvironmentVariable("CASEFLOW_FAULT_SEED") ?? "4711", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public Task Kills_of_the_program_lose_and_double_nothing() => ShouldSurviveAsync("killing the program", times: 3);

    [Fact]
    public Task A_killed_leader_is_followed_within_five_seconds_and_no_two_nodes_work_at_once() => ShouldSurviveAsync("killing the leading node", times: 2);

    [Fact]
    public Task Kills_of_the_whole_database_cluster_lose_and_double_nothing() => ShouldSurviveAsync("killing PostgreSQL", times: 2);

    [Fact]
    public Task A_kill_between_firing_a_timer_and_removing_it_does_nothing_twice() => ShouldSurviveAsync("killing between firing and removing", times: 2);

    [Fact]
    public Task A_kill_between_sending_a_message_and_marking_it_tells_it_again_under_the_same_id() => ShouldSurviveAsync("killing between sending and marking", times: 1);

    [Fact]
    public Task A_node_killed_while_it_upgrades_a_view_leaves_the_old_rows_until_another_is_done() => ShouldSurviveAsync("killing an upgrade", times: 1);

    [Fact]
    public Task A_rebuild_interrupted_again_and_again_ends_with_the_same_rows() => ShouldSurviveAsync("interrupting a rebuild", times: 3);

    [Fact]
    public Task What_was_acknowledged_survives_the_loss_of_the_primary() => ShouldSurviveAsync("losing the primary", times: 1);

    [Fact]
    public Task Sessions_ended_at_random_lose_and_double_nothing() => ShouldSurviveAsync("terminating sessions", times: 20);

    [Fact]
    public Task Connections_cut_in_mid_append_lose_and_double_nothing() => ShouldSurviveAsync("cutting connections", times: 25);

    [Fact]
    public Task A_full_data_disk_is_survived_once_there_is_space_again() => ShouldSurviveAsync("filling the data disk", times: 1);

    [Fact]
    public Task A_full_log_disk_is_survived_once_there_is_space_again() => ShouldSurviveAsync("filling the log disk", times: 1);

    private async Task ShouldSurviveAsync(string name, int times)
    {
        var report = await Scenario.All.Single(scenario => scenario.Name == name).RunAsync(Seed, times);
        output.WriteLine($"{report}");
    }
}
