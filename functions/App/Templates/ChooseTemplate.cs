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
        // A conversation that was purged while its turn ran has nobody left to read the template.
        var conversation = await conversations.FindAsync(choice.ConversationId, cancellationToken);
        return templates.Choose(choice.Kind, choice.Categories, conversation?.ReadTurn(choice.TurnId).Languages ?? []);
    });
}
