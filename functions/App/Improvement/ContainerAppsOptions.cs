namespace ChatLoop.App.Improvement;

/// <summary>The Azure Container Apps job that trains, and who may start it. Read where Improvement:Job is containerApps.</summary>
public sealed class ContainerAppsOptions
{
    public const string Section = "Improvement:ContainerApps";

    public string SubscriptionId { get; set; } = "";

    public string ResourceGroup { get; set; } = "";

    public string JobName { get; set; } = "";

    /// <summary>The job's image, which a start must name again; empty takes the job's own template.</summary>
    public string Image { get; set; } = "";

    /// <summary>The container's name in the job's template.</summary>
    public string ContainerName { get; set; } = "trainer";

    /// <summary>A user-assigned identity's client id; empty for the system's or the developer's own.</summary>
    public string ClientId { get; set; } = "";
}
