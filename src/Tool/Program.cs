using Spectre.Console;
using TypedCache.Tool;

return await new ToolCommand(AnsiConsole.Console).RunAsync(args);
