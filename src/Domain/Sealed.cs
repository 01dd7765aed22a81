namespace CaseFlow.Domain;

/// <summary>
/// Personal content: plain only between the request and the append, a sealed token from then on. Its text form never
/// shows the content, so it cannot leak through a log or an exception.
/// </summary>
/// <remarks>Bound to tenant, client, event id and member name when it is stored (envelope-and-time, "Sealed members").</remarks>
public sealed record Sealed<T>
    where T : notnull
{
    private readonly T? plain;

    private Sealed(T? plain, string? token, bool isPlain) => (this.plain, Token, IsPlain) = (plain, token, isPlain);

    /// <summary>The stored token; null before it is stored.</summary>
    public string? Token { get; }

    /// <summary>True before the append, false for what was read back.</summary>
    public bool IsPlain { get; }

    /// <summary>Content on its way into the store.</summary>
    public static Sealed<T> Of(T plain) => new(plain, null, isPlain: true);

    /// <summary>Content as it was read from the store.</summary>
    public static Sealed<T> FromToken(string token) => new(default, token, isPlain: false);

    /// <summary>The content before it is sealed.</summary>
    /// <exception cref="InvalidOperationException">It is sealed; only a vault opens it.</exception>
    public T Plain() => IsPlain ? plain! : throw new InvalidOperationException("Sealed content opens only at the vault.");

    public override string ToString() => "[sealed]";
}

public static class Sealing
{
    /// <returns>Sealed content, or null for null.</returns>
    public static Sealed<T>? Seal<T>(T? plain)
        where T : class => plain is null ? null : Sealed<T>.Of(plain);
}
