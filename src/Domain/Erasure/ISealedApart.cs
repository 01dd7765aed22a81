namespace CaseFlow.Domain.Erasure;

/// <summary>An event about a client whose sealed members must outlive the client's key.</summary>
public interface ISealedApart
{
    /// <summary>Whose data key seals them.</summary>
    Guid SealedUnder { get; }
}
