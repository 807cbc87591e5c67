namespace Microsoft.ML.SimpleNn.Tests.House;

/// <summary>The floors of the library, from the top. A type may name those of its own room and of the floors below; rooms of one floor know nothing of each other.</summary>
internal static class Floors
{
    /// <summary>The rooms of each floor.</summary>
    public static readonly Room[][] FromTheTop =
    [
        [new("the catalogs", "")],
        [new("Trainers", "Trainers")],
        [new("Models", "Models"), new("Evaluation", "Evaluation")],
        [new("Data", "Data")],
        [new("Options", "Options")],
        [new("Training", "Engine/Training", "Engine/Checkpoints")],
        [new("Examples", "Engine/Examples", "Engine/Measures")],
        [new("the core", "Engine")],
        [new("Kernels", "Engine/Kernels")],
        [new("IO", "Engine/IO")],
        [new("Interop", "Interop")],
    ];

    /// <summary>The pairs of rooms inside the engine of which the lower one still names the higher one. Each goes when it is cut; a test tells when that is.</summary>
    public static readonly (string From, string To)[] StillOpen =
    [
        ("the core", "Training"),
        ("the core", "Examples"),
        ("Examples", "Training"),
        ("Kernels", "the core"),
        ("IO", "the core"),
        ("IO", "Examples"),
    ];

    /// <summary>Whether a type in one file may name a type in another.</summary>
    public static bool Allow(string from, string to) => RoomOf(from) == RoomOf(to) || FloorOf(to) > FloorOf(from);

    /// <summary>Whether it may do so for the time being.</summary>
    public static bool IsStillOpen(string from, string to) => StillOpen.Contains((RoomOf(from).Name, RoomOf(to).Name));

    /// <summary>The room of a file.</summary>
    public static Room RoomOf(string file) => FromTheTop.SelectMany(floor => floor).Where(room => room.Fit(file) >= 0).MaxBy(room => room.Fit(file))
        ?? throw new ArgumentException($"'{file}' stands in no room: add its folder to {nameof(Floors)}.", nameof(file));

    /// <summary>The floor of a file, counted from the top.</summary>
    public static int FloorOf(string file) => Array.FindIndex(FromTheTop, floor => floor.Contains(RoomOf(file)));
}
