<?php
// A PHP application which shares the cluster: does what it is told, a JSON command a line, and answers a JSON line.
// php client.php memcache|memcached SERVERS-AS-JSON OPTIONS-AS-JSON
[, $extension, $servers, $options] = $argv;
if (!extension_loaded($extension)) {
    echo json_encode(['missing' => "PHP's extension $extension"]), "\n";
    exit;
}

$servers = json_decode($servers, true);
$options = json_decode($options, true);
if ($extension === 'memcache') {
    foreach ($options as $name => $value) {
        ini_set("memcache.$name", $value);
    }
    $cache = new MemcachePool();
    foreach ($servers as [$host, $port, $weight]) {
        $cache->addServer($host, $port, 0, false, $weight, 1, 15);
    }
} else {
    $cache = new Memcached();
    $later = $options['later'] ?? [];
    unset($options['later']);
    configure($cache, $options);
    $cache->addServers($servers);
    configure($cache, $later);
}

function configure(Memcached $cache, array $options): void
{
    foreach ($options as $name => $value) {
        $isNamed = is_string($value) && defined("Memcached::$value");
        $cache->setOption(constant("Memcached::$name"), $isNamed ? constant("Memcached::$value") : $value);
    }
}

function shown($value): array
{
    return match (gettype($value)) {
        'string' => ['string', base64_encode($value)],
        'double' => ['double', bin2hex(pack('E', $value))],
        'array' => ['array', json_encode($value)],
        default => [gettype($value), json_encode($value)],
    };
}

function made(string $kind, int $i)
{
    return match ($kind) {
        'text' => "text $i \u{e9}",
        'long' => str_repeat("a long text $i ", 3000),
        'number' => $i - 1000,
        'float' => $i / 8,
        'bool' => $i % 2 === 0,
        'product' => ['id' => $i, 'name' => "caf\u{e9} $i", 'price' => $i / 4, 'tags' => ['a', "b$i"], 'stock' => [10 => 1, 20 => $i]],
    };
}

function located($cache, string $extension, string $key): string
{
    if ($extension === 'memcache') {
        return (string)$cache->findServer($key);
    }
    $server = $cache->getServerByKey($key);
    return $server ? "{$server['host']}:{$server['port']}" : '';
}

echo json_encode(['ready' => true]), "\n";
while (($line = fgets(STDIN)) !== false) {
    $command = json_decode($line, true);
    $answers = [];
    foreach ($command['keys'] as $i => $key) {
        $key = base64_decode($key);
        $answers[] = match ($command['op']) {
            'set' => @$cache->set($key, made($command['kind'], $i)),
            'get' => shown(@$cache->get($key)),
            'unpack' => shown(msgpack_unpack((string)@$cache->get($key))),
            'delete' => @$cache->delete($key),
            'increment' => @$cache->increment($key, 7),
            'decrement' => @$cache->decrement($key, 3),
            'locate' => located($cache, $extension, $key),
        };
    }
    echo json_encode($answers), "\n";
}
