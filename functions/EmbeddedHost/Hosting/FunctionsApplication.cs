namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Where an app starts: <c>FunctionsApplication.CreateBuilder(args)</c>.</summary>
public class FunctionsApplication
{
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(HostSetup.ForThisProcess(args));
}
