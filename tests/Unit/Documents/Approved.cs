using CaseFlow.Unit.Http.Toy;

namespace CaseFlow.Unit.Documents;

/// <summary>A committed file that the code must agree with; written anew when the tests run with CASEFLOW_WRITE_DOCS=1.</summary>
public sealed class Approved
{
    private readonly string name;
    private readonly string path;

    private Approved(string name) => (this.name, path) = (name, Path.Combine([Repository.Root, .. name.Split('/')]));

    public string Text => System.IO.File.ReadAllText(path);

    /// <param name="name">Path from the repository's root, with slashes.</param>
    public static Approved File(string name) => new(name);

    /// <summary>Byte for byte.</summary>
    public void ShouldHold(string text)
    {
        if (Environment.GetEnvironmentVariable("CASEFLOW_WRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            System.IO.File.WriteAllText(path, text);
        }

        System.IO.File.Exists(path).ShouldBeTrue($"{name} is missing: run the tests once with CASEFLOW_WRITE_DOCS=1 and commit it.");
        Text.ShouldBe(text, $"{name} no longer says what the code does. If that is meant, run the tests once with CASEFLOW_WRITE_DOCS=1 and commit it.");
    }
}
