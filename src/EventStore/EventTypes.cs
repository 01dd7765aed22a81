using System.Collections.Frozen;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CaseFlow.EventStore;

/// <summary>
/// The one registry of event names. A stored name is the snake case of the type's name without its namespace, frozen
/// from the first append on; a name not in here is unreadable, and says so.
/// </summary>
public sealed partial class EventTypes
{
    private readonly FrozenDictionary<string, Type> byName;
    private readonly FrozenDictionary<Type, string> byType;
    private readonly FrozenDictionary<string, Func<JsonObject, JsonObject>> upcasts;

    /// <param name="types">Every event type of the system, each name once.</param>
    /// <param name="upcasts">By stored name: turns an older JSON shape into today's (gets a copy, must accept today's too).</param>
    /// <exception cref="ArgumentException">Two types share a name, a name is not made of plain capitalised words (Marten
    /// splits digits and acronyms its own way), or an upcast names no type.</exception>
    public EventTypes(IEnumerable<Type> types, IReadOnlyDictionary<string, Func<JsonObject, JsonObject>>? upcasts = null)
    {
        byName = types.ToFrozenDictionary(NameOf, StringComparer.Ordinal);
        byType = byName.ToFrozenDictionary(entry => entry.Value, entry => entry.Key);
        this.upcasts = (upcasts ?? new Dictionary<string, Func<JsonObject, JsonObject>>()).ToFrozenDictionary(StringComparer.Ordinal);
        if (this.upcasts.Keys.FirstOrDefault(name => !byName.ContainsKey(name)) is { } unknown)
            throw new ArgumentException($"The upcast \"{unknown}\" names no event.", nameof(upcasts));
    }

    /// <summary>Every stored name with its type.</summary>
    public IReadOnlyDictionary<string, Type> All => byName;

    /// <returns>The stored name of an event type.</returns>
    /// <exception cref="ArgumentException">The type is not registered.</exception>
    public string StoredName(Type type) => byType.TryGetValue(type, out var name)
        ? name
        : throw new ArgumentException($"{type} is not in the event registry.", nameof(type));

    /// <returns>The type stored under a name, or null.</returns>
    public Type? Find(string storedName) => byName.GetValueOrDefault(storedName);

    /// <returns>The change from an older shape, or null when there never was one.</returns>
    public Func<JsonObject, JsonObject>? UpcastOf(string storedName) => upcasts.GetValueOrDefault(storedName);

    private static string NameOf(Type type)
    {
        if (!PlainWords().IsMatch(type.Name))
            throw new ArgumentException($"{type.Name} is no event name: capitalised words without digits and acronyms.", nameof(type));
        var name = new StringBuilder();
        foreach (var letter in type.Name)
        {
            if (char.IsUpper(letter) && name.Length > 0)
                name.Append('_');
            name.Append(char.ToLowerInvariant(letter));
        }

        return name.ToString();
    }

    [GeneratedRegex("^([A-Z][a-z]+)+$")]
    private static partial Regex PlainWords();
}
