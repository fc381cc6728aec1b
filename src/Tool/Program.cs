using TypedCache.Tool;
using TypedCache.Tool.Output;

using var output = new ProcessOutput();
return await new ToolCommand(output.Console).RunAsync(args, output.Closed);
