using System.ComponentModel.DataAnnotations;

namespace ChatLoop.App.Conversations;

/// <summary>Where conversations are kept.</summary>
public sealed class ConversationOptions
{
    public const string Section = "Conversations";

    /// <summary>The setting that holds the storage account's connection string, or its sections `blobServiceUri`, `clientId` and `credential`.</summary>
    [Required]
    public string Connection { get; set; } = "AzureWebJobsStorage";

    /// <summary>The blob container; created at the start when it is missing.</summary>
    [Required, RegularExpression("^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]$", ErrorMessage = "Conversations:Container must be a container name: 3 to 63 lower-case letters, digits and single hyphens.")]
    public string Container { get; set; } = "conversations";

    /// <summary>Most conversations that one search opens to look into their texts; it says where to go on.</summary>
    [Range(1, 10_000)]
    public int SearchReads { get; set; } = 200;
}
