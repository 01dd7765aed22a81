using System.Diagnostics;

namespace CaseFlow.Api.Embedded;

/// <summary>
/// A sleeping process that stops the server when no program uses it any more. It waits for <c>running.lock</c>
/// exclusively, which the system grants when the last program that held it shared has ended, also by kill -9.
/// It lives in a session of its own, so that neither Ctrl+C nor the end of a terminal reaches it.
/// Every program starts one; the first to get the lock stops the server, the others find nothing to do. While it
/// stops the server it holds the lock, so a program that starts meanwhile waits and then starts the server again.
/// </summary>
internal static class Watchdog
{
    // $1 pg_ctl, $2 cluster, $3 data root, $4 "delete" or "keep". Killed servers leave postmaster.pid behind.
    private const string StopServer = """
        if [ -f "$2/postmaster.pid" ]; then "$1" stop -D "$2" -m fast -w -t 60; fi
        if [ "$4" = delete ]; then cd / && rm -rf "$3"; fi
        """;

    private const string WaitWithPerl = """
        use Fcntl ":flock"; use POSIX "setsid";
        setsid(); open(my $lock, "<", shift) or die $!; flock($lock, LOCK_EX) or die $!; exit(system(@ARGV) >> 8);
        """;

    public static Process Start(
        DataRoot root, ServerBinaries binaries, ServerUser user, EmbeddedPostgresSettings settings)
    {
        string[] stop =
        [
            "/bin/sh", "-c", StopServer, "sh", binaries.PgCtl, root.Cluster, root.FullPath,
            settings.DeleteWhenStopped ? "delete" : "keep",
        ];
        string[] wait = (Shell.Find("setsid"), Shell.Find("flock"), Shell.Find("perl")) switch
        {
            ({ } setsid, { } flock, _) => [setsid, flock, root.RunningLock, .. stop],
            (_, _, { } perl) => [perl, "-e", WaitWithPerl, root.RunningLock, .. stop],
            _ => throw new EmbeddedPostgresException(
                "The embedded database needs the programs setsid and flock (package util-linux), or perl."),
        };
        // Its output goes nowhere: a pipe held open would keep whoever waits for this program's output waiting.
        string[] quiet = ["-c", "trap '' INT HUP TERM; exec \"$@\" </dev/null >/dev/null 2>&1", "sh", .. wait];
        return Shell.Start(Shell.Describe("/bin/sh", quiet, root.FullPath, user));
    }
}
