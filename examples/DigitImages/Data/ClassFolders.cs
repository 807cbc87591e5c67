using SkiaSharp;

namespace DigitImages.Data;

/// <summary>A folder with one folder of JPEG or PNG files for each class.</summary>
internal static class ClassFolders
{
    private static readonly string[] ImageExtensions = [".jpg", ".jpeg", ".png"];

    /// <summary>Lists the images; the name of an image's folder is its class.</summary>
    /// <param name="folder">The folder of class folders, or one whose only folder is that.</param>
    /// <param name="output">Where the user is told of files that are no images, or damaged, and of a folder taken instead.</param>
    /// <param name="skipDamaged">Whether to leave images out that cannot be read, and count them.</param>
    /// <exception cref="InputException">The folder is missing, has fewer than two classes, an empty one, or an image that cannot be read and is not to be skipped.</exception>
    public static ImageFile[] Load(string folder, TextWriter output, bool skipDamaged = false)
    {
        if (!Directory.Exists(folder))
            throw new InputException($"The folder '{folder}' given with --images does not exist.");

        string[] classFolders = FoldersIn(folder);
        if (classFolders.Length == 1 && FoldersIn(classFolders[0]).Length >= 2)
        {
            // As in many archives, the class folders lie one level deeper.
            folder = classFolders[0];
            classFolders = FoldersIn(folder);
            output.WriteLine($"The class folders lie in '{folder}'.");
        }

        if (classFolders.Length < 2)
            throw new InputException($"The folder '{folder}' needs at least two class folders of JPEG or PNG files, but it has {(classFolders.Length == 0 ? "none" : $"only '{Path.GetFileName(classFolders[0])}'")}.");

        ImageFile[] images = [.. classFolders.SelectMany(ListImages)];
        foreach (string classFolder in classFolders)
            CheckEnough(classFolder, images);
        string[] others = [.. Directory.EnumerateFiles(folder).Concat(classFolders.SelectMany(Directory.EnumerateFileSystemEntries)).Except(images.Select(image => image.Path))];
        if (others.Length > 0)
            output.WriteLine($"Left out, as neither JPEG nor PNG files of a class: {others.Length} (the first is '{others.Min(StringComparer.Ordinal)}').");

        ImageFile[] damaged = Damaged(images);
        if (damaged.Length == 0)
            return images;
        if (!skipDamaged)
            throw new InputException($"The image '{damaged[0].Path}' cannot be read or is damaged{(damaged.Length > 1 ? $", and so are {damaged.Length - 1} others" : "")}; repair or remove it, or leave such images out with --skip-damaged.");
        output.WriteLine($"Left out, as they cannot be read or are damaged: {damaged.Length} of {images.Length} images (the first is '{damaged[0].Path}').");
        images = [.. images.Except(damaged)];
        foreach (string classFolder in classFolders)
            CheckEnough(classFolder, images);
        return images;
    }

    /// <summary>Keeps a share of each class for the test; the seed decides which images.</summary>
    public static (ImageFile[] Training, ImageFile[] Test) Split(ImageFile[] images, double testFraction, int seed)
    {
        var random = new Random(seed);
        List<ImageFile> training = [], test = [];
        foreach (IGrouping<string, ImageFile> ofClass in images.GroupBy(image => image.Label))
        {
            ImageFile[] shuffled = [.. ofClass];
            random.Shuffle(shuffled);
            int testCount = Math.Max(1, (int)Math.Round(shuffled.Length * testFraction));
            test.AddRange(shuffled[..testCount]);
            training.AddRange(shuffled[testCount..]);
        }
        return ([.. training], [.. test]);
    }

    private static IEnumerable<ImageFile> ListImages(string classFolder) => Directory.EnumerateFiles(classFolder)
        .Where(path => ImageExtensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
        .Order(StringComparer.Ordinal)
        .Select(path => new ImageFile { Path = path, Label = Path.GetFileName(classFolder) });

    private static void CheckEnough(string classFolder, ImageFile[] images)
    {
        int count = images.Count(image => image.Label == Path.GetFileName(classFolder));
        if (count < 2)
            throw new InputException($"The class folder '{classFolder}' needs at least two JPEG or PNG files, one to learn from and one for the test, but has {count}.");
    }

    private static string[] FoldersIn(string folder) => [.. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)];

    /// <summary>Decodes every image once: the pipeline would stop at the first damaged one, and take a truncated one for whole.</summary>
    private static ImageFile[] Damaged(ImageFile[] images) => [.. images.AsParallel().AsOrdered().Where(image => !IsWhole(image.Path))];

    private static bool IsWhole(string path)
    {
        using SKCodec? codec = SKCodec.Create(path);
        if (codec is null)
            return false;
        using var pixels = new SKBitmap();
        return pixels.TryAllocPixels(codec.Info) && codec.GetPixels(pixels.Info, pixels.GetPixels()) == SKCodecResult.Success;
    }
}
