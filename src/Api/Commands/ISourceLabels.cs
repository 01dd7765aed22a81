using CaseFlow.Domain;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Api.Commands;

/// <summary>Puts labels on everything that a command records, so that no door can forget them.</summary>
public interface ISourceLabels
{
    /// <returns>The circumstances of a fact with its labels, by where the fact comes from.</returns>
    Task<Func<Circumstances, Filing, Circumstances>> ForAsync(string jurisdiction, CancellationToken cancellation);
}
