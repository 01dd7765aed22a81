using System.Collections.Immutable;
using System.Diagnostics;

namespace CaseFlow.Domain.Disclosures;

/// <summary>A jurisdiction's suspected breaches, and where each stands.</summary>
public sealed record BreachState(ImmutableDictionary<Guid, Breach> Breaches)
{
    public static readonly BreachState Initial = new(ImmutableDictionary<Guid, Breach>.Empty);

    public Breach? Find(Guid breachId) => Breaches.GetValueOrDefault(breachId);

    public static BreachState Evolve(BreachState state, BreachEvent fact) => fact switch
    {
        BreachSuspected e => state.With(new Breach(e, Assessed: null, [])),
        BreachAssessed e => state.With(state.Breaches[e.BreachId] with { Assessed = e }),
        BreachNotified e => state.With(state.Breaches[e.BreachId].And(e)),
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(BreachState)}."),
    };

    private BreachState With(Breach breach) => new(Breaches.SetItem(breach.Suspected.BreachId, breach));
}

/// <param name="Assessed">Null while nobody has assessed it.</param>
/// <param name="Notified">Who was told, in that order.</param>
public sealed record Breach(BreachSuspected Suspected, BreachAssessed? Assessed, ImmutableList<BreachNotified> Notified)
{
    /// <summary>Whose record it is about by itself; null for what somebody reported in words.</summary>
    public Guid? OfClient => Suspected.Disclosed?.ClientId ?? Suspected.Opened?.ClientId;

    /// <returns>Whether the assessment was due by an instant and not done in time by then (R63).</returns>
    public bool IsAssessmentLateAt(DateTimeOffset at) => Suspected.AssessBy < (Assessed?.OccurredAt <= at ? Assessed.OccurredAt : at);

    /// <returns>Whether telling the clients was due by an instant and not done in time by then; owed unless assessed as no breach (R63).</returns>
    public bool IsNotificationLateAt(DateTimeOffset at)
    {
        if (Assessed is { Finding: not BreachFinding.Breach } found && found.OccurredAt <= at)
            return false;
        var told = Notified.Find(one => one.Audience == BreachAudience.Clients)?.OccurredAt;
        return Suspected.NotifyBy < (told <= at ? told.Value : at);
    }

    internal Breach And(BreachNotified fact) => this with { Notified = Notified.Add(fact) };
}
