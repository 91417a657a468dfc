using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>Answers in Markdown: what is made of it, and that nothing else can be.</summary>
public sealed class MarkdownTests(Chromium chromium) : IClassFixture<Chromium>
{
    /// <summary>What people try, so that a page runs their script: each sets window.attacked, if anything of it runs.</summary>
    private static readonly string[] Hostile =
    [
        "<script>window.attacked = 1</script>",
        "<img src=x onerror=\"window.attacked = 1\">",
        "<svg onload=\"window.attacked = 1\"><animate onbegin=\"window.attacked = 1\"/></svg>",
        "<iframe srcdoc=\"<script>parent.attacked = 1</script>\"></iframe>",
        "<a href=\"javascript:window.attacked = 1\">click</a>",
        "<details open ontoggle=window.attacked=1>",
        "<style>@import 'http://evil.test/x.css'</style><link rel=stylesheet href=http://evil.test/x.css>",
        "<form action=http://evil.test><button formaction=javascript:window.attacked=1>send</button></form>",
        "<base href=http://evil.test/><meta http-equiv=refresh content=0;url=http://evil.test>",
        "[click](javascript:window.attacked=1)",
        "[click](JaVaScRiPt:window.attacked=1)",
        "[click](  javascript:window.attacked=1 )",
        "[click](<javascript:window.attacked=1>)",
        "[click](java\nscript:window.attacked=1)",
        "[click](java\tscript:window.attacked=1)",
        "[click](\u0001javascript:window.attacked=1)",
        "[click](&#106;avascript:window.attacked=1)",
        "[click](&#x6A;avascript&colon;window.attacked=1)",
        "[click](javascript&colon;window.attacked=1)",
        "[click](%6aavascript:window.attacked=1)",
        "[click](data:text/html,<script>window.attacked=1</script>)",
        "[click](data:text/html;base64,PHNjcmlwdD53aW5kb3cuYXR0YWNrZWQ9MTwvc2NyaXB0Pg==)",
        "[click](vbscript:msgbox(1)) [click](file:///etc/passwd) [click](blob:http://localhost:7071/x)",
        "[click](//evil.test) [click](/api/users/me) [click](?x) [click](#x) [click](\\\\evil.test)",
        "<javascript:window.attacked=1> <data:text/html,x> <https://evil.test/\" onmouseover=\"window.attacked=1>",
        "[click](https://evil.test/\"onmouseover=\"window.attacked=1) [click](https://evil.test 'x' onclick='window.attacked=1')",
        "[a [b](javascript:window.attacked=1) c](https://evil.test) [[x](data:,)](javascript:window.attacked=1)",
        "[![x](javascript:window.attacked=1)](javascript:window.attacked=1)",
        "![x](http://evil.test/pixel.png) ![x](data:image/svg+xml,<svg onload=window.attacked=1>) ![](\" onerror=\"window.attacked=1)",
        "![x][ref]\n\n[ref]: javascript:window.attacked=1",
        "```html\" onclick=\"window.attacked=1\n</code></pre><script>window.attacked=1</script>\n```",
        "```<img src=x onerror=window.attacked=1>\n```",
        "`</code><script>window.attacked=1</script>`",
        "| <img src=x onerror=window.attacked=1> | b |\n|:--\" onclick=\"x|---|\n| [x](javascript:window.attacked=1) | </td><script>window.attacked=1</script> |",
        "| a | b |\n|---|---|\n| [x](javascript:window.attacked=1) | <script>window.attacked=1</script> |",
        "> <script>window.attacked=1</script>\n> - [x](javascript:window.attacked=1)\n>   1. <img src=x onerror=window.attacked=1>",
        "# <script>window.attacked=1</script>\n<h1 onclick=window.attacked=1>big</h1>",
        "**<b onclick=window.attacked=1>** *<script>window.attacked=1</script>* ~~[x](javascript:window.attacked=1)~~",
        "&lt;script&gt;window.attacked=1&lt;/script&gt; &#60;img src=x onerror=window.attacked=1&#62;",
        "<!-- --><script>window.attacked=1</script><![CDATA[<script>window.attacked=1</script>]]><?php x ?>",
        "{{constructor.constructor('window.attacked=1')()}} ${window.attacked=1} <%= window.attacked=1 %>",
        "[__proto__](constructor) [constructor](__proto__:x) | __proto__ |\n|---|",
        "https://evil.test/<script>window.attacked=1</script> javascript:window.attacked=1 http://a\"onclick=window.attacked=1",
    ];

