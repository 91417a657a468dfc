namespace ChatLoop.Training.Data;

/// <summary>Our own short conversations (persona.jsonl, MIT): who the assistant is, greetings, everyday facts, honest limits.</summary>
internal static class Persona
{
    public static string File { get; } = Path.Combine(AppContext.BaseDirectory, "Data", "persona.jsonl");

    public static DataSet Set { get; } = new("persona", AppContext.BaseDirectory, [File]);
}
