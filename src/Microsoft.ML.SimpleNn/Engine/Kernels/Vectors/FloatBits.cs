namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>The parts of an IEEE 754 single: 1 sign bit, 8 bits of exponent plus 127, 23 bits of mantissa.</summary>
internal static class FloatBits
{
    public const int MantissaBits = 23;
    public const int ExponentBias = 127;
    public const int MantissaMask = 0x007F_FFFF;

    /// <summary>The bits of 0.5: sign and mantissa zero, so that a mantissa or-ed in gives a number from 0.5 up to 1.</summary>
    public const int Half = 0x3F00_0000;
}
