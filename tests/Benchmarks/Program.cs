using CaseFlow.Benchmarks;

switch (args)
{
    case ["views", .. var sizes]:
        await ViewsAtScale.RunAsync(sizes.Length > 0 ? int.Parse(sizes[0]) : 100_000);
        break;
    case ["queue", .. var sizes]:
        await QueueAtScale.RunAsync(sizes.Length > 0 ? int.Parse(sizes[0]) : 100_000);
        break;
    default:
        Console.WriteLine("Name a measurement: views [KEYS], queue [DUTIES].");
        break;
}
