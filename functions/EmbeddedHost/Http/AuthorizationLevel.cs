namespace Microsoft.Azure.Functions.Worker;

/// <summary>Which key a request must carry, in <c>x-functions-key</c> or in <c>?code=</c>.</summary>
public enum AuthorizationLevel
{
    Anonymous = 0,
    User = 1,
    Function = 2,
    System = 3,
    Admin = 4,
}
