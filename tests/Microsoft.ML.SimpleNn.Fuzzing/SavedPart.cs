using System.IO.Compression;
using System.Text;

namespace Microsoft.ML.SimpleNn.Fuzzing;

/// <summary>Where in a saved zip the part of the model is that is ours.</summary>
/// <param name="Name">The file.</param>
/// <param name="Signature">ML.NET's signature of the model, which tells its kind.</param>
/// <param name="Zip">The zip.</param>
/// <param name="Entry">The entry of the zip.</param>
/// <param name="EntryBytes">The bytes of the entry: ML.NET's header, our part, ML.NET's tail.</param>
/// <param name="Start">Where our part begins: at the version of the form.</param>
/// <param name="Length">Its length.</param>
public sealed record SavedPart(string Name, string Signature, byte[] Zip, string Entry, byte[] EntryBytes, int Start, int Length)
{
    private const int PartAt = 16; // in ML.NET's header: where the part begins, and its length, as int64
    private const int SignatureAt = 64;
    private const int SignatureLength = 8;
    private const int LocalHeaderBytes = 30; // of an entry of a zip, before its name
    private const int ReadByMLNet = sizeof(int); // the size of a float, which its base class writes

    /// <summary>The bytes of the part.</summary>
    public byte[] Bytes => EntryBytes.AsSpan(Start, Length).ToArray();

    /// <summary>Finds the part in a zip.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static SavedPart Find(string name, byte[] zip)
    {
        foreach ((string entry, byte[] bytes) in Entries(zip))
        {
            string signature = bytes.Length < SignatureAt + SignatureLength ? "" : Encoding.ASCII.GetString(bytes, SignatureAt, SignatureLength);
            if (signature is "SNNMULTI" or "SNNBINRY" or "SNNREGRS" or "SNNAUTOE")
            {
                (long start, long length) = (BitConverter.ToInt64(bytes, PartAt), BitConverter.ToInt64(bytes, PartAt + sizeof(long)));
                return new SavedPart(name, signature, zip, entry, bytes, (int)start + ReadByMLNet, (int)length - ReadByMLNet);
            }
        }
        throw new InvalidDataException($"No entry of {name} is a model of SimpleNn.");
    }

    /// <summary>The zip with another part in place of this one.</summary>
    public byte[] WithPart(ReadOnlySpan<byte> part)
    {
        byte[] entry = [.. EntryBytes.AsSpan(0, Start), .. part, .. EntryBytes.AsSpan(Start + Length)];
        BitConverter.GetBytes((long)part.Length + ReadByMLNet).CopyTo(entry, PartAt + sizeof(long));
        long grown = part.Length - Length;
        foreach (int offset in OffsetsBehindPart)
        {
            long at = BitConverter.ToInt64(entry, offset);
            if (at != 0)
                BitConverter.GetBytes(at + grown).CopyTo(entry, offset);
        }
        using var result = new MemoryStream();
        using (var archive = new ZipArchive(result, ZipArchiveMode.Create, leaveOpen: true))
            foreach ((string name, byte[] bytes) in Entries(Zip))
            {
                using Stream stream = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                stream.Write(name == Entry ? entry : bytes);
            }
        return result.ToArray();
    }

    /// <summary>
    /// The zip with other bytes in place of those of our entry, compressed as they are. The other entries stay: a damaged schema can keep ML.NET's reader busy for ever, before our part is reached.
    /// </summary>
    public byte[] WithCompressedEntry(Func<byte[], byte[]> alter)
    {
        ArgumentNullException.ThrowIfNull(alter);
        int start = Zip.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Entry)) - LocalHeaderBytes;
        int rest = start + LocalHeaderBytes, end = rest + Zip.AsSpan(rest).IndexOf("PK\u0003\u0004"u8);
        if (end < rest)
            end = rest + Zip.AsSpan(rest).IndexOf("PK\u0001\u0002"u8);
        return [.. Zip.AsSpan(0, start), .. alter(Zip[start..end]), .. Zip.AsSpan(end)];
    }

    /// <summary>In ML.NET's header: where its string table and its characters are, its tail, its end, and the name of the assembly.</summary>
    private static int[] OffsetsBehindPart => [32, 48, 128, 136, 144];

    private static IEnumerable<(string Name, byte[] Bytes)> Entries(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            using Stream stream = entry.Open();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            yield return (entry.FullName, copy.ToArray());
        }
    }
}
