using ChatLoop.App.Chat;
using ChatLoop.App.Conversations;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Templates;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.Templates;

/// <summary>Picks the prepared answer for what went wrong, in the language of who asked.</summary>
public sealed class ChooseTemplate(ConversationStore conversations, TemplateCatalogue templates)
{
    [Function(nameof(ChooseTemplate))]
    public Task<Template> RunAsync([ActivityTrigger] TemplateChoice choice, CancellationToken cancellationToken) => ShortFailures.RunAsync(async () =>
    {
        var conversation = await conversations.ReadAsync(choice.ConversationId, cancellationToken);
        return templates.Choose(choice.Kind, choice.Categories, conversation.ReadTurn(choice.TurnId).Languages);
    });
}
