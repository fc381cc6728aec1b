var builder = WebApplication.CreateBuilder(args);
