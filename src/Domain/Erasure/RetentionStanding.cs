using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Erasure;

/// <summary>Everything that the end of a record's period depends on, of all records of the person together.</summary>
/// <param name="Age">What the log tells.</param>
/// <param name="LastConsentAt">When a consent last was in effect, UTC; null when there never was one.</param>
/// <param name="BornOn">Null when no birth date is known.</param>
/// <param name="KeptUntil">Until when somebody decided to keep it longer; null for nobody did.</param>
/// <param name="Blocks">What stands in the way, each once.</param>
public sealed record RetentionFacts(
    RecordAge Age, DateTimeOffset? LastConsentAt, DateOnly? BornOn, DateOnly? KeptUntil, IReadOnlyList<RetentionBlock> Blocks);

/// <summary>How a record stands by the policy on keeping: computed when somebody asks, from events and the policy in force.</summary>
/// <param name="EndsOn">The first local day on which it need not be kept any more.</param>
/// <param name="Rule">Which of the rules ends last.</param>
/// <param name="Blocks">What stands in the way whatever the day.</param>
public sealed record RetentionStanding(DateOnly EndsOn, RetentionRule Rule, IReadOnlyList<RetentionBlock> Blocks)
{
    /// <returns>Whether the record may go on a local day.</returns>
    public bool IsProposedOn(DateOnly today) => EndsOn <= today && Blocks.Count == 0;

    /// <summary>
    /// Years are whole: the anniversary itself is still kept. A record without a birth date that was ever under the label JUVENILE is kept as if the
    /// client had been born when something last happened; one of which nothing ever happened counts from when it was last written.
    /// </summary>
    /// <param name="facts">Of all records of the person.</param>
    /// <param name="policy">In force now: who changes a period changes it for what is kept already.</param>
    /// <param name="dayOf">The jurisdiction's local day of an instant.</param>
    public static RetentionStanding Of(RetentionFacts facts, RetentionPolicy policy, Func<DateTimeOffset, DateOnly> dayOf)
    {
        var lastActivity = dayOf(facts.Age.LastActivityAt ?? facts.Age.LastRecordedAt);
        var young = facts.BornOn ?? (facts.Age.IsJuvenile ? lastActivity : null);
        var written = dayOf(facts.LastConsentAt > facts.Age.LastRecordedAt ? facts.LastConsentAt.Value : facts.Age.LastRecordedAt);
        (DateOnly EndsOn, RetentionRule Rule)[] rules =
        [
            (After(lastActivity, policy.RecordYears), RetentionRule.LastActivity),
            (After(written, policy.DocumentationYears), RetentionRule.Documentation),
            .. young is { } born ? [(After(born, policy.MinorUntilAge), RetentionRule.Minor)] : Array.Empty<(DateOnly, RetentionRule)>(),
            .. facts.KeptUntil is { } until ? [(until, RetentionRule.Postponed)] : Array.Empty<(DateOnly, RetentionRule)>(),
        ];
        var last = rules.MaxBy(rule => rule.EndsOn);
        return new RetentionStanding(last.EndsOn, last.Rule, [.. facts.Blocks.Distinct().Order()]);
    }

    public bool Equals(RetentionStanding? other) =>
        other is not null && (EndsOn, Rule) == (other.EndsOn, other.Rule) && Blocks.SequenceEqual(other.Blocks);

    public override int GetHashCode() => HashCode.Combine(EndsOn, Rule, Blocks.Count);

    /// <summary>One who was born on the last of February has the anniversary on the 28th in other years; the day after is the first of March.</summary>
    private static DateOnly After(DateOnly day, int years) => day.AddYears(years).AddDays(1);
}

/// <summary>Which rule a record's period ends by.</summary>
public enum RetentionRule
{
    /// <summary>Years after something last happened with the client.</summary>
    LastActivity,

    /// <summary>Years after something was last written, told or consented to.</summary>
    Documentation,

    /// <summary>Until the client comes of an age.</summary>
    Minor,

    /// <summary>Somebody decided to keep it longer.</summary>
    Postponed,
}

/// <summary>What stands in the way of giving up a record, whatever its age.</summary>
public enum RetentionBlock
{
    LegalHold,

    /// <summary>An order that seals the record says what becomes of it.</summary>
    SealingOrder,

    /// <summary>The client is under supervision.</summary>
    Supervision,

    /// <summary>A duty to refer is open.</summary>
    Duty,

    /// <summary>A referral is on its way, or is being worked with.</summary>
    Referral,

    /// <summary>The client takes part in a court, or was referred to one.</summary>
    Participation,

    /// <summary>A warrant of a court is neither carried out nor quashed, also after the participation ended.</summary>
    Warrant,

    /// <summary>The result of a specimen is awaited, or what the participant says against one is not answered.</summary>
    DrugTest,

    /// <summary>Somebody coaches the client, or the client waits for the next coach.</summary>
    Coaching,

    /// <summary>A consent is in force, or held.</summary>
    Consent,

    /// <summary>The client waits for an answer about the own record.</summary>
    RightsRequest,

    /// <summary>An opening in an emergency is not reviewed.</summary>
    EmergencyReview,

    /// <summary>A breach of the record is not told to those concerned.</summary>
    Breach,

    /// <summary>Entries recorded here by mistake are somebody else's, and their words would go with this record.</summary>
    SomebodyElsesEntries,
}
