namespace ChatLoop.Training.Data.Sources;

/// <summary>How each set's files become texts and conversations: an adapter by the set's name, else the documented formats.</summary>
internal static class PublicSources
{
    private static readonly Dictionary<string, Func<DataSet, IEnumerable<TextDocument>>> TextAdapters = new()
    {
        ["pretrain-clic"] = Books.Clic,
        ["pretrain-openstax"] = Books.OpenStax,
        ["pretrain-squality"] = Books.Squality,
        ["pretrain-storybooks"] = Books.Storybooks,
        ["sft-fairytaleqa"] = Books.FairyTales,
        ["sft-wordset"] = Definitions.Texts,
    };

    private static readonly Dictionary<string, Func<DataSet, IEnumerable<Conversation>>> ConversationAdapters = new()
    {
        ["pretrain-openstax"] = Definitions.OpenStax,
        ["sft-chatterbot"] = SmallTalk.ChatterBot,
        ["sft-gsm8k"] = QuestionSets.Gsm8k,
        ["sft-oasst100"] = SmallTalk.OpenAssistant,
        ["sft-opentriviaqa"] = QuestionSets.OpenTrivia,
        ["sft-sgd"] = SmallTalk.SchemaGuided,
        ["sft-t0-permissive"] = QuestionSets.T0,
        ["sft-taskmaster4"] = SmallTalk.Taskmaster,
        ["sft-topicalchat"] = SmallTalk.TopicalChat,
        ["sft-wordset"] = Definitions.Wordset,
    };

    // Sets of the later stages (reward model, moderation): not read here.
    private static readonly string[] OtherStages = ["modtrain-", "pref-"];

    public static bool IsForOtherStages(DataSet set) => OtherStages.Any(prefix => set.Name.StartsWith(prefix, StringComparison.Ordinal));

    public static IEnumerable<TextDocument> Texts(DataSet set) =>
        TextAdapters.TryGetValue(set.Name, out var adapter) ? adapter(set)
        : set.Name.StartsWith("sft-", StringComparison.Ordinal) ? []
        : GenericSource.Texts(set);

    public static IEnumerable<Conversation> Conversations(DataSet set) =>
        ConversationAdapters.TryGetValue(set.Name, out var adapter) ? adapter(set)
        : TextAdapters.ContainsKey(set.Name) ? []
        : GenericSource.Conversations(set);
}
