using System.ComponentModel.DataAnnotations;

namespace SampleApp;

public sealed class GreetingOptions
{
    [Required, MinLength(1)]
    public string Word { get; set; } = "Hello";

    [Range(1, 10)]
    public int Times { get; set; } = 1;
}
