namespace Microsoft.ML.SimpleNn;

/// <summary>
/// What a feature is, as far as an <see cref="InputStage"/> can tell from the training rows and their annotations, and with it what is done to it.
/// </summary>
public enum ColumnKind : byte
{
    /// <summary>The same value in every training row: it says nothing, and the network sees 0.</summary>
    Constant,

    /// <summary>A quantity with a unit of its own: centred and scaled by a deviation that outliers cannot take over, and bounded far outside.</summary>
    Number,

    /// <summary>One of two values, such as a yes or no or a slot of a one-hot encoding: the two become one unit apart, times two.</summary>
    Indicator,

    /// <summary>A count or weight of something that most rows lack, such as a word of a text: never centred, and all such features have one scale.</summary>
    Weight,

    /// <summary>
    /// One of many features of one range, such as the pixels of an image: each centred, and all have one scale, so that a pale one stays pale.
    /// </summary>
    SameRange,
}
