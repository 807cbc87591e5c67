namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// C = start + A B for a block of any number of rows and a panel's width, cut into register tiles. The strides are those of
/// <see cref="RegisterTile{TSimd, V}"/>.
/// </summary>
internal static unsafe class BlockProduct<TSimd, V>
    where TSimd : struct, ISimd<V>
    where V : struct
{
    private const int TileVectors = 3;
    private const int MaximumTileRows = 8;

    // Tiles[(rows - 1) * TileVectors + vectors - 1]; the JIT compiles an entry when it is first called.
    private static readonly delegate*<float*, nint, nint, float*, nint, float*, nint, float*, nint, nint, void>[] Tiles = CreateTiles();

    /// <param name="a">The left factor; its element [r, k] lies at a + r aRow + k aStep.</param>
    /// <param name="aRow">From row to row of A.</param>
    /// <param name="aStep">From step to step of A.</param>
    /// <param name="b">The right factor [depth x width].</param>
    /// <param name="bStep">From row to row of B.</param>
    /// <param name="start">The start values [rows x width].</param>
    /// <param name="startRow">From row to row of the start values; 0 for one row that serves all.</param>
    /// <param name="c">The result [rows x width]; may be the start values themselves.</param>
    /// <param name="cRow">From row to row of C.</param>
    /// <param name="rows">The rows of C, 1 or more.</param>
    /// <param name="width">The columns of C: a multiple of 16.</param>
    /// <param name="depth">The length of the reduction.</param>
    public static void Run(
        float* a, nint aRow, nint aStep,
        float* b, nint bStep,
        float* start, nint startRow,
        float* c, nint cRow,
        int rows, int width, int depth)
    {
        int vectors;
        for (int column = 0; column < width; column += vectors * TSimd.Count)
        {
            vectors = Math.Min(TileVectors, (width - column) / TSimd.Count);
            int tileRows;
            for (int row = 0; row < rows; row += tileRows)
            {
                tileRows = Math.Min(TSimd.TileRows, rows - row);
                Tiles[(tileRows - 1) * TileVectors + vectors - 1](
                    a + row * aRow, aRow, aStep,
                    b + column, bStep,
                    start + row * startRow + column, startRow,
                    c + row * cRow + column, cRow,
                    depth);
            }
        }
    }

    private static delegate*<float*, nint, nint, float*, nint, float*, nint, float*, nint, nint, void>[] CreateTiles()
    {
        var tiles = new delegate*<float*, nint, nint, float*, nint, float*, nint, float*, nint, nint, void>[MaximumTileRows * TileVectors];
        Add<One>(tiles);
        Add<Two>(tiles);
        Add<Three>(tiles);
        Add<Four>(tiles);
        Add<Five>(tiles);
        Add<Six>(tiles);
        Add<Seven>(tiles);
        Add<Eight>(tiles);
        return tiles;
    }

    private static void Add<TRows>(delegate*<float*, nint, nint, float*, nint, float*, nint, float*, nint, nint, void>[] tiles)
        where TRows : struct, IConstant
    {
        int first = (TRows.Value - 1) * TileVectors;
        tiles[first] = &RegisterTile<TSimd, V>.Run<TRows, One>;
        tiles[first + 1] = &RegisterTile<TSimd, V>.Run<TRows, Two>;
        tiles[first + 2] = &RegisterTile<TSimd, V>.Run<TRows, Three>;
    }
}
