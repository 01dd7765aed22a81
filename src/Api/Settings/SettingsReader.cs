using System.Text.RegularExpressions;
using CaseFlow.Api.Embedded;
using Npgsql;

namespace CaseFlow.Api.Settings;

/// <summary>
/// Binds and checks the settings; nothing else reads configuration. A mistake is an
/// <see cref="InvalidSettingException"/>.
/// </summary>
public static partial class SettingsReader
{
    /// <summary>The sources in their order, without those that the web host would add.</summary>
    public static IConfigurationRoot Load(string[] arguments)
    {
        try
        {
            return new ConfigurationBuilder()
                .SetBasePath(AppContext.BaseDirectory)
                .AddJsonFile("appsettings.json", optional: true)
                .AddEnvironmentVariables()
                .AddEnvironmentVariables("ASPNETCORE_")
                .AddEnvironmentVariables("CASEFLOW__")
                .AddCommandLine(arguments)
                .Build();
        }
        catch (InvalidDataException broken)
        {
            throw new InvalidSettingException(
                "appsettings.json",
                $"cannot be read ({broken.InnerException?.Message ?? broken.Message})",
                "correct the JSON");
        }
    }

    public static CaseFlowSettings Read(IConfiguration configuration)
    {
        var defaults = new CaseFlowSettings();
        var settings = defaults with
        {
            ConnectionString = Given(configuration.GetConnectionString("CaseFlow")),
            MigrationConnectionString = Given(configuration.GetConnectionString("Migrations")),
            QuestionConnectionString = Given(configuration.GetConnectionString("Questions")),
            Schema = Given(configuration["Schema"]) ?? defaults.Schema,
            Urls = Given(configuration["Urls"]) ?? defaults.Urls,
            Embedded = Bind<EmbeddedPostgresSettings>(configuration, "Embedded"),
            Authentication = Bind<AuthenticationSettings>(configuration, "Authentication"),
            Keys = Bind<KeySettings>(configuration, "Keys"),
            PreviousKeys = Bind<KeySettings>(configuration, "PreviousKeys"),
            Store = Bind<StoreSettings>(configuration, "Store"),
            Ledger = Bind<LedgerSettings>(configuration, "Ledger"),
            Notices = Bind<NoticeSettings>(configuration, "Notices"),
            Limits = Bind<LimitSettings>(configuration, "Limits"),
        };
        Check(settings);
        return settings;
    }

    private static void Check(CaseFlowSettings settings)
    {
        CheckConnections(settings);
        if (!SchemaName().IsMatch(settings.Schema))
        {
            throw new InvalidSettingException(
                "Schema",
                $"is '{settings.Schema}'",
                "use lower-case letters, digits and underscores, a letter first, at most 63");
        }
        foreach (var address in settings.Addresses)
        {
            // Kestrel also takes http://+:80 and http://*:80, which are no URIs.
            if (!Address().IsMatch(address))
            {
                throw new InvalidSettingException(
                    "Urls",
                    $"contains '{address}'",
                    "write addresses such as http://localhost:5080, separated by semicolons");
            }
        }
        if (settings.Embedded.Port is not (0 or (>= 1024 and <= 65535)))
        {
            throw new InvalidSettingException(
                "Embedded:Port", $"is {settings.Embedded.Port}", "use 1024 to 65535, or 0 for any free port");
        }
        if (settings.Limits.RequestBurst < 1 || settings.Limits.RequestsPerSecond < 1)
            throw new InvalidSettingException("Limits", "let nobody in", "use whole numbers from 1");
        if (settings.Ledger.CheckpointSeconds < 1)
            throw new InvalidSettingException("Ledger:CheckpointSeconds", $"is {settings.Ledger.CheckpointSeconds}", "use a whole number from 1");
        CheckAuthentication(settings.Authentication);
        if (settings.Notices.Webhook is { } webhook && !IsSafeAddress(webhook))
            throw new InvalidSettingException("Notices:Webhook", $"is '{webhook}'", "use the receiver's https address");
        CheckKeys("Keys", settings.Keys);
        CheckKeys("PreviousKeys", settings.PreviousKeys);
    }

