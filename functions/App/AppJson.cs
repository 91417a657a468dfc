using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Chat.Views;
using ChatLoop.App.Conversations;
using ChatLoop.App.Feedback;
using ChatLoop.App.Poison;
using ChatLoop.App.Users;
using ChatLoop.App.Users.Purging;
using ChatLoop.Core.Conversations;
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
[JsonSerializable(typeof(ErrorView))]
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
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class AppJson : JsonSerializerContext;
