// Trains small networks and prints the SHA-256 of their weights, and which vectors the process had for that: started with the runtime's
// settings, such as DOTNET_EnableAVX2=0, it shows whether another processor would have trained the same networks.
// usage: WeightsHash [threads]
using System.Globalization;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using WeightsHash;

int threads = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1;
Console.WriteLine($"engine {EngineRun.Hash(threads)}");
Console.WriteLine($"sparse {SparseRun.Hash(threads)}");
Console.WriteLine($"trainer {TrainerRun.Hash(threads)}");
Console.WriteLine($"Vector512 {Vector512.IsHardwareAccelerated}");
Console.WriteLine($"Vector256 {Vector256.IsHardwareAccelerated && Fma.IsSupported}");
Console.WriteLine($"Vector128 {Vector128.IsHardwareAccelerated}");
