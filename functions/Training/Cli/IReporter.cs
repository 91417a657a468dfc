namespace ChatLoop.Training.Cli;

/// <summary>How a stage tells the user what it does: live bars on a terminal, plain lines where output is redirected.</summary>
internal interface IReporter
{
    /// <summary>A line that stays.</summary>
    void Line(string text);

    /// <summary>How far a piece of work is. May be called often: plain output shows it at most every ten seconds.</summary>
    /// <param name="what">The work's name, the same at every call.</param>
    /// <param name="done">Units done so far.</param>
    /// <param name="total">Units in all; the work is finished when <paramref name="done"/> reaches it.</param>
    /// <param name="detail">What else to show beside it, such as a loss or a speed.</param>
    void Progress(string what, double done, double total, string detail = "");
}
