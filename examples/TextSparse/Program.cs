namespace TextSparse;

internal static class Program
{
    public static int Main(string[] args) => SpamFilter.Run(args, Console.Out, Console.Error);
}
