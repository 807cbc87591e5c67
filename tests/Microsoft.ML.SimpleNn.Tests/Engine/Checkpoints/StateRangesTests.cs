using System.Security.Cryptography;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>What is written comes back, and what cannot have been written is refused with the number that was found.</summary>
[TestClass]
public sealed class StateRangesTests
{
    private delegate void Part(StateTransfer state);

    [TestMethod]
    public void Every_kind_of_value_comes_back()
    {
        (double value, bool yes, bool no, int number, long ticks, string text) = (1.5, true, false, 7, TimeSpan.TicksPerHour, "Größe 10 µm");
        float[] items = [1, 2, 3];
        StateReader reader = Written(Transfer);
        (value, yes, no, number, ticks, text, items) = (0, false, true, 0, 0, "", new float[3]);
        Transfer(reader);

        Assert.AreEqual((1.5, true, false, 7, TimeSpan.TicksPerHour, "Größe 10 µm"), (value, yes, no, number, ticks, text));
        CollectionAssert.AreEqual(new float[] { 1, 2, 3 }, items);

        void Transfer(StateTransfer state)
        {
            state.Value(ref value);
            state.Flag(ref yes);
            state.Flag(ref no);
            state.Number(ref number, 7, 7, "a number");
            state.Time(ref ticks);
            state.Text(ref text);
            state.Items<float>(items, "items");
        }
    }

    [TestMethod]
    public void More_items_than_are_moved_at_a_time_come_back_in_their_order()
    {
        float[] items = [.. Enumerable.Range(0, (1 << 20) + 3).Select(i => (float)i)], read = new float[items.Length];
        Written(state => state.Items<float>(items, "items")).Items<float>(read, "items");

        CollectionAssert.AreEqual(items, read);
    }

    [TestMethod]
    public void The_ends_of_a_range_are_taken_and_the_next_are_not()
    {
        foreach (int end in new[] { 3, 5 }) Read(end, reader => Number(reader));
        Refuses("a number is 2, the range is 3 to 5", 2, reader => Number(reader));
        Refuses("a number is 6, the range is 3 to 5", 6, reader => Number(reader));
        Refuses("yes or no is 2, the range is 0 to 1", 2, reader => Flag(reader));
        Refuses("yes or no is -1, the range is 0 to 1", -1, reader => Flag(reader));

        static void Number(StateTransfer reader)
        {
            int number = 0;
            reader.Number(ref number, 3, 5, "a number");
        }

        static void Flag(StateTransfer reader)
        {
            bool flag = false;
            reader.Flag(ref flag);
        }
    }

    [TestMethod]
    public void A_time_is_from_zero_to_a_hundred_thousand_days()
    {
        long longest = TimeSpan.FromDays(100_000).Ticks;
        foreach (long end in new[] { 0, longest }) Read(end, reader => Time(reader));
        Refuses("a time is -1 ticks", -1L, reader => Time(reader));
        Refuses($"a time is {longest + 1} ticks", longest + 1, reader => Time(reader));

        static void Time(StateTransfer reader)
        {
            long ticks = 0;
            reader.Time(ref ticks);
        }
    }

    [TestMethod]
    public void A_count_that_the_bytes_left_cannot_hold_is_refused()
    {
        Read((2, 0L, 0L), reader => Assert.AreEqual(2, reader.Count(0, 8, "things")));
        Refuses("it has 3 things, and 20 bytes are left", (3, 0L, 0L, 0), reader => reader.Count(0, 8, "things"));
        Refuses("it has -1 things, and 0 bytes are left", -1, reader => reader.Count(0, 8, "things"));
        Refuses($"it has {int.MaxValue} things, and 0 bytes are left", int.MaxValue, reader => reader.Count(0, int.MaxValue, "things"));
    }

    [TestMethod]
    public void Items_of_another_number_are_refused() =>
        Refuses("it has 2 weights, and there should be 3", (2, 0f, 0f), reader => reader.Items<float>(new float[3], "weights"));

