namespace CaseFlow.Unit.Http.Toy;

/// <summary>Where the sources are, for tests that compare a committed document.</summary>
public static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string directory) =>
        File.Exists(Path.Combine(directory, "CaseFlow.sln")) ? directory
        : Find(Path.GetDirectoryName(directory) ?? throw new DirectoryNotFoundException("CaseFlow.sln is not above the tests."));
}