    internal const string Example = """
        # Title

        A *first* line,
        a **second** with `code <b>` and ~~not~~ this.

        - one
          - one *a*
          - one b
            1. deep
        - two

        3. three
        4. four

        > said
        > - so

        | Name | Count |
        |:-----|------:|
        | `a\|b` | 1 |
        | [link](https://example.org/x_(y) "title") | 2 |

        ```csharp
        var x = "<b>";
          indented();
        ```

        ![picture](https://example.org/p.png), https://example.org/bare. And 2*3*4, snake_case_name.
        """;

    [SkippableFact]
    public async Task Nothing_of_a_hostile_text_runs_or_becomes_an_element_that_it_should_not()
    {
        var turns = Hostile.Select((text, index) => CannedTurns.Answered($"Attack {index}?", text, $"turn-{index}")).ToArray();
        var api = new CannedApi().Then(200, CannedTurns.Conversation(turns));
        var browser = await chromium.OpenAsync();
        await browser.AddInitScriptAsync("window.violations = []; addEventListener('securitypolicyviolation', event => window.violations.push(event.blockedURI || event.violatedDirective))");
        var asked = new List<string>();
        browser.Request += (_, request) => asked.Add(request.Url);
        var page = await api.OpenAsync(browser, "#" + CannedTurns.ConversationId);
        await Expect(page.Turns).ToHaveCountAsync(Hostile.Length);
        // The same text while it is written.
        api.ThenEvents([
            ("queued", CannedTurns.Running("All?", "turn-all")),
            .. Hostile.Select(text => ("delta", (JsonNode)new JsonObject { ["text"] = text + "\n\n" })),
            ("done", CannedTurns.Answered("All?", string.Join("\n\n", Hostile), "turn-all"))]);
        await page.AskAsync("All?");
        await page.ExpectAsync("answer");
        await Expect(page.Turns).ToHaveCountAsync(Hostile.Length + 1);
        await Expect(page.LastReply.GetByText("Regenerate")).ToBeVisibleAsync();

        var found = await browser.EvaluateAsync<string>("""
            async () => {
              const names = "A BLOCKQUOTE BUTTON CODE DEL DIV EM H3 H4 H5 H6 HR LI OL P PRE SPAN STRONG TABLE TBODY TD TH THEAD TR UL".split(" ");
              const attributes = "aria-label class href rel role scope start tabindex target title type".split(" ");
              const all = [...document.querySelectorAll(".reply .markdown *")];
              const links = all.filter(node => node.nodeName === "A");
              // Whatever a person might press, point at or tab to.
              for (const node of all) for (const type of ["mouseover", "focus", "load", "error", "toggle"]) node.dispatchEvent(new Event(type, { bubbles: true }));
              await new Promise(resolve => setTimeout(resolve, 50));
              return JSON.stringify({
                names: all.map(node => node.nodeName).filter(name => !names.includes(name)),
                attributes: all.flatMap(node => [...node.attributes].map(attribute => attribute.name)).filter(name => !attributes.includes(name)),
                links: links.map(link => link.href).filter(href => !/^https?:\/\//.test(href)),
                rels: links.filter(link => link.rel !== "noopener nofollow").length,
                attacked: "attacked" in window,
                violations: window.violations,
              });
            }
            """);
        Assert.True(await browser.Locator(".reply .markdown *").CountAsync() > 2 * Hostile.Length);
        Assert.Equal("""{"names":[],"attributes":[],"links":[],"rels":0,"attacked":false,"violations":[]}""", found);
        Assert.DoesNotContain(asked, address => !address.StartsWith(CannedApi.Address, StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Markdown_is_shown_as_what_it_means()
    {
        var page = await OpenAsync(Example);
        var answer = page.LastReply.Locator(".text");

        await Expect(answer.Locator("h3")).ToHaveTextAsync("Title");
        await Expect(answer.Locator("> p").First).ToContainTextAsync("A first line, a second with code <b> and not this.");
        await Expect(answer.Locator("em").First).ToHaveTextAsync("first");
        await Expect(answer.Locator("> ul > li > ul > li > ol > li")).ToHaveTextAsync("deep");
        await Expect(answer.Locator("> ol")).ToHaveAttributeAsync("start", "3");
        await Expect(answer.Locator("blockquote li")).ToHaveTextAsync("so");
        await Expect(answer.Locator("th")).ToHaveTextAsync(["Name", "Count"]);
        await Expect(answer.Locator("td").Nth(1)).ToHaveCSSAsync("text-align", "end");
        await Expect(answer.Locator("td a")).ToHaveAttributeAsync("href", "https://example.org/x_(y)");
        await Expect(answer.Locator(".code-head span")).ToHaveTextAsync("csharp");
        Assert.Equal("var x = \"<b>\";\n  indented();", await answer.Locator("pre code").TextContentAsync());
        await Expect(answer.Locator("img")).ToHaveCountAsync(0);
        await Expect(answer.GetByRole(AriaRole.Link, new() { Name = "picture" })).ToHaveAttributeAsync("rel", "noopener nofollow");
        await Expect(answer.Locator("> p").Last).ToContainTextAsync("https://example.org/bare. And 2*3*4, snake_case_name.");
    }

    [SkippableFact]
    public async Task An_answer_and_its_code_can_be_copied_as_they_were_written()
    {
        var browser = await chromium.OpenAsync(new() { Permissions = ["clipboard-read", "clipboard-write"] });
        var page = await OpenAsync(Example, browser);

        await page.Button("Copy code").ClickAsync();
        await Expect(page.Button("Copied")).ToBeVisibleAsync();
        Assert.Equal("var x = \"<b>\";\n  indented();", await ClipboardAsync());
        var tools = page.LastReply.Locator(".tools");
        await tools.GetByRole(AriaRole.Button, new() { Name = "Copy" }).ClickAsync();
        await Expect(tools.GetByRole(AriaRole.Button, new() { Name = "Copied" })).ToBeVisibleAsync();
        Assert.Equal(Example, await ClipboardAsync());

        Task<string> ClipboardAsync() => browser.EvaluateAsync<string>("navigator.clipboard.readText()");
    }

    [SkippableFact]
    public async Task What_is_shown_already_of_a_growing_answer_is_not_made_anew()
    {
        var page = await OpenAsync("First.");

        var kept = await page.Browser.EvaluateAsync<bool[]>("""
            async () => {
              const { GrowingText } = await import("/page/growing-text.js");
              const text = new GrowingText(document.createElement("div"));
              text.showNow("One.\n\n```\na");
              const [one, code] = text.node.children;
              text.showNow("One.\n\n```\na\n```\n\nTwo.");
              return [text.node.children[0] === one, text.node.children[1] !== code, text.node.children.length === 3];
            }
            """);

        Assert.Equal([true, true, true], kept);
    }

    [SkippableFact]
    public async Task A_text_that_nests_without_end_does_not_hang_the_page()
    {
        var parts = new[] { "[", "*", "> ", "- ", "_a", "[a](", "`", "|", "<", "\\" };
        var page = await OpenAsync(string.Join("\n\n", parts.Select(part => string.Concat(Enumerable.Repeat(part, 2_000 / part.Length)))));

        await page.ExpectAsync("answer");
        await Expect(page.LastReply.Locator(".text > *")).Not.ToHaveCountAsync(0);
    }

    private async Task<ChatPage> OpenAsync(string answer, IPage? browser = null)
    {
        var api = new CannedApi().Then(200, CannedTurns.Conversation(CannedTurns.Answered("One?", answer)));
        var page = await api.OpenAsync(browser ?? await chromium.OpenAsync(), "#" + CannedTurns.ConversationId);
        await page.ExpectAsync("answer");
        return page;
    }
}
