using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Import;

/// <summary>Counts what a file takes in memory, before it is allocated.</summary>
/// <param name="limit">The most bytes.</param>
internal sealed class MemoryClaim(long limit)
{
    private long _claimed;

    /// <summary>Counts bytes, and throws where the file would take more than it may.</summary>
    public void Claim(long bytes)
    {
        if (bytes > limit - _claimed)
            throw OnnxReader.Refused($"it takes more than {limit} bytes of memory; {nameof(SimpleNnModelFile)}.{nameof(SimpleNnModelFile.MemoryLimit)} sets another limit");
        _claimed += bytes;
    }
}
