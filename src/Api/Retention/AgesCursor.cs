using System.Globalization;
using CaseFlow.Api.Asking;
using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Api.Retention;

/// <summary>Where a page of what is kept too long ended: by when something last happened, then by id.</summary>
internal sealed class AgesCursor(ViewCursors cursors)
{
    /// <exception cref="Http.UnreadableRequestException">The cursor is not one of this question.</exception>
    public (DateTimeOffset LastActivity, Guid Id)? After(AskedPage page, Actor actor) => page.After(cursors, actor) is { } cursor
        ? (DateTimeOffset.Parse(cursor.SortValues[0], CultureInfo.InvariantCulture), Guid.Parse(cursor.Key))
        : null;

    public string? Next(AskedPage page, Actor actor, RecordAge age, Guid id) => page.Next(
        cursors, actor, new ViewCursor(ViewInstant.Now, [(age.LastActivityAt ?? age.LastRecordedAt).ToString("O", CultureInfo.InvariantCulture)], $"{id}"));
}
