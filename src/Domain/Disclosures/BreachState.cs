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
        BreachAssessed e => state.With(state.Breaches[e.BreachId].And(e) with { Assessed = e }),
        BreachAssessmentCorrected e => state.With(state.Breaches[e.BreachId].And(e)),
        BreachNotified e => state.With(state.Breaches[e.BreachId].And(e)),
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(BreachState)}."),
    };

    private BreachState With(Breach breach) => new(Breaches.SetItem(breach.Suspected.BreachId, breach));
}

/// <param name="Assessed">When somebody assessed it first; null while nobody has.</param>
/// <param name="Notified">Who was told, in that order.</param>
public sealed record Breach(BreachSuspected Suspected, BreachAssessed? Assessed, ImmutableList<ToldOfBreach> Notified)
{
    /// <summary>How it was assessed and assessed again, the last one holding.</summary>
    public ImmutableList<BreachAssessment> Assessments { get; init; } = [];

    /// <summary>The assessment that holds; null while there is none.</summary>
    public BreachAssessment? Found => Assessments.LastOrDefault();

    /// <summary>Whose record it is about by itself; null for what somebody reported in words.</summary>
    public Guid? OfClient => Suspected.Disclosed?.ClientId ?? Suspected.Opened?.ClientId;

    /// <summary>Whether it is a breach of some records of which the clients are not all told: those that a correction named later are told, too.</summary>
    public bool IsOwedToClients => Found is { Finding: BreachFinding.Breach } found && ToldOf(BreachAudience.Clients, found) is null;

    /// <returns>Whether the assessment was due by an instant and not done in time by then (R63).</returns>
    public bool IsAssessmentLateAt(DateTimeOffset at) => Suspected.AssessBy < (Assessed?.OccurredAt <= at ? Assessed.OccurredAt : at);

    /// <returns>Whether telling the clients was due by an instant and not done in time by then; owed unless assessed as no breach (R63), by the assessment of then.</returns>
    public bool IsNotificationLateAt(DateTimeOffset at)
    {
        var found = Assessments.FindLast(one => one.At <= at);
        if (found is { Finding: not BreachFinding.Breach })
            return false;
        var told = ToldOf(BreachAudience.Clients, found)?.Fact.OccurredAt;
        return Suspected.NotifyBy < (told <= at ? told.Value : at);
    }

    /// <returns>The notice with which all of the records that an assessment names had been told of, one after the other or together; null while some have not.</returns>
    public ToldOfBreach? ToldOf(BreachAudience audience, BreachAssessment? found)
    {
        var untold = (found?.ClientIds ?? []).ToHashSet();
        foreach (var told in Notified.Where(told => told.Fact.Audience == audience))
        {
            untold.ExceptWith(told.ClientIds);
            if (untold.Count == 0)
                return told;
        }

        return null;
    }

    internal Breach And(BreachNotified fact) => this with { Notified = Notified.Add(new(fact, Found?.ClientIds ?? [])) };

    internal Breach And(BreachAssessed fact) => With(new(fact.Finding, fact.ClientIds, fact.Reason, fact.AssessedBy, fact.OccurredAt));

    internal Breach And(BreachAssessmentCorrected fact) => With(new(fact.Finding, fact.ClientIds, fact.Reason, fact.AssessedBy, fact.OccurredAt));

    private Breach With(BreachAssessment assessment) => this with { Assessments = Assessments.Add(assessment) };
}

/// <param name="ClientIds">Whose records; empty when nobody's were.</param>
/// <param name="Reason">Sealed; of a later one, why it is assessed otherwise.</param>
public sealed record BreachAssessment(BreachFinding Finding, IReadOnlyList<Guid> ClientIds, Sealed<string> Reason, string AssessedBy, DateTimeOffset At);

/// <param name="ClientIds">Of whose records it was found to be then.</param>
public sealed record ToldOfBreach(BreachNotified Fact, IReadOnlyList<Guid> ClientIds);
