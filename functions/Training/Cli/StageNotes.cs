using System.Text.Json;
using ChatLoop.Training.Metrics;

namespace ChatLoop.Training.Cli;

/// <summary>stages.json: how far `train` is in a run folder. Written whole and renamed into place after every change.</summary>
internal sealed class StageNotes
{
    private readonly string _file;
    private readonly Dictionary<string, StageNote> _notes;

    /// <exception cref="StageException">The file is damaged.</exception>
    public StageNotes(RunFolder run)
    {
        _file = FileOf(run);
        try
        {
            _notes = File.Exists(_file) ? JsonSerializer.Deserialize(File.ReadAllText(_file), TrainingJson.Indented.DictionaryStringStageNote) ?? [] : [];
        }
        catch (JsonException e)
        {
            throw new StageException($"{_file} is damaged ({e.Message}): delete it; training then goes on from its checkpoints, and the other stages run again.", e);
        }
    }

    public static string FileOf(RunFolder run) => Path.Combine(run.Root, "stages.json");

    public StageNote? this[string stage] => _notes.GetValueOrDefault(stage);

    public void Write(string stage, StageNote note)
    {
        _notes[stage] = note;
        File.WriteAllText(_file + ".new", JsonSerializer.Serialize(_notes, TrainingJson.Indented.DictionaryStringStageNote));
        File.Move(_file + ".new", _file, overwrite: true);
    }
}
