using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CaseFlow.Api.CommandLine;
using CaseFlow.Domain;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.Api.Imports;

/// <summary>
/// The rejected lines of one import, one JSON object a line: where, which rule and why in plain text, the line itself
/// sealed. What tells whose overdose it is about is sealed under the key of that overdose, and goes with it when the record of the person is erased,
/// from every copy of the file; any other line under a key of jurisdiction and source. The file is complete or not there: it takes its name when the
/// import has ended.
/// </summary>
public sealed class RejectedFile : IAsyncDisposable
{
    private const string Format = "caseflow-rejected-lines/1";
    private const string Member = "line";

    /// <summary>Only known characters stand unescaped, so that a line of the file is harmless wherever it is shown.</summary>
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Default };

    private readonly string path;
    private readonly ImportTerms terms;
    private readonly AesGcmSealer sealer;
    private readonly Guid run = Guid.CreateVersion7();
    private StreamWriter? writer;

    private RejectedFile(string path, ImportTerms terms, AesGcmSealer sealer) =>
        (this.path, this.terms, this.sealer) = (path, terms, sealer);

    private string Unfinished => $"{path}.{run:N}.rejected.jsonl";

    /// <summary>Prepares a file that is written with the first rejected line.</summary>
    /// <exception cref="CannotRunException">The name is of some other file, or nothing can be written there.</exception>
    public static RejectedFile At(string path, ImportTerms terms, AesGcmSealer sealer)
    {
        if (Directory.Exists(path) || (File.Exists(path) && HeaderOf(path) is null))
            throw new CannotRunException($"{path} is there already and holds no rejected lines: name another with --rejected.");
        var file = new RejectedFile(path, terms, sealer);
        try
        {
            File.WriteAllText(file.Unfinished, "");
            File.Delete(file.Unfinished);
            return file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CannotRunException($"Rejected lines cannot be written to {path}: name another place with --rejected.", error);
        }
    }

    /// <summary>Adds a line.</summary>
    public async Task WriteAsync(RejectedRow row)
    {
        if (writer is null)
        {
            writer = new StreamWriter(Unfinished, append: false);
            var header = new Header(Format, terms.Jurisdiction, terms.Source, terms.KnownAt);
            await writer.WriteLineAsync(JsonSerializer.Serialize(header, Json));
        }

        await writer.WriteLineAsync(JsonSerializer.Serialize(new Entry(row.Line, row.Code, row.Field, row.Reason, await SealAsync(row)), Json));
    }

    /// <returns>Null for a person whose record is erased: nothing more of them is kept, sealed or not.</returns>
    private async Task<string?> SealAsync(RejectedRow row)
    {
        var subject = row.ExternalId is { } known
            ? StreamIds.ImportedOverdose(terms.Jurisdiction, terms.Source, known)
            : NamedId.Of(terms.Jurisdiction, "rejected-lines", terms.Source);
        var place = new SealPlace(terms.Jurisdiction, subject, NamedId.Of(run, $"{row.Line}/{row.Code}"), Member);
        try
        {
            await sealer.EnsureKeyAsync(terms.Jurisdiction, subject, CancellationToken.None);
            return sealer.Seal(place, Encoding.UTF8.GetBytes(row.Content ?? ""));
        }
        catch (KeyDestroyedException)
        {
            return null;
        }
    }

    /// <summary>Ends the file; rejected lines of an earlier run under this name are replaced, also by none.</summary>
    /// <returns>Whether there is a file.</returns>
    public async Task<bool> CompleteAsync()
    {
        if (writer is null)
        {
            File.Delete(path);
            return false;
        }

        await writer.DisposeAsync();
        File.Move(Unfinished, path, overwrite: true);
        return true;
    }

    /// <summary>Reads a file back, its lines opened as far as their persons are not erased.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sealer">Opens them.</param>
    /// <param name="isDestroyed">Whether a subject's key was destroyed; one that never was is of a file that was altered.</param>
    /// <exception cref="CannotRunException">Not there, or no file of rejected lines.</exception>
    /// <exception cref="SealBrokenException">A line was altered.</exception>
    public static IEnumerable<RejectedRow> Read(string path, ISealer sealer, Func<string, Guid, bool> isDestroyed)
    {
        if (!File.Exists(path))
            throw new CannotRunException($"There is no file {path}.");
        var header = HeaderOf(path) ?? throw new CannotRunException($"{path} holds no rejected lines.");
        foreach (var line in File.ReadLines(path).Skip(1).Where(line => line.Length > 0))
        {
            var entry = JsonSerializer.Deserialize<Entry>(line, Json)!;
            yield return new RejectedRow(entry.Line, entry.Code, entry.Field, entry.Reason, Open(header.Jurisdiction, entry.Content, sealer, isDestroyed));
        }
    }

    private static string? Open(string jurisdiction, string? token, ISealer sealer, Func<string, Guid, bool> isDestroyed)
    {
        try
        {
            return token is null ? null : Encoding.UTF8.GetString(sealer.Open(jurisdiction, token));
        }
        catch (KeyDestroyedException destroyed) when (isDestroyed(destroyed.TenantId, destroyed.SubjectId))
        {
            return null;
        }
    }

    /// <summary>Leaves nothing behind of a run that did not end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (writer is null)
            return;
        await writer.DisposeAsync();
        File.Delete(Unfinished);
    }

    private static Header? HeaderOf(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            var first = new char[1000];
            var line = new string(first, 0, reader.ReadBlock(first)).Split('\n')[0];
            return JsonSerializer.Deserialize<Header>(line, Json) is { File: Format } header ? header : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Header(string File, string Jurisdiction, string Source, DateTimeOffset ImportedAt);

    private sealed record Entry(int Line, string Code, string? Field, string Reason, string? Content);
}
