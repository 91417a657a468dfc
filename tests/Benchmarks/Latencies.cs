namespace ChatLoop.Benchmarks;

internal static class Latencies
{
    /// <summary>One line: median, 99th percentile and count.</summary>
    public static void Report(string what, List<double> milliseconds)
    {
        milliseconds.Sort();
        Console.WriteLine($"{what,-40} p50 {At(0.5),8:F2} ms   p99 {At(0.99),8:F2} ms   (n={milliseconds.Count})");

        double At(double share) => milliseconds[(int)(share * (milliseconds.Count - 1))];
    }
}
