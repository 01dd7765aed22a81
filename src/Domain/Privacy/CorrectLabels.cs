namespace CaseFlow.Domain.Privacy;

/// <summary>An entry of a client's record.</summary>
/// <param name="EventId">The event that wrote it.</param>
/// <param name="Kind">Stored name of the event.</param>
/// <param name="OverdoseId">The overdose it tells of, when it is the report of one or an agent's knowing.</param>
/// <param name="Labels">Codes it was recorded with.</param>
public sealed record LabelledEntry(Guid EventId, string Kind, Guid? OverdoseId, IReadOnlyList<string> Labels)
{
    /// <summary>It is of a kind, and by somebody, that a private note can be of (<see cref="PrivateNotes.CanBe"/>).</summary>
    public bool CanBePrivate { get; init; }

    /// <summary>Labels that the law of its source puts on records (<see cref="Labelling.OfSource"/>).</summary>
    public IReadOnlyList<string> OfSource { get; init; } = [];

    /// <summary>Labels that an order binds whatever has them to.</summary>
    public IReadOnlyList<string> Bound { get; init; } = [];
}

/// <summary>
/// Somebody who may corrects the law that an entry is under. It makes nobody's private note of what is none, because that takes it from those who watch
/// over the record, too; nor does it put under a label that keeps it from those who watch, from the client's copy, or for good, what its source has not under it; and it takes
/// nothing out of a class that an order stands about.
/// </summary>
/// <param name="Labels">Codes, all that are to hold.</param>
public sealed record CorrectLabels(Guid ClientId, LabelledEntry Entry, IReadOnlyList<string> Labels, Sealed<string> Reason)
{
    /// <summary>By the privacy officer, who decides of what the source's law does not say.</summary>
    public bool ByPrivacyOfficer { get; init; }

    public static Decision<LabelEvent> Decide(CorrectLabels command, LabelsState state, DateTimeOffset now)
    {
        if (command.Labels.Contains(Privacy.Labels.LawEnforcementSensitive, StringComparer.Ordinal))
            return LabelRejections.LawEnforcementSensitive();
        if (command.Labels.Any(code => Privacy.Labels.Find(code) is null))
            return LabelRejections.Unknown();

        var labels = Privacy.Labels.Of(command.Labels);
        if (labels.Contains(Label.CourtOpen) && labels.Contains(Label.CourtConfidential))
            return LabelRejections.CourtFilesBoth();

        var before = state.LabelsOf(command.Entry.EventId, command.Entry.Labels);
        var after = labels.ToCodes();
        if (before.SequenceEqual(after))
        {
            return state.Corrected.ContainsKey(command.Entry.EventId)
                ? Decision<LabelEvent>.AlreadyDoneIf<EventLabelsCorrected>(
                    fact => fact.CorrectedEventId == command.Entry.EventId, (fact, same) => fact.Labels.SequenceEqual(after) && same(command.Reason, fact.Reason))
                : Decision<LabelEvent>.AlreadyDone;
        }

        if (after.Except(before).Contains(Label.WorkerPrivate.Code()) && !command.Entry.CanBePrivate)
            return LabelRejections.CannotBePrivate();
        // What it was recorded with may be put back by whoever took it off.
        var foreign = after.Except(before).Except(command.Entry.OfSource).Except(command.Entry.Labels);
        if (!command.ByPrivacyOfficer && foreign.Any(code => Withholds(code) || command.Entry.Bound.Contains(code, StringComparer.Ordinal)))
            return LabelRejections.NotOfSource();
        if (before.Intersect(command.Entry.Bound).Except(after).Any())
            return LabelRejections.BoundByOrder();
        return new EventLabelsCorrected(command.Entry.EventId, command.Entry.Kind, command.Entry.OverdoseId, before, after, command.Reason)
        {
            ClientId = command.ClientId,
        }.At(now);
    }

    /// <summary>What is criminal justice information, or of victim services, is not for the privacy officer or not for the auditor, and not in the client's copy.</summary>
    private static bool Withholds(string code) => code == Label.Cji.Code() || code == Label.Victim.Code();
}
