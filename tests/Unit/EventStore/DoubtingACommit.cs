using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.Unit.EventStore;

/// <summary>A warning at a commit is taken for a commit that may yet be lost, but for one that the server gives with any.</summary>
public sealed class DoubtingACommit
{
    [Theory]
    [InlineData("WARNING", "SyncRepWaitForLSN", true)]
    [InlineData("WARNING", "exec_stmt_raise", true)]
    [InlineData("WARNING", null, true)]
    [InlineData("WARNING", "GetNewTransactionId", false)]
    [InlineData("WARNING", "GetNewMultiXactId", false)]
    [InlineData("NOTICE", "SyncRepWaitForLSN", false)]
    public void Takes_no_word_of_numbers_that_run_out_for_a_lost_replica(string severity, string? routine, bool doubts) =>
        CommitWatch.Doubts(new PostgresNotice("said in any language", severity, severity, "01000", routine: routine)).ShouldBe(doubts);
}
