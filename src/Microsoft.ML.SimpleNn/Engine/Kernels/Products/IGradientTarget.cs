namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// Where a layer's weight gradient goes, a tile at a time: whole into memory (<see cref="StoredGradient"/>), for whoever needs all of it, or straight into a
/// step of the optimizer (<see cref="UpdateInPlace{TRule}"/>, <see cref="UpdateRecords{TRule}"/>), so that no gradient is ever written to memory. The sums
/// are the same bits either way.
/// </summary>
internal unsafe interface IGradientTarget
{
    /// <summary>Where the sums of a tile are to be computed.</summary>
    /// <param name="first">The tile's first parameter; a tile is a range of the panels, or of the weights gathered for a sparse minibatch.</param>
    /// <param name="count">The parameters: a multiple of 16.</param>
    /// <param name="scratch">Room for the tile, in the first-level cache.</param>
    float* Place(int first, int count, float* scratch);

    /// <summary>Takes the tile.</summary>
    /// <param name="first">The tile's first parameter.</param>
    /// <param name="count">The parameters: a multiple of 16.</param>
    /// <param name="gradient">Their gradient, where <see cref="Place"/> wanted it.</param>
    /// <param name="isShared">Whether threads other than this one read the parameters.</param>
    void Take<V>(int first, int count, float* gradient, bool isShared)
        where V : struct, IFloats<V>;
}
