namespace CaseFlow.EventStore.Postgres;

/// <summary>What became of a plain append in its transaction.</summary>
/// <param name="IsTaken">False: it is to be written on its own; it may even have been committed already.</param>
/// <param name="Appended">Null when taken: its stream was not where it should have been.</param>
internal readonly record struct SharedOutcome(bool IsTaken, AppendResult.Appended? Appended)
{
    public static SharedOutcome NotTaken => default;

    public static SharedOutcome Refused => new(true, null);
}
