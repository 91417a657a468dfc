using Microsoft.Playwright;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>The chat page as a person sees it.</summary>
internal sealed class ChatPage(IPage page)
{
    public IPage Browser => page;

    public ILocator Box => page.GetByRole(AriaRole.Textbox, new() { Name = "Your question" });

    public ILocator Send => page.GetByRole(AriaRole.Button, new() { Name = "Send" });

    public ILocator Turns => page.Locator(".turn:visible");

    public ILocator LastReply => page.Locator(".turn:visible .reply").Last;

    public ILocator Notice => page.Locator("#notice");

    public ILocator Announcer => page.GetByRole(AriaRole.Status);

    public ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name });

    public async Task AskAsync(string question)
    {
        await Box.FillAsync(question);
        await Box.PressAsync("Enter");
    }

    /// <summary>Waits until the last turn has come to this state: thinking, answer, template or error. As long as for an answer of the API.</summary>
    public Task ExpectAsync(string state) => Assertions.Expect(LastReply).ToHaveAttributeAsync("data-state", state, new() { Timeout = 90_000 });

    public Task ExpectAnswerAsync(string text) => Assertions.Expect(LastReply).ToContainTextAsync(text);
}
