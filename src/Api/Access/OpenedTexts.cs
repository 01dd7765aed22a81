using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.EventStore.Sealing;
using CaseFlow.Projections.Storage;

namespace CaseFlow.Api.Access;

/// <summary>
/// Opens sealed texts for those who may read them; what is gone is null, and so is what an order seals from whoever asks. What is damaged says so in its own
/// place, and takes nothing else from whoever reads the page, the list or the copy that it stands on (docs/decisions/0059).
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

    /// <summary>What is read in the place of a text that was altered. What was erased reads as nothing, so the two are told apart.</summary>
    public const string Damaged = "(damaged: cannot be opened any more)";

    /// <returns>The text of a sealed token, to be shown; <see cref="Damaged"/> for one that is; null for none, when its key was destroyed, or when it is sealed from the asker.</returns>
    /// <exception cref="KeysUnreadableException">The keys are not here: nobody is told that there is nothing.</exception>
    public string? Open(string jurisdiction, string? token)
    {
        try
        {
            return OpenIntact(jurisdiction, token);
        }
        catch (SealDamagedException)
        {
            return Damaged;
        }
    }

    /// <summary>The same to be looked for: nobody is found by what nobody can read.</summary>
    public string? OpenReadable(string jurisdiction, string? token) => SealedJson.Readable(() => OpenIntact(jurisdiction, token)!);

    /// <summary>The same to be compared with, or gone by.</summary>
    /// <exception cref="SealDamagedException">It is damaged: nothing is compared with it.</exception>
    public string? OpenIntact(string jurisdiction, string? token)
    {
        if (token is null)
            return null;
        return requests.HttpContext is { } request && SealedToken.TryParse(token) is { } parsed && ClosedIn(request)?.Contains(parsed.SubjectId) is true
            ? null
            : database.Sealer.OpenUnlessGone(jurisdiction, Sealed<string>.FromToken(token));
    }

    private static HashSet<Guid>? ClosedIn(HttpContext request) => request.Items.TryGetValue(ClosedSubjects, out var closed) ? (HashSet<Guid>)closed! : null;
}
