using CaseFlow.Domain;

namespace CaseFlow.Api.Commands;

/// <summary>A kind of stream: what it is called in the store and how its events become decision state.</summary>
/// <param name="Alias">Stored alias, for example <c>referral_duty</c>; frozen.</param>
/// <param name="Initial">The state of a stream that does not exist.</param>
/// <param name="Evolve">The fold.</param>
public sealed record StreamOf<TState, TEvent>(string Alias, TState Initial, Func<TState, TEvent, TState> Evolve)
    where TEvent : DomainEvent;
