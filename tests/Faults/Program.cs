using CaseFlow.Faults;
using Xunit.Runner.InProc.SystemConsole;

return args is ["soak", ..] ? await Soak.RunAsync(args[1..]) : await ConsoleRunner.Run(args);
