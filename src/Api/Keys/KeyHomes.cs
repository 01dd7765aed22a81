using CaseFlow.Api.Settings;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.Api.Keys;

/// <summary>The keys outside the database, as the settings name them.</summary>
public static class KeyHomes
{
    /// <exception cref="InvalidSettingException">A named key cannot be used.</exception>
    public static KeyHome Open(CaseFlowSettings settings)
    {
        IReadOnlyList<IWrappingKey> previous = settings.PreviousKeys.IsSet ? [Open("PreviousKeys", settings.PreviousKeys)] : [];
        var current = Open("Keys", settings.Keys);
        return settings.Keys.Directory is null && current is FileWrappingKey file
            ? KeyHome.Beside(file, previous)
            : KeyHome.In(settings.Keys.Directory ?? Path.GetDirectoryName(KeySettings.DevelopmentFile)!, current, previous);
    }

    private static IWrappingKey Open(string section, KeySettings keys)
    {
        try
        {
            return keys switch
            {
                { Variable: { } variable } => SecretWrappingKey.FromVariable(variable),
                { Pkcs11Library: { } library } => new Pkcs11WrappingKey(library, keys.Pkcs11Token!, keys.Pkcs11Key!, Secret(keys.Pkcs11PinVariable)),
                { ServiceAddress: { } address } => new TransitWrappingKey(new Uri(address), keys.ServiceKey!, Secret(keys.ServiceTokenVariable)),
                _ => FileWrappingKey.OpenOrCreate(keys.File ?? KeySettings.DevelopmentFile),
            };
        }
        catch (InvalidOperationException unusable)
        {
            throw new InvalidSettingException(section, $"names a key that cannot be used ({unusable.Message.TrimEnd('.')})", "put it right");
        }
    }

    private static string Secret(string variable) => Environment.GetEnvironmentVariable(variable)!;
}
