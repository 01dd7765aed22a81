using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.EventStore.Sealing;
using CaseFlow.Projections.Storage;

namespace CaseFlow.Api.Access;

/// <summary>
/// Opens sealed texts for those who may read them; what nobody can open any more is null, and so is what an order seals from whoever asks.
/// A door names the clients of its answer first (<see cref="PreloadAsync"/>), so that their orders are known before anything is opened.
/// </summary>
public sealed class OpenedTexts(CaseFlowDatabase database, SealedRecords seals, IHttpContextAccessor requests)
{
    private static readonly object ClosedSubjects = new();

    /// <summary>Fetches the keys of a page's clients at once, and what of their records is sealed from the asker.</summary>
    public async Task PreloadAsync(string jurisdiction, IEnumerable<Guid> clients, CancellationToken cancellation)
    {
        Guid[] asked = [.. clients.Distinct()];
        await database.Sealer.PreloadAsync(jurisdiction, asked, cancellation);
        if (requests.HttpContext is not { } request)
            return;
        var sealOf = await seals.OfAllAsync(request.Actor(), asked, cancellation);
        var closed = ClosedIn(request) ?? [];
        closed.UnionWith(asked.SelectMany(client => sealOf(client).ClosedSubjects(client)));
        request.Items[ClosedSubjects] = closed;
    }

    /// <returns>The text of a sealed token; null for none, when its key was destroyed, or when it is sealed from the asker.</returns>
    /// <exception cref="SealBrokenException">It is damaged, or the keys are not here: nobody is told that there is nothing.</exception>
    public string? Open(string jurisdiction, string? token)
    {
        if (token is null)
            return null;
        return requests.HttpContext is { } request && ClosedIn(request)?.Contains(SealedToken.Parse(token).SubjectId) is true
            ? null
            : database.Sealer.OpenUnlessGone(jurisdiction, Sealed<string>.FromToken(token));
    }

    private static HashSet<Guid>? ClosedIn(HttpContext request) => request.Items.TryGetValue(ClosedSubjects, out var closed) ? (HashSet<Guid>)closed! : null;
}
