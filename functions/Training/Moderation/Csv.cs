using System.Text;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;

namespace ChatLoop.Training.Moderation;

/// <summary>Reads comma-separated files with a header (RFC 4180: quoted fields may hold commas, doubled quotes and line ends).</summary>
internal static class Csv
{
    public static IEnumerable<IReadOnlyDictionary<string, string>> Read(string file)
    {
        string[]? header = null;
        var number = 0;
        foreach (var fields in Records(JsonLines.ReadText(file)))
        {
            number++;
            if (header is null)
            {
                header = fields;
                continue;
            }

            if (fields.Length != header.Length) throw new StageException($"{file}, record {number}: {fields.Length} fields, where the header has {header.Length}.");
            var record = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var i = 0; i < fields.Length; i++) record[header[i]] = fields[i];
            yield return record;
        }
    }

    public static IEnumerable<string[]> Records(string text)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c != '"') field.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"') field.Append(text[i++]);
                else quoted = false;
            }
            else if (c == '"') quoted = true;
            else if (c == ',') Take(fields, field);
            else if (c == '\n')
            {
                if (fields.Count == 0 && field.Length == 0) continue;
                Take(fields, field);
                yield return [.. fields];
                fields.Clear();
            }
            else if (c != '\r') field.Append(c);
        }

        if (fields.Count == 0 && field.Length == 0) yield break;
        Take(fields, field);
        yield return [.. fields];
    }

    private static void Take(List<string> fields, StringBuilder field)
    {
        fields.Add(field.ToString());
        field.Clear();
    }
}
