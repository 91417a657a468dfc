using System.CommandLine;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Training.Base;
using ChatLoop.Training.Export;

namespace ChatLoop.Training.Cli;

/// <summary>`quantize` writes an exported model's folder anew in another format; `formats` compares what all of them cost.</summary>
internal static class QuantizeCommand
{
    public static Command Quantize()
    {
        var (model, text, tokens) = Options();
        var format = new Option<string>("--format") { Description = $"One of {WeightFormats.Listed}.", Required = true };
        var folder = new Option<string>("--out") { Description = "The folder to write; what is there is replaced.", Required = true };
        var command = new Command("quantize", "Writes an exported chat model's folder anew with its matrices in another format, and what that costs into its card.") { model, format, folder, text, tokens };
        command.SetAction((parsed, cancellationToken) => GuardAsync("quantize", async () =>
        {
            var (chosen, target) = (WeightFormats.Of(parsed.GetRequiredValue(format)), parsed.GetRequiredValue(folder));
            var source = ExportedModel.Open(parsed.GetRequiredValue(model), ModelManifest.ChatKind);
            if (Path.GetFullPath(target) == Path.GetFullPath(source.Folder)) throw new StageException("--out is the model's own folder: name another.");
            var weights = LlamaWeights.Read(source);
            var losses = Texts(parsed.GetValue(text)).Select(file => HeldText.Read(file, source.Tokenizer, source.Config.MaxPositions, parsed.GetValue(tokens)))
                .Select(held => (held.Name, FormatLoss.Measure(source.Config, weights, [chosen], held, cancellationToken)[0])).ToArray();
            QuantizedFolder.Write(target, source, weights, chosen, TimeProvider.System.GetUtcNow(), QuantizedFolder.Card(source, chosen, losses));
            foreach (var (name, loss) in losses) await Console.Out.WriteLineAsync($"On {name}:\n{FormatLoss.Header}\n{loss.Row}");
            await Console.Out.WriteLineAsync($"Wrote {Path.GetFullPath(target)}.");
        }));
        return command;
    }

    public static Command Formats()
    {
        var (model, text, tokens) = Options();
        var command = new Command("formats", "Compares what every format of the weights costs an exported chat model: size, bits per byte, agreement with float32.") { model, text, tokens };
        command.SetAction((parsed, cancellationToken) => GuardAsync("formats", async () =>
        {
            var source = ExportedModel.Open(parsed.GetRequiredValue(model), ModelManifest.ChatKind);
            var weights = LlamaWeights.Read(source);
            foreach (var held in Texts(parsed.GetValue(text)).Select(file => HeldText.Read(file, source.Tokenizer, source.Config.MaxPositions, parsed.GetValue(tokens))))
            {
                var losses = FormatLoss.Measure(source.Config, weights, WeightFormats.All, held, cancellationToken);
                await Console.Out.WriteLineAsync($"On {held.Name} ({losses[0].Tokens:N0} tokens):\n\n{FormatLoss.Header}\n{string.Join('\n', losses.Select(l => l.Row))}\n");
            }
        }));
        return command;
    }

    private static (Option<string> Model, Option<string?> Text, Option<int> Tokens) Options() =>
    (
        new Option<string>("--model") { Description = "An exported chat model's folder.", Required = true },
        new Option<string?>("--text") { Description = "A text, plain or in gzip, to measure on beside the trainer's own stories." },
        new Option<int>("--tokens") { Description = "The most tokens of a text that are read.", DefaultValueFactory = _ => 20_000 });

    private static string?[] Texts(string? file) => file is null ? [null] : [null, file];

    private static async Task<int> GuardAsync(string name, Func<Task> work)
    {
        try
        {
            await work();
            return 0;
        }
        catch (Exception e) when (e is StageException or ModelFolderException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{name}: {e.Message}");
            return 1;
        }
    }
}
