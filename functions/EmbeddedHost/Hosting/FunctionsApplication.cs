using Microsoft.Azure.Functions.Worker.Hosting;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Where an app starts: <c>FunctionsApplication.CreateBuilder(args)</c>.</summary>
public class FunctionsApplication
{
    public static FunctionsApplicationBuilder CreateBuilder(string[] args)
    {
        StartFailures.EndProcessWithOneLine();
        return new FunctionsApplicationBuilder(HostSetup.ForThisProcess(args));
    }
}
