namespace Microsoft.Azure.Functions.Worker.Builder;

public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    internal const string Key = "EmbeddedHost.WebApplication";

    /// <summary>Lets HTTP functions use ASP.NET Core's request and result types.</summary>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Properties[Key] = true;
        return builder;
    }
}
