using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SampleApp;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddOptions<GreetingOptions>().BindConfiguration("Greeting").ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddSingleton<Guestbook>();
builder.Services.AddHostedService<OpeningHours>();
builder.Build().Run();
