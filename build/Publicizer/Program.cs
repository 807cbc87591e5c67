// Publicizer: copies reference assemblies and widens ONLY the types named in an allow-list
// (and their internal / private protected members).  In-place flag patch through
// System.Reflection.Metadata; no package dependency.
//   internal            -> public
//   private protected   -> protected
//   protected internal  -> unchanged (already reachable by derivation)
// usage: Publicizer <allowlist.txt> <outDir> <assembly.dll>...
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

var (listPath, outDir, dlls) = (args[0], args[1], args[2..]);
var wanted = File.ReadLines(listPath)
    .Select(l => l.Split('#')[0].Trim()).Where(l => l.Length > 0)
    .Select(l => l.Split('|')).GroupBy(p => p[0].Trim(), p => p[1].Trim())
    .ToDictionary(g => g.Key, g => g.ToHashSet());
Directory.CreateDirectory(outDir);
int bad = 0;
foreach (var dll in dlls)
{
    var asm = Path.GetFileNameWithoutExtension(dll);
    if (!wanted.Remove(asm, out var types)) continue;
    var bytes = File.ReadAllBytes(dll);
    using var pe = new PEReader(new MemoryStream((byte[])bytes.Clone()));
    var md = pe.GetMetadataReader();
    int mdStart = pe.PEHeaders.MetadataStartOffset;
    int Row(TableIndex t, int row) => mdStart + md.GetTableMetadataOffset(t) + (row - 1) * md.GetTableRowSize(t);
    void Patch16(int off, int mask, int val) { int v = (BitConverter.ToUInt16(bytes, off) & ~mask) | val; bytes[off] = (byte)v; bytes[off + 1] = (byte)(v >> 8); }
    string FullName(TypeDefinitionHandle h)
    {
        var t = md.GetTypeDefinition(h);
        var d = t.GetDeclaringType();
        var n = md.GetString(t.Name);
        return !d.IsNil ? FullName(d) + "+" + n : t.Namespace.IsNil ? n : md.GetString(t.Namespace) + "." + n;
    }
    foreach (var h in md.TypeDefinitions)
    {
        var name = FullName(h);
        if (!types.Remove(name)) continue;
        var t = md.GetTypeDefinition(h);
        var vis = t.Attributes & TypeAttributes.VisibilityMask;
        if (vis == TypeAttributes.NotPublic) vis = TypeAttributes.Public;
        else if (vis is TypeAttributes.NestedAssembly or TypeAttributes.NestedFamANDAssem or TypeAttributes.NestedFamORAssem) vis = TypeAttributes.NestedPublic;
        Patch16(Row(TableIndex.TypeDef, MetadataTokens.GetRowNumber(h)), (int)TypeAttributes.VisibilityMask, (int)vis);
        static int Widen(int access) => access switch { 3 /*assem*/ => 6 /*public*/, 2 /*famANDassem*/ => 4 /*family*/, _ => access };
        foreach (var m in t.GetMethods())
            Patch16(Row(TableIndex.MethodDef, MetadataTokens.GetRowNumber(m)) + 6, 7, Widen((int)md.GetMethodDefinition(m).Attributes & 7));
        foreach (var f in t.GetFields())
            Patch16(Row(TableIndex.Field, MetadataTokens.GetRowNumber(f)), 7, Widen((int)md.GetFieldDefinition(f).Attributes & 7));
    }
    foreach (var missing in types) { Console.Error.WriteLine($"{listPath}: error SNN0001: {asm} has no type '{missing}' (Microsoft.ML changed?)"); bad++; }
    var target = Path.Combine(outDir, asm + ".dll");   // keep the timestamp when nothing changed, so CoreCompile stays incremental
    if (!File.Exists(target) || !File.ReadAllBytes(target).AsSpan().SequenceEqual(bytes)) File.WriteAllBytes(target, bytes);
}
foreach (var missing in wanted.Keys) { Console.Error.WriteLine($"{listPath}: error SNN0002: assembly '{missing}' is not referenced"); bad++; }
return bad == 0 ? 0 : 1;
