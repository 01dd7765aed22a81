namespace CaseFlow.Domain.Privacy;

/// <summary>An entry of a client's record.</summary>
/// <param name="EventId">The event that wrote it.</param>
/// <param name="Kind">Stored name of the event.</param>
/// <param name="OverdoseId">The overdose it tells of, when it is the report of one or an agent's knowing.</param>
/// <param name="Labels">Codes it was recorded with.</param>
public sealed record LabelledEntry(Guid EventId, string Kind, Guid? OverdoseId, IReadOnlyList<string> Labels);

/// <summary>Somebody who may corrects the law that an entry is under.</summary>
/// <param name="Labels">Codes, all that are to hold.</param>
public sealed record CorrectLabels(Guid ClientId, LabelledEntry Entry, IReadOnlyList<string> Labels, Sealed<string> Reason)
{
    public static Decision<LabelEvent> Decide(CorrectLabels command, LabelsState state, DateTimeOffset now)
    {
        if (command.Labels.Contains(Privacy.Labels.LawEnforcementSensitive, StringComparer.Ordinal))
            return LabelRejections.LawEnforcementSensitive();
        if (command.Labels.Any(code => Privacy.Labels.Find(code) is null))
            return LabelRejections.Unknown();

        var labels = Privacy.Labels.Of(command.Labels);
        if (labels.Contains(Label.CourtOpen) && labels.Contains(Label.CourtConfidential))
            return LabelRejections.CourtFilesBoth();

        var before = state.Corrected.GetValueOrDefault(command.Entry.EventId) ?? command.Entry.Labels;
        var after = labels.ToCodes();
        return before.SequenceEqual(after)
            ? Decision<LabelEvent>.AlreadyDone
            : new EventLabelsCorrected(command.Entry.EventId, command.Entry.Kind, command.Entry.OverdoseId, before, after, command.Reason)
            {
                ClientId = command.ClientId,
            }.At(now);
    }
}
