using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML.SimpleNn;

namespace WeightsHash;

/// <summary>The SHA-256 of networks' weights and biases, in the order in which they are added.</summary>
public sealed class WeightHasher : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Adds a network.</summary>
    public void Add(Network network)
    {
        foreach (DenseLayer layer in network.Layers)
        {
            _hash.AppendData(MemoryMarshal.AsBytes(layer.GetWeights().AsSpan()));
            _hash.AppendData(MemoryMarshal.AsBytes(layer.GetBiases().AsSpan()));
        }
    }

    /// <summary>The hash so far, in hexadecimal.</summary>
    public override string ToString() => Convert.ToHexString(_hash.GetCurrentHash());

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
