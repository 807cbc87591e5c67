namespace Tuning;

internal static class Program
{
    public static int Main(string[] args) => Jobs.Run(args, Console.Out, Console.Error);
}
