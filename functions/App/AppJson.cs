using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ChatLoop.App.ApiKeys;
using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Chat.Views;
using ChatLoop.App.Conversations;
using ChatLoop.App.Dashboard.Views;
using ChatLoop.App.Datasets;
using ChatLoop.App.Feedback;
using ChatLoop.App.Improvement;
using ChatLoop.App.Labeling;
using ChatLoop.App.Labeling.Requests;
using ChatLoop.App.Labeling.Views;
using ChatLoop.App.Models;
using ChatLoop.App.Moderation.Review;
using ChatLoop.App.Poison;
using ChatLoop.App.Streaming;
using ChatLoop.App.Users;
using ChatLoop.App.Users.Purging;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Labeling.Tasks;
using ChatLoop.Core.Templates;

namespace ChatLoop.App;

/// <summary>All JSON that the app reads and writes by itself: stored conversations, template files, requests and answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Conversation))]
[JsonSerializable(typeof(TemplateFile))]
[JsonSerializable(typeof(ChatRequest))]
[JsonSerializable(typeof(KeyClaim))]
[JsonSerializable(typeof(TurnView))]
[JsonSerializable(typeof(ConversationView))]
[JsonSerializable(typeof(ConversationPage))]
[JsonSerializable(typeof(RenameRequest))]
[JsonSerializable(typeof(ErrorView))]
[JsonSerializable(typeof(ModelVersion))]
[JsonSerializable(typeof(CurrentModel))]
[JsonSerializable(typeof(ModelsView))]
[JsonSerializable(typeof(CurrentModelView))]
[JsonSerializable(typeof(CurrentModelRequest))]
[JsonSerializable(typeof(DatasetSummary))]
[JsonSerializable(typeof(DatasetsView))]
[JsonSerializable(typeof(StoredManifest))]
[JsonSerializable(typeof(ActiveRun))]
[JsonSerializable(typeof(ImprovementRun))]
[JsonSerializable(typeof(ImprovementRequest))]
[JsonSerializable(typeof(ImprovementMessage))]
[JsonSerializable(typeof(ApprovalRequest))]
[JsonSerializable(typeof(StartedView))]
[JsonSerializable(typeof(RunView))]
[JsonSerializable(typeof(RunsView))]
[JsonSerializable(typeof(Reservations))]
[JsonSerializable(typeof(SaidOfTask))]
[JsonSerializable(typeof(SubmissionRequest))]
[JsonSerializable(typeof(SkipRequest))]
[JsonSerializable(typeof(Skip))]
[JsonSerializable(typeof(ImportRequest))]
[JsonSerializable(typeof(LeasedTask))]
[JsonSerializable(typeof(LeasedTasks))]
[JsonSerializable(typeof(SubmissionView))]
[JsonSerializable(typeof(TaskStanding))]
[JsonSerializable(typeof(ProgressView))]
[JsonSerializable(typeof(IntakeView))]
[JsonSerializable(typeof(OverviewView))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(StoredConsent))]
[JsonSerializable(typeof(ConsentView))]
[JsonSerializable(typeof(PurgeMark))]
[JsonSerializable(typeof(PurgeReport))]
[JsonSerializable(typeof(PurgeReceipt))]
[JsonSerializable(typeof(StoredFeedback))]
[JsonSerializable(typeof(FeedbackRequest))]
[JsonSerializable(typeof(FeedbackReceipt))]
[JsonSerializable(typeof(JudgementList))]
[JsonSerializable(typeof(FailedMessage))]
[JsonSerializable(typeof(FailedMessageView))]
[JsonSerializable(typeof(FailedMessageList))]
[JsonSerializable(typeof(RequeueReport))]
[JsonSerializable(typeof(ApiKey))]
[JsonSerializable(typeof(KeyUse))]
[JsonSerializable(typeof(ApiKeyRequest))]
[JsonSerializable(typeof(ApiKeyView))]
[JsonSerializable(typeof(ApiKeyList))]
[JsonSerializable(typeof(StoredReport))]
[JsonSerializable(typeof(ReportRequest))]
[JsonSerializable(typeof(ReportView))]
[JsonSerializable(typeof(ReportList))]
[JsonSerializable(typeof(StreamLine))]
[JsonSerializable(typeof(DeltaView))]
[JsonSerializable(typeof(ReplacedView))]
internal sealed partial class AppJson : JsonSerializerContext;
