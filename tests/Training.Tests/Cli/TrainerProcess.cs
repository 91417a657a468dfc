using System.Diagnostics;

namespace ChatLoop.Training.Tests.Cli;

/// <summary>The trainer as users start it: a process of its own.</summary>
internal static class TrainerProcess
{
    /// <summary>Every stage in a few seconds, with checkpoints that fall between validations.</summary>
    public const string Recipe =
        """
        {
          "name": "tiny", "seed": 1,
          "data": { "syntheticRecords": 100, "valShare": 0.1 },
          "tokenizer": { "vocabularySize": 300 },
          "pretrain": {
            "model": { "hiddenSize": 32, "intermediateSize": 48, "layers": 2, "heads": 4, "keyValueHeads": 2, "headSize": 8, "maxPositions": 128 },
            "totalTokens": 7680, "batchRows": 4, "sequenceLength": 32, "validateEvery": 5, "validationRows": 4, "checkpointEvery": 7, "sampleLength": 4,
            "schedule": { "peak": 0.01, "warmupSteps": 5, "decayShare": 0.25 }
          },
          "sft": {
            "totalTokens": 10240, "batchRows": 4, "sequenceLength": 128, "validateEvery": 3, "validationConversations": 4, "checkpointEvery": 4, "sampleLength": 4,
            "schedule": { "shape": "cosine", "peak": 0.003, "warmupSteps": 2 }, "samplePrompts": ["What is 2 plus 3?"]
          },
          "export": { "samplePrompts": ["What is 2 plus 3?"], "sampleLength": 4 },
          "moderation": { "bucketBits": 8, "dimensions": 4, "hidden": 4, "epochs": 1, "fillingsPerTemplate": 2 }
        }
        """;

    /// <summary>Runs `train`; kills it (SIGKILL) at the given line of its output, or lets it end.</summary>
    /// <returns>The exit code, 137 when it was killed, and everything that it wrote.</returns>
    public static async Task<(int Code, string[] Lines, string Error)> TrainAsync(string recipe, string run, int killAtLine = 0, string? shell = null)
    {
        var trainer = Path.Combine(AppContext.BaseDirectory, "ChatLoop.Training.dll");
        string[] command = ["dotnet", trainer, "train", "--recipe", recipe, "--run", run];
        if (shell is not null) command = ["bash", "-c", shell + """; exec "$@" """, "bash", .. command];
        using var process = new Process { StartInfo = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true } };
        process.Start();
        var error = process.StandardError.ReadToEndAsync();
        var lines = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (lines.Count == killAtLine) process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync();
        return (process.ExitCode, [.. lines], await error);
    }
}
