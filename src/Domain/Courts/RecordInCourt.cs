using CaseFlow.Domain.Clients;
using CaseFlow.Domain.DrugTests;

namespace CaseFlow.Domain.Courts;

/// <summary>
/// Something is recorded of a participation. What holds for all entries is decided here, what holds for one by its line in
/// <see cref="CourtFacts"/>: nothing is recorded by the system itself, and nothing without a person who decided where one must.
/// </summary>
/// <param name="Fact">What is said; the members that all entries have are filled in.</param>
/// <param name="Entry">Those members, as stated.</param>
public sealed record RecordInCourt(ParticipationEvent Fact, CourtEntry Entry, When When)
{
    /// <param name="command">What is asked.</param>
    /// <param name="state">The participation.</param>
    /// <param name="asked">What the decision rests on besides.</param>
    /// <param name="now">The moment of recording.</param>
    public static Decision<ParticipationEvent> Decide(RecordInCourt command, ParticipationState state, CourtQuestion asked, DateTimeOffset now)
    {
        var line = CourtFacts.Of(command.Fact);
        var fact = Filled(command, state, asked);
        if (state.FindEntry(fact.EntryId) is { } told)
        {
            return told.Says(fact)
                ? Decision<ParticipationEvent>.AlreadyDoneIf<ParticipationEvent>(
                    recorded => recorded.EntryId == fact.EntryId && recorded.GetType() == fact.GetType(),
                    (recorded, same) => command.When.Says(recorded, now) && same(fact.Words, recorded.Words),
                    ParticipationRejections.EntryToldDifferently(fact.EntryId))
                : ParticipationRejections.EntryToldDifferently(fact.EntryId);
        }

        if (CheckStage(line, state) is { } early)
            return early;
        if ((command.When.Check(now) ?? CheckTime(line, command.When, state) ?? CheckFile(line, fact, asked) ?? CheckDeciders(line, fact, asked)
            ?? LivingRules.Check(fact, command.When, state, asked.Death)) is { } rejection)
        {
            return rejection;
        }

        if (line.NeedsWords && fact.Words is null && !asked.IsErased)
            return line.WithoutWords();

        var decision = line.Decide(fact, state, asked with { When = command.When, Now = now });
        return decision.Rejection is null && FollowingRules.Check(fact, state, asked) is { } tooEarly ? tooEarly : decision;
    }

    /// <summary>The referral says whose participation it is; everything after it belongs to that.</summary>
    private static ParticipationEvent Filled(RecordInCourt command, ParticipationState state, CourtQuestion asked)
    {
        var (fact, entry) = (command.Fact, command.Entry);
        return (fact with
        {
            ClientId = state.Stage == ParticipationStage.None ? fact.ClientId : state.ClientId,
            ParticipationId = state.Stage == ParticipationStage.None ? fact.ParticipationId : state.ParticipationId,
            Court = state.Court ?? fact.Court,
            CourtVersion = asked.Court.Version,
            EntryId = entry.EntryId,
            File = entry.File,
            OccurredOn = entry.OccurredOn,
            DecidedBy = entry.DecidedBy,
            Words = entry.Words,
        }).At(command.When);
    }

    private static Rejection? CheckStage(CourtFact line, ParticipationState state) => state switch
    {
        _ when line.Stages.Contains(state.Stage) => null,
        { IsOver: true } => ParticipationRejections.Over(state.Stage),
        _ => ParticipationRejections.WrongStage(state.Stage),
    };

    /// <summary>Nothing of a stage happened before that stage began.</summary>
    private static Rejection? CheckTime(CourtFact line, When when, ParticipationState state) => state switch
    {
        { IsOver: true } when !line.IsOfBefore && when.IsBefore(state.EndedAt) => ParticipationRejections.BeforeTheEnd(),
        { Stage: ParticipationStage.Admitted } when line.OnlyAdmitted && when.IsBefore(state.AdmittedAt) => ParticipationRejections.BeforeAdmission(),
        _ when when.IsBefore(state.ReferredAt) => ParticipationRejections.BeforeReferral(),
        _ => null,
    };

