namespace CaseFlow.Domain.DrugTests;

/// <summary>
/// What a participant contests, and whether it has had an answer: a confirmation or a correction of the result that came after it. Which came after which is told by
/// their times, whichever was entered last; of times that leave it open, the one entered last came last.
/// </summary>
/// <param name="Contested">When the result was contested, the last time; null for never.</param>
/// <param name="Confirmed">When it was confirmed, as that stands; null while it is not.</param>
/// <param name="Corrected">When it was corrected, the last time; null for never.</param>
/// <param name="IsOpen">Contested, and without an answer.</param>
public sealed record ResultDispute(ResultTime? Contested, ResultTime? Confirmed, ResultTime? Corrected, bool IsOpen)
{
    /// <summary>What the confirmation found; null while there is none.</summary>
    public TestOutcome? OfConfirmation { get; init; }

    /// <summary>What the last correction says is right; null while there is none.</summary>
    public TestOutcome? OfCorrection { get; init; }

    /// <summary>A correction was entered after what was contested last, and is not of before it: an answer, also where their times leave it open.</summary>
    public bool IsCorrectedSince { get; init; }

    /// <summary>The last correction was entered after the confirmation: of times that leave it open, it came last.</summary>
    public bool IsCorrectionLast { get; init; }

    /// <returns>What counts as the result when the confirmation is of that time: whichever of the two came last. Null where the confirmation is not known.</returns>
    internal TestOutcome? OutcomeOf(ResultTime confirmed) =>
        confirmed.IsBefore(Corrected) || (IsCorrectionLast && Corrected?.IsBefore(confirmed) is false) ? OfCorrection : OfConfirmation;

    /// <returns>The dispute after a fact about the test; the one it got after any that says nothing of it.</returns>
    public static ResultDispute? After(ResultDispute? dispute, DrugTestEvent fact)
    {
        var known = dispute ?? new ResultDispute(null, null, null, IsOpen: false);
        return fact switch
        {
            DrugTestContested => known.ContestedAt(ResultTime.Of(fact)),
            DrugTestConfirmed e => known with
            {
                Confirmed = ResultTime.Of(fact),
                OfConfirmation = e.Outcome,
                IsOpen = known.StaysOpen(ResultTime.Of(fact)),
                IsCorrectionLast = false,
            },
            DrugTestCorrected { Corrects: TestStatement.Confirmed, CorrectedOccurredAt: { } right } e => known.ConfirmedAt(new ResultTime(right, e.CorrectedOccurredUntil)),
            DrugTestCorrected { Outcome: { } right } => known with
            {
                Corrected = Later(known.Corrected, ResultTime.Of(fact)),
                OfCorrection = ResultTime.Of(fact).IsBefore(known.Corrected) ? known.OfCorrection : right,
                IsOpen = known.StaysOpen(ResultTime.Of(fact)),
                IsCorrectedSince = known.IsCorrectedSince || !ResultTime.Of(fact).IsBefore(known.Contested),
                IsCorrectionLast = known.IsCorrectionLast || !ResultTime.Of(fact).IsBefore(known.Corrected),
            },
            // A result that was none of its is contested by nobody.
            DrugTestCorrected { Corrects: TestStatement.Result, Outcome: null } => null,
            DrugTestClosed => dispute is null ? null : known with { IsOpen = false },
            _ => dispute,
        };
    }

    private ResultDispute ContestedAt(ResultTime at) => this with
    {
        Contested = Later(Contested, at),
        IsOpen = IsOpen || !(at.IsBefore(Confirmed) || at.IsBefore(Corrected)),
        IsCorrectedSince = IsCorrectedSince && at.IsBefore(Corrected),
    };

    /// <summary>A confirmation that was of another time may be none of an answer, or be one after all. What a correction answered stays so.</summary>
    private ResultDispute ConfirmedAt(ResultTime right) => this with
    {
        Confirmed = right,
        IsOpen = Contested is { } contested && !contested.IsBefore(Corrected) && !IsCorrectedSince && (right.IsBefore(contested) || (IsOpen && !contested.IsBefore(right))),
    };

    private bool StaysOpen(ResultTime answer) => IsOpen && answer.IsBefore(Contested);

    private static ResultTime Later(ResultTime? known, ResultTime at) => known is { } before && at.IsBefore(before) ? before : at;
}
