using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ChatLoop.Training.Cli;

namespace ChatLoop.Training.Recipes;

/// <summary>
/// What a run is made of: one JSON file (comments and trailing commas allowed) with a name, a seed, a device and one
/// section per stage. A key that nothing reads is an error, so that a misspelt setting never passes for its default.
/// </summary>
internal sealed class Recipe
{
    private static readonly JsonDocumentOptions DocumentOptions = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly JsonSerializerOptions SectionOptions = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private readonly JsonObject _root;

    private Recipe(string file, JsonObject root, string name, int seed, string device)
    {
        (File, _root, Name, Seed, Device) = (file, root, name, seed, device);
    }

    /// <summary>The file's full path; relative paths inside a recipe are the stage's to resolve.</summary>
    public string File { get; }

    public string Name { get; }

    public int Seed { get; }

    public string Device { get; }

    /// <summary>Reads a recipe and checks its outermost keys against the stages there are.</summary>
    /// <exception cref="StageException">The file is missing, is no JSON object, or has a key that is no stage.</exception>
    public static Recipe Load(string file, IEnumerable<string> sections)
    {
        file = Path.GetFullPath(file);
        if (!System.IO.File.Exists(file)) throw new StageException($"There is no recipe {file}: give one with --recipe, such as functions/Training/Recipes/smoke.json.");
        try
        {
            if (JsonNode.Parse(System.IO.File.ReadAllText(file), documentOptions: DocumentOptions) is not JsonObject root)
            {
                throw new StageException($"Recipe {file}: the file must hold one JSON object.");
            }

            var known = sections.Concat(["name", "seed", "device"]).ToHashSet(StringComparer.Ordinal);
            if (root.FirstOrDefault(p => !known.Contains(p.Key)).Key is { } unknown)
            {
                throw new StageException($"Recipe {file}: unknown key '{unknown}'. Known keys: {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
            }

            var name = Value(file, root, "name", Path.GetFileNameWithoutExtension(file));
            return new Recipe(file, root, name, Value(file, root, "seed", 1), Value(file, root, "device", "cpu"));
        }
        catch (JsonException e)
        {
            throw new StageException($"Recipe {file} is no valid JSON: {e.Message}", e);
        }
    }

    /// <summary>Binds a section to its options record and checks the record's validation attributes.</summary>
    /// <exception cref="StageException">A key that the record does not have, a value of the wrong type, or one out of range.</exception>
    public T Section<T>(string section)
        where T : class, new()
    {
        T options;
        try
        {
            options = _root[section] is { } node ? node.Deserialize<T>(SectionOptions) ?? new T() : new T();
        }
        catch (JsonException e)
        {
            throw new StageException($"Recipe {File}, section '{section}'{(e.Path is { Length: > 2 } path ? ", key '" + path[2..] + "'" : "")}: {Reason(e)}", e);
        }

        var mistakes = Mistakes(options).ToArray();
        return mistakes.Length == 0 ? options : throw new StageException($"Recipe {File}, section '{section}': {string.Join(" ", mistakes)}");
    }

    /// <summary>Whether the recipe has the section, be it empty.</summary>
    public bool Has(string section) => _root.ContainsKey(section);

    /// <summary>A section's text as written, to tell whether a finished stage still matches its recipe.</summary>
    public string SectionText(string section) => _root[section]?.ToJsonString() ?? "{}";

    // The framework's validator does not go into records within a record.
    private static IEnumerable<string?> Mistakes(object options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        var within = options.GetType().GetProperties().Where(p => p.PropertyType.IsClass && p.PropertyType.Assembly == typeof(Recipe).Assembly);
        return results.Select(r => r.ErrorMessage).Concat(within.Select(p => p.GetValue(options)).OfType<object>().SelectMany(Mistakes));
    }

    private static T Value<T>(string file, JsonObject root, string key, T otherwise)
    {
        if (root[key] is not { } node) return otherwise;
        return node is JsonValue value && value.TryGetValue<T>(out var found) ? found : throw new StageException($"Recipe {file}, key '{key}': the value has the wrong type, {typeof(T).Name} is needed.");
    }

    private static string Reason(JsonException e) =>
        e.Message.Contains("could not be mapped", StringComparison.Ordinal)
            ? "no setting has this name."
            : "the value has the wrong type: " + e.Message.Split(" Path:", 2)[0];
}
