using ChatLoop.App.Labeling.Requests;
using ChatLoop.App.Users;
using ChatLoop.Core.Labeling.Tasks;
using Microsoft.Extensions.DependencyInjection;

namespace ChatLoop.App.Labeling;

internal static class LabelingServices
{
    public static IServiceCollection AddLabeling(this IServiceCollection services)
    {
        services.AddOptions<LabelingOptions>().BindConfiguration(LabelingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<LabelingRules>().BindConfiguration(LabelingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        // At once, not when first asked for: missing guidelines end the start.
        services.AddSingleton(Guidelines.Load(AppContext.BaseDirectory));
        services.AddSingleton<LabelingTaskStore>();
        services.AddSingleton<OpenTasks>();
        services.AddSingleton<Labelers>();
        services.AddSingleton<LabelingDesk>();
        services.AddSingleton<SubmissionDesk>();
        services.AddSingleton<TaskOpening>();
        services.AddSingleton<TaskClosing>();
        services.AddSingleton<AnswerDrafts>();
        services.AddSingleton<TaskPreparation>();
        services.AddSingleton<RequestIntake>();
        services.AddSingleton<LabelerRequests>();
        services.AddSingleton<IUserData, LabelingTasksOfUser>();
        return services.AddSingleton<IUserData, SubmissionsOfUser>();
    }
}
