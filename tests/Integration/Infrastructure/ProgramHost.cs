using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace CaseFlow.Integration.Infrastructure;

/// <summary>The whole program inside the test process, started by its command line, on a given database.</summary>
/// <param name="connectionString">Of a <see cref="TestDatabase"/>: its owner, who migrates; the program has its own login.</param>
/// <param name="settings">Further settings, such as <c>("Schema", "other")</c>.</param>
public class ProgramHost(string connectionString, params (string Name, string Value)[] settings)
    : WebApplicationFactory<Program>
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("ConnectionStrings:CaseFlow", TestDatabase.ProgramLoginIn(connectionString));
        builder.UseSetting("ConnectionStrings:Migrations", connectionString);
        builder.UseSetting("Store:RequireLeastPrivilege", "true");
        builder.UseSetting("Urls", "http://127.0.0.1:0"); // 5080 may be in use by the program itself
        foreach (var (name, value) in settings) builder.UseSetting(name, value);
    }
}
