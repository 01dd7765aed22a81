using CaseFlow.Api.Embedded;

namespace CaseFlow.Api.Settings;

/// <summary>
/// Every setting of the program, bound once and checked at the start (<see cref="SettingsReader"/>). Sources, later
/// ones win: <c>appsettings.json</c>, environment variables (<c>Urls</c>, <c>Embedded__Port</c>), the same with the
/// prefix <c>CASEFLOW__</c>, and the command line (<c>--Embedded:Port=5433</c>).
/// </summary>
public sealed record CaseFlowSettings
{
    /// <summary><c>ConnectionStrings:CaseFlow</c>. Absent: the program runs its own PostgreSQL.</summary>
    public string? ConnectionString { get; init; }

    /// <summary><c>ConnectionStrings:Migrations</c>: the login that owns the schema. Absent: the program's own.</summary>
    public string? MigrationConnectionString { get; init; }

    /// <summary><c>ConnectionStrings:Questions</c>: a login that may ask only. Absent: the program's own, which asks in that role.</summary>
    public string? QuestionConnectionString { get; init; }

    /// <summary>The schema that holds every table.</summary>
    public string Schema { get; init; } = "caseflow";

    /// <summary>The addresses to answer on, separated by semicolons.</summary>
    public string Urls { get; init; } = "http://localhost:5080";

    public EmbeddedPostgresSettings Embedded { get; init; } = new();
    public AuthenticationSettings Authentication { get; init; } = new();
    public KeySettings Keys { get; init; } = new();

    /// <summary>The section <c>PreviousKeys</c>: what wrapped until now, while <c>keys rotate</c> has not come to its end.</summary>
    public KeySettings PreviousKeys { get; init; } = new();

    public StoreSettings Store { get; init; } = new();
    public LedgerSettings Ledger { get; init; } = new();
    public NoticeSettings Notices { get; init; } = new();
    public LimitSettings Limits { get; init; } = new();

    public IReadOnlyList<string> Addresses =>
        Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>The section <c>Authentication</c>: who issues the tokens that the program accepts.</summary>
public sealed record AuthenticationSettings
{
    /// <summary>The OpenID Connect issuer. Absent: tokens of the command <c>token</c>, for development.</summary>
    public string? Authority { get; init; }

    /// <summary>The audience that the issuer's tokens must name.</summary>
    public string? Audience { get; init; }

    /// <summary>Signs and checks development tokens; made on first use. Of no effect with an authority.</summary>
    public string DevelopmentKeyFile { get; init; } =
        Path.Combine(ProgramDirectories.Data, "keys", "development-token.key");
}

/// <summary>
/// The section <c>Keys</c>: what the clients' keys are wrapped with, one of a file, an environment variable, a PKCS#11 token or a
/// key service. Secrets are never settings: a setting names the environment variable that holds one.
/// </summary>
public sealed record KeySettings
{
    /// <summary>The file with the wrapping key. Absent, and nothing else set: <see cref="DevelopmentFile"/>, made on first use.</summary>
    public string? File { get; init; }

    /// <summary>Name of the environment variable with the wrapping key, 32 bytes in base64.</summary>
    public string? Variable { get; init; }

    /// <summary>The PKCS#11 library of a hardware module; with it the token, the key in it and the PIN's variable.</summary>
    public string? Pkcs11Library { get; init; }

    /// <summary>Label of the token; of several that are labelled alike, the label, a full stop and the serial number of one.</summary>
    public string? Pkcs11Token { get; init; }

    /// <summary>Label of the AES key in the token.</summary>
    public string? Pkcs11Key { get; init; }

    /// <summary>Name of the environment variable with the token's PIN.</summary>
    public string Pkcs11PinVariable { get; init; } = "CASEFLOW_PKCS11_PIN";

    /// <summary>The mount of a transit engine (Vault, OpenBao), for example <c>https://vault.county.example/v1/transit</c>.</summary>
    public string? ServiceAddress { get; init; }

    /// <summary>Name of the key there.</summary>
    public string? ServiceKey { get; init; }

    /// <summary>Name of the environment variable with the service's token.</summary>
    public string ServiceTokenVariable { get; init; } = "CASEFLOW_KEY_SERVICE_TOKEN";

    /// <summary>
    /// Where the key ring and the list of erasures are, outside the database and its backups, shared by all nodes. Absent: beside
    /// the key file.
    /// </summary>
    public string? Directory { get; init; }

    /// <summary>Whether any kind of wrapping key is named.</summary>
    public bool IsSet => Kinds > 0;

    /// <summary>How many kinds of wrapping key are named.</summary>
    internal int Kinds => new[] { File, Variable, Pkcs11Library, ServiceAddress }.Count(kind => kind is not null);

    /// <returns>The environment variables that the named key needs.</returns>
    internal IEnumerable<string> SecretVariables()
    {
        if (Variable is not null)
            yield return Variable;
        if (Pkcs11Library is not null)
            yield return Pkcs11PinVariable;
        if (ServiceAddress is not null)
            yield return ServiceTokenVariable;
    }

    public static string DevelopmentFile => Path.Combine(ProgramDirectories.Data, "keys", "wrapping.key");
}

/// <summary>The section <c>Store</c>: how the tables are used.</summary>
public sealed record StoreSettings
{
    /// <summary>A live Marten application appends to the same tables: event numbers that are missing are waited for without end.</summary>
    public bool SharedWithMarten { get; init; }

    /// <summary>The program does not start with a database login that may do more than it has to; otherwise it only warns.</summary>
    public bool RequireLeastPrivilege { get; init; }
}

/// <summary>The section <c>Ledger</c>: what of the integrity ledger is outside the database, shared by all nodes.</summary>
public sealed record LedgerSettings
{
    /// <summary>The file with the key that signs checkpoints; made on first use. Absent: beside the key ring.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The file that every signed checkpoint is added to. Best on another machine's disk. Absent: beside the key ring.</summary>
    public string? CheckpointFile { get; init; }

    /// <summary>The file that says which key followed which. Absent: beside the key, with <c>s.jsonl</c> behind its name.</summary>
    public string? SuccessionFile { get; init; }

    /// <summary>How often a history that has grown is signed.</summary>
    public int CheckpointSeconds { get; init; } = 60;
}

/// <summary>The section <c>Notices</c>: who is told of them outside.</summary>
public sealed record NoticeSettings
{
    /// <summary>The address that each notice is posted to, as JSON. Absent: notices are only recorded and shown.</summary>
    public string? Webhook { get; init; }
}

/// <summary>The section <c>Limits</c>: how many requests one caller may send to one node.</summary>
public sealed record LimitSettings
{
    /// <summary>Requests that one actor (or one address without a token) may send at once.</summary>
    public int RequestBurst { get; init; } = 400;

    /// <summary>Requests per second that one actor may keep up.</summary>
    public int RequestsPerSecond { get; init; } = 50;
}
