using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Caseload;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Coaching;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Consents;
using CaseFlow.Api.CourtPackets;
using CaseFlow.Api.Courts;
using CaseFlow.Api.CourtViews;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Documentation;
using CaseFlow.Api.DrugTests;
using CaseFlow.Api.Embedded;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Identity;
using CaseFlow.Api.Integrity;
using CaseFlow.Api.Keys;
using CaseFlow.Api.Overdoses;
using CaseFlow.Api.Privacy;
using CaseFlow.Api.Profile;
using CaseFlow.Api.ReferralCompliance;
using CaseFlow.Api.ReferralInbox;
using CaseFlow.Api.Referrals;
using CaseFlow.Api.RejectedLines;
using CaseFlow.Api.Replays;
using CaseFlow.Api.Retention;
using CaseFlow.Api.Settings;
using CaseFlow.Api.Supervision;
using CaseFlow.Api.Telemetry;
using CaseFlow.Api.Timeline;
using CaseFlow.Api.Touchpoints;
using CaseFlow.Api.Treatment;
using CaseFlow.Api.Workforce;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Access;
using CaseFlow.EventStore.Processes;
using CaseFlow.EventStore.Sealing;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Api.Composition;

/// <summary>What stands behind the doors, registered by hand.</summary>
public static class CaseFlowServices
{
    /// <summary>The composed database of a program's settings.</summary>
    /// <param name="settings">Schema and key file.</param>
    /// <param name="logins">Of the configured server, or of the embedded one.</param>
    /// <param name="log">Told of views that stop.</param>
    public static CaseFlowDatabase OpenCaseFlow(this CaseFlowSettings settings, DatabaseLogins logins, ILogger log)
    {
        var keys = KeyHomes.Open(settings);
        var database = new CaseFlowDatabase(
            logins,
            keys,
            new EventStoreOptions(settings.Schema) { SharedWithMarten = settings.Store.SharedWithMarten },
            failed => log.LogError(
                "View {View} stopped for {Tenant} before position {Position}: {ErrorType}: {Error}",
                failed.View, failed.TenantId, failed.Position, failed.ErrorType, failed.Error),
            settings.Notices.Webhook is not null,
            LedgerHomes.Open(settings.Ledger, keys));
        database.Sealer.Damaged += (jurisdiction, damage) => DamageFound.Say(log, jurisdiction, damage);
        return database;
    }

