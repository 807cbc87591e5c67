namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// A vector of floats: what the kernels are written in, once for every width. Lane by lane every operation is the exact IEEE 754 one, so that a loop gives
/// the same bits with 512, 256 or 128-bit vectors.
/// </summary>
/// <typeparam name="V">The vector itself, such as <see cref="Floats512"/>.</typeparam>
internal unsafe interface IFloats<V>
    where V : struct, IFloats<V>
{
    /// <summary>The floats in a vector: 16, 8 or 4; always a divisor of <see cref="Padding.Lanes"/>.</summary>
    static abstract int Count { get; }

    /// <summary>The most rows of a register tile, MR, which with <see cref="TileVectors"/> must not spill: at most 8.</summary>
    static abstract int TileRows { get; }

    /// <summary>The most vectors in a row of a register tile, NR / <see cref="Count"/>: at most 3.</summary>
    static abstract int TileVectors { get; }

    static abstract V Load(float* source);

    /// <summary><see cref="Count"/> bytes as floats.</summary>
    static abstract V LoadBytes(byte* source);

    /// <summary>Four floats from each of <see cref="Count"/> / 4 places, <paramref name="stride"/> floats apart.</summary>
    static abstract V LoadFours(float* source, nint stride);

    void Store(float* destination);

    /// <summary>
    /// Stores past the caches, to a multiple of the vector's bytes: for lines that other threads have read. To write such a line as usual, a core first has to
    /// ask the others for their copies, and can ask for few at a time; past the caches a line costs a sixth of that, a tenth where the cores are far apart. The
    /// next interlocked operation makes the values visible to others.
    /// </summary>
    void StoreNonTemporal(float* destination);

    /// <summary>The number in every lane.</summary>
    static abstract implicit operator V(float value);

    static abstract V operator +(V a, V b);

    static abstract V operator -(V a, V b);

    static abstract V operator *(V a, V b);

    static abstract V operator /(V a, V b);

    /// <summary>0 - a: of 0 it is 0.</summary>
    static abstract V operator -(V a);

    /// <summary>a b + c, rounded once.</summary>
    static abstract V MultiplyAdd(V a, V b, V c);

    /// <summary>
    /// Adds a b, rounded once: <see cref="MultiplyAdd"/> in place, for sums that stay in registers over a loop, where the JIT would copy each of them once a
    /// step.
    /// </summary>
    void AddProduct(V a, V b);

    /// <summary>The same with the vector that lies at <paramref name="b"/>.</summary>
    void AddProduct(V a, float* b);

    /// <summary>The same with one number for all lanes.</summary>
    void AddProduct(V a, float b);

    static abstract V Sqrt(V a);

    static abstract V Abs(V a);

    /// <summary>Lane by lane, <paramref name="then"/> where a &lt; b; <paramref name="otherwise"/> where not, and where either is NaN.</summary>
    static abstract V IfLess(V a, V b, V then, V otherwise);

    /// <summary>Lane by lane, <paramref name="a"/> where the mask is ones and <paramref name="b"/> where it is zeros.</summary>
    static abstract V Select(V mask, V a, V b);

    /// <summary>In each group of four lanes, a0 b0 a1 b1.</summary>
    static abstract V InterleaveLow(V a, V b);

    /// <summary>In each group of four lanes, a2 b2 a3 b3.</summary>
    static abstract V InterleaveHigh(V a, V b);

    /// <summary>2 to the power of <paramref name="n"/>, whole numbers from -126 to 127 in float form.</summary>
    static abstract V PowerOfTwo(V n);

    /// <summary>Splits positive normal numbers into mantissa, 0.5 up to 1, and exponent: a = mantissa 2^exponent.</summary>
    static abstract V SplitExponent(V a, out V exponent);
}
