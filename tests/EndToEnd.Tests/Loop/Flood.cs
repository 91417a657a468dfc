using System.Text;
using System.Text.Json;

namespace ChatLoop.EndToEnd.Tests.Loop;

/// <summary>Feedback messages as a bad day brings them: one in ten twice, one in a hundred malformed, some users who change their minds, in any order.</summary>
internal sealed class Flood
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<byte[]> messages = [];

    /// <param name="turns">Answered turns, as many as messages at least.</param>
    public Flood(int count, IReadOnlyList<AnsweredTurn> turns, int seed)
    {
        var random = new Random(seed);
        Malformed = count / 100;
        var duplicates = count / 10;
        var judged = 0;
        while (messages.Count < count - duplicates - Malformed)
        {
            messages.Add(Thumb(turns[judged], up: true, minute: 0));
            // Every twentieth judgement is taken back, as long as there is room for one more.
            if (judged % 20 == 0 && messages.Count < count - duplicates - Malformed)
            {
                messages.Add(Thumb(turns[judged], up: false, minute: 1));
                Down++;
            }

            judged++;
        }

        Up = judged - Down;
        messages.AddRange(Enumerable.Range(0, duplicates).Select(_ => messages[random.Next(messages.Count)]).ToArray());
        messages.AddRange(Enumerable.Range(0, Malformed).Select(index => Broken(index, turns[0])));
        var shuffled = messages.ToArray();
        random.Shuffle(shuffled);
        messages = [.. shuffled];
    }

    public IReadOnlyList<byte[]> Messages => messages;

    public int Up { get; }

    public int Down { get; }

    public int Malformed { get; }

    private static byte[] Thumb(AnsweredTurn turn, bool up, int minute) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        schemaVersion = 1,
        id = $"{turn.TurnId}-{minute}",
        userId = turn.UserId,
        conversationId = turn.ConversationId,
        turnId = turn.TurnId,
        kind = up ? "thumbUp" : "thumbDown",
        at = Start.AddMinutes(minute),
    });

    private static byte[] Broken(int index, AnsweredTurn turn) => (index % 5) switch
    {
        0 => Encoding.UTF8.GetBytes($"this is no JSON: {index}"),
        1 => JsonSerializer.SerializeToUtf8Bytes(new { schemaVersion = 0, id = $"old-{index}" }),
        2 => JsonSerializer.SerializeToUtf8Bytes(new { schemaVersion = 1, id = $"half-{index}", userId = "somebody" }),
        3 => JsonSerializer.SerializeToUtf8Bytes(new
        {
            schemaVersion = 1,
            id = $"lost-{index}",
            userId = "somebody",
            conversationId = "00000000000000000000000000000000",
            turnId = turn.TurnId,
            kind = "thumbUp",
            at = Start,
        }),
        // As large as a queue takes.
        _ => Encoding.UTF8.GetBytes("{ \"schemaVersion\": 1, \"id\": \"" + index + new string('x', 49_000 - 30) + "\" }"),
    };
}
