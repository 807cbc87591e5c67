namespace Microsoft.ML.SimpleNn.Tests.Kernels;

/// <summary>A vector width that the kernels are compiled for.</summary>
public enum VectorWidth
{
    Bits128,
    Bits256,
    Bits512,
}
