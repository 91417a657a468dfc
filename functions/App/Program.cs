using ChatLoop.App.ApiKeys;
using ChatLoop.App.Chat;
using ChatLoop.App.Conversations;
using ChatLoop.App.Dashboard;
using ChatLoop.App.Datasets;
using ChatLoop.App.Feedback;
using ChatLoop.App.History;
using ChatLoop.App.Improvement;
using ChatLoop.App.Labeling;
using ChatLoop.App.Models;
using ChatLoop.App.Moderation.Review;
using ChatLoop.App.OpenAi;
using ChatLoop.App.Poison;
using ChatLoop.App.RewardLabeling;
using ChatLoop.App.Storage;
using ChatLoop.App.Streaming;
using ChatLoop.App.Templates;
using ChatLoop.App.Users;
using ChatLoop.Inference;
using ChatLoop.Inference.Moderation;
using ChatLoop.Inference.Rewards;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services
    .AddStorage()
    .AddUsers()
    .AddConversations()
    .AddTemplates()
    .AddOnnxModerator()
    .AddOnnxChatClient()
    .AddModels()
    .AddChat()
    .AddStreaming()
    .AddApiKeys()
    .AddOpenAi()
    .AddRewardModel()
    .AddLabeling()
    .AddRewardLabeling()
    .AddReview()
    .AddDashboard()
    .AddFeedback()
    .AddPoison()
    .AddDatasets()
    .AddImprovement()
    .AddHistory();
builder.Build().Run();
