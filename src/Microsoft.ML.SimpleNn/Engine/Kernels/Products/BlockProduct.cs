namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>C = start + A B for a block of any number of rows and a panel's width, cut into register tiles.</summary>
internal static unsafe class BlockProduct<V>
    where V : struct, IFloats<V>
{
    private const int MaximumTileVectors = 3;
    private const int MaximumTileRows = 8;

    // Tiles[(rows - 1) * MaximumTileVectors + vectors - 1]; the JIT compiles an entry when it is first called.
    private static readonly delegate*<float*, float*, float*, float*, in TileStrides, void>[] Tiles = CreateTiles();

    /// <param name="a">The left factor [rows x depth].</param>
    /// <param name="b">The right factor [depth x width].</param>
    /// <param name="start">The start values [rows x width].</param>
    /// <param name="c">The result [rows x width]; may be the start values themselves.</param>
    /// <param name="strides">How they lie, and their sizes.</param>
    public static void Run(float* a, float* b, float* start, float* c, in TileStrides strides)
    {
        int rows = strides.Rows, width = strides.Columns, vectors;
        for (int column = 0; column < width; column += vectors * V.Count)
        {
            vectors = Math.Min(V.TileVectors, (width - column) / V.Count);
            int tileRows;
            for (int row = 0; row < rows; row += tileRows)
            {
                tileRows = Math.Min(V.TileRows, rows - row);
                Tiles[(tileRows - 1) * MaximumTileVectors + vectors - 1](
                    a + row * strides.ARow, b + column, start + row * strides.StartRow + column, c + row * strides.CRow + column, strides);
            }
        }
    }

    private static delegate*<float*, float*, float*, float*, in TileStrides, void>[] CreateTiles()
    {
        var tiles = new delegate*<float*, float*, float*, float*, in TileStrides, void>[MaximumTileRows * MaximumTileVectors];
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

    private static void Add<TRows>(delegate*<float*, float*, float*, float*, in TileStrides, void>[] tiles)
        where TRows : struct, IConstant
    {
        int first = (TRows.Value - 1) * MaximumTileVectors;
        tiles[first] = &RegisterTile<V>.Run<TRows, One>;
        tiles[first + 1] = &RegisterTile<V>.Run<TRows, Two>;
        tiles[first + 2] = &RegisterTile<V>.Run<TRows, Three>;
    }
}
