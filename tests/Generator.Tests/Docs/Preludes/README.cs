// A web application that references TypedCache.Hosting.
var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
