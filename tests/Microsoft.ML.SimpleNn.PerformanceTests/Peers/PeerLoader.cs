namespace Microsoft.ML.SimpleNn.PerformanceTests.Peers;

/// <summary>Finds the peers: those that this program was built with and whose native libraries load, and what is installed.</summary>
internal static class PeerLoader
{
    /// <summary>Loads the peers.</summary>
    /// <param name="python">The Python to look for scikit-learn in.</param>
    /// <param name="missing">Why there is none, for each that there is not.</param>
    public static IPeer[] Load(string python, out string[] missing)
    {
        var peers = new List<IPeer>();
        var reasons = new List<string>();
#if PEERS
        Add(TorchSharpPeer.TryLoad(out string? whyNot), whyNot);
        Add(OnnxRuntimePeer.TryLoad(out whyNot), whyNot);
#else
        string? whyNot;
        reasons.Add("This build has no peers in .NET: add -p:Peers=true to the dotnet command for them.");
#endif
        Add(ScikitLearnPeer.TryLoad(python, out whyNot), whyNot);
        missing = [.. reasons];
        return [.. peers];

        void Add(IPeer? peer, string? reason)
        {
            if (peer != null) peers.Add(peer);
            else reasons.Add(reason!);
        }
    }
}
