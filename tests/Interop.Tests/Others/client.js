// A Node.js application which shares the cluster: does what it is told, a JSON command a line, and answers a JSON line.
// node client.js memjs|memcached SERVERS-AS-JSON OPTIONS-AS-JSON
'use strict';

const readline = require('node:readline');
const { setTimeout } = require('node:timers/promises');
const { promisify } = require('node:util');

const [library, servers, options] = [process.argv[2], JSON.parse(process.argv[3]), JSON.parse(process.argv[4])];

class Memjs {
  constructor() {
    const { Client } = require('memjs');
    // It writes about failures to the console, where the answers go.
    this.cache = Client.create(servers.map(([host, port]) => `${host}:${port}`).join(','), { timeout: 20, ...options, logger: { log() {} } });
  }

  set(key, value) {
    return this.cache.set(key, Buffer.isBuffer(value) ? value : String(value));
  }

  async get(key, kind) {
    const { value } = await this.cache.get(key);
    switch (value && kind) {
      case 'text': case 'long': return value.toString();
      case 'number': case 'float': return Number(value.toString());
      default: return value;
    }
  }

  delete(key) {
    return this.cache.delete(key);
  }

  async increment(key) {
    return (await this.cache.increment(key, 7, {})).value;
  }

  async decrement(key) {
    return (await this.cache.decrement(key, 3, {})).value;
  }

  locate(key) {
    const server = this.cache.server(key);
    return `${server.host}:${server.port}`;
  }
}

class NodeMemcached {
  constructor() {
    const Memcached = require('memcached');
    this.cache = new Memcached(Object.fromEntries(servers.map(([host, port, weight]) => [`${host}:${port}`, weight])), { timeout: 20000, ...options });
  }

  call(name, ...values) {
    return promisify(this.cache[name].bind(this.cache))(...values);
  }

  async set(key, value) {
    // What is under way when a server ends fails; with "remove", later attempts go to another server.
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.call('set', key, value, 0);
      } catch (error) {
        if (!options.remove || attempt === 50) throw error;
        await setTimeout(20);
      }
    }
  }

  async get(key, kind) {
    const value = await this.call('get', key);
    return kind === 'date' && typeof value === 'string' ? new Date(value) : value;
  }

  delete(key) {
    return this.call('del', key);
  }

  increment(key) {
    return this.call('incr', key, 7);
  }

  decrement(key) {
    return this.call('decr', key, 3);
  }

  locate(key) {
    return this.cache.HashRing.get(this.cache.namespace + key);
  }
}

function made(kind, i) {
  switch (kind) {
    case 'text': return `text ${i} é 漢 😀${i % 5 === 4 ? '\r\nand a line' : ''}`;
    case 'long': return `a long text ${i} `.repeat(3000);
    case 'bytes': return Buffer.from([i & 255, i >> 8, 0, 13, 10, 255]);
    case 'number': return (i - 1000) * (i % 4 === 3 ? 1000000007 : 1);
    case 'float': return (i - 1000) / 3;
    case 'bool': return i % 2 === 0;
    case 'date': return new Date(1700000000000 + i * 1000003);
    case 'counter': return 10;
    default: throw new Error(kind);
  }
}

function shown(value, kind) {
  if (Buffer.isBuffer(value)) return ['bytes', value.toString('base64')];
  if (value instanceof Date) return ['date', String(value.getTime())];
  switch (typeof value) {
    case 'string': return ['string', Buffer.from(value).toString('base64')];
    case 'boolean': return ['boolean', String(value)];
    case 'number': return kind === 'float' ? ['double', hexOf(value)] : ['integer', String(value)];
    default: return [typeof value, String(value)];
  }
}

function hexOf(number) {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(number);
  return bytes.toString('hex');
}

async function answer(cache, { op, kind }, i, key) {
  switch (op) {
    case 'set': return cache.set(key, made(kind, i));
    case 'get': return shown(await cache.get(key, kind), kind);
    default: return cache[op](key);
  }
}

async function main() {
  let cache;
  try {
    cache = library === 'memjs' ? new Memjs() : new NodeMemcached();
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    console.log(JSON.stringify({ missing: `npm's package ${library}` }));
    process.exit();
  }

  console.log(JSON.stringify({ ready: true }));
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const command = JSON.parse(line);
    const answers = [];
    for (const [i, key] of command.keys.entries()) {
      answers.push(await answer(cache, command, i, Buffer.from(key, 'base64').toString()));
    }

    console.log(JSON.stringify(answers));
  }

  process.exit();
}

main();
