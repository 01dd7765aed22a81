namespace CaseFlow.EventStore.Views;

/// <summary>The view does not show what was asked for yet: temporary, ask again.</summary>
public sealed class ViewBehindException : Exception
{
    internal ViewBehindException(string view, ViewStanding standing)
        : base($"View \"{view}\" has come to position {standing.Position}, which is not what was asked for.") => TriedAgainIn = standing.TriedAgainIn;

    internal ViewBehindException(string view, int? stored, int wanted)
        : base($"The rows of view \"{view}\" are of version {stored}, and this program reads those of version {wanted}.") => IsOfAnotherVersion = true;

    /// <summary>The view stands still before an event, and how long until it is tried again; null when it is only late.</summary>
    public TimeSpan? TriedAgainIn { get; }

    /// <summary>Its rows are of a version that this program does not read: they are being built anew, or it is to be replaced itself.</summary>
    public bool IsOfAnotherVersion { get; }
}
