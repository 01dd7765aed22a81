using CaseFlow.Benchmarks;
using CaseFlow.Benchmarks.Engine;

if (args is ["engine-child", var what, var which])
    return await EngineBench.ChildAsync(what, which);
if (args is ["engine", .. var options])
    return await EngineBench.RunAsync(options);

Measurement[] all =
[
    new("import", "[FILE.csv]", "the real file, first and second run, beside a binary COPY of the same events", Importing.RunAsync),
    new("append", "", "one command's append, one writer and eight, beside a prepared INSERT", Appending.RunAsync),
    new("access", "[ROUNDS]", "timeline pages over HTTP with and without the record of the read, in turns, beside a bare commit", Accesses.RunAsync),
    new("http", "[JOURNEYS]", "the overdose journey and the compliance page over HTTP on loopback", Requests.RunAsync),
    new("questions", "[DUTIES]", "pages of timeline, queue and caseload, now and past, with their plans", Questions.RunAsync),
    new("queue", "[DUTIES]", "the same views over a log written by SQL, which takes less time, with duties that changed hands", QueueAtScale.RunAsync),
    new("courts", "[N [DIRECTORY]]", "caseload page, compliance and a docket of packets of a court with two years of history, beside the bare query; a directory keeps the court for the next run", Courts.RunAsync),
    new("start", "[RUNS]", "start of the published program, cold and warm, and its idle memory", Starting.RunAsync),
    new("views", "[KEYS]", "rebuild and follow of a view with five events per key", ViewsAtScale.RunAsync),
];

var wanted = args is ["all", ..] ? all : [.. all.Where(one => args is [var name, ..] && one.Name == name)];
if (wanted.Length == 0)
{
    Console.WriteLine("Name a measurement, or all:");
    foreach (var one in all)
        Console.WriteLine($"  {one.Name,-10}{one.Options,-16}{one.What}");
    Console.WriteLine($"  {"engine",-10}{"[ROW ...]",-16}the engine beside its limits and its peers, one table; engine --help for more");
    return 2;
}

var passed = true;
foreach (var one in wanted)
{
    Report.Begin(one);
    passed &= await one.RunAsync(args.Length > 1 && wanted.Length == 1 ? string.Join(' ', args[1..]) : null);
    Report.End();
}

return passed ? 0 : 1;
