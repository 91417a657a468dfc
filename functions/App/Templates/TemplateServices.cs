using ChatLoop.Core.Moderation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Templates;

internal static class TemplateServices
{
    public static IServiceCollection AddTemplates(this IServiceCollection services)
    {
        services.AddOptions<TemplateOptions>().BindConfiguration(TemplateOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<TemplateOptions>>().Value;
            return TemplateFolder.Load(Path.Combine(AppContext.BaseDirectory, options.Path), options.DefaultLanguage, provider.GetRequiredService<ModerationPolicy>().Templates);
        });
        return services.AddHostedService<TemplateStart>();
    }
}
