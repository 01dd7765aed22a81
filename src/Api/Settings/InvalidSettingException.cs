namespace CaseFlow.Api.Settings;

/// <summary>A setting has a value that cannot work. The message names the setting and how to put it right.</summary>
public sealed class InvalidSettingException(string setting, string problem, string remedy)
    : Exception($"{setting} {problem}: {remedy}.")
{
    public string Setting { get; } = setting;
}
