namespace Microsoft.ML.SimpleNn.Tests.House;

/// <summary>The floors of the library, from the top. A type may name those of its own room and of the floors below; rooms of one floor know nothing of each other.</summary>
internal static class Floors
{
    /// <summary>The rooms of each floor.</summary>
    public static readonly Room[][] FromTheTop =
    [
        [new("the catalogs", "")],
        [new("Tuning", "Tuning")],
        [new("Trainers", "Trainers")],
        [new("Models", "Models"), new("Evaluation", "Evaluation")],
        [new("Data", "Data")],
        [new("Options", "Options")],
        [new("Training", "Engine/Training", "Engine/Checkpoints", "Engine/History")],
        [new("Examples", "Engine/Examples", "Engine/Measures"), new("Explanations", "Engine/Explanations")],
        [new("the core", "Engine")],
        [new("Kernels", "Engine/Kernels", "Engine/Activations")],
        [new("IO", "Engine/IO")],
        [new("Interop", "Interop")],
    ];

    /// <summary>Whether a type in one file may name a type in another.</summary>
    public static bool Allow(string from, string to) => RoomOf(from) == RoomOf(to) || FloorOf(to) > FloorOf(from);

    /// <summary>The room of a file.</summary>
    public static Room RoomOf(string file) => FromTheTop.SelectMany(floor => floor).Where(room => room.Fit(file) >= 0).MaxBy(room => room.Fit(file))
        ?? throw new ArgumentException($"'{file}' stands in no room: add its folder to {nameof(Floors)}.", nameof(file));

    /// <summary>The floor of a file, counted from the top.</summary>
    public static int FloorOf(string file) => Array.FindIndex(FromTheTop, floor => floor.Contains(RoomOf(file)));
}
