# A Ruby application which shares the cluster: does what it is told, a JSON command a line, and answers a JSON line.
# ruby client.rb dalli SERVERS-AS-JSON OPTIONS-AS-JSON
require 'base64'
require 'json'
begin
  require 'dalli'
rescue LoadError
  puts JSON.generate(missing: "Ruby's gem dalli")
  exit
end

_, servers, options = ARGV
Dalli.logger.level = Logger::FATAL
$stdout.sync = true
options = JSON.parse(options, symbolize_names: true)
namespace = options[:namespace] && "#{options[:namespace]}:"
cache = Dalli::Client.new(JSON.parse(servers).map { |server| server.join(':') }, { socket_timeout: 20 }.merge(options))

def made(kind, i)
  case kind
  when 'text' then "text #{i} é 漢 😀#{"\r\nand a line" if i % 5 == 4}"
  when 'long' then "a long text #{i} " * 3000
  when 'bytes' then [i & 255, i >> 8, 0, 13, 10, 255].pack('C*')
  when 'number' then (i - 1000) * (i % 4 == 3 ? 1_000_000_007 : 1)
  when 'float' then (i - 1000) / 3.0
  when 'bool' then i.even?
  when 'counter' then '10'
  end
end

def shown(value)
  case value
  when String then [value.encoding == Encoding::BINARY ? 'bytes' : 'string', Base64.strict_encode64(value)]
  when Float then ['double', [value].pack('G').unpack1('H*')]
  when Integer then ['integer', value.to_s]
  when true, false then ['boolean', value.to_s]
  else [value.class.name, value.inspect]
  end
end

puts JSON.generate(ready: true)
$stdin.each_line do |line|
  command = JSON.parse(line)
  kind = command['kind']
  answers = command['keys'].each_with_index.map do |encoded, i|
    key = Base64.strict_decode64(encoded).force_encoding(Encoding::UTF_8)
    case command['op']
    when 'set' then cache.set(key, made(kind, i), nil, kind == 'counter' ? { raw: true } : nil) ? true : false
    when 'get' then shown(cache.get(key))
    when 'delete' then cache.delete(key) ? true : false
    when 'increment' then cache.incr(key, 7)
    when 'decrement' then cache.decr(key, 3)
    when 'locate' then cache.send(:ring).server_for_key("#{namespace}#{key}").name
    end
  end
  puts JSON.generate(answers)
end