    [TestMethod]
    public void A_value_that_the_bytes_end_before_is_refused() =>
        Refuses("it ends too early", 1, reader =>
        {
            long value = 0;
            reader.Value(ref value);
        });

    [TestMethod]
    public void A_text_is_no_longer_than_65536_bytes()
    {
        string longest = new('x', 1 << 16), read = "";
        Written(state => state.Text(ref longest)).Text(ref read);
        Assert.AreEqual(longest, read);

        string longer = longest + "x";
        Assert.Contains("it has a text of 65537 bytes", Assert.ThrowsExactly<InvalidDataException>(() => Written(state => state.Text(ref longer))).Message);
        byte[] bytes = [.. BitConverter.GetBytes((1 << 16) + 1), .. new byte[(1 << 16) + 1]];
        Assert.Contains("it has a text of 65537 bytes", Assert.ThrowsExactly<InvalidDataException>(() => Reader(bytes).Text(ref read)).Message);
    }

    [TestMethod]
    public void A_hash_is_right_until_a_byte_is_another_or_is_missing()
    {
        // More than is hashed at a time.
        byte[] body = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 31))], whole = [.. body, .. SHA256.HashData(body)];
        Assert.IsTrue(IsRight(whole));
        foreach (int at in new[] { 0, 65_535, 65_536, 131_072, 199_999, 200_000, whole.Length - 1 })
        {
            byte[] changed = [.. whole];
            changed[at]++;
            Assert.IsFalse(IsRight(changed), $"byte {at}");
        }

        Assert.IsFalse(IsRight(whole[..^1]));
        Assert.IsFalse(IsRight(whole[..31]), "less than a hash");
        Assert.IsTrue(IsRight(SHA256.HashData([])), "of nothing");

        static bool IsRight(byte[] bytes)
        {
            using var reader = new StateReader(new MemoryStream(bytes));
            return reader.HasRightHash();
        }
    }

    [TestMethod]
    public void After_the_hash_was_looked_at_reading_begins_at_the_beginning()
    {
        long value = 42, read = 0;
        StateReader reader = Written(state => state.Value(ref value));
        Assert.IsTrue(reader.HasRightHash());
        reader.Value(ref read);

        Assert.AreEqual(42L, read);
    }

    private static StateReader Written(Part part)
    {
        var stream = new MemoryStream();
        using var writer = new StateWriter(stream);
        Assert.IsFalse(writer.IsReading);
        part(writer);
        writer.WriteHash();
        stream.Position = 0;
        return new StateReader(stream);
    }

    private static StateReader Reader(ReadOnlySpan<byte> bytes) => new(new MemoryStream([.. bytes, .. new byte[SHA256.HashSizeInBytes]]));

    /// <summary>Reads what stands in memory as it would in the file.</summary>
    private static void Read<T>(T contents, Part part)
        where T : struct => part(Reader(BytesOf(contents)));

    private static void Refuses<T>(string reason, T contents, Part part)
        where T : struct
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() => Read(contents, part));
        Assert.AreEqual($"The checkpoint cannot be read, since {reason}: delete the file to begin anew.", error.Message);
    }

    private static byte[] BytesOf<T>(T contents)
        where T : struct => (object)contents switch
        {
            int value => BitConverter.GetBytes(value),
            long value => BitConverter.GetBytes(value),
            (int first, long a, long b) => [.. BitConverter.GetBytes(first), .. BitConverter.GetBytes(a), .. BitConverter.GetBytes(b)],
            (int first, long a, long b, int c) => [.. BytesOf((first, a, b)), .. BitConverter.GetBytes(c)],
            (int first, float a, float b) => [.. BitConverter.GetBytes(first), .. BitConverter.GetBytes(a), .. BitConverter.GetBytes(b)],
            _ => throw new ArgumentException("There is no such content."),
        };
}
