namespace CaseFlow.Api.CommandLine;

/// <summary>How a command ends, for scripts.</summary>
public static class ExitCodes
{
    public const int Done = 0;

    /// <summary>Something the program needs is not there: a port, a server, a file.</summary>
    public const int CannotRun = 1;

    /// <summary>A setting or the command line is wrong.</summary>
    public const int WrongUse = 2;

    /// <summary>The import ended; some of its rows were rejected, all others are in.</summary>
    public const int SomeRejected = 3;

    /// <summary>A view is not what its events say.</summary>
    public const int Different = 4;

    /// <summary>The stored history is not the one that was sealed.</summary>
    public const int Broken = 5;

    /// <summary>Keys were rotated, all but some that are damaged.</summary>
    public const int SomeDamaged = 6;

    /// <summary>Ctrl+C.</summary>
    public const int Interrupted = 130;
}
