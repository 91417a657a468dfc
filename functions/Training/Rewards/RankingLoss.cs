using static TorchSharp.torch;

namespace ChatLoop.Training.Rewards;

/// <summary>
/// The ranking loss of one question's K answers (Ouyang et al. 2022, arXiv:2203.02155, equation 1): the sum over its pairs of
/// −ln σ(r_w − r_l − m), divided by C(K, 2). All pairs of a question are in one element, so each answer is read once. In nats.
/// </summary>
internal static class RankingLoss
{
    /// <summary>A scalar that can be differentiated.</summary>
    /// <param name="rewards">(K), not normalised.</param>
    /// <param name="better">int64 (P): the preferred answer of each pair; ties are no pair.</param>
    /// <param name="worse">int64 (P).</param>
    /// <param name="margins">(P): by how much at least the better should win; null for 0 (Touvron et al. 2023, arXiv:2307.09288).</param>
    /// <param name="centring">Weight of the mean of (r_w + r_l)², which keeps rewards around 0 (Eisenstein et al. 2023, arXiv:2312.09244).</param>
    public static Tensor Of(Tensor rewards, Tensor better, Tensor worse, Tensor? margins = null, double centring = 0)
    {
        var answers = rewards.shape[0];
        var (won, lost) = (rewards.index_select(0, better), rewards.index_select(0, worse));
        var difference = margins is null ? won - lost : won - lost - margins;
        var loss = -nn.functional.logsigmoid(difference).sum() / (answers * (answers - 1) / 2.0);
        return centring == 0 ? loss : loss + centring * (won + lost).square().mean();
    }
}
