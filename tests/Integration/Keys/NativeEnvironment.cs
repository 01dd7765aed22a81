using System.Runtime.InteropServices;

namespace CaseFlow.Integration.Keys;

/// <summary>The environment as native libraries see it: .NET keeps its own copy, which they do not.</summary>
internal static class NativeEnvironment
{
    public static void Set(string name, string value) => Set(name, value, 1).ShouldBe(0);

    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Set([MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
}
