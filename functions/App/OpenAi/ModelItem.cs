using ChatLoop.Inference.Serving;

namespace ChatLoop.App.OpenAi;

/// <summary>A model that can be asked.</summary>
internal sealed record ModelItem(string Id, string Object, long Created, string OwnedBy)
{
    /// <param name="serving">Created is when it began to serve here.</param>
    public static ModelItem Of(ServedVersion serving) => new(serving.Name, "model", serving.Since.ToUnixTimeSeconds(), "chatloop");
}
