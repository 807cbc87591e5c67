namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Loops that run once and whose pieces are long, on threads that are made for them. The pool's threads may all be blocked by the program around, and then
/// nothing that waits for
/// them ends. The many short loops of a training have a <see cref="Kernels.ThreadTeam"/>.
/// </summary>
internal static class OwnThreads
{
    /// <summary>Runs a body for 0 to <paramref name="count"/> - 1, and returns when all of it is done.</summary>
    /// <param name="count">The number of pieces.</param>
    /// <param name="threads">The threads, 1 or more, the caller's own among them.</param>
    /// <param name="body">What to do for each piece. No result may depend on which thread does which.</param>
    /// <exception cref="AggregateException">A body threw on one thread or more; the pieces that had not begun by then are left out.</exception>
    public static void For(int count, int threads, Action<int> body)
    {
        int next = -1;
        var failures = new List<Exception>();
        var others = new Thread[Math.Clamp(threads - 1, 0, Math.Max(0, count - 1))];
        for (int i = 0; i < others.Length; i++)
        {
            others[i] = new Thread(TakePieces) { IsBackground = true, Name = $"SimpleNn loop {i + 1}" };
            others[i].Start();
        }

        TakePieces();
        foreach (Thread other in others) other.Join();
        if (failures.Count > 0) throw new AggregateException(failures);

        void TakePieces()
        {
            try
            {
                for (int piece; (piece = Interlocked.Increment(ref next)) < count;) body(piece);
            }
            catch (Exception failure)
            {
                Interlocked.Exchange(ref next, count); // the others end with the pieces at hand
                lock (failures) failures.Add(failure);
            }
        }
    }
}