    public static IServiceCollection AddCaseFlow(this IServiceCollection services, CaseFlowSettings settings, OpenDatabase database)
    {
        services.AddSingleton(provider => settings.OpenCaseFlow(
            database.Logins, provider.GetRequiredService<ILoggerFactory>().CreateLogger("CaseFlow.Views")));
        services.AddSingleton(provider => provider.GetRequiredService<CaseFlowDatabase>().Store);
        services.AddSingleton(provider => (IMarkKeys)provider.GetRequiredService<CaseFlowDatabase>().MarkKeys);
        services.AddSingleton<ISealer>(provider => provider.GetRequiredService<CaseFlowDatabase>().Sealer);
        services.AddSingleton(provider => new ViewInstants(provider.GetRequiredService<IEventStore>()));
        services.AddSingleton<JurisdictionTime>();
        services.AddSingleton<ISourceLabels, SourceLabels>();
        services.AddSingleton<ClientAccess>();
        services.AddSingleton<IdentityPolicies>();
        services.AddSingleton<ClientDesk>();
        services.AddSingleton<ProfileDesk>();
        services.AddSingleton<ProfileReading>();
        services.AddSingleton<SearchDesk>();
        services.AddSingleton<ConsentDesk>();
        services.AddSingleton<ConsentReading>();
        services.AddSingleton<RememberedStreams>();
        services.AddSingleton<Persons>();
        services.AddSingleton<PersonDeaths>();
        services.AddSingleton<MistakenEntries>();
        services.AddSingleton<IdentityDesk>();
        services.AddSingleton<PersonSights>();
        services.AddSingleton<ProtectedSources>();
        services.AddSingleton<Eraser>();
        services.AddSingleton<RejectedLinesEraser>();
        services.AddSingleton<HistoryDesk>();
        services.AddSingleton<ProgramReplays>();
        services.AddSingleton<ErasureDesk>();
        services.AddSingleton<AccessExpiryDesk>();
        services.AddSingleton<RetentionReading>();
        services.AddSingleton<RetentionDesk>();
        services.AddSingleton<RetentionLists>();
        services.AddSingleton<OverdoseRetention>();
        services.AddSingleton<OverdoseRetentionDesk>();
        services.AddSingleton<RejectedLinesRetention>();
        services.AddSingleton<SupervisionDesk>();
        services.AddSingleton<TouchpointDesk>();
        services.AddSingleton<CourtConsents>();
        services.AddSingleton<CourtProviders>();
        services.AddSingleton<CourtPlaces>();
        services.AddSingleton<CourtLists>();
        services.AddSingleton<PersonParticipations>();
        services.AddSingleton<FiledEntries>();
        services.AddSingleton<ParticipationDesk>();
        services.AddSingleton<OverdoseDesk>();
        services.AddSingleton<OverdoseSights>();
        services.AddSingleton<TestSelections>();
        services.AddSingleton<BreachSuspicions>();
        services.AddSingleton<DayPools>();
        services.AddSingleton<SelectionReading>();
        services.AddSingleton<TestDesk>();
        services.AddSingleton<CoachingDesk>();
        services.AddSingleton<CoachChanges>();
        services.AddSingleton<TreatmentDesk>();
        services.AddSingleton<WorkforceDesk>();
        services.AddSingleton<CertificationReading>();
        services.AddSingleton<CoachCertifications>();
        services.AddSingleton<StandingOrders>();
        services.AddSingleton<ContactStandings>();
        services.AddSingleton<DutyDesk>();
        services.AddSingleton<ReceivingDesk>();
        services.AddSingleton<IAccessLog>(provider => provider.GetRequiredService<CaseFlowDatabase>().AccessLog);
        services.AddSingleton<AccessDesk>();
        services.AddSingleton<AskDesk>();
        services.AddSingleton<StreamMoments>();
        services.AddSingleton<PlacedStreams>();
        services.AddSingleton<DisclosureDesk>();
        services.AddSingleton<Accountings>();
        services.AddSingleton<ClientMatters>();
        services.AddSingleton<EmergencyAccesses>();
        services.AddSingleton(provider => new RecordedWords(provider.GetRequiredService<CaseFlowDatabase>().Sealer));
        services.AddSingleton<AmendedEntries>();
        services.AddSingleton<Amendments>();
        services.AddSingleton<RightsDesk>();
        services.AddSingleton<RecordCopies>();
        services.AddSingleton<ReadingRights>();
        services.AddSingleton<ClientConsents>();
        services.AddSingleton<EndsInTheLog>();
        services.AddSingleton<RecordSights>();
        services.AddSingleton<CourtTimes>();
        services.AddSingleton<EntrySights>();
        services.AddSingleton<BesideEntries>();
        services.AddSingleton<TimelineSights>();
        services.AddSingleton<MovedContacts>();
        services.AddSingleton<PersonLines>();
        services.AddSingleton<QueuedPersons>();
        services.AddSingleton<Engagements>();
        services.AddSingleton<DutySights>();
        services.AddSingleton<InboxSights>();
        services.AddSingleton<OwnContacts>();
        services.AddSingleton<RedisclosureNotices>();
        services.AddSingleton<CourtMoments>();
        services.AddSingleton<ParticipantReading>();
        services.AddSingleton<OpenFiles>();
        services.AddSingleton<CourtCaseloads>();
        services.AddSingleton<CoachingLists>();
        services.AddSingleton<HearingDays>();
        services.AddSingleton<TestSights>();
        services.AddSingleton<CourtTestLists>();
        services.AddSingleton<PacketPages>();
        services.AddSingleton<PacketDesk>();
        services.AddSingleton<PacketReading>();
        services.AddSingleton<OpenedTexts>();
        services.AddSingleton<IStaffDirectory, StaffDirectory>();
        if (settings.Notices.Webhook is { } webhook)
            services.AddSingleton<IMessageSender>(_ => new NoticeWebhook(new Uri(webhook)));
        services.AddHostedService<BackgroundWork>();
        services.AddHostedService<KeyListening>();
        services.AddHealthChecks().AddCheck<KeysReadable>("keys", tags: [Health.Ready]);
        return services.AddHttpRoom(new HttpRoomSettings
        {
            RequestBurst = settings.Limits.RequestBurst,
            RequestsPerSecond = settings.Limits.RequestsPerSecond,
            Identity = new IdentitySettings
            {
                Authority = settings.Authentication.Authority,
                Audience = settings.Authentication.Audience ?? DevelopmentTokens.DefaultAudience,
                DevelopmentKeyFile = settings.Authentication.Authority is null ? settings.Authentication.DevelopmentKeyFile : null,
            },
        });
    }
}