    private static void CheckKeys(string section, KeySettings keys)
    {
        if (keys.Kinds > 1)
            throw new InvalidSettingException(section, "names several wrapping keys", "use one of File, Variable, Pkcs11Library, ServiceAddress");
        if (keys.File is { } file && !File.Exists(file))
        {
            throw new InvalidSettingException(
                $"{section}:File",
                $"names {file}, which does not exist",
                "correct the path, or leave it out to use a development key");
        }
        if (keys.Pkcs11Library is not null && (keys.Pkcs11Token is null || keys.Pkcs11Key is null))
            throw new InvalidSettingException($"{section}:Pkcs11Library", "is not enough", $"set {section}:Pkcs11Token and {section}:Pkcs11Key, too");
        if (keys.ServiceAddress is { } service && (!IsSafeAddress(service) || keys.ServiceKey is null))
        {
            throw new InvalidSettingException(
                $"{section}:ServiceAddress", $"is '{service}'", $"use the transit engine's https address, and set {section}:ServiceKey");
        }
        foreach (var variable in keys.SecretVariables().Where(name => string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(name))))
            throw new InvalidSettingException(section, $"needs the environment variable {variable}", "set it where the program is started");
    }

    private static void CheckConnections(CaseFlowSettings settings)
    {
        (string Name, string? Value)[] further =
            [("ConnectionStrings:Migrations", settings.MigrationConnectionString), ("ConnectionStrings:Questions", settings.QuestionConnectionString)];
        if (settings.ConnectionString is { } program)
            CheckConnection("ConnectionStrings:CaseFlow", program);
        foreach (var (name, value) in further)
        {
            if (value is null) continue;
            if (settings.ConnectionString is null)
            {
                throw new InvalidSettingException(
                    name, "is set without ConnectionStrings:CaseFlow", "set both, or neither to run the program's own database");
            }
            CheckConnection(name, value);
        }
    }

    private static void CheckConnection(string setting, string connection)
    {
        const string remedy = "write it as Host=…;Port=5432;Database=…;Username=…;Password=…";
        try
        {
            if (string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(connection).Host))
                throw new InvalidSettingException(setting, "names no Host", remedy);
        }
        catch (ArgumentException broken)
        {
            // Only the first line: the message must not repeat a password.
            var reason = broken.Message.Split('\n', '(')[0].TrimEnd('.', ' ');
            throw new InvalidSettingException(setting, $"cannot be read ({reason})", remedy);
        }
    }

    private static void CheckAuthentication(AuthenticationSettings authentication)
    {
        if (authentication.Authority is { } authority)
        {
            if (!IsSafeAddress(authority))
            {
                throw new InvalidSettingException(
                    "Authentication:Authority", $"is '{authority}'", "use the issuer's https address");
            }
            if (string.IsNullOrWhiteSpace(authentication.Audience))
            {
                throw new InvalidSettingException(
                    "Authentication:Audience", "is missing", "name the audience that the issuer's tokens carry");
            }
        }
        else if (authentication.Audience is not null)
        {
            throw new InvalidSettingException(
                "Authentication:Authority",
                "is missing although an audience is set",
                "name the issuer, or remove Authentication:Audience");
        }
    }

    /// <summary>Encrypted on its way, or not on its way at all.</summary>
    private static bool IsSafeAddress(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    /// <summary>A section's values over its defaults. A name that the section does not have is a mistake.</summary>
    private static T Bind<T>(IConfiguration configuration, string name) where T : class, new()
    {
        var section = configuration.GetSection(name);
        var known = typeof(T).GetProperties().Where(property => property.CanWrite).ToDictionary(
            property => property.Name, StringComparer.OrdinalIgnoreCase);
        var bound = new T();
        foreach (var value in section.GetChildren())
        {
            if (!known.TryGetValue(value.Key, out var property))
            {
                throw new InvalidSettingException(
                    value.Path, "is not a setting", $"{name} has {string.Join(", ", known.Keys)}");
            }
            if (Given(value.Value) is null) continue;
            try
            {
                property.SetValue(bound, value.Get(property.PropertyType));
            }
            catch (InvalidOperationException)
            {
                var expected = property.PropertyType == typeof(bool) ? "true or false" : "a whole number";
                throw new InvalidSettingException(value.Path, $"is '{value.Value}'", $"use {expected}");
            }
        }
        return bound;
    }

    /// <summary>An empty value is how an environment variable says "not set".</summary>
    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,62}$")]
    private static partial Regex SchemaName();

    [GeneratedRegex(@"^https?://([^/\s:]+|\[[0-9a-f:.]+\])(:\d{1,5})?/?$", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
