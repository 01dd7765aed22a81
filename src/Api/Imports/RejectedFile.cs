using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CaseFlow.Api.CommandLine;
using CaseFlow.Domain;
using CaseFlow.Domain.RejectedLines;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.Api.Imports;

/// <summary>
/// The rejected lines of one import, one JSON object a line: where, which rule and why in plain text, the line itself
/// sealed under a key of the run, which an order destroys for all of them at once, and under a key of its own, so that one can be erased by itself. What
/// tells whose overdose it is about is sealed under the key of that overdose besides, and goes with it when the record of the person is erased. Each opens
/// with all of its keys or not at all, in every copy of the file. The file is complete or not there: it takes its name when the import has ended.
/// </summary>
public sealed class RejectedFile : IAsyncDisposable
{
    private const string Format = "caseflow-rejected-lines/3";

    /// <summary>Each line under that of its run, and one more: that of its overdose, or one of its own.</summary>
    private const string SecondFormat = "caseflow-rejected-lines/2";

    /// <summary>Each line under one key: that of its overdose, or one of jurisdiction and source.</summary>
    private const string FirstFormat = "caseflow-rejected-lines/1";

    private const string Member = "line";

    /// <summary>Only known characters stand unescaped, so that a line of the file is harmless wherever it is shown.</summary>
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Default };

    private readonly string path;
    private readonly ImportTerms terms;
    private readonly AesGcmSealer sealer;
    private readonly HashSet<Guid> overdoses = [];
    private StreamWriter? writer;

    private RejectedFile(string path, ImportTerms terms, AesGcmSealer sealer) =>
        (this.path, this.terms, this.sealer) = (path, terms, sealer);

    /// <summary>Names the run, and the key of its lines.</summary>
    public Guid RunId { get; } = Guid.CreateVersion7();

    /// <summary>How many lines were added.</summary>
    public int Lines { get; private set; }

    /// <summary>Which overdoses some of them are about.</summary>
    public IReadOnlyCollection<Guid> Overdoses => overdoses;

    private string Unfinished => $"{path}.{RunId:N}.rejected.jsonl";

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
            await sealer.EnsureKeyAsync(terms.Jurisdiction, RejectedRun.SubjectOf(RunId), CancellationToken.None);
            var header = new Header(Format, terms.Jurisdiction, terms.Source, terms.KnownAt, RunId);
            await writer.WriteLineAsync(JsonSerializer.Serialize(header, Json));
        }

        Lines++;
        var overdose = row.ExternalId is { } known ? StreamIds.ImportedOverdose(terms.Jurisdiction, terms.Source, known) : (Guid?)null;
        var entry = new Entry(row.Line, row.Code, row.Field, row.Reason, await SealAsync(row, overdose)) { Seals = overdose is null ? 2 : 3 };
        await writer.WriteLineAsync(JsonSerializer.Serialize(entry, Json));
    }

    /// <returns>Null for a person whose record is erased: nothing more of them is kept, sealed or not.</returns>
    private async Task<string?> SealAsync(RejectedRow row, Guid? overdose)
    {
        try
        {
            Guid[] subjects = [RejectedRun.SubjectOf(RunId, row.Line)];
            if (overdose is { } known)
            {
                overdoses.Add(known);
                subjects = [RejectedRun.SubjectOfOverdoseLine(RunId, row.Line), known];
            }

            foreach (var subject in subjects)
                await sealer.EnsureKeyAsync(terms.Jurisdiction, subject, CancellationToken.None);
            return subjects.Append(RejectedRun.SubjectOf(RunId)).Aggregate(row.Content ?? "", (content, subject) => Seal(row, subject, content));
        }
        catch (KeyDestroyedException)
        {
            return null;
        }
    }

    private string Seal(RejectedRow row, Guid subject, string content) => sealer.Seal(
        new SealPlace(terms.Jurisdiction, subject, NamedId.Of(RunId, $"{row.Line}/{row.Code}"), Member), Encoding.UTF8.GetBytes(content));

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
            yield return new RejectedRow(entry.Line, entry.Code, entry.Field, entry.Reason, Open(header.Jurisdiction, entry, sealer, isDestroyed))
            {
                SealedHash = entry.Content is { } kept ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(kept))) : null,
            };
        }
    }

    private static string? Open(string jurisdiction, Entry entry, ISealer sealer, Func<string, Guid, bool> isDestroyed)
    {
        if (entry.Content is not { } token)
            return null;
        try
        {
            return Enumerable.Range(0, entry.SealsOn).Aggregate(token, (content, _) => Encoding.UTF8.GetString(sealer.Open(jurisdiction, content)));
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
            return JsonSerializer.Deserialize<Header>(line, Json) is { File: Format or SecondFormat or FirstFormat } header ? header : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Header(string File, string Jurisdiction, string Source, DateTimeOffset ImportedAt, Guid? RunId = null);

    /// <param name="IsSealedTwice">As the second format says it; not written any more.</param>
    private sealed record Entry(
        int Line, string Code, string? Field, string Reason, string? Content, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsSealedTwice = false)
    {
        /// <summary>Under how many keys it is sealed, one inside the other; 0 in earlier formats.</summary>
        public int Seals { get; init; }

        [JsonIgnore]
        public int SealsOn => Seals > 0 ? Seals : IsSealedTwice ? 2 : 1;
    }
}
