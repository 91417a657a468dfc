namespace ChatLoop.Training.Moderation;

/// <summary>A category on the validation texts whose label is known, at the threshold that was chosen.</summary>
internal sealed record CategoryResult(string Category, int Positives, int Negatives, double AveragePrecision, double Threshold, double Precision, double Recall, double F1, string Rule);
