using System.Collections.Concurrent;
using Microsoft.ML.SimpleNn.IO;

namespace Microsoft.ML.SimpleNn.Tests.IO;

/// <summary>A file that has the old content or the new one, whatever happens.</summary>
[TestClass]
public sealed class AtomicFileTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("simplenn").FullName;

    private string Target => Path.Combine(_folder, "a file");

    [TestCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void A_file_is_made_and_replaced()
    {
        AtomicFile.Write(Target, stream => stream.Write("a long first content"u8));
        AtomicFile.Write(Target, stream => stream.Write("second"u8));

        Assert.AreEqual("second", File.ReadAllText(Target));
        AssertNothingElse();
    }

    [TestMethod]
    public void While_it_is_written_the_old_content_is_there()
    {
        File.WriteAllText(Target, "old");
        AtomicFile.Write(Target, stream =>
        {
            stream.Write("new"u8);
            stream.Flush();
            Assert.AreEqual("old", File.ReadAllText(Target));
        });

        Assert.AreEqual("new", File.ReadAllText(Target));
    }

    [TestMethod]
    public void A_write_that_throws_in_the_middle_leaves_the_old_content_and_nothing_else()
    {
        File.WriteAllText(Target, "old");

        var error = Assert.ThrowsExactly<InvalidTimeZoneException>(() => AtomicFile.Write(Target, stream =>
        {
            stream.Write(new byte[1 << 20]);
            throw new InvalidTimeZoneException("in the middle");
        }));

        Assert.AreEqual("in the middle", error.Message);
        Assert.AreEqual("old", File.ReadAllText(Target));
        AssertNothingElse();
    }

    [TestMethod]
    public void A_write_that_throws_leaves_no_file_where_there_was_none()
    {
        Assert.ThrowsExactly<InvalidTimeZoneException>(() => AtomicFile.Write(Target, _ => throw new InvalidTimeZoneException()));

        Assert.IsEmpty(Directory.GetFileSystemEntries(_folder));
    }

    [TestMethod]
    public void What_a_killed_writer_left_is_removed_and_files_of_others_are_not()
    {
        string left = $"{Target}.0123456789abcdef.saving", foreign = $"{Target}.a backup of it.saving", ofOtherFile = $"{Target}2.0123456789abcdef.saving";
        foreach (string file in (string[])[left, foreign, ofOtherFile])
            File.WriteAllText(file, "");

        AtomicFile.Write(Target, stream => stream.WriteByte(1));

        CollectionAssert.AreEquivalent(new[] { Target, foreign, ofOtherFile }, Directory.GetFiles(_folder));
    }

    [TestMethod]
    public void A_writer_leaves_the_temporary_file_of_another_that_is_at_work()
    {
        AtomicFile.Write(Target, outer =>
        {
            outer.Write("outer"u8);
            AtomicFile.Write(Target, inner => inner.Write("inner"u8));
            Assert.AreEqual("inner", File.ReadAllText(Target));
        });

        Assert.AreEqual("outer", File.ReadAllText(Target));
        AssertNothingElse();
    }

    [TestMethod]
    public void Writers_at_once_leave_the_whole_content_of_one_of_them()
    {
        byte[][] contents = [.. Enumerable.Range(1, 4).Select(i => Enumerable.Repeat((byte)i, 300_000 * i).ToArray())];
        Thread[] threads = [.. contents.Select(content => new Thread(() =>
        {
            for (int i = 0; i < 5; i++)
                AtomicFile.Write(Target, stream => stream.Write(content));
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();

        byte[] written = File.ReadAllBytes(Target);
        CollectionAssert.AreEqual(contents[written[0] - 1], written);
    }

    /// <summary>A writer that has made its file, and not locked it yet, may see it removed as a leftover: of 3,200 writes some twenty then failed.</summary>
    [TestMethod]
    public void No_writer_fails_because_of_another()
    {
        var failures = new ConcurrentQueue<Exception>();
        Thread[] threads = [.. Enumerable.Range(0, 8).Select(_ => new Thread(() =>
        {
            try
            {
                for (int i = 0; i < 50; i++)
                    AtomicFile.Write(Target, stream => stream.Write("content"u8));
            }
            catch (IOException failure)
            {
                failures.Enqueue(failure);
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();

        Assert.IsEmpty(failures);
        AssertNothingElse();
    }

    [TestMethod]
    public void A_relative_path_is_written_too()
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, Target);

        AtomicFile.Write(relative, stream => stream.Write("content"u8));

        Assert.AreEqual("content", File.ReadAllText(Target));
    }

    [TestMethod]
    public void The_permissions_stay_and_a_link_stays_a_link()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Windows has other permissions, and links need a privilege.");
            return;
        }
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        string link = Path.Combine(_folder, "link");
        File.WriteAllText(Target, "old");
        File.SetUnixFileMode(Target, Mode);
        File.CreateSymbolicLink(link, Target);

        AtomicFile.Write(link, stream => stream.Write("new"u8));

        Assert.AreEqual("new", File.ReadAllText(Target));
        Assert.AreEqual(Mode, File.GetUnixFileMode(Target));
        Assert.AreEqual(Target, new FileInfo(link).LinkTarget);
    }

    [TestMethod]
    public void A_path_that_cannot_be_written_is_an_error_of_the_file_system()
    {
        Assert.ThrowsExactly<DirectoryNotFoundException>(() => AtomicFile.Write(Path.Combine(_folder, "none", "file"), _ => { }));
        Assert.AreEqual($"'{_folder}' is a folder, and a file is to be written there.", Assert.ThrowsExactly<UnauthorizedAccessException>(() => AtomicFile.Write(_folder, _ => { })).Message);
    }

    private void AssertNothingElse() => CollectionAssert.AreEqual(new[] { Target }, Directory.GetFileSystemEntries(_folder));
}
