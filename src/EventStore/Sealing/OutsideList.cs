using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CaseFlow.EventStore.Sealing;

/// <summary>A file outside the database that is only ever added to, one JSON object a line, each on the disk before whatever follows from it.</summary>
/// <param name="path">Where it is.</param>
/// <param name="name">What it is called to people.</param>
internal sealed class OutsideList<TItem>(string path, string name)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };
    private readonly Lock gate = new();

    /// <returns>Everything listed, oldest first.</returns>
    /// <exception cref="InvalidDataException">A line is none of these: nothing may be served before that is settled.</exception>
    public IReadOnlyList<TItem> Read()
    {
        lock (gate)
        {
            if (!File.Exists(path))
                return [];
            using var file = Open();
            return Parse(Encoding.UTF8.GetString(BytesOf(file)));
        }
    }

    /// <summary>Adds one unless it is listed; on the disk when this returns.</summary>
    public void Add(TItem item, Func<IReadOnlyList<TItem>, bool> isListed)
    {
        lock (gate)
        {
            var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
            Directory.CreateDirectory(directory);
            using var file = Open();
            var bytes = BytesOf(file);
            if (isListed(Parse(Encoding.UTF8.GetString(bytes))))
                return;
            // What a crash left half written was never acted on; the next line does not grow out of it.
            file.SetLength(Array.LastIndexOf(bytes, (byte)'\n') + 1);
            file.Seek(0, SeekOrigin.End);
            file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(item, Json) + "\n"));
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

    private List<TItem> Parse(string text)
    {
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        var listed = new List<TItem>();
        foreach (var line in whole.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                listed.Add(JsonSerializer.Deserialize<TItem>(line, Json) ?? throw new JsonException("null"));
            }
            catch (JsonException broken)
            {
                throw new InvalidDataException($"Line {listed.Count + 1} of the {name} {path} cannot be read.", broken);
            }
        }

        return listed;
    }
}
