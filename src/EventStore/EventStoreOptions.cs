using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace CaseFlow.EventStore;

/// <summary>Where a store lives in its database. Several stores share one database under different schema names.</summary>
public sealed partial record EventStoreOptions
{
    /// <param name="schema">Schema of the store's tables: a plain lower-case identifier.</param>
    /// <param name="viewsSchema">Schema of the views' tables, likewise.</param>
    /// <exception cref="ArgumentException">Not a plain identifier.</exception>
    public EventStoreOptions(string schema = "caseflow", string viewsSchema = "views")
    {
        Schema = Identifier(schema, nameof(schema));
        ViewsSchema = Identifier(viewsSchema, nameof(viewsSchema));
        LockKey = BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(schema))) & int.MaxValue;
    }

    /// <summary>Schema of <c>mt_*</c> and <c>cf_*</c>.</summary>
    public string Schema { get; }

    /// <summary>Schema of the views.</summary>
    public string ViewsSchema { get; }

    /// <summary>
    /// A live Marten application appends to the same tables. It may draw numbers before its transactions begin and takes no
    /// fence, so a number that is missing is never given up: it is looked for again for ever, seldom when it is old. The node
    /// that does the background work keeps the declaration in the database, which refuses events (SQLSTATE <c>CF411</c>) of whoever
    /// takes no fence while there is none.
    /// </summary>
    public bool SharedWithMarten { get; init; }

    /// <summary>Second half of the store's advisory locks, so stores of one database do not wait for each other.</summary>
    internal int LockKey { get; }

    /// <summary>Channel on which appends of other nodes wake the lease holder.</summary>
    internal string Channel => $"{Schema}_appended";

    private static string Identifier(string name, string parameter) => PlainIdentifier().IsMatch(name)
        ? name
        : throw new ArgumentException($"\"{name}\" is not a plain identifier (a-z, 0-9, _; at most 40).", parameter);

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,39}$")]
    private static partial Regex PlainIdentifier();
}
