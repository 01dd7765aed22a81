using System.Globalization;
using CaseFlow.Domain.Courts;

namespace CaseFlow.Domain.Coaching;

/// <summary>An instrument that recovery is measured with (2.9).</summary>
/// <param name="Code">A slug.</param>
/// <param name="Least">Least total.</param>
/// <param name="Most">Highest total.</param>
/// <param name="Items">The single answers, when the licence lets them be kept; null when only score and band are.</param>
/// <param name="Bands">From the lowest total of each band; empty when whoever assessed names the band.</param>
public sealed record Instrument(string Code, int Least, int Most, InstrumentItems? Items, IReadOnlyList<InstrumentBand> Bands)
{
    /// <summary>
    /// Known instruments. Of proprietary ones only score, band and date are kept (2.9). BARC-10: ten items of 1–6, total 10–60, from 47
    /// on sustained remission is likely [S:barc-phenx][S:barc-monash].
    /// </summary>
    public static IReadOnlyList<Instrument> All { get; } =
    [
        new("barc-10", 10, 60, new InstrumentItems(10, 1, 6), [new(10, "below-cut-off"), new(47, "remission-likely")]),
        new("arc", 0, 50, null, []),
        new("rci", 1, 100, null, []),
        new("rec-cap", 0, 1000, null, []),
        new("rant", 1, 4, null, []),
        new("compas", 1, 10, null, []),
        new("ls-cmi", 0, 43, null, []),
        new("oras", 0, 49, null, []),
        new("tcu-drug-screen", 0, 11, null, []),
        new("asam", 0, 4, null, []),
        new("c-ssrs", 0, 6, null, []),
        new("phq-9", 0, 27, new InstrumentItems(9, 0, 3), [new(0, "minimal"), new(5, "mild"), new(10, "moderate"), new(15, "moderately-severe"), new(20, "severe")]),
        new("asi", 0, 9, null, []),
    ];

    public static Instrument? Find(string code) => All.FirstOrDefault(one => one.Code == code);

    /// <returns>The band of a total; null when the instrument has none here.</returns>
    public string? BandOf(int score) => Bands.LastOrDefault(band => band.From <= score)?.Code;

    /// <returns>What is wrong with a total, its band and its answers; null for nothing.</returns>
    internal Rejection? Check(int score, string? band, IReadOnlyList<int>? answers)
    {
        if (score < Least || score > Most)
            return CoachingRejections.ScoreOutOfRange(Least, Most);
        if (band is not null && Bands.Count > 0 && band != BandOf(score))
            return CoachingRejections.BandContradicts();
        return (answers, Items) switch
        {
            (null, _) => null,
            (_, null) => CoachingRejections.AnswersNotKept(),
            ({ } told, { } items) when told.Count != items.Count || told.Any(one => one < items.Least || one > items.Most) =>
                CoachingRejections.AnswersUnsound(items.Count, items.Least, items.Most),
            ({ } told, _) when told.Sum() != score => CoachingRejections.TotalWrong(told.Sum()),
            _ => null,
        };
    }
}

/// <param name="Count">How many answers.</param>
/// <param name="Least">Least answer.</param>
/// <param name="Most">Highest answer.</param>
public sealed record InstrumentItems(int Count, int Least, int Most);

/// <param name="From">Lowest total in it.</param>
/// <param name="Code">A slug.</param>
public sealed record InstrumentBand(int From, string Code);

/// <summary>An instrument was answered.</summary>
/// <param name="AssessmentId">Chosen by who records it.</param>
/// <param name="Score">The total.</param>
/// <param name="Band">Named by who assessed, where the instrument has no bands here.</param>
/// <param name="Answers">The single answers; null for none.</param>
/// <param name="Rules">The court's: which instruments it uses.</param>
public sealed record CompleteAssessment(
    CoachedIn In,
    Guid AssessmentId,
    string Instrument,
    string InstrumentVersion,
    int Score,
    string? Band,
    IReadOnlyList<int>? Answers,
    string AssessedBy,
    CoachingRules Rules,
    When When)
{
    public static Decision<CoachingEvent> Decide(CompleteAssessment command, CoachingState state, DateTimeOffset now)
    {
        if (Sessions.CheckCoached(state) is { } rejection)
            return rejection;
        if (state.Assessments.TryGetValue(command.AssessmentId, out var known))
        {
            return Decision<CoachingEvent>.AlreadyDoneIf<AssessmentCompleted>((_, same) => IsSame(command, known, same, now), CoachingRejections.AssessmentToldDifferently());
        }

        if (Coaching.Instrument.Find(command.Instrument) is not { } instrument || !command.Rules.Instruments.Contains(command.Instrument))
            return CoachingRejections.InstrumentNotUsed(command.Instrument);
        if ((instrument.Check(command.Score, command.Band, command.Answers) ?? command.When.Check(now) ?? command.In.CheckOrder(command.When.OccurredAt)) is { } unsound)
            return unsound;
        return new AssessmentCompleted(
            command.AssessmentId,
            instrument.Code,
            command.InstrumentVersion,
            command.Score,
            instrument.BandOf(command.Score) ?? command.Band,
            command.AssessedBy,
            Kept(command.Answers))
        {
            ParticipationId = command.In.ParticipationId,
            ClientId = command.In.ClientId,
        }.At(command.When);
    }

    /// <summary>Told again after a correction, it says what was corrected, or what is right; which instrument and when was never corrected.</summary>
    private static bool IsSame(CompleteAssessment command, AssessedScore known, SameWords same, DateTimeOffset now)
    {
        var told = known.Told;
        bool Says(int score, string? band, Sealed<string>? items) =>
            command.Score == score && (command.Band is null || command.Band == band) && same(Kept(command.Answers), items);
        return (told.Instrument, told.InstrumentVersion) == (command.Instrument, command.InstrumentVersion) && command.When.Says(told, now)
            && (Says(told.Score, told.Band, told.Items) || Says(known.Score, known.Band, known.Items));
    }

    /// <returns>Single answers as they are kept: sealed, in their order.</returns>
    internal static Sealed<string>? Kept(IReadOnlyList<int>? answers) =>
        Sealing.Seal(answers is null ? null : string.Join(',', answers.Select(one => one.ToString(CultureInfo.InvariantCulture))));
}
