using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Where the pixels of a distorted image come from, before it is bent: the pixel at (x, y) from the centre comes from (XX u + XY v, YX u + YY v), where
/// (u, v) = (x - ShiftX, y - ShiftY). x goes to the right and y down.
/// </summary>
internal readonly record struct ImageGeometry(float ShiftX, float ShiftY, float XX, float XY, float YX, float YY)
{
    /// <summary>Creates the geometry of an image that is scaled, then rotated about its centre, and then shifted.</summary>
    /// <param name="shiftX">By how many pixels to the right.</param>
    /// <param name="shiftY">By how many pixels down.</param>
    /// <param name="degrees">The angle, clockwise, from -180 to 180.</param>
    /// <param name="scaleX">What the width is multiplied by, above 0.</param>
    /// <param name="scaleY">What the height is multiplied by, above 0.</param>
    public static ImageGeometry Create(float shiftX, float shiftY, float degrees, float scaleX, float scaleY)
    {
        // The sine is the cosine of a right angle less: a library's may differ in the last bit from system to system.
        double turn = Math.Abs(degrees) / 180.0;
        double cosine = ScalarMath.CosinePi(turn);
        double sine = ScalarMath.CosinePi(Math.Abs(turn - 0.5));
        if (degrees < 0) sine = -sine;
        return new ImageGeometry(shiftX, shiftY, (float)(cosine / scaleX), (float)(sine / scaleX), (float)(-sine / scaleY), (float)(cosine / scaleY));
    }
}
