using System.ComponentModel.DataAnnotations;

namespace ChatLoop.App.Storage;

/// <summary>Where the loop keeps what it collects: tables, queues and a blob container of one storage account.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>
    /// The setting that holds the storage account's connection string, or its sections `blobServiceUri`, `queueServiceUri`,
    /// `tableServiceUri`, `clientId` and `credential`. The queue triggers listen on AzureWebJobsStorage: name another only together with those.
    /// </summary>
    [Required]
    public string Connection { get; set; } = "AzureWebJobsStorage";

    /// <summary>The blob container; created at the start when it is missing.</summary>
    [Required, RegularExpression("^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]$", ErrorMessage = "Storage:Container must be a container name: 3 to 63 lower-case letters, digits and single hyphens.")]
    public string Container { get; set; } = "chatloop";

    /// <summary>What the names of all tables begin with, so that several deployments can share an account.</summary>
    [Required, RegularExpression("^[A-Za-z][A-Za-z0-9]{2,30}$", ErrorMessage = "Storage:TablePrefix must be 3 to 31 letters and digits, a letter first.")]
    public string TablePrefix { get; set; } = "ChatLoop";
}
