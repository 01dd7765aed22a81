using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.EventStore.Sealing;
using CaseFlow.Projections.Storage;

namespace CaseFlow.Api.Access;

/// <summary>Opens sealed texts for those who may read them; what nobody can open any more is null.</summary>
public sealed class OpenedTexts(CaseFlowDatabase database)
{
    /// <summary>Fetches the keys of a page's clients at once.</summary>
    public Task PreloadAsync(string jurisdiction, IEnumerable<Guid> clients, CancellationToken cancellation) =>
        database.Sealer.PreloadAsync(jurisdiction, [.. clients.Distinct()], cancellation);

    /// <returns>The text of a sealed token; null for none, or when its key was destroyed.</returns>
    public string? Open(string jurisdiction, string? token)
    {
        if (token is null)
            return null;
        try
        {
            return database.Sealer.Open(jurisdiction, Sealed<string>.FromToken(token));
        }
        catch (SealBrokenException)
        {
            return null;
        }
    }
}
