namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// How the matrices of C = start + A B lie, in floats, for <see cref="RegisterTile{V}"/>: with other strides it computes each of a layer's
/// three products. The steps of the reduction come in runs, between which A jumps: over weights that lie in panels, a run is a panel.
/// </summary>
internal readonly struct TileStrides
{
    /// <summary>From row to row of A.</summary>
    public nint ARow { get; init; }

    /// <summary>From step to step of A.</summary>
    public nint AStep { get; init; }

    /// <summary>From the end of a run to the next one's beginning, in A; B goes on as it lies.</summary>
    public nint AJump { get; init; }

    /// <summary>From step to step of B.</summary>
    public nint BStep { get; init; }

    /// <summary>From row to row of the start values; 0 where one row serves all.</summary>
    public nint StartRow { get; init; }

    /// <summary>From row to row of C.</summary>
    public nint CRow { get; init; }

    /// <summary>The steps of a run.</summary>
    public nint Depth { get; init; }

    /// <summary>The runs.</summary>
    public nint Runs { get; init; }

    /// <summary>The rows of C, 1 or more, which a block cuts into tiles.</summary>
    public int Rows { get; init; }

    /// <summary>The columns of C, a multiple of 16.</summary>
    public int Columns { get; init; }
}
