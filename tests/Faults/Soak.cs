using System.Diagnostics;
using System.Globalization;
using CaseFlow.Faults.Scenarios;

namespace CaseFlow.Faults;

/// <summary>
/// Goes round every kind of fault until there were enough:
/// <c>dotnet run --project tests/Faults -- soak --kills 100 --seed 7</c>, with <c>--only "killing PostgreSQL"</c> for one kind.
/// </summary>
internal static class Soak
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var (kills, seed) = (int.Parse(Of("--kills") ?? "100", CultureInfo.InvariantCulture), int.Parse(Of("--seed") ?? $"{Environment.TickCount & 0xFFFF}", CultureInfo.InvariantCulture));
        var scenarios = Scenario.All.Where(scenario => Of("--only") is not { } only || scenario.Name == only).ToList();
        if (scenarios.Count == 0)
        {
            await Console.Error.WriteLineAsync($"There is no such scenario. Scenarios: {string.Join(", ", Scenario.All.Select(scenario => scenario.Name))}.");
            return 2;
        }

        Console.WriteLine($"Soak of {kills} kills, seed {seed}.");
        var (took, reports, failures) = (Stopwatch.StartNew(), new List<(Scenario Scenario, Report Report)>(), 0);
        int Faults(bool kill) => reports.Where(one => one.Scenario.IsKill == kill).Sum(one => one.Report.Faults);
        for (var round = 0; scenarios.Any(scenario => scenario.IsKill) ? Faults(kill: true) < kills : Faults(kill: false) < kills; round++)
        {
            var scenario = scenarios[round % scenarios.Count];
            try
            {
                reports.Add((scenario, await scenario.RunAsync(seed + round, scenario.InSoak)));
                Console.WriteLine(reports[^1].Report);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                failures++;
                Console.WriteLine($"FAILED: {scenario.Name} (seed {seed + round}; repeat with --only \"{scenario.Name}\" --seed {seed + round} --kills 1): {failure}");
                if (failures == 5)
                    break;
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Faults(kill: true)} kills and {Faults(kill: false)} other faults; "
            + $"{reports.Sum(one => one.Report.Acknowledged)} acknowledged appends, {reports.Sum(one => one.Report.Unknown)} unknown of which {reports.Sum(one => one.Report.UnknownStored)} were stored; "
            + $"{reports.Sum(one => one.Report.Events)} events; {failures} scenarios failed; {took.Elapsed.TotalMinutes:0} minutes."));
        return failures == 0 ? 0 : 1;

        string? Of(string name) => Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;
    }
}
