namespace CaseFlow.Api.CommandLine;

/// <summary>
/// Thrown by a command that cannot do its work. The message is one sentence for the person at the keyboard, printed
/// without a stack trace; the program ends with <see cref="ExitCodes.CannotRun"/>.
/// </summary>
public sealed class CannotRunException(string message, Exception? cause = null) : Exception(message, cause);
