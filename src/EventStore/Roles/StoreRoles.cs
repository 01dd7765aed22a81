using CaseFlow.EventStore.Postgres;

namespace CaseFlow.EventStore.Roles;

/// <summary>
/// The roles of the database. They belong to the whole server and hold no login of their own: logins are members of them, and
/// every session of a pool works in the role that its work needs, whatever its login may do beyond it.
/// </summary>
public static class StoreRoles
{
    /// <summary>Appends, gives positions, moves and rebuilds views, across tenants. Changes and deletes nothing that was recorded.</summary>
    public const string Program = "caseflow_program";

    /// <summary>Answers questions: reads what belongs to the tenant that is set in its transaction, and nothing while none is set.</summary>
    public const string Reader = "caseflow_reader";

    /// <summary>The setting that names the tenant of a transaction.</summary>
    public const string TenantSetting = "caseflow.tenant";

    /// <summary>Makes the roles where they are missing, and the session's own role a member of them. Safe to repeat.</summary>
    public static string CreateSql => new StoreSql(new EventStoreOptions())["Roles.Statements.create_roles"];
}

/// <summary>The roles are not there, or not the login's to use, and the login may not change that.</summary>
public sealed class RolesMissingException(string login, Exception cause) : Exception(
    $"The database login \"{login}\" may not create the roles {StoreRoles.Program} and {StoreRoles.Reader}, or is not a member of them: "
    + "have an administrator of the server run deploy/roles.sql first.", cause);

/// <summary>The schema is older than the program, and the login may not change it.</summary>
public sealed class SchemaBehindException(string login, IEnumerable<int> missing) : Exception(
    $"The schema lacks the steps {string.Join(", ", missing)}, and the login \"{login}\" does not own it: "
    + "run \"migrate\" with a login that does, or set ConnectionStrings:Migrations.");
