using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// The microkernel: C[r, :] = start[r, :] + sum over k of A[r, k] B[k, :], for a tile of 1 to 8 rows by 1 to 3 vectors. The sums
/// stay in registers over the whole depth. Each is one chain of fused multiply-adds in ascending k, and a deeper product goes on
/// from where the last tile stopped, so that neither blocking nor threads nor vector width can change a bit of it.
/// </summary>
/// <remarks>
/// <see cref="TileStrides"/> make it serve all three products of a layer. A is read one float at a time, broadcast, per row and step; B a row of
/// vectors per step. The start values may be C itself, which then goes on. Eight rows of three vectors are 24 sums: with three registers for B and one
/// for A they fit the 32 registers of AVX-512, and they are chains enough to hide the latency of a multiply-add.
/// </remarks>
internal static unsafe class RegisterTile<V>
    where V : struct, IFloats<V>
{
    /// <summary>Computes one tile. Rows and vectors are types, so that the compiled code has no trace of the tile's other rows.</summary>
    /// <param name="a">The left factor [rows x depth].</param>
    /// <param name="b">The right factor [depth x vectors].</param>
    /// <param name="start">The start values [rows x vectors].</param>
    /// <param name="c">The result [rows x vectors].</param>
    /// <param name="strides">How they lie.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRows, TVectors>(float* a, float* b, float* start, float* c, in TileStrides strides)
        where TRows : struct, IConstant
        where TVectors : struct, IConstant
    {
        V c00 = default, c01 = default, c02 = default;
        V c10 = default, c11 = default, c12 = default;
        V c20 = default, c21 = default, c22 = default;
        V c30 = default, c31 = default, c32 = default;
        V c40 = default, c41 = default, c42 = default;
        V c50 = default, c51 = default, c52 = default;
        V c60 = default, c61 = default, c62 = default;
        V c70 = default, c71 = default, c72 = default;

        nint startRow = strides.StartRow;
        LoadRow<TVectors>(start, out c00, out c01, out c02);
        if (TRows.Value > 1) LoadRow<TVectors>(start + startRow, out c10, out c11, out c12);
        if (TRows.Value > 2) LoadRow<TVectors>(start + 2 * startRow, out c20, out c21, out c22);
        if (TRows.Value > 3) LoadRow<TVectors>(start + 3 * startRow, out c30, out c31, out c32);
        if (TRows.Value > 4) LoadRow<TVectors>(start + 4 * startRow, out c40, out c41, out c42);
        if (TRows.Value > 5) LoadRow<TVectors>(start + 5 * startRow, out c50, out c51, out c52);
        if (TRows.Value > 6) LoadRow<TVectors>(start + 6 * startRow, out c60, out c61, out c62);
        if (TRows.Value > 7) LoadRow<TVectors>(start + 7 * startRow, out c70, out c71, out c72);

        // Rows 0-3 and 4-7 are addressed from two pointers with the strides 1, 2 and 3: few enough registers that none spills.
        nint aRow = strides.ARow, aStep = strides.AStep, bStep = strides.BStep;
        nint aRow3 = 3 * aRow;
        float* a4 = a + 4 * aRow;
        for (nint runs = strides.Runs; runs > 0; runs--)
        {
            for (nint depth = strides.Depth; depth > 0; depth--)
            {
                LoadRow<TVectors>(b, out V b0, out V b1, out V b2);
                AddProduct<TVectors>(a, b0, b1, b2, ref c00, ref c01, ref c02);
                if (TRows.Value > 1) AddProduct<TVectors>(a + aRow, b0, b1, b2, ref c10, ref c11, ref c12);
                if (TRows.Value > 2) AddProduct<TVectors>(a + 2 * aRow, b0, b1, b2, ref c20, ref c21, ref c22);
                if (TRows.Value > 3) AddProduct<TVectors>(a + aRow3, b0, b1, b2, ref c30, ref c31, ref c32);
                if (TRows.Value > 4) AddProduct<TVectors>(a4, b0, b1, b2, ref c40, ref c41, ref c42);
                if (TRows.Value > 5) AddProduct<TVectors>(a4 + aRow, b0, b1, b2, ref c50, ref c51, ref c52);
                if (TRows.Value > 6) AddProduct<TVectors>(a4 + 2 * aRow, b0, b1, b2, ref c60, ref c61, ref c62);
                if (TRows.Value > 7) AddProduct<TVectors>(a4 + aRow3, b0, b1, b2, ref c70, ref c71, ref c72);
                a += aStep;
                a4 += aStep;
                b += bStep;
            }

            a += strides.AJump;
            a4 += strides.AJump;
        }

        nint cRow = strides.CRow;
        StoreRow<TVectors>(c, c00, c01, c02);
        if (TRows.Value > 1) StoreRow<TVectors>(c + cRow, c10, c11, c12);
        if (TRows.Value > 2) StoreRow<TVectors>(c + 2 * cRow, c20, c21, c22);
        if (TRows.Value > 3) StoreRow<TVectors>(c + 3 * cRow, c30, c31, c32);
        if (TRows.Value > 4) StoreRow<TVectors>(c + 4 * cRow, c40, c41, c42);
        if (TRows.Value > 5) StoreRow<TVectors>(c + 5 * cRow, c50, c51, c52);
        if (TRows.Value > 6) StoreRow<TVectors>(c + 6 * cRow, c60, c61, c62);
        if (TRows.Value > 7) StoreRow<TVectors>(c + 7 * cRow, c70, c71, c72);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadRow<TVectors>(float* source, out V v0, out V v1, out V v2)
        where TVectors : struct, IConstant
    {
        v0 = V.Load(source);
        v1 = TVectors.Value > 1 ? V.Load(source + V.Count) : default;
        v2 = TVectors.Value > 2 ? V.Load(source + 2 * V.Count) : default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProduct<TVectors>(float* a, V b0, V b1, V b2, ref V c0, ref V c1, ref V c2)
        where TVectors : struct, IConstant
    {
        if (TVectors.Value == 1)
        {
            c0.AddProduct(b0, *a); // the one use of the factor, which then is an operand in memory
            return;
        }

        V factor = *a;
        c0.AddProduct(factor, b0);
        c1.AddProduct(factor, b1);
        if (TVectors.Value > 2) c2.AddProduct(factor, b2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow<TVectors>(float* destination, V v0, V v1, V v2)
        where TVectors : struct, IConstant
    {
        v0.Store(destination);
        if (TVectors.Value > 1) v1.Store(destination + V.Count);
        if (TVectors.Value > 2) v2.Store(destination + 2 * V.Count);
    }
}
