using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Microsoft.ML.SimpleNn.Tests.House;

/// <summary>The metadata tokens in the instructions of a method body (ECMA-335, III.1): what it calls, loads, makes and casts to.</summary>
internal static class InstructionTokens
{
    private const byte TwoBytes = 0xFE;

    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (ushort)code.Value & (code.Size == 1 ? 0xFF : 0xFFFF), code => code.OperandType);

    /// <summary>Reads the tokens in the order of the instructions.</summary>
    public static IEnumerable<EntityHandle> Read(byte[] il)
    {
        int at = 0;
        while (at < il.Length)
        {
            int code = il[at++];
            if (code == TwoBytes)
                code = (TwoBytes << 8) | il[at++];
            OperandType operand = Operands[code];
            if (operand is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok or OperandType.InlineSig)
                yield return MetadataTokens.EntityHandle(BinaryPrimitives.ReadInt32LittleEndian(il.AsSpan(at)));
            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(il.AsSpan(at))),
                _ => 4,
            };
        }
    }
}
