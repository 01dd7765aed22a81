using CaseFlow.Domain;
using CaseFlow.EventStore.Sealing;
using CaseFlow.Projections.Storage;

namespace CaseFlow.Api.Commands;

/// <summary>Compares what is told again with what is recorded. It opens sealed words for that alone: nobody is shown them.</summary>
public sealed class RecordedWords(ISealer? sealer)
{
    /// <summary>Has no keys.</summary>
    public static RecordedWords Unopened { get; } = new(sealer: null);

    public SameWords SameIn(string jurisdiction) => (told, recorded) => (told, recorded) switch
    {
        (null, _) => true,
        (_, null) => false,
        _ => Open(jurisdiction, recorded) is not { } before || before == told.Plain(),
    };

    /// <returns>Null for what cannot be opened any more because its key is destroyed, and where there are no keys.</returns>
    private string? Open(string jurisdiction, Sealed<string> recorded) => recorded.IsPlain ? recorded.Plain() : sealer?.OpenUnlessGone(jurisdiction, recorded);
}
