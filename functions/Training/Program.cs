using ChatLoop.Training.Cli;

return await CommandTree.RunAsync(args, Stages.All);
