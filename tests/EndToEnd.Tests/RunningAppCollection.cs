namespace ChatLoop.EndToEnd.Tests;

/// <summary>One app for all tests that only talk to it.</summary>
[CollectionDefinition(Name)]
public sealed class RunningAppCollection : ICollectionFixture<RunningApp>
{
    public const string Name = "running app";
}
