using Atlas;

return await AtlasCommand.InvokeAsync(args);
