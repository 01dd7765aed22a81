namespace CaseFlow.Api.Composition;

/// <summary>
/// Connection strings to one database for the three kinds of work. One login may serve for all: sessions then leave its further
/// rights aside by themselves, which keeps mistakes out, and a login of few rights keeps more out than mistakes.
/// </summary>
/// <param name="Program">A member of both roles of the store, for appends and the background work.</param>
public sealed record DatabaseLogins(string Program)
{
    /// <summary>The owner of the schema, for migrations.</summary>
    public string Migrations { get; init; } = Program;

    /// <summary>A member of the questions' role.</summary>
    public string Questions { get; init; } = Program;

    public static implicit operator DatabaseLogins(string connectionString) => new(connectionString);
}
