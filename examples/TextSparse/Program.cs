using TextSparse;

return SpamFilter.Run(args, Console.Out, Console.Error);
