using CaseFlow.Domain;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Sealing;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.Caseload;
using CaseFlow.Projections.ClientDeaths;
using CaseFlow.Projections.ClientIdentifiers;
using CaseFlow.Projections.ClientMatters;
using CaseFlow.Projections.ClientSearch;
using CaseFlow.Projections.Coachings;
using CaseFlow.Projections.CodeWords;
using CaseFlow.Projections.CourtActivity;
using CaseFlow.Projections.CourtCaseload;
using CaseFlow.Projections.CourtCompliance;
using CaseFlow.Projections.Courts;
using CaseFlow.Projections.CourtTests;
using CaseFlow.Projections.EndingConsents;
using CaseFlow.Projections.Erasures;
using CaseFlow.Projections.HearingCalendar;
using CaseFlow.Projections.RecordAges;
using CaseFlow.Projections.ReferralCompliance;
using CaseFlow.Projections.ReferralInbox;
using CaseFlow.Projections.Storage;
using CaseFlow.Projections.Timeline;
using CaseFlow.Projections.Timeliness;
using CaseFlow.Projections.UnidentifiedOverdoses;
using CaseFlow.Projections.UnitsOfService;

namespace CaseFlow.Projections;

/// <summary>
/// Every view, in one list. Inline: rows of the appended event alone, in the append's own transaction. Async: whatever joins,
/// counts, or changes what another event wrote.
/// </summary>
public sealed class ProjectionCatalogue(EventStoreOptions options, EventTypes types, ISealer sealer, BlindIndex marks)
{
    /// <summary>Inline: a number belongs to one client, and the second append must fail.</summary>
    public ClientIdentifiersView ClientIdentifiers { get; } = new(options, types.StoredName, sealer, marks);

    /// <summary>Inline: who was registered a moment ago must be found, and what is erased is not found from then on.</summary>
    public ClientSearchView ClientSearch { get; } = new(options, sealer, marks);

    /// <summary>Inline: an agency has a word for one client, and the second append must fail.</summary>
    public CodeWordsView CodeWords { get; } = new(options, sealer, marks);

    /// <summary>Inline: a start finds what was erased and not ended before any view has moved.</summary>
    public ErasuresView Erasures { get; } = new(options);

    /// <summary>Inline: a record that was opened in an emergency opens at once, and what was asked a moment ago is listed.</summary>
    public ClientMattersView ClientMatters { get; } = new(options);

    /// <summary>Async: joins duty, sender's side of the referral, notices.</summary>
    public ReferralComplianceView ReferralCompliance { get; } = new();

    /// <summary>Async: a correction or an identification changes an entry that another event wrote.</summary>
    public TimelineView Timeline { get; } = new(types.StoredName);

    /// <summary>Async: joins supervision, duties, contacts.</summary>
    public CaseloadView Caseload { get; } = new();

    /// <summary>Async: joins both sides of the referral.</summary>
    public ReferralInboxView ReferralInbox { get; } = new();

    /// <summary>Async: one notice stands in several lists.</summary>
    public ConsentNoticesView ConsentNotices { get; } = new();

    /// <summary>Async: counts.</summary>
    public UnitsOfServiceView UnitsOfService { get; } = new(types.StoredName);

    /// <summary>Async: retiring a version changes what another event wrote.</summary>
    public CourtsView Courts { get; } = new();

    /// <summary>Async: a retraction takes away what another event wrote.</summary>
    public ClientDeathsView ClientDeaths { get; } = new();

    /// <summary>Async: a retraction changes what another entry wrote.</summary>
    public CourtComplianceView CourtCompliance { get; } = CourtComplianceView.Whole();

    /// <summary>Async: the same, of the open file.</summary>
    public CourtComplianceView CourtOpenFile { get; } = CourtComplianceView.OpenFile();

    /// <summary>Async: joins the court's entries and the drug tests.</summary>
    public CourtCaseloadView CourtCaseload { get; } = new();

    /// <summary>Async: results, excuses and corrections change what another event wrote.</summary>
    public CourtActivityView CourtActivity { get; } = new();

    /// <summary>Async: results and corrections change what another event wrote.</summary>
    public CourtTestsView CourtTests { get; } = new();

    /// <summary>Async: a correction changes what another event wrote.</summary>
    public CoachingsView Coachings { get; } = new();

    /// <summary>Async: a retraction changes what another entry wrote.</summary>
    public HearingCalendarView HearingCalendar { get; } = new();

    /// <summary>Async: a correction changes when an earlier entry occurred.</summary>
    public TimelinessView Timeliness { get; } = new(types.StoredName);

    /// <summary>Async: joins all of a record.</summary>
    public RecordAgesView RecordAges { get; } = new();

    /// <summary>Async: an identification takes away what a report wrote.</summary>
    public UnidentifiedOverdosesView UnidentifiedOverdoses { get; } = new();

    public IReadOnlyList<IInlineView> Inline => [ClientIdentifiers, ClientSearch, CodeWords, Erasures, ClientMatters];

    public IReadOnlyList<IView> Async =>
    [
        ReferralCompliance, Timeline, Caseload, ReferralInbox, UnitsOfService, ConsentNotices, Timeliness, CourtCompliance, CourtOpenFile, CourtCaseload,
        CourtActivity, CourtTests, HearingCalendar, Coachings, Courts, ClientDeaths, RecordAges, UnidentifiedOverdoses,
    ];

    /// <summary>The registry of stored event names, with the changes of shape since the first append.</summary>
    public static EventTypes EventTypes { get; } = new(EventCatalogue.All);

    /// <summary>Events to JSON and back, sealed members sealed.</summary>
    public static EventCodec Codec { get; } = new(EventTypes, typeof(Circumstances), SealedJson.Modify);
}