    /// <summary>Every entry is in one of the two files (R39).</summary>
    private static Rejection? CheckFile(CourtFact line, ParticipationEvent fact, CourtQuestion asked) =>
        (line.File is { } file && file != fact.File) || !asked.Court.Configuration.Files.Allow(line.Name, fact.File)
            ? ParticipationRejections.FileNotAllowed(fact.File)
            : null;

    private static Rejection? CheckDeciders(CourtFact line, ParticipationEvent fact, CourtQuestion asked)
    {
        if (line.Decider != Decider.Nobody && fact.DecidedBy.Count == 0)
            return ParticipationRejections.DecidedByNobody();
        if (fact.DecidedBy.Distinct().Count() < fact.DecidedBy.Count)
            return ParticipationRejections.DeciderTwice();
        if (fact.DecidedBy.FirstOrDefault(id => !asked.Holds(id, _ => true)) is { } unknown)
            return ParticipationRejections.DeciderUnknown(unknown);
        if (line.Decider == Decider.Judge && !fact.DecidedBy.Any(id => asked.Holds(id, post => post.Role == Role.Judge && IsOfThisCourt(post))))
            return ParticipationRejections.NotByAJudge();
        // A treatment provider, an officer or counsel of the team works elsewhere; who judges and coordinates here is of this court.
        return fact.DecidedBy.FirstOrDefault(id => !asked.Holds(id, post => post.Role is not (Role.Judge or Role.Coordinator) || IsOfThisCourt(post))) is { } stranger
            ? ParticipationRejections.DeciderOfAnotherCourt(stranger)
            : null;

        bool IsOfThisCourt(StaffPost post) => post.AgencyId == asked.Court.Configuration.AgencyId;
    }
}

/// <summary>What every entry of a participation has, as whoever records states it.</summary>
/// <param name="OccurredOn">The court's local day.</param>
/// <param name="DecidedBy">Staff ids; empty for nobody.</param>
public sealed record CourtEntry(Guid EntryId, Privacy.CourtFile File, DateOnly OccurredOn, IReadOnlyList<string> DecidedBy, Sealed<string>? Words);

/// <summary>What a decision about a participation rests on besides the participation.</summary>
/// <param name="Court">The court's configuration in force when it happened.</param>
/// <param name="PostsOf">Where somebody worked when it happened; of a day, every post that they had in it. Empty for somebody unknown.</param>
/// <param name="KnowsAgency">Whether the directory has an agency.</param>
/// <param name="SourcesWithoutConsent">Providers whose data no consent in force lets reach the team (R38).</param>
public sealed record CourtQuestion(
    CourtInForce Court, Func<string, IReadOnlyList<StaffPost>> PostsOf, Func<string, bool> KnowsAgency, IReadOnlyList<string> SourcesWithoutConsent)
{
    /// <summary>Local days of the participation's tests that count as positive by the court's rules, as they stand now (R32).</summary>
    public IReadOnlyList<DateOnly> PositiveDays { get; init; } = [];

    /// <summary>What was done last about a test of theirs, for an entry that ends it; null for nothing.</summary>
    public ActOnATest? LastTested { get; init; }

    /// <summary>What was done first about a test of theirs, for an admission; null for nothing.</summary>
    public ActOnATest? FirstTested { get; init; }

    /// <summary>The end of the person's last time in the court, for a referral: the next begins after it. Null for none.</summary>
    public ParticipationEvent? EndBefore { get; init; }

    /// <summary>Another time of the person's in the court is open, for an entry that takes an end back: one at a time.</summary>
    public bool TakesPartAgain { get; init; }

    /// <summary>The record's content was erased: an end is recorded without words, because none can be kept any more.</summary>
    public bool IsErased { get; init; }

    /// <summary>The participant's death, as far as any of the person's records knows; null while they live, and for entries that do not ask (<see cref="LivingRules"/>).</summary>
    public KnownDeath? Death { get; init; }

    /// <summary>When it happened; filled in by the decision.</summary>
    public When When { get; init; }

    /// <summary>The moment of recording; filled in by the decision.</summary>
    public DateTimeOffset Now { get; init; }

    /// <returns>Whether somebody worked then at a post that fits: where the time is known to the day and they had several in it, it was that one.</returns>
    public bool Holds(string staffId, Predicate<StaffPost> fits) => PostsOf(staffId).Any(post => !post.Departed && fits(post));
}
