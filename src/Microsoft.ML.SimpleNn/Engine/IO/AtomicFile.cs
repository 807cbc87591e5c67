using System.Buffers;

namespace Microsoft.ML.SimpleNn.IO;

/// <summary>
/// Writes a file so that its path has, at every moment, either the whole old content or the whole new one: into a temporary file of the same folder, flushed
/// to the disk, which is
/// then renamed. A process that is killed, or a machine that loses its power, leaves a file that can be read.
/// </summary>
/// <remarks>
/// A process that was killed leaves its temporary file behind; the next write to the same path removes it. The temporary file is held open, and locked, until
/// it has its final name: so no
/// writer takes the file of another one that still runs. Whether the rename itself has reached the disk when the power fails is the file system's matter.
/// </remarks>
internal static class AtomicFile
{
    private const string Suffix = ".saving";
    private const int DigitsOfName = 16;
    private const int BufferSize = 1 << 16;
    private const int MostAttempts = 5;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Writes a file, in place of the one that is there. On any failure the old one stays as it was, and the temporary one is removed.</summary>
    /// <param name="path">The file. Of a symbolic link, the file that it leads to is written. It keeps the permissions of the old one.</param>
    /// <param name="write">Writes the content to the stream that it is given, which can seek. What it throws is thrown on.</param>
    /// <exception cref="IOException">The file cannot be written: no room on the disk, no such folder, or another program holds the old one open.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file is not to be written to.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string target = TargetOf(path);
        if (Directory.Exists(target)) throw new UnauthorizedAccessException($"'{target}' is a folder, and a file is to be written there.");
        RemoveLeftovers(target);
        using FileStream stream = Create(like: target);
        try
        {
            write(stream);
            stream.Flush(flushToDisk: true);
            File.Move(stream.Name, target, overwrite: true);
        }
        catch
        {
            File.Delete(stream.Name);
            throw;
        }
    }

    private static string TargetOf(string path)
    {
        string full = Path.GetFullPath(path);
        bool isLink = new FileInfo(full).LinkTarget != null;
        return isLink ? File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName : full;
    }

    /// <summary>
    /// Makes the temporary file. Between its creation and its lock, the writer of another thread or process may take it for a leftover: it then holds the lock,
    /// or has removed the file already, and another is made. Once the file is locked and still there, it stays.
    /// </summary>
    private static FileStream Create(string like)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                FileStream stream = Open($"{like}.{Random.Shared.NextInt64():x16}{Suffix}", like);
                if (File.Exists(stream.Name)) return stream;
                stream.Dispose();
                throw new IOException($"'{stream.Name}' was removed while it was made.");
            }
            catch (IOException) when (attempt < MostAttempts)
            {
            }
        }
    }

    private static FileStream Open(string temporary, string like)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = Locked, BufferSize = BufferSize };
        if (OperatingSystem.IsWindows() || !File.Exists(like)) return new FileStream(temporary, options);
        UnixFileMode mode = File.GetUnixFileMode(like);
        options.UnixCreateMode = mode;
        var stream = new FileStream(temporary, options);
        File.SetUnixFileMode(stream.SafeFileHandle, mode); // what the process's mask took from the mode at creation
        return stream;
    }

    /// <summary>
    /// No other handle may be opened. Windows renames an open file only where its deletion is shared; elsewhere sharing anything would leave it without a
    /// lock.
    /// </summary>
    private static FileShare Locked => OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;

    /// <summary>Removes the temporary files of writers that are no more.</summary>
    private static void RemoveLeftovers(string target)
    {
        string name = Path.GetFileName(target);
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(target)!, $"*{Suffix}"))
            if (IsTemporaryOf(Path.GetFileName(file), name))
                RemoveIfUnlocked(file);
    }

    private static bool IsTemporaryOf(string file, string name) =>
        file.Length == name.Length + 1 + DigitsOfName + Suffix.Length
        && file.StartsWith(name + ".", StringComparison.Ordinal)
        && !file.AsSpan(name.Length + 1, DigitsOfName).ContainsAnyExcept(HexDigits);

    private static void RemoveIfUnlocked(string file)
    {
        try
        {
            new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another writer is at work on it, or it is somebody else's: it stays.
        }
    }
}
