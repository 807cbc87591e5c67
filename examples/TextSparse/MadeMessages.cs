namespace TextSparse;

/// <summary>Messages put together from phrases. Spam and ham share most words; some spam is worded as a friend would, and some ham mentions a prize.</summary>
internal static class MadeMessages
{
    private static readonly string[] Names = ["Anna", "Ben", "Chloe", "David", "Ella", "Finn", "Grace", "Hugo"];
    private static readonly string[] Places = ["the station", "the office", "home", "the gym", "the cafe", "school", "the library"];
    private static readonly string[] Plans = ["have dinner", "watch the match", "finish the report", "go for a walk", "buy the tickets", "call you"];
    private static readonly string[] Prizes = ["a new phone", "a weekend in Rome", "1000 points", "a gift card", "free minutes"];
    private static readonly string[] Calls = ["Call", "Text WIN to", "Reply to", "Visit"];

    /// <summary>Makes messages, one in six of them spam.</summary>
    public static Message[] Make(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => i % 6 == 0 ? Spam(random) : Ham(random))];
    }

    private static Message Spam(Random random)
    {
        string prize = Pick(random, Prizes), call = Pick(random, Calls), number = random.Next(80000, 90000).ToString();
        return new Message
        {
            Kind = "spam",
            Text = random.Next(4) switch
            {
                0 => $"Congratulations! You have won {prize}. {call} {number} now to claim.",
                1 => $"Last chance to claim {prize}, {call} {number} before tonight!",
                2 => $"{Pick(random, Names)}, are you at {Pick(random, Places)}? Someone sent you {prize}. {call} {number}",
                _ => $"Your account at {Pick(random, Places)} is due for {prize}. {call} {number} today.",
            },
        };
    }

    private static Message Ham(Random random)
    {
        string name = Pick(random, Names), place = Pick(random, Places), plan = Pick(random, Plans);
        return new Message
        {
            Kind = "ham",
            Text = random.Next(5) switch
            {
                0 => $"Hi {name}, I am at {place}, shall we {plan} tonight?",
                1 => $"Can you {plan} today? Call me before {random.Next(1, 12)}.",
                2 => $"{name} won {Pick(random, Prizes)} at {place}! We should {plan} now.",
                3 => $"Sorry, I will be late for {place}. You {plan}, I come later.",
                _ => $"Reply when you are at {place}, {name} wants to {plan}.",
            },
        };
    }

    private static string Pick(Random random, string[] items) => items[random.Next(items.Length)];
}
