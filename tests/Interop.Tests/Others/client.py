"""A Python application which shares the cluster: does what it is told, a JSON command a line, and answers a JSON line.

python3 client.py pymemcache|python-memcached SERVERS-AS-JSON OPTIONS-AS-JSON
"""
import base64
import json
import struct
import sys


class Pymemcache:
    def __init__(self, servers, options):
        from pymemcache.client.hash import HashClient
        from pymemcache.serde import pickle_serde

        self.keys_are_bytes = options.get("bytes_keys", False)
        self.has_types = options.get("pickle", False)
        self.cache = HashClient(
            [(host, port) for host, port, _ in servers],
            serde=pickle_serde if self.has_types else None,
            key_prefix=options.get("prefix", "").encode(),
            allow_unicode_keys=True,
            encoding="utf-8",
            no_delay=True,
            default_noreply=False,
            retry_attempts=0,
        )

    def key(self, key):
        return key.encode() if self.keys_are_bytes else key

    def attempt(self, command, key, *arguments):
        # The first attempt after a server's end finds its connection closed, the second is refused and takes the server out.
        from pymemcache.exceptions import MemcacheUnexpectedCloseError

        for _ in range(2):
            try:
                return command(self.key(key), *arguments)
            except (OSError, MemcacheUnexpectedCloseError):
                pass
        return command(self.key(key), *arguments)

    def set(self, key, value):
        return self.attempt(self.cache.set, key, value)

    def get(self, key):
        return self.attempt(self.cache.get, key)

    def delete(self, key):
        return self.cache.delete(self.key(key))

    def increment(self, key):
        return self.cache.incr(self.key(key), 7)

    def decrement(self, key):
        return self.cache.decr(self.key(key), 3)

    def locate(self, key):
        return "%s:%d" % self.cache._get_client(self.key(key)).server


class PythonMemcached:
    has_types = True

    def __init__(self, servers, options):
        import memcache

        self.least_to_compress = options.get("min_compress_len", 0)
        self.cache = memcache.Client([("%s:%d" % (host, port), weight) for host, port, weight in servers], socket_timeout=20)

    def set(self, key, value):
        # The first attempt after a server's end says 0 and takes the server out.
        return any(self.cache.set(key, value, min_compress_len=self.least_to_compress) is True for _ in range(2))

    def get(self, key):
        return self.cache.get(key)

    def delete(self, key):
        return self.cache.delete(key) == 1

    def increment(self, key):
        return self.cache.incr(key, 7)

    def decrement(self, key):
        return self.cache.decr(key, 3)

    def locate(self, key):
        host, port = self.cache._get_server(self.cache._encode_key(key))[0].address
        return "%s:%d" % (host, port)


def made(kind, i):
    if kind == "text":
        return "text %d é 漢 😀%s" % (i, "\r\nand a line" if i % 5 == 4 else "")
    if kind == "long":
        return "a long text %d " % i * 3000
    if kind == "bytes":
        return bytes([i & 255, i >> 8, 0, 13, 10, 255])
    if kind == "number":
        return (i - 1000) * (1000000007 if i % 4 == 3 else 1)
    if kind == "float":
        return (i - 1000) / 3
    if kind == "bool":
        return i % 2 == 0
    if kind == "counter":
        return 10
    raise ValueError(kind)


def read_by_application(kind, value):
    """What a program makes of the bytes that it gets from a client without types."""
    if kind in ("text", "long"):
        return value.decode()
    if kind == "number":
        return int(value)
    return float(value) if kind == "float" else value


def shown(value):
    if isinstance(value, bool):
        return ["boolean", json.dumps(value)]
    if isinstance(value, int):
        return ["integer", str(value)]
    if isinstance(value, float):
        return ["double", struct.pack(">d", value).hex()]
    if isinstance(value, str):
        return ["string", base64.b64encode(value.encode()).decode()]
    if isinstance(value, bytes):
        return ["bytes", base64.b64encode(value).decode()]
    return [type(value).__name__, repr(value)]


def answer(cache, operation, kind, i, key):
    if operation == "set":
        return cache.set(key, made(kind, i))
    if operation == "get":
        value = cache.get(key)
        return shown(value if cache.has_types or value is None else read_by_application(kind, value))
    return getattr(cache, operation)(key)


def main():
    _, library, servers, options = sys.argv
    clients = {"pymemcache": Pymemcache, "python-memcached": PythonMemcached}
    try:
        cache = clients[library](json.loads(servers), json.loads(options))
    except ImportError as missing:
        print(json.dumps({"missing": "Python's module %s" % missing.name}), flush=True)
        return
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        command = json.loads(line)
        keys = [base64.b64decode(key).decode() for key in command["keys"]]
        print(json.dumps([answer(cache, command["op"], command.get("kind"), i, key) for i, key in enumerate(keys)]), flush=True)


main()
