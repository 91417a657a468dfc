namespace ChatLoop.App.OpenAi;

/// <summary>OpenAI's errors; all four keys are always there.</summary>
internal sealed record ErrorEnvelope(ErrorEnvelope.Detail Error)
{
    public static ErrorEnvelope Of(OpenAiException e) => new(new Detail(e.Message, e.Type, e.Param, e.Code));

    internal sealed record Detail(string Message, string Type, string? Param, string? Code);
}
