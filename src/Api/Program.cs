using CaseFlow.Api.CommandLine;

return await CommandLine.RunAsync(args);

public partial class Program;
