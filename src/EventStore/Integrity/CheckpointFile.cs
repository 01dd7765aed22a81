using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.EventStore.Integrity;

/// <summary>A checkpoint as it was signed.</summary>
/// <param name="At">When, UTC, by the database's clock; the signature does not cover it.</param>
/// <param name="Note">The signed note.</param>
public sealed record SignedCheckpoint(DateTimeOffset At, string Note);

/// <summary>
/// The signed checkpoints in a file outside the database that is only ever added to, one JSON object a line: what a database that was
/// restored, cut short or rewritten whole is held against. All nodes of a database share it.
/// </summary>
/// <param name="path">Where it is.</param>
public sealed class CheckpointFile(string path)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private static readonly TimeSpan PatienceForOthers = TimeSpan.FromSeconds(15);
    private readonly Lock gate = new();

    /// <summary>Where it is.</summary>
    public string Path => path;

    /// <returns>Every checkpoint, oldest first; a line that a crash left half written at the end was never relied on.</returns>
    /// <exception cref="InvalidDataException">A whole line is no checkpoint.</exception>
    public IEnumerable<SignedCheckpoint> Read()
    {
        if (!File.Exists(path))
            yield break;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file, Encoding.UTF8);
        var number = 0;
        var line = reader.ReadLine();
        while (line is not null)
        {
            var next = reader.ReadLine();
            number++;
            if (Parse(line, number, isLast: next is null) is { } checkpoint)
                yield return checkpoint;
            line = next;
        }
    }

    /// <returns>The last one; null when there is none.</returns>
    /// <exception cref="InvalidDataException">It is no checkpoint.</exception>
    public SignedCheckpoint? Last()
    {
        const int tail = 8 * 1024;
        if (!File.Exists(path))
            return null;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(-Math.Min(tail, file.Length), SeekOrigin.End);
        var bytes = new byte[file.Length - file.Position];
        file.ReadExactly(bytes);
        var text = Encoding.UTF8.GetString(bytes);
        var lines = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Length == 0 ? null : Parse(lines[^1], lines.Length, isLast: false);
    }

    /// <summary>Adds one; on the disk when this returns.</summary>
    public void Add(SignedCheckpoint checkpoint)
    {
        lock (gate)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
            using var file = Open();
            CutHalfLine(file);
            file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(checkpoint, Json) + "\n"));
            file.Flush(flushToDisk: true);
        }
    }

    /// <summary>Nodes that share the file take turns; others may read meanwhile.</summary>
    private FileStream Open()
    {
        var settings = KeyRing.OwnersAlone(FileMode.OpenOrCreate);
        settings.Share = FileShare.Read;
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(path, settings);
            }
            catch (IOException) when (waited.Elapsed < PatienceForOthers)
            {
                Thread.Sleep(20);
            }
        }
    }

    /// <summary>The next line does not grow out of what a crash left half written.</summary>
    private static void CutHalfLine(FileStream file)
    {
        var end = file.Length;
        for (; end > 0; end--)
        {
            file.Seek(end - 1, SeekOrigin.Begin);
            if (file.ReadByte() == '\n')
                break;
        }

        file.SetLength(end);
        file.Seek(0, SeekOrigin.End);
    }

    private SignedCheckpoint? Parse(string line, int number, bool isLast)
    {
        try
        {
            return JsonSerializer.Deserialize<SignedCheckpoint>(line, Json) ?? throw new JsonException("null");
        }
        catch (JsonException) when (isLast)
        {
            return null;
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"Line {number} of the checkpoints in {path} cannot be read.", broken);
        }
    }
}
