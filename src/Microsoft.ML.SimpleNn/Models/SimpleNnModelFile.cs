namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// What holds for all files of SimpleNn models that this process loads. ML.NET makes the models of a file by itself, so that a call that loads one has no place
/// for it.
/// </summary>
/// <remarks>
/// A file may come from anywhere. Of the part that is ours, everything is checked before it is used; what is wrong is told by a <see cref="FormatException"/>,
/// which is the innermost exception
/// of what <c>mlContext.Model.Load</c> throws: <c>error.GetBaseException()</c>.
/// </remarks>
public static class SimpleNnModelFile
{
    private static long _memoryLimit; // 0 for none

    /// <summary>
    /// The most bytes of memory that a model may take when it is loaded; null for what the runtime may use
    /// (<see cref="GCMemoryInfo.TotalAvailableMemoryBytes"/>), less what it uses.
    /// </summary>
    /// <remarks>
    /// A model of this size is refused before memory is allocated for it. Set it where files come from others: a network takes up to 16 times the bytes that
    /// its weights take in
    /// the file, since outputs are padded to 16, and a zip of zeros is a thousandth of what is in it. Default: null. It holds for each loaded model by itself,
    /// and for those loaded from then on.
    /// What ML.NET takes to read the zip, and for other transformers of the pipeline, is not counted.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public static long? MemoryLimit
    {
        get
        {
            long limit = Interlocked.Read(ref _memoryLimit);
            return limit == 0 ? null : limit;
        }
        set
        {
            if (value is long limit)
                ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, nameof(value));
            Interlocked.Exchange(ref _memoryLimit, value ?? 0);
        }
    }

    /// <summary>The limit that holds now.</summary>
    internal static long EffectiveMemoryLimit =>
        MemoryLimit ?? Math.Max(0, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - GC.GetTotalMemory(forceFullCollection: false));
}
