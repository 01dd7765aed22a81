namespace CaseFlow.Domain.Administration;

// Storage format: renaming a type or a member here breaks every decision already recorded.

/// <summary>What administrators decided about views that stood still and messages that were not taken. One stream per jurisdiction.</summary>
public abstract record ProjectionEvent : DomainEvent;

/// <summary>A view that stood still was tried again at once.</summary>
/// <param name="View">The view's name.</param>
/// <param name="ViewVersion">The view's version.</param>
/// <param name="EventId">The event that it stood before; null when a whole page could not be applied.</param>
/// <param name="Position">That event's log position.</param>
/// <param name="Reason">Why now. Never personal content.</param>
public sealed record ViewResumed(string View, int ViewVersion, Guid? EventId, long Position, string Reason) : ProjectionEvent;

/// <summary>A view passes over one event, at this version of the view alone.</summary>
/// <param name="View">The view's name.</param>
/// <param name="ViewVersion">The view's version; a later one tries the event again.</param>
/// <param name="EventId">The event.</param>
/// <param name="Position">Its log position.</param>
/// <param name="Reason">Why the view may do without it. Never personal content.</param>
public sealed record ViewEventSkipped(string View, int ViewVersion, Guid EventId, long Position, string Reason) : ProjectionEvent;

/// <summary>A message to another system that had failed was tried again at once, also when it had been set aside.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="Attempts">How often it had failed.</param>
/// <param name="Reason">Why now. Never personal content.</param>
public sealed record MessageTriedAgain(Guid MessageId, string Topic, int Attempts, string Reason) : ProjectionEvent;
