namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Divides rows that are read one after the other into two parts, at random but always alike: a row's part is decided by a hash of its place in the data.
/// </summary>
/// <param name="key">Decides which rows.</param>
/// <param name="fraction">The fraction of the rows in the first part, from 0 to 1.</param>
internal sealed class RowSelection(ulong key, double fraction)
{
    private const double TwoToThe53 = 1L << 53;
    private readonly HashSet<long> _exempt = [];

    /// <summary>Whether a row is in the first part.</summary>
    /// <param name="position">The row's place in the data, from 0.</param>
    public bool Contains(long position) => (SplitMix64.Mix(key + (ulong)position) >> 11) < fraction * TwoToThe53 && !_exempt.Contains(position);

    /// <summary>Moves a row from the first part to the second, before the selection is used.</summary>
    /// <param name="position">The row's place in the data, from 0.</param>
    public void Exempt(long position) => _exempt.Add(position);
}
