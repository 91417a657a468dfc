namespace ChatLoop.Training.Rewards;

/// <summary>What `report.json` holds: how often the model ranks a pair as people did, beside rules that read nothing.</summary>
/// <param name="LabelerAgreement">How often two labelers of the same pair agree; null where no two judged one.</param>
internal sealed record RewardReport(string Name, int Seed, int TrainingComparisons, double Gain, double Bias, IReadOnlyList<RewardRow> Rows, IReadOnlyList<CalibrationBin> Calibration, double? LabelerAgreement, int LabelerPairs);

/// <summary>One set, split and labeler.</summary>
/// <param name="Labeler">A labeler, or `all`.</param>
/// <param name="StandardError">√(accuracy · (1 − accuracy) / pairs): pairs of one question are not independent, so the true one is larger.</param>
/// <param name="OverLongerError">Standard error of accuracy − LongerWins, which are of the same pairs.</param>
/// <param name="Margin">Mean of better − worse in normalised rewards.</param>
internal sealed record RewardRow(string Set, RewardSplit Split, string Labeler, int Pairs, double Accuracy, double StandardError, double Margin, double LongerWins, double OverLongerError, double? FirstWins);

/// <summary>Held-out pairs whose predicted σ(|difference|) falls into one tenth of [½, 1].</summary>
internal sealed record CalibrationBin(double From, double To, int Pairs, double Predicted, double Accuracy);
