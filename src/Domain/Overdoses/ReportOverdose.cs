namespace CaseFlow.Domain.Overdoses;

/// <summary>Somebody reports an overdose, perhaps of a person not yet identified.</summary>
public sealed record ReportOverdose(
    Guid OverdoseId,
    Guid? ClientId,
    OverdoseDetails Details,
    OverdoseSource Source,
    string? ReportedByAgency,
    Sealed<string>? Note,
    When When)
{
    private const int MostDoses = 50;

    public static Decision<OverdoseEvent> Decide(ReportOverdose command, OverdoseState state, DateTimeOffset now)
    {
        if (state.AsReported is { } told)
        {
            var asked = (command.ClientId, command.When.OccurredAt, command.Details);
            return asked == (told.ClientId, told.OccurredAt, told.Details) || asked == (state.ClientId, state.OccurredAt, state.Details)
                ? Decision<OverdoseEvent>.AlreadyDoneIf<OverdoseReported>((fact, same) => fact.Source == command.Source && same(command.Note, fact.Note), OverdoseRejections.ReportedDifferently(command.OverdoseId))
                : OverdoseRejections.ReportedDifferently(command.OverdoseId);
        }

        if ((command.When.Check(now) ?? Check(command.Details)) is { } rejection)
            return rejection;

        return new OverdoseReported(command.Details, command.Source, command.ReportedByAgency, command.Note)
        {
            OverdoseId = command.OverdoseId,
            ClientId = command.ClientId,
        }.At(command.When);
    }

    /// <returns>What is wrong with the details themselves, or null.</returns>
    internal static Rejection? Check(OverdoseDetails details) => details switch
    {
        { NaloxoneDoses: < 0 or > MostDoses } => OverdoseRejections.DosesOutOfRange(),
        { NaloxoneGiven: false, NaloxoneDoses: > 0 } => OverdoseRejections.DosesWithoutNaloxone(),
        _ => details.Substances.FirstOrDefault(code => !Substances.Codes.Contains(code)) is { } unknown
            ? OverdoseRejections.SubstanceUnknown(unknown)
            : null,
    };
}
