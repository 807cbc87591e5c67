namespace Microsoft.ML.SimpleNn;

/// <summary>Watches, while rows are divided one after the other, that no class gives more than half of its rows away, nor its only one.</summary>
/// <param name="fraction">The fraction that is asked for; where it is more than half, classes may give that.</param>
internal sealed class ClassQuota(double fraction)
{
    private readonly double _most = Math.Max(0.5, fraction);
    private readonly Dictionary<int, (long Rows, long Given)> _classes = [];

    /// <summary>Takes note of a row, and tells whether it may be given away.</summary>
    /// <param name="ofClass">The row's class.</param>
    /// <param name="isWanted">Whether the row is to be given away if that is allowed.</param>
    public bool Gives(int ofClass, bool isWanted)
    {
        (long rows, long given) = _classes.GetValueOrDefault(ofClass);
        bool gives = isWanted && rows > 0 && given + 1 <= _most * (rows + 1);
        _classes[ofClass] = (rows + 1, gives ? given + 1 : given);
        return gives;
    }
}
