namespace Microsoft.ML.SimpleNn.PerformanceTests.Peers;

/// <summary>Finds the peer, where this program was built with it and its native libraries load.</summary>
internal static class PeerLoader
{
    /// <summary>Loads the peer.</summary>
    /// <param name="whyNot">Why there is none; null when there is one.</param>
    public static IPeer? TryLoad(out string? whyNot)
    {
#if TORCHSHARP
        return TorchSharpPeer.TryLoad(out whyNot);
#else
        whyNot = "This build has no peer: add -p:TorchSharp=true to the dotnet command for one.";
        return null;
#endif
    }
}
