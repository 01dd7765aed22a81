using CaseFlow.Domain.Privacy;

namespace CaseFlow.Domain.Erasure;

/// <summary>Under whose data key a client's content is sealed: a class that can be erased alone has one of its own.</summary>
public static class SealedClasses
{
    /// <returns>The subject whose key seals content about a client that is recorded under these labels.</returns>
    public static Guid SubjectOf(Guid clientId, IEnumerable<string> labels) =>
        labels.Contains(Label.Juvenile.Code(), StringComparer.Ordinal) ? Juvenile(clientId) : clientId;

    /// <returns>The subjects of a scope, those aside that have ids of their own.</returns>
    public static IReadOnlyList<Guid> SubjectsOf(Guid clientId, ErasureScope scope) =>
        scope == ErasureScope.WholeRecord ? [clientId, Juvenile(clientId)] : [Juvenile(clientId)];

    private static Guid Juvenile(Guid clientId) => NamedId.Of(clientId, "class/juvenile");
}
