using ChatLoop.Training.Data;
using ChatLoop.Training.ReinforcementLearning;

namespace ChatLoop.Training.Evaluation.WinRates;

/// <summary>The fixed held-out questions that two models' answers are compared on.</summary>
/// <param name="Items">The questions.</param>
/// <param name="UsedToChoose">How many of them, at the end, also helped to choose the best checkpoint of PPO or DPO, by the same judge.</param>
internal sealed record WinRateQuestions(IReadOnlyList<Question> Items, int UsedToChoose)
{
    // Questions that chose a checkpoint flatter it: they come only after all others.
    public static WinRateQuestions Read(EvalSetting setting, int longest)
    {
        var context = setting.Context;
        var chosenBy = Choosing(setting, EvaluatedModel.IsThere("ppo", context.Run) ? context.Options<PpoOptions>("ppo") : null)
            .Concat(Choosing(setting, EvaluatedModel.IsThere("dpo", context.Run) ? context.Options<DpoOptions>("dpo") : null)).ToHashSet();
        var taught = new TaughtQuestions(setting);
        var all = QuestionReader.Read(QuestionSplit.Read(context, Split.Val).Where(c => !taught.Include(c)), [], setting.Tokenizer, longest).ToLookup(q => chosenBy.Contains(q.Text));
        Question[] fresh = [.. all[false]];
        var wanted = setting.Options.WinRateQuestions;
        Question[] used = [.. all[true].Take(Math.Max(0, wanted - fresh.Length))];
        return new WinRateQuestions([.. Spread.Over(fresh, wanted), .. used], used.Length);
    }

    private static IEnumerable<string> Choosing(EvalSetting setting, PreferenceOptions? options) =>
        options is null ? [] : QuestionReader.Read(QuestionSplit.Read(setting.Context, Split.Val), options.Sources, setting.Tokenizer, options.PromptLength).Take(options.EvaluationPrompts).Select(q => q.Text);
}
