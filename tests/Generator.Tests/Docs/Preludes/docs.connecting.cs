using System.Security.Cryptography.X509Certificates;

MemcachedPoolOptions options = new();
var password = "";
