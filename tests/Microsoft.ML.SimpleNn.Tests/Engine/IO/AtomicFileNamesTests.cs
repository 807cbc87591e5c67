using Microsoft.ML.SimpleNn.IO;

namespace Microsoft.ML.SimpleNn.Tests.IO;

/// <summary>Which files a writer takes for what a killed one left, and where it writes through links.</summary>
[TestClass]
public sealed class AtomicFileNamesTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("simplenn").FullName;

    [TestCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    [DataRow("file.0123456789abcdex.saving", DisplayName = "a letter that is no digit")]
    [DataRow("file.0123456789ABCDEF.saving", DisplayName = "capital letters")]
    [DataRow("elif.0123456789abcdef.saving", DisplayName = "another file's")]
    [DataRow("file-0123456789abcdef.saving", DisplayName = "no point after the name")]
    [DataRow("file.0123456789abcdef0.saving", DisplayName = "a digit more")]
    [DataRow("file.0123456789abcdef.old.saving", DisplayName = "something between")]
    [DataRow("file.0123456789abcdef.savings", DisplayName = "another end")]
    [DataRow("file.0123456789abcdef", DisplayName = "no end")]
    public void A_file_that_is_not_named_as_a_temporary_one_of_the_target_stays(string name)
    {
        string other = Path.Combine(_folder, name), target = Path.Combine(_folder, "file"), left = Path.Combine(_folder, "file.fedcba9876543210.saving");
        File.WriteAllText(other, "somebody's");
        File.WriteAllText(left, "");
        AtomicFile.Write(target, stream => stream.WriteByte(1));

        CollectionAssert.AreEquivalent(new[] { other, target }, Directory.GetFiles(_folder));
        Assert.AreEqual("somebody's", File.ReadAllText(other));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)] // a link needs a right of its own on Windows
    public void Through_a_link_to_a_link_the_file_at_the_end_is_written()
    {
        string target = Path.Combine(_folder, "file"), middle = Path.Combine(_folder, "middle"), link = Path.Combine(_folder, "link");
        File.WriteAllText(target, "old");
        File.CreateSymbolicLink(middle, target);
        File.CreateSymbolicLink(link, middle);
        AtomicFile.Write(link, stream => stream.Write("new"u8));

        Assert.AreEqual("new", File.ReadAllText(target));
        Assert.AreEqual(target, new FileInfo(middle).LinkTarget);
        Assert.AreEqual(middle, new FileInfo(link).LinkTarget);
    }

    /// <summary>A name of 240 letters is one; with the temporary file's ending it is longer than a file system takes.</summary>
    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public void A_temporary_file_that_cannot_be_made_is_not_tried_for_ever() =>
        Assert.Throws<IOException>(() => AtomicFile.Write(Path.Combine(_folder, new string('x', 240)), stream => stream.WriteByte(1)));
}
