namespace ChatLoop.Training.Data;

/// <summary>Simple English that the trainer makes itself, so that tests and the smoke recipe need no data from outside.</summary>
internal static class SyntheticText
{
    public const string Set = "synthetic";

    private static readonly string[] Names = ["Ana", "Ben", "Cara", "Dan", "Ela", "Finn", "Gus", "Hana"];
    private static readonly string[] Animals = ["dog", "cat", "cow", "duck", "horse", "bird", "fish", "goat"];
    private static readonly string[] Colours = ["red", "blue", "green", "white", "black", "brown", "yellow", "grey"];
    private static readonly string[] Places = ["garden", "forest", "house", "river", "school", "market", "field", "park"];
    private static readonly string[] Foods = ["bread", "rice", "soup", "corn", "apples", "cake", "beans", "milk"];
    private static readonly string[] Moods = ["happy", "tired", "hungry", "proud", "quiet", "glad"];

    public static IEnumerable<string> Stories(int seed, int count)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var (name, friend, animal, place, mood) = (Pick(random, Names), Pick(random, Names), Pick(random, Animals), Pick(random, Places), Pick(random, Moods));
            yield return $"{name} had a {Pick(random, Colours)} {animal}. One day the {animal} ran to the {place}. {name} looked for it and met {friend}. "
                + $"They gave the {animal} some {Pick(random, Foods)}. \"Now we can go home,\" said {friend}. The {animal} was {mood}, and {name} was {mood} too.";
        }
    }

    public static IEnumerable<Conversation> Conversations(int seed, int count)
    {
        var random = new Random(seed + 1);
        for (var i = 0; i < count; i++)
        {
            var (name, animal, colour, place, food) = (Pick(random, Names), Pick(random, Animals), Pick(random, Colours), Pick(random, Places), Pick(random, Foods));
            var (a, b) = (random.Next(10), random.Next(10));
            yield return random.Next(4) switch
            {
                0 => Conversation.Of(Set, $"{name} has a {colour} {animal}. What colour is the {animal}?", $"The {animal} is {colour}."),
                1 => Conversation.Of(Set, $"{name} went to the {place}. Where is {name}?", $"{name} is in the {place}."),
                2 => Conversation.Of(Set, $"The {animal} eats {food}. What does the {animal} eat?", $"The {animal} eats {food}."),
                _ => Conversation.Of(Set, $"What is {a} plus {b}?", $"{a} plus {b} is {a + b}."),
            };
        }
    }

    private static string Pick(Random random, string[] words) => words[random.Next(words.Length)];
}
