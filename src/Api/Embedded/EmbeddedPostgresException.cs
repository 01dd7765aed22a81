namespace CaseFlow.Api.Embedded;

/// <summary>
/// The private database cannot run. The message is one sentence for the person at the keyboard: what is wrong and
/// what to do about it.
/// </summary>
public sealed class EmbeddedPostgresException : Exception
{
    public EmbeddedPostgresException(string message) : base(message)
    {
    }

    public EmbeddedPostgresException(string message, Exception cause) : base(message, cause)
    {
    }
}
