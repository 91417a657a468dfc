using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Templates;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Templates;

namespace ChatLoop.App.Tests.Templates;

public sealed class ChooseTemplateTests
{
    [Fact]
    public async Task The_template_is_in_the_language_of_who_asked()
    {
        var world = new World();
        var (conversation, turnId) = await world.Turns.AcceptAsync(new ChatRequest("Hallo", null, new AnswerOptions()), null, null, ["de-AT", "en"]);
        var activity = new ChooseTemplate(world.Conversations, TemplateFolder.Load(Path.Combine(AppContext.BaseDirectory, "Templates"), "en"));

        var template = await activity.RunAsync(new TemplateChoice(conversation.Id, turnId, TemplateKind.QuestionBlocked, ["hate/threatening"]), default);

        Assert.Equal(new TemplateKey(TemplateKind.QuestionBlocked, "hate", "de"), template.Key);
    }
}
