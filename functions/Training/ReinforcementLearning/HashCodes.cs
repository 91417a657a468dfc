namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>Seeds out of seeds (SplitMix64's mixer; Steele et al. 2014): a step's generators need no state, for they follow from its number.</summary>
internal static class HashCodes
{
    public static int Mix(params ReadOnlySpan<long> parts)
    {
        ulong state = 0;
        foreach (var part in parts)
        {
            state = unchecked(state + (ulong)part + 0x9E3779B97F4A7C15);
            state = unchecked((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9);
            state = unchecked((state ^ (state >> 27)) * 0x94D049BB133111EB);
            state ^= state >> 31;
        }

        return (int)(state >> 33);
    }
}
