using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Microsoft.Azure.Functions.Worker.Hosting;

/// <summary>Turns what went wrong at the start into one line on standard error and exit code 1.</summary>
internal static class StartFailures
{
    private static int _installed;

    /// <summary>
    /// A start failure that nobody catches ends the process here, before the runtime would print its stack trace. By then
    /// Run has disposed the host, and with it stopped what it had started.
    /// </summary>
    public static void EndProcessWithOneLine()
    {
        if (Interlocked.Exchange(ref _installed, 1) != 0)
            return;
        AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
        {
            if (unhandled.ExceptionObject is not HostStartException failure)
                return;
            Console.Error.WriteLine($"Cannot start: {failure.Message}");
            Environment.Exit(1);
        };
    }

    /// <summary>
    /// The failure as one line, where its type says that the surroundings are at fault and not the code; otherwise null, and
    /// the exception keeps its stack trace.
    /// </summary>
    public static HostStartException? Explain(Exception exception, int port) => exception switch
    {
        HostStartException failure => failure,
        IOException { InnerException: AddressInUseException } => new(
            $"Port {port} is in use: stop the program that listens there, or choose another with --port <number>.", exception),
        SocketException { SocketErrorCode: SocketError.AccessDenied } => new(
            $"Port {port} may not be opened by this user: choose one above 1023 with --port <number>.", exception),
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } => new(
            "EmbeddedHost__Address is no address of this machine: use localhost, or 0.0.0.0 for all.", exception),
        OptionsValidationException options => new(
            $"The settings are not valid: {string.Join(" ", options.Failures)}", exception),
        SqliteException sqlite => new(
            $"The durable history cannot be opened ({OneLine(sqlite.Message)}): restore its folder from a copy, or move it away to start afresh.", exception),
        InvalidOperationException or InvalidDataException or IOException or UnauthorizedAccessException or HttpRequestException
            or TimeoutException or NotSupportedException => new(OneLine(exception.Message), exception),
        AggregateException { InnerExceptions: [var only] } => Explain(only, port),
        _ => null,
    };

    private static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
