namespace ChatLoop.App.Users;

/// <summary>How the app knows who asks.</summary>
public sealed class UserOptions
{
    public const string Section = "Users";

    /// <summary>
    /// Whether users are signed in by App Service authentication, which stands before the app and sets X-MS-CLIENT-PRINCIPAL-ID. Where
    /// it does not stand there, anybody could send that header, so it is not believed; each browser then names itself in X-User-Id.
    /// </summary>
    public bool SignedIn { get; set; }
}
