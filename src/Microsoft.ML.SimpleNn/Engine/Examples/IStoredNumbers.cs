namespace Microsoft.ML.SimpleNn;

/// <summary>How a row of stored numbers becomes a row of inputs.</summary>
/// <typeparam name="T">The type of a stored number.</typeparam>
internal unsafe interface IStoredNumbers<T>
    where T : unmanaged
{
    /// <summary>The inputs that a stage makes of a row.</summary>
    static abstract void Apply(in InputView stage, T* row, float* inputs, bool isShared);

    /// <summary>The row as it is.</summary>
    static abstract void Copy(T* row, float* inputs, int count, bool isShared);
}
