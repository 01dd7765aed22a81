using CaseFlow.Api.Identity;

namespace CaseFlow.Api.Demonstration;

/// <summary>What a new reader sees when the program has started: where it is, a token, and lines that work as printed.</summary>
internal static class Greeting
{
    public static string Text(string address, DevelopmentTokens tokens)
    {
        var token = tokens.Issue(County.Agent1, TimeSpan.FromHours(12));
        var root = address.TrimEnd('/');
        return $"""

            CaseFlow answers on {root}
              API page   {root}/docs
              OpenAPI    {root}/openapi/v1.json
              Health     {root}/health/ready

            The demonstration county "demo" is loaded. You are agent-1 for twelve hours:

            export TOKEN={token}

            curl -s {root}/api/referral-compliance -H "Authorization: Bearer $TOKEN"
            curl -s {root}/api/clients/{DemonstrationData.OpenDutyClient}/timeline -H "Authorization: Bearer $TOKEN"
            curl -s {root}/api/referrals -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" -H "Idempotency-Key: first-referral" -d '{Referral()}'

            Others: dotnet run --project src/Api -- token --role agent-supervisor --name supervisor-1 --agency dcc --office dcc-north

            """;
    }

    private static string Referral() =>
        "{\"clientId\":\"" + DemonstrationData.OpenDutyClient + "\",\"dutyId\":\"" + DemonstrationData.OpenDuty
        + "\",\"toAgencyId\":\"" + County.Provider + "\",\"need\":\"recovery-coach\"}";
}
