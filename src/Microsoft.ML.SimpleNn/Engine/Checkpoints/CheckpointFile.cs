using System.Text;
using Microsoft.ML.SimpleNn.IO;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// The files of a checkpoint: the last one at the path, and the one before it beside it, so that there is one to go on from at every moment, and there are
/// two of them but for the moments of writing.
/// <code>
/// 20 bytes  "SimpleNn checkpoint\n"
/// int32     version of this form, 1
/// ...       what the training has to remember (Checkpoint)
/// 32 bytes  SHA-256 of all before
/// </code>
/// </summary>
/// <param name="path">Where the last one is.</param>
internal sealed class CheckpointFile(string path)
{
    private const int Version = 1;
    private static readonly byte[] Mark = Encoding.ASCII.GetBytes("SimpleNn checkpoint\n");
    private readonly string _path = new FileInfo(path).LinkTarget == null
        ? System.IO.Path.GetFullPath(path)
        : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
    private bool _hasGood;

    /// <summary>Where the last one is.</summary>
    public string Path => _path;

    /// <summary>Where the one before it is.</summary>
    public string Previous => _path + ".previous";

    /// <summary>Writes a checkpoint. The last one, if it is good, becomes the one before.</summary>
    /// <exception cref="IOException">It cannot be written; what was there before can still be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not to be written to.</exception>
    public void Write(Action<StateTransfer> body)
    {
        if (_hasGood && File.Exists(_path)) File.Move(_path, Previous, overwrite: true);
        _hasGood = false;
        AtomicFile.Write(_path, stream =>
        {
            using var writer = new StateWriter(stream);
            Begin(writer, _path);
            body(writer);
            writer.WriteHash();
        });
        _hasGood = true;
    }

    /// <summary>Throws where the file could not be written because its folder is not there.</summary>
    /// <exception cref="DirectoryNotFoundException">It is not there.</exception>
    public static void CheckFolder(string path)
    {
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"The folder '{folder}' for the checkpoint '{path}' is not there: create it, or give another path.");
    }

    /// <summary>Opens the last checkpoint, or where that is damaged or was never finished the one before; null where there is none.</summary>
    /// <param name="warn">Is told of one that is damaged.</param>
    /// <exception cref="InvalidOperationException">There is a file of another kind, or of a later version.</exception>
    public StateReader? Open(Action<string> warn)
    {
        if (!File.Exists(_path)) return TryOpen(Previous, out _);
        StateReader? last = TryOpen(_path, out string damage);
        _hasGood = last != null;
        if (last != null) return last;
        StateReader? previous = TryOpen(Previous, out _);
        if (previous == null && !HasMark())
        {
            throw new InvalidOperationException(
                $"The file '{_path}' is not a checkpoint, and nothing is written over it: give another path, or delete the file.");
        }

        warn($"The checkpoint '{_path}' is damaged, since {damage}: " + (previous == null
            ? "there is none before it that can be read, and the training begins anew."
            : $"the training goes on from the one before it, '{Previous}'."));
        return previous;
    }

    private static void Begin(StateTransfer state, string path)
    {
        byte[] mark = [.. Mark];
        int version = Version;
        foreach (ref byte one in mark.AsSpan()) state.Value(ref one);
        state.Value(ref version);
        if (!mark.SequenceEqual(Mark)) throw StateTransfer.Damaged($"it does not begin as one does");
        if (version != Version)
            throw new InvalidOperationException($"The checkpoint '{path}' is of format version {version}, and this version of the library reads {Version}: "
                + "go on with the version that wrote it, or delete the file.");
    }

    private static StateReader? TryOpen(string path, out string damage)
    {
        damage = "";
        if (!File.Exists(path)) return null;
        var reader = new StateReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete));
        try
        {
            if (reader.HasRightHash())
            {
                Begin(reader, path);
                return reader;
            }

            damage = "its checksum is another";
        }
        catch (InvalidDataException)
        {
            damage = "it does not begin as one does";
        }
        catch
        {
            reader.Dispose();
            throw;
        }

        reader.Dispose();
        return null;
    }

    /// <summary>Whether it is a checkpoint, or what was left of one: it begins as one does, as far as it goes.</summary>
    private bool HasMark()
    {
        using FileStream stream = File.OpenRead(_path);
        byte[] first = new byte[Mark.Length];
        int count = stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        return first.AsSpan(0, count).SequenceEqual(Mark.AsSpan(0, count));
    }
}
