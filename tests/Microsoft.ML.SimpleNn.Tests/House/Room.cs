namespace Microsoft.ML.SimpleNn.Tests.House;

/// <summary>Folders of the sources whose types may name each other.</summary>
/// <param name="Name">What the room is called.</param>
/// <param name="Folders">The folders; each stands for those inside it, but for those that are named themselves. "" is the top folder alone.</param>
internal sealed record Room(string Name, params string[] Folders)
{
    /// <summary>The longest of the room's folders that has a file, by its length; -1 where none has.</summary>
    public int Fit(string file)
    {
        string folder = file.Contains('/', StringComparison.Ordinal) ? file[..(file.LastIndexOf('/') + 1)] : "";
        return Folders.Where(one => one.Length == 0 ? folder.Length == 0 : folder.StartsWith($"{one}/", StringComparison.Ordinal)).Select(one => one.Length).DefaultIfEmpty(-1).Max();
    }
}
