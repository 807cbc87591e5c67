using System.Reflection;
using System.Reflection.Metadata;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.House;

/// <summary>The library's rooms depend one way: nothing names what stands on a floor above it (<see cref="Floors"/>).</summary>
[TestClass]
public sealed class HouseTests
{
    private const string Sources = "src/Microsoft.ML.SimpleNn";

    private static readonly Lazy<Arrow[]> Arrows = new(ReadArrows);

    [TestMethod]
    public void No_type_names_one_of_a_higher_floor()
    {
        Arrow[] upwards = [.. Arrows.Value.Where(arrow => !arrow.IsAllowed)];

        Assert.IsEmpty(upwards, string.Join(Environment.NewLine, upwards.AsEnumerable()));
    }

    [TestMethod]
    public void No_source_outside_the_engine_takes_a_constant_or_a_name_from_a_higher_floor()
    {
        Dictionary<string, string> fileOf = Arrows.Value.SelectMany(arrow => new[] { (arrow.From, arrow.FromFile), (arrow.To, arrow.ToFile) })
            .Where(type => !type.Item1.Contains('<', StringComparison.Ordinal)).DistinctBy(type => type.Item1.Split('.')[^1]).ToDictionary(type => type.Item1.Split('.')[^1], type => type.Item2);
        string root = Path.Combine(Repository.Root, Sources);
        IEnumerable<Arrow> arrows =
            from path in Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories)
            let file = Path.GetRelativePath(root, path).Replace('\\', '/')
            where !file.StartsWith("Engine/", StringComparison.Ordinal) && !file.StartsWith("obj/", StringComparison.Ordinal) && !file.StartsWith("bin/", StringComparison.Ordinal)
            from name in SourceNames.Read(File.ReadAllText(path))
            where fileOf.ContainsKey(name)
            select new Arrow(file, file, name, fileOf[name]);

        Arrow[] upwards = [.. arrows.Where(arrow => !arrow.IsAllowed)];
        Assert.IsEmpty(upwards, string.Join(Environment.NewLine, upwards.AsEnumerable()));
    }

    [TestMethod]
    public void A_line_has_at_most_160_characters_and_a_folder_20_files()
    {
        string root = Path.Combine(Repository.Root, Sources);
        string[] files = [.. Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories).Where(path => Path.GetRelativePath(root, path)[..4] is not ("obj/" or "bin/"))];

        Assert.IsEmpty(files.SelectMany(path => File.ReadLines(path).Where(line => line.Length > 160).Select(line => $"{path}: {line}")));
        Assert.IsEmpty(files.GroupBy(Path.GetDirectoryName).Where(folder => folder.Count() > 20).Select(folder => $"{folder.Key} has {folder.Count()} files"));
    }

    /// <summary>The catalog methods have those of ML.NET's; the microkernel's sums must be arguments of their own to stay in registers.</summary>
    [TestMethod]
    public void A_method_has_at_most_six_parameters()
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        IEnumerable<string> more =
            from type in typeof(Network).Assembly.GetTypes()
            where type != typeof(SimpleNnExtensions) && !type.IsSubclassOf(typeof(Delegate)) && type != typeof(RegisterTile<>)
            from method in type.GetMembers(All).OfType<MethodBase>()
            where method.GetParameters().Length > 6
            select $"{type.FullName}.{method.Name}";

        Assert.IsEmpty(more);
    }

    [TestMethod]
    public void Only_what_the_compiler_makes_of_itself_has_no_file()
    {
        using CompiledHouse house = new(typeof(Network).Assembly, Sources);

        Assert.IsTrue(house.Files.Where(type => type.Value is null).All(type => house.FullName(type.Key).StartsWith('<')));
        Assert.AreEqual("Engine/Network.cs", house.Files.Single(type => house.FullName(type.Key) == typeof(Network).FullName).Value?.Replace(".Predict", "", StringComparison.Ordinal).Replace(".Finite", "", StringComparison.Ordinal));
        Assert.AreEqual("Engine/History/StopReason.cs", house.Files.Single(type => house.FullName(type.Key) == typeof(StopReason).FullName).Value, "an enum has no methods, by which others are found");
    }

    [TestMethod]
    [DataRow("Data/Labels/NumberReader.cs", "Trainers/EpochLog.cs", false, "up two floors")]
    [DataRow("Trainers/EpochLog.cs", "Data/Labels/NumberReader.cs", true, "down")]
    [DataRow("Models/ModelReader.cs", "Evaluation/ScoredRows.cs", false, "across")]
    [DataRow("Data/Labels/NumberReader.cs", "Data/HoldOut.cs", true, "in the room")]
    [DataRow("Engine/Network.cs", "Engine/Kernels/Threads/ThreadTeam.cs", true, "a folder that is named itself stands on its own floor")]
    [DataRow("Engine/Kernels/Threads/ThreadTeam.cs", "Engine/Network.cs", false, "from there up")]
    [DataRow("Engine/Checkpoints/Checkpoint.cs", "Engine/Training/TrainingLoop.cs", true, "two folders of one room")]
    [DataRow("Options/Effort.cs", "SimpleNnExtensions.cs", false, "the top folder is the top floor")]
    public void A_room_may_name_itself_and_what_is_below(string from, string to, bool allowed, string why) => Assert.AreEqual(allowed, Floors.Allow(from, to), why);

    [TestMethod]
    public void A_folder_that_stands_on_no_floor_is_an_error() => Assert.ThrowsExactly<ArgumentException>(() => Floors.RoomOf("Attic/Box.cs"));

    private static Arrow[] ReadArrows()
    {
        using CompiledHouse house = new(typeof(Network).Assembly, Sources);
        IEnumerable<Arrow> arrows =
            from type in house.Files
            where type.Value is not null
            from TypeDefinitionHandle named in house.NamesOf(type.Key)
            where house.Files[named] is not null
            select new Arrow(house.FullName(type.Key), type.Value, house.FullName(named), house.Files[named]!);
        return [.. arrows];
    }
}
