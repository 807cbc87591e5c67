using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// How images are distorted while a network is trained: each time a row comes into a minibatch it is shifted, rotated, scaled and bent a little, at random, so
/// that the network never sees the same image twice.
/// </summary>
/// <remarks>
/// <para>
/// P. Simard, D. Steinkraus, J. Platt 2003, Best Practices for Convolutional Neural Networks Applied to Visual Document Analysis; D. Ciresan, U. Meier,
/// L. Gambardella, J. Schmidhuber 2010, Deep, Big, Simple Neural Nets for Handwritten Digit Recognition. Without shift, rotation, scale and elastic
/// deviation, all 0, the images stay as they are, bit for bit.
/// </para>
/// <para>
/// A pixel whose origin is outside the image takes the value of the nearest pixel at the edge. Around a digit that is the background, whatever number
/// stands for it; in a photo, where no number does, a black wedge would be an object that no picture has.
/// </para>
/// </remarks>
public sealed class ImageDistortion
{
    /// <summary>The most by which an image is shifted, to each side and up or down, in pixels.</summary>
    /// <remarks>
    /// Range: 0 to 32767. Default: 1. Every shift from -<see cref="Shift"/> to <see cref="Shift"/> is as likely, fractions of a pixel among them.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Shift
    {
        get;
        init => field = Check(value, ImageShape.LongestSide);
    }
    = 1;

    /// <summary>The most by which an image is rotated about its centre, in degrees.</summary>
    /// <remarks>
    /// Range: 0 to 180. Default: 10. Every angle from -<see cref="Rotation"/> to <see cref="Rotation"/> is as likely. Ciresan et al. rotate by up to
    /// 15 degrees, 1 and 7 by up to 7.5.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Rotation
    {
        get;
        init => field = Check(value, 180);
    }
    = 10;

    /// <summary>The most by which an image is enlarged or reduced, as a fraction of its size.</summary>
    /// <remarks>
    /// Range: 0 up to, but not including, 1. Default: 0.1. Height and width are multiplied by a number of their own each, from 1 - <see cref="Scale"/> to
    /// 1 + <see cref="Scale"/>, so that an image also becomes wider or narrower. Ciresan et al. use 0.15 to 0.2.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Scale
    {
        get;
        init
        {
            if (value is not (>= 0 and < 1)) throw OutOfRange.Exception(nameof(Scale), value, $"{nameof(Scale)} must be from 0 up to, but not including, 1.");
            field = value;
        }
    }
    = 0.1f;

    /// <summary>
    /// How far an elastic distortion moves the pixels: the standard deviation of their movement, to each side and up or down, as a fraction of the image's
    /// shorter side.
    /// </summary>
    /// <remarks>
    /// Range: 0 to 1. Default: 0.04. A fraction means the same for images of every size, and whatever the smoothness is. Simard's alpha, for which random
    /// numbers from -1 to 1 are smoothed with a Gaussian whose weights add up to 1, does not: it moves the pixels by a deviation of alpha / (6.14 sigma)
    /// pixels. The defaults are an alpha of 35 with a sigma of 5 in images of 28 x 28 pixels; Simard et al. use 34 with 4, which is a deviation of 0.049
    /// and a smoothness of 0.14.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float ElasticDeviation
    {
        get;
        init => field = Check(value, 1);
    }
    = 0.04f;

    /// <summary>
    /// How smooth an elastic distortion is: Simard's sigma, the standard deviation of the Gaussian that smooths the random movements, as a fraction of the
    /// image's shorter side.
    /// </summary>
    /// <remarks>
    /// Range: 0 to 1. Default: 0.18, which is 5 pixels of 28. Pixels closer to each other than this move alike. Far smaller values scramble the image, far
    /// larger ones shift it as a whole.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float ElasticSmoothness
    {
        get;
        init => field = Check(value, 1);
    }
    = 0.18f;

    /// <summary>Whether no setting asks for any distortion.</summary>
    internal bool IsIdentity => this is { Shift: 0, Rotation: 0, Scale: 0, ElasticDeviation: 0 };

    private static float Check(float value, float most, [CallerMemberName] string name = "")
    {
        if (!(value >= 0 && value <= most)) throw OutOfRange.Exception(name, value, $"{name} must be from 0 to {most}.");
        return value;
    }
}
