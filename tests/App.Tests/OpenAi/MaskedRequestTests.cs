using ChatLoop.Core.Moderation;
using ChatLoop.EmbeddedHost.Tests.Azurite;

namespace ChatLoop.App.Tests.OpenAi;

[Collection(AzuriteTests.Name)]
public sealed class MaskedRequestTests(AzuriteFixture azurite)
{
    [SkippableFact]
    public async Task Personal_data_is_masked_in_all_that_a_client_says_was_said_before_too()
    {
        var policy = ModerationPolicy.Empty with { PersonalData = new PersonalDataPolicy(PersonalDataAction.Mask, PersonalDataAction.Mask) };
        using var world = await OpenAiWorld.CreateAsync(azurite.ConnectionString, policy);

        var answer = await world.CompleteAsync(
            """
            { "model": "shipped", "messages": [ { "role": "system", "content": "Bob is b@b.de." }, { "role": "user", "content": "I am a@b.de." },
              { "role": "assistant", "content": "Hello a@b.de." }, { "role": "user", "content": "Mail c@b.de?" } ] }
            """,
            await world.KeyAsync());

        Assert.Equal(200, answer.Status);
        Assert.Equal(["Bob is [EMAIL].", "I am [EMAIL].", "Hello [EMAIL].", "Mail [EMAIL]?"], world.Asked[0].Select(message => message.Text));
    }
}
