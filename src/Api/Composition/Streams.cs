using CaseFlow.Api.Commands;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Api.Composition;

/// <summary>Every kind of stream: its stored alias and its fold. One list.</summary>
public static class Streams
{
    /// <summary>Notices decide nothing, so nothing folds them.</summary>
    public const string NoticeAlias = "notice";

    public static StreamOf<DirectoryState, DirectoryEvent> Directory { get; } = new("directory", DirectoryState.Initial, DirectoryState.Evolve);

    public static StreamOf<PolicyState, PolicyEvent> Policies { get; } = new("policies", PolicyState.Initial, PolicyState.Evolve);

    public static StreamOf<OverdoseState, OverdoseEvent> Overdose { get; } = new("overdose", OverdoseState.Initial, OverdoseState.Evolve);

    public static StreamOf<DutyState, DutyEvent> Duty { get; } = new("referral_duty", DutyState.Initial, DutyState.Evolve);
}
