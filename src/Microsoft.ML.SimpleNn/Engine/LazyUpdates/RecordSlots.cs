using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>The slots of some weights of a record: slot i lies (1 + i) times the padded outputs behind the weights.</summary>
internal static unsafe class RecordSlots<V>
    where V : struct, IFloats<V>
{
    /// <summary>Loads the slots of a vector of weights; those that a record does not have are zero.</summary>
    /// <param name="weights">The weights in their record.</param>
    /// <param name="outputs">The padded outputs.</param>
    /// <param name="count">The slots of a record.</param>
    /// <param name="slot0">The first slot.</param>
    /// <param name="slot1">The second.</param>
    /// <param name="slot2">The third.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(float* weights, nint outputs, int count, out V slot0, out V slot1, out V slot2)
    {
        slot0 = count > 0 ? V.Load(weights + outputs) : default;
        slot1 = count > 1 ? V.Load(weights + 2 * outputs) : default;
        slot2 = count > 2 ? V.Load(weights + 3 * outputs) : default;
    }

    /// <summary>The reverse of <see cref="Load"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* weights, nint outputs, int count, V slot0, V slot1, V slot2)
    {
        if (count > 0) slot0.Store(weights + outputs);
        if (count > 1) slot1.Store(weights + 2 * outputs);
        if (count > 2) slot2.Store(weights + 3 * outputs);
    }
}
