using ChatLoop.App.Chat;
using ChatLoop.App.Conversations;
using ChatLoop.App.Feedback;
using ChatLoop.App.History;
using ChatLoop.App.Poison;
using ChatLoop.App.Storage;
using ChatLoop.App.Templates;
using ChatLoop.App.Users;
using ChatLoop.Inference;
using ChatLoop.Inference.Moderation;
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
    .AddChat()
    .AddFeedback()
    .AddPoison()
    .AddHistory();
builder.Build().Run();
