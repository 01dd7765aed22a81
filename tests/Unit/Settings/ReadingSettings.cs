using CaseFlow.Api.Settings;
using Microsoft.Extensions.Configuration;

namespace CaseFlow.Unit.Settings;

public sealed class ReadingSettings
{
    [Fact]
    public void Nothing_configured_means_an_embedded_database_on_port_5080()
    {
        var settings = Read();

        settings.ConnectionString.ShouldBeNull();
        settings.Schema.ShouldBe("caseflow");
        settings.Addresses.ShouldBe(["http://localhost:5080"]);
        settings.Embedded.Durable.ShouldBeTrue();
        settings.Authentication.Authority.ShouldBeNull();
        settings.Store.SharedWithMarten.ShouldBeFalse();
        settings.Notices.Webhook.ShouldBeNull();
    }

    [Fact]
    public void Values_are_bound()
    {
        var settings = Read(
            ("ConnectionStrings:CaseFlow", "Host=db;Database=caseflow"), ("Urls", "http://+:80; https://[::1]:443"),
            ("Embedded:Port", "5433"), ("Embedded:UseNpm", "false"),
            ("Authentication:Authority", "https://login.example"), ("Authentication:Audience", "caseflow"),
            ("Store:SharedWithMarten", "true"), ("Store:RequireLeastPrivilege", "true"),
            ("ConnectionStrings:Migrations", "Host=db;Username=owner"), ("ConnectionStrings:Questions", "Host=db;Username=asks"), ("Notices:Webhook", "https://county.example/notices"));

        settings.ConnectionString.ShouldBe("Host=db;Database=caseflow");
        settings.Addresses.ShouldBe(["http://+:80", "https://[::1]:443"]);
        settings.Embedded.Port.ShouldBe(5433);
        settings.Embedded.UseNpm.ShouldBeFalse();
        settings.Authentication.Audience.ShouldBe("caseflow");
        settings.Store.SharedWithMarten.ShouldBeTrue();
        settings.Store.RequireLeastPrivilege.ShouldBeTrue();
        settings.MigrationConnectionString.ShouldBe("Host=db;Username=owner");
        settings.QuestionConnectionString.ShouldBe("Host=db;Username=asks");
        settings.Notices.Webhook.ShouldBe("https://county.example/notices");
    }

    [Fact]
    public void A_wrapping_key_is_of_one_kind_and_its_secret_is_never_a_setting()
    {
        const string variable = "CASEFLOW_TEST_NO_SUCH_VARIABLE";
        Should.Throw<InvalidSettingException>(() => Read(("Keys:Variable", variable))).Message.ShouldContain(variable);
        Should.Throw<InvalidSettingException>(() => Read(("Keys:Variable", variable), ("Keys:ServiceAddress", "https://vault.county.example/v1/transit")))
            .Message.ShouldContain("several");
        Should.Throw<InvalidSettingException>(() => Read(("Keys:Pkcs11Pin", "1234"))).Message.ShouldContain("is not a setting");
        Should.Throw<InvalidSettingException>(() => Read(
            ("Keys:Pkcs11Library", "/lib.so"), ("Keys:Pkcs11Token", "county"), ("Keys:Pkcs11Key", "clients"), ("Keys:Pkcs11PinVariable", variable)))
            .Message.ShouldContain(variable);
    }

    [Theory]
    [InlineData("ConnectionStrings:CaseFlow", "Database=caseflow")]
    [InlineData("ConnectionStrings:CaseFlow", "no connection string")]
    [InlineData("ConnectionStrings:Migrations", "Host=db;Database=caseflow")]
    [InlineData("ConnectionStrings:Questions", "Host=db;Database=caseflow")]
    [InlineData("Store:RequireLeastPrivilege", "perhaps")]
    [InlineData("Schema", "Case-Flow")]
    [InlineData("Urls", "localhost:5080")]
    [InlineData("Embedded:Port", "80")]
    [InlineData("Embedded:Durable", "perhaps")]
    [InlineData("Embedded:DataDir", "/tmp/x")]
    [InlineData("Authentication:Authority", "http://login.example")]
    [InlineData("Keys:File", "/no/such/file")]
    [InlineData("PreviousKeys:File", "/no/such/file")]
    [InlineData("Keys:Pkcs11Library", "/usr/lib/softhsm/libsofthsm2.so")]
    [InlineData("Keys:ServiceAddress", "http://vault.county.example/v1/transit")]
    [InlineData("Store:SharedWithMarten", "perhaps")]
    [InlineData("Notices:Webhook", "http://county.example/notices")]
    [InlineData("Notices:Webhook", "county.example")]
    public void A_value_that_cannot_work_is_named_with_its_remedy(string setting, string value)
    {
        var refusal = Should.Throw<InvalidSettingException>(() => Read((setting, value)));

        refusal.Setting.ShouldBe(setting);
        refusal.Message.ShouldStartWith(setting);
        refusal.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void An_issuer_and_its_audience_belong_together()
    {
        Should.Throw<InvalidSettingException>(() => Read(("Authentication:Authority", "https://login.example")))
            .Setting.ShouldBe("Authentication:Audience");
        Should.Throw<InvalidSettingException>(() => Read(("Authentication:Audience", "caseflow")))
            .Setting.ShouldBe("Authentication:Authority");
    }

    [Fact]
    public void A_broken_connection_string_is_not_repeated()
    {
        Should.Throw<InvalidSettingException>(() => Read(("ConnectionStrings:CaseFlow", "Hst=db;Password=open sesame")))
            .Message.ShouldNotContain("sesame");
        var further = Should.Throw<InvalidSettingException>(() => Read(
            ("ConnectionStrings:CaseFlow", "Host=db"), ("ConnectionStrings:Migrations", "Hst=db;Password=open sesame")));
        further.Setting.ShouldBe("ConnectionStrings:Migrations");
        further.Message.ShouldNotContain("sesame");
    }

    private static CaseFlowSettings Read(params (string Name, string Value)[] values) =>
        SettingsReader.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(values.ToDictionary(value => value.Name, value => (string?)value.Value)).Build());
}
