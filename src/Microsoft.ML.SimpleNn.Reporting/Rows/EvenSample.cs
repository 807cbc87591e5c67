namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>Keeps items spread evenly over a sequence of unknown length: every one, then every second, every fourth and so on.</summary>
/// <typeparam name="T">The items.</typeparam>
/// <param name="most">The most items that are kept, 1 or more.</param>
internal sealed class EvenSample<T>(int most)
{
    private readonly List<T> _items = [];
    private long _seen, _step = 1;

    /// <summary>What is kept, in order.</summary>
    public IReadOnlyList<T> Items => _items;

    /// <summary>Sees the next item.</summary>
    /// <param name="create">Makes the item, where it is kept.</param>
    public void Add(Func<T> create)
    {
        if (_seen++ % _step != 0)
            return;
        if (_items.Count == most)
        {
            int kept = 0;
            for (int i = 0; i < _items.Count; i += 2)
                _items[kept++] = _items[i];
            _items.RemoveRange(kept, _items.Count - kept);
            _step *= 2;
            if ((_seen - 1) % _step != 0)
                return;
        }
        _items.Add(create());
    }
}
