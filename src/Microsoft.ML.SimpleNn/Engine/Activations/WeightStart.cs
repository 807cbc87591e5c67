namespace Microsoft.ML.SimpleNn;

/// <summary>How the weights of a layer are drawn, so that its outputs neither grow nor fade with the layers.</summary>
internal enum WeightStart
{
    /// <summary>For activations that are symmetric about 0 (X. Glorot and Y. Bengio 2010).</summary>
    GlorotUniform,

    /// <summary>For activations that leave about half of their inputs (K. He et al. 2015).</summary>
    HeNormal,

    /// <summary>For activations that normalise their outputs themselves (G. Klambauer et al. 2017).</summary>
    LeCunNormal,
}
