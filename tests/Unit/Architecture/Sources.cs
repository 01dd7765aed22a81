using CaseFlow.Unit.Http.Toy;

namespace CaseFlow.Unit.Architecture;

/// <summary>The committed texts, for rules that only the source can show.</summary>
internal static class Sources
{
    private static readonly string[] Made = ["bin", "obj", ".git", "node_modules", "TestResults", ".caseflow", "BenchmarkDotNet.Artifacts"];

    /// <returns>Every file below a folder of the repository, as a path with slashes from its root.</returns>
    public static IEnumerable<string> Under(string folder, string extension = "") =>
        Below(Path.Combine([Repository.Root, .. folder.Split('/', StringSplitOptions.RemoveEmptyEntries)]))
            .Where(path => path.EndsWith(extension, StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    public static string Text(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    public static int Lines(string path) => File.ReadLines(Path.Combine(Repository.Root, path)).Count();

    public static bool Exists(string path) => Path.Exists(Path.Combine(Repository.Root, path));

    private static IEnumerable<string> Below(string directory) => Directory.EnumerateFiles(directory).Where(path => !Made.Contains(Path.GetFileName(path)))
        .Concat(Directory.EnumerateDirectories(directory).Where(path => !Made.Contains(Path.GetFileName(path))).SelectMany(Below));
}
