using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatLoop.Core.Moderation;

/// <summary>A rule is a threshold (0.5), an action ("off"), or both: { "threshold": 0.5, "action": "template", "template": "…" }.</summary>
internal sealed class CategoryRuleConverter : JsonConverter<CategoryRule>
{
    private const string ThresholdField = "threshold", ActionField = "action", TemplateField = "template";

    public override CategoryRule Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number) return new CategoryRule(reader.GetDouble());
        if (reader.TokenType == JsonTokenType.String) return CategoryRule.Default with { Action = Action(ref reader) };
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("a category takes a threshold (0.5), an action (\"off\") or both ({ \"threshold\": 0.5, \"action\": \"flag\" })");

        var rule = CategoryRule.Default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = reader.GetString();
            reader.Read();
            rule = field switch
            {
                ThresholdField when reader.TokenType == JsonTokenType.Number => rule with { Threshold = reader.GetDouble() },
                ActionField => rule with { Action = Action(ref reader) },
                TemplateField when reader.TokenType == JsonTokenType.String => rule with { Template = reader.GetString() },
                ThresholdField => throw new JsonException("a threshold is a number"),
                TemplateField => throw new JsonException("a template is named by a string"),
                _ => throw new JsonException($"'{field}' is unknown; a category takes {ThresholdField}, {ActionField} and {TemplateField}"),
            };
        }

        return rule;
    }

    public override void Write(Utf8JsonWriter writer, CategoryRule value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        if (value.Threshold is { } threshold) writer.WriteNumber(ThresholdField, threshold);
        writer.WriteString(ActionField, JsonNamingPolicy.CamelCase.ConvertName($"{value.Action}"));
        if (value.Template is { } template) writer.WriteString(TemplateField, template);
        writer.WriteEndObject();
    }

    private static ModerationAction Action(ref Utf8JsonReader reader) => Actions.Read(ref reader, typeof(ModerationAction), JsonSerializerOptions.Default);

    private static Json.EnumWords<ModerationAction> Actions { get; } = new();
}
