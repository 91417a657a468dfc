namespace ChatLoop.App.Improvement;

/// <summary>The Azure Container Apps job that trains. Read where Improvement:Job is containerApps.</summary>
public sealed class ContainerAppsOptions
{
    public const string Section = "Improvement:ContainerApps";

    public string SubscriptionId { get; set; } = "";

    public string ResourceGroup { get; set; } = "";

    public string JobName { get; set; } = "";

    /// <summary>The client id of a user-assigned identity that may start the job; empty for the app's or the developer's own.</summary>
    public string ClientId { get; set; } = "";
}
