using System.Diagnostics;
using System.Security.Cryptography;
using CaseFlow.Api.Keys;
using CaseFlow.EventStore.Sealing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Net.Pkcs11Interop.Common;

namespace CaseFlow.Integration.Keys;

/// <summary>A place that holds a wrapping key, made for one test.</summary>
public abstract class KeyPlace : IAsyncDisposable
{
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("wrapping").FullName;

    public static async Task<KeyPlace> CreateAsync(string kind) => kind switch
    {
        "file" => new KeyFile(),
        "variable" => new KeyVariable(),
        "pkcs11" => await SoftwareModule.CreateAsync(),
        "transit" => await TransitService.StartAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public abstract IWrappingKey Open();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        System.IO.Directory.Delete(Directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    private sealed class KeyFile : KeyPlace
    {
        public override IWrappingKey Open() => FileWrappingKey.OpenOrCreate(Path.Combine(Directory, "wrapping.key"));
    }

    private sealed class KeyVariable : KeyPlace
    {
        private readonly string variable = $"CASEFLOW_TEST_KEY_{Guid.NewGuid():N}";

        public KeyVariable() => Environment.SetEnvironmentVariable(variable, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

        public override IWrappingKey Open() => SecretWrappingKey.FromVariable(variable);

        public override ValueTask DisposeAsync()
        {
            Environment.SetEnvironmentVariable(variable, null);
            return base.DisposeAsync();
        }
    }
}

/// <summary>
/// A real PKCS#11 token in software (SoftHSM 2, Debian package <c>softhsm2</c>), with an AES key that cannot be taken out. Without
/// it the tests fail and say what to install: they are never skipped.
/// </summary>
public sealed class SoftwareModule : KeyPlace
{
    private const string Pin = "1234";

    /// <summary>The library reads its settings once in a process: all tokens of the tests lie in one place.</summary>
    private static readonly string Tokens = MakePlaceForTokens();

    private string token = $"caseflow-{Guid.NewGuid():N}"[..30];
    private readonly List<Pkcs11WrappingKey> opened = [];

    private static string Library => new[]
    {
        "/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
        "/usr/lib64/softhsm/libsofthsm.so", "/opt/homebrew/lib/softhsm/libsofthsm2.so",
    }.FirstOrDefault(File.Exists) ?? throw new InvalidOperationException(
        "The PKCS#11 tests need SoftHSM 2 and do not run without it: apt-get install softhsm2 (.ci/run does so).");

    /// <summary>What the token is called.</summary>
    public string Label => token;

    /// <summary>What tells it from others that are called so.</summary>
    public string Serial { get; private set; } = "";

    public static Task<SoftwareModule> CreateAsync() => LabelledAsync(null);

    /// <param name="label">Of another token that is there; null for one of its own.</param>
    public static async Task<SoftwareModule> LabelledAsync(string? label)
    {
        var (module, library) = (new SoftwareModule(), Library);
        module.token = label ?? module.token;
        var start = new ProcessStartInfo("softhsm2-util", ["--init-token", "--free", "--label", module.token, "--so-pin", "5678", "--pin", Pin])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["SOFTHSM2_CONF"] = Path.Combine(Tokens, "softhsm2.conf");
        using var made = Process.Start(start)!;
        var told = await made.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        made.ExitCode.ShouldBe(0, told);
        module.MakeKey(library);
        return module;
    }

    public override IWrappingKey Open() => Open(token: null);

    public Pkcs11WrappingKey Open(string? token = null, string key = "clients", string pin = Pin)
    {
        var made = new Pkcs11WrappingKey(Library, token ?? this.token, key, pin);
        opened.Add(made);
        return made;
    }

    public override ValueTask DisposeAsync()
    {
        foreach (var key in opened)
            key.Dispose();
        return base.DisposeAsync();
    }

    private void MakeKey(string path)
    {
        using var library = Pkcs11WrappingKey.Load(path);
        var slot = library.GetSlotList(SlotsType.WithTokenPresent).Where(slot => slot.GetTokenInfo().Label.TrimEnd() == token)
            .First(slot => !HasKey(slot));
        Serial = slot.GetTokenInfo().SerialNumber.Trim();
        using var session = slot.OpenSession(SessionType.ReadWrite);
        session.Login(CKU.CKU_USER, Pin);
        var attributes = session.Factories.ObjectAttributeFactory;
        session.GenerateKey(session.Factories.MechanismFactory.Create(CKM.CKM_AES_KEY_GEN),
        [
            attributes.Create(CKA.CKA_CLASS, CKO.CKO_SECRET_KEY), attributes.Create(CKA.CKA_KEY_TYPE, CKK.CKK_AES), attributes.Create(CKA.CKA_VALUE_LEN, 32UL),
            attributes.Create(CKA.CKA_LABEL, "clients"), attributes.Create(CKA.CKA_TOKEN, true), attributes.Create(CKA.CKA_SENSITIVE, true),
            attributes.Create(CKA.CKA_EXTRACTABLE, false), attributes.Create(CKA.CKA_ENCRYPT, true), attributes.Create(CKA.CKA_DECRYPT, true),
        ]);
    }

    private static bool HasKey(Net.Pkcs11Interop.HighLevelAPI.ISlot slot)
    {
        using var session = slot.OpenSession(SessionType.ReadOnly);
        session.Login(CKU.CKU_USER, Pin);
        return session.FindAllObjects([session.Factories.ObjectAttributeFactory.Create(CKA.CKA_LABEL, "clients")]).Count > 0;
    }

    private static string MakePlaceForTokens()
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("softhsm").FullName;
        var tokens = System.IO.Directory.CreateDirectory(Path.Combine(directory, "tokens")).FullName;
        var settings = Path.Combine(directory, "softhsm2.conf");
        File.WriteAllText(settings, $"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n");
        NativeEnvironment.Set("SOFTHSM2_CONF", settings);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => System.IO.Directory.Delete(directory, recursive: true);
        return directory;
    }
}

/// <summary>
/// A small transit engine over HTTP, as Vault answers: <c>encrypt</c> and <c>decrypt</c> with associated data, a token, versions
/// in the ciphertext, 400 for what is not its own.
/// </summary>
public sealed class TransitService : KeyPlace
{
    private readonly WebApplication app;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, byte[]> keys = new();
    private readonly List<TransitWrappingKey> opened = [];

    private TransitService()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapPost("/v1/{mount}/{operation}/clients", (string mount, string operation, Asked asked, HttpRequest request) =>
        {
            var key = keys.GetOrAdd(mount, _ => RandomNumberGenerator.GetBytes(32));
            if (request.Headers["X-Vault-Token"] != "the token")
                return Results.Json(new { errors = new[] { "permission denied" } }, statusCode: 403);
            try
            {
                return operation == "encrypt"
                    ? Results.Json(new { data = new { ciphertext = "vault:v1:" + Convert.ToBase64String(Envelope.Seal(key, asked.Plaintext, asked.Associated_data)) } })
                    : Results.Json(new { data = new { plaintext = Convert.ToBase64String(Envelope.Open(key, Convert.FromBase64String(asked.Ciphertext!["vault:v1:".Length..]), asked.Associated_data)) } });
            }
            catch (Exception broken) when (broken is CryptographicException or FormatException or ArgumentOutOfRangeException)
            {
                return Results.Json(new { errors = new[] { "cipher: message authentication failed" } }, statusCode: 400);
            }
        });
    }

    private sealed record Asked(byte[]? Plaintext, string? Ciphertext, byte[]? Associated_data);

    public static async Task<TransitService> StartAsync()
    {
        var service = new TransitService();
        await service.app.StartAsync(TestContext.Current.CancellationToken);
        return service;
    }

    public override IWrappingKey Open() => Open("the token");

    /// <param name="token">The program's.</param>
    /// <param name="mount">Each has a key of its own, and all of one name.</param>
    /// <param name="host">What the service is called.</param>
    public TransitWrappingKey Open(string token, string mount = "transit", string host = "127.0.0.1")
    {
        var made = new TransitWrappingKey(new Uri($"{app.Urls.First().Replace("127.0.0.1", host)}/v1/{mount}"), "clients", token);
        opened.Add(made);
        return made;
    }

    public Task StopAsync() => app.StopAsync(TestContext.Current.CancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        foreach (var key in opened)
            key.Dispose();
        await base.DisposeAsync();
    }
}
