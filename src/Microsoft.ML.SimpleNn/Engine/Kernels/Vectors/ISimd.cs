namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// The vector operations that the kernels are written in, once for every width. <typeparamref name="V"/> holds
/// <see cref="Count"/> floats; lane by lane every operation is the exact IEEE 754 one, so that a loop gives the same bits
/// with 512, 256 or 128-bit vectors.
/// </summary>
/// <typeparam name="V">The vector, such as <see cref="System.Runtime.Intrinsics.Vector512{T}"/> of float.</typeparam>
internal unsafe interface ISimd<V>
    where V : struct
{
    /// <summary>The floats in a vector: 16, 8 or 4; always a divisor of <see cref="Padding.Lanes"/>.</summary>
    static abstract int Count { get; }

    /// <summary>The most rows of a register tile, which with <see cref="TileVectors"/> must not spill: at most 8.</summary>
    static abstract int TileRows { get; }

    /// <summary>The most vectors in a row of a register tile: at most 3.</summary>
    static abstract int TileVectors { get; }

    static abstract V Load(float* source);

    /// <summary><see cref="Count"/> bytes as floats.</summary>
    static abstract V LoadBytes(byte* source);

    static abstract void Store(V value, float* destination);

    /// <summary>
    /// Stores past the caches, to a multiple of the vector's bytes: for lines that other threads have read. To write such a line as usual, a core first has to ask the others for
    /// their copies, and can ask for few at a time; past the caches a line costs a sixth of that, a tenth where the cores are far apart. The next interlocked operation makes the values visible to others.
    /// </summary>
    static abstract void StoreNonTemporal(V value, float* destination);

    /// <summary>Four floats from each of <see cref="Count"/> / 4 places, <paramref name="stride"/> floats apart.</summary>
    static abstract V LoadFours(float* source, nint stride);

    /// <summary>In each group of four lanes, a0 b0 a1 b1.</summary>
    static abstract V InterleaveLow(V a, V b);

    /// <summary>In each group of four lanes, a2 b2 a3 b3.</summary>
    static abstract V InterleaveHigh(V a, V b);

    static abstract V Broadcast(float value);

    static abstract V Add(V a, V b);

    static abstract V Subtract(V a, V b);

    static abstract V Multiply(V a, V b);

    static abstract V Divide(V a, V b);

    /// <summary>a b + c, rounded once.</summary>
    static abstract V MultiplyAdd(V a, V b, V c);

    static abstract V SquareRoot(V a);

    static abstract V Absolute(V a);

    /// <summary>A mask of ones where a &lt; b; zeros where not, and where either is NaN.</summary>
    static abstract V LessThan(V a, V b);

    /// <summary>Lane by lane, <paramref name="a"/> where the mask is ones and <paramref name="b"/> where it is zeros.</summary>
    static abstract V Select(V mask, V a, V b);

    /// <summary>2 to the power of <paramref name="n"/>, whole numbers from -126 to 127 in float form.</summary>
    static abstract V PowerOfTwo(V n);

    /// <summary>Splits positive normal numbers into mantissa, 0.5 up to 1, and exponent: a = mantissa 2^exponent.</summary>
    static abstract V SplitExponent(V a, out V exponent);
}
