using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CaseFlow.EventStore.Sealing;

/// <summary>One erasure, as the list outside the database keeps it: ids and codes, never content.</summary>
/// <param name="TenantId">The jurisdiction.</param>
/// <param name="OrderId">The order that it followed.</param>
/// <param name="ClientId">Whose record.</param>
/// <param name="Scope">What of it, as the domain names it.</param>
/// <param name="Subjects">Whose data keys were destroyed.</param>
/// <param name="Authority">Who ordered it, a code.</param>
/// <param name="ReasonCode">Why, a code.</param>
/// <param name="At">When, UTC.</param>
public sealed record ListedErasure(
    string TenantId, Guid OrderId, Guid ClientId, string Scope, IReadOnlyList<Guid> Subjects, string Authority, string ReasonCode, DateTimeOffset At);

/// <summary>
/// What was erased, in a file outside the database that is only ever added to, one JSON object a line, each on the disk before
/// its key is destroyed. It is applied again at every start, so that a restored backup is erased before anything is served.
/// </summary>
public sealed class ErasureList(string path)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };
    private readonly Lock gate = new();

    /// <summary>Where it is.</summary>
    public string Path => path;

    /// <returns>Everything listed, oldest first.</returns>
    /// <exception cref="InvalidDataException">A line is no erasure: nothing may be served before that is settled.</exception>
    public IReadOnlyList<ListedErasure> Read()
    {
        lock (gate)
        {
            if (!File.Exists(path))
                return [];
            using var file = Open();
            return Parse(Encoding.UTF8.GetString(BytesOf(file)));
        }
    }

    /// <summary>Adds an erasure unless it is listed with all its subjects; on the disk when this returns.</summary>
    public void Add(ListedErasure erasure)
    {
        lock (gate)
        {
            var directory = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
            Directory.CreateDirectory(directory);
            using var file = Open();
            var bytes = BytesOf(file);
            var listed = Parse(Encoding.UTF8.GetString(bytes)).Where(one => one.TenantId == erasure.TenantId && one.OrderId == erasure.OrderId).ToList();
            if (listed.Count > 0 && !erasure.Subjects.Except(listed.SelectMany(one => one.Subjects)).Any())
                return;
            // What a crash left half written was never acted on; the next line does not grow out of it.
            file.SetLength(Array.LastIndexOf(bytes, (byte)'\n') + 1);
            file.Seek(0, SeekOrigin.End);
            file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(erasure, Json) + "\n"));
            file.Flush(flushToDisk: true);
        }
    }

    private static byte[] BytesOf(FileStream file)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Nodes that share the file take turns.</summary>
    private FileStream Open()
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(path, KeyRing.OwnersAlone(FileMode.OpenOrCreate));
            }
            catch (IOException) when (waited.Elapsed < TimeSpan.FromSeconds(15))
            {
                Thread.Sleep(20);
            }
        }
    }

    private List<ListedErasure> Parse(string text)
    {
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        var listed = new List<ListedErasure>();
        foreach (var line in whole.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                listed.Add(JsonSerializer.Deserialize<ListedErasure>(line, Json) ?? throw new JsonException("null"));
            }
            catch (JsonException broken)
            {
                throw new InvalidDataException($"Line {listed.Count + 1} of the erasure list {path} cannot be read.", broken);
            }
        }

        return listed;
    }
}
