import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.spy.memcached.ConnectionFactoryBuilder;
import net.spy.memcached.ConnectionFactoryBuilder.Locator;
import net.spy.memcached.ConnectionFactoryBuilder.Protocol;
import net.spy.memcached.DefaultHashAlgorithm;
import net.spy.memcached.MemcachedClient;

/**
 * A Java application which shares the cluster: does what it is told, a JSON command a line, and answers a JSON line.
 * java -cp spymemcached.jar:CLASSES Client spymemcached SERVERS-AS-JSON OPTIONS-AS-JSON
 */
public final class Client {
    private static final Pattern SERVER = Pattern.compile("\\[\"([^\"]*)\",(\\d+),\\d+\\]");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"");

    private final MemcachedClient cache;

    private Client(String servers, String options) throws Exception {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (Matcher server = SERVER.matcher(servers); server.find();) {
            addresses.add(new InetSocketAddress(server.group(1), Integer.parseInt(server.group(2))));
        }
        ConnectionFactoryBuilder factory = new ConnectionFactoryBuilder().setDaemon(true).setOpTimeout(20_000);
        if (options.contains("ketama")) {
            factory.setLocatorType(Locator.CONSISTENT).setHashAlg(DefaultHashAlgorithm.KETAMA_HASH);
        }
        if (options.contains("binary")) {
            factory.setProtocol(Protocol.BINARY);
        }
        cache = new MemcachedClient(factory.build(), addresses);
    }

    public static void main(String[] arguments) throws Exception {
        System.setProperty("net.spy.log.LoggerImpl", "net.spy.memcached.compat.log.SunLogger");
        Logger.getLogger("net.spy").setLevel(Level.OFF);
        Client client = new Client(arguments[1], arguments[2]);
        PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        output.println("{\"ready\":true}");
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = input.readLine()) != null;) {
            output.println(client.answer(line));
        }
        System.exit(0);
    }

    // {"op":"set","kind":"text","keys":["...","..."]}; what stands in quotes has no escapes.
    private String answer(String line) throws Exception {
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(line); word.find();) {
            words.add(word.group(1));
        }
        String operation = words.get(words.indexOf("op") + 1);
        String kind = words.contains("kind") ? words.get(words.indexOf("kind") + 1) : "";
        int first = words.indexOf("keys") + 1;
        List<String> answers = new ArrayList<>();
        for (int i = 0; first + i < words.size(); i++) {
            String key = new String(Base64.getDecoder().decode(words.get(first + i)), StandardCharsets.UTF_8);
            answers.add(answer(operation, kind, i, key));
        }
        return "[" + String.join(",", answers) + "]";
    }

    private String answer(String operation, String kind, int i, String key) throws Exception {
        switch (operation) {
            case "set": return set(key, made(kind, i), 10);
            case "get": return shown(cache.get(key));
            case "delete": return cache.delete(key).get().toString();
            case "increment": return counted(cache.incr(key, 7));
            case "decrement": return counted(cache.decr(key, 3));
            case "locate": {
                InetSocketAddress server = (InetSocketAddress) cache.getNodeLocator().getPrimary(key).getSocketAddress();
                return "\"" + server.getHostString() + ":" + server.getPort() + "\"";
            }
            default: throw new IllegalArgumentException(operation);
        }
    }

    // What is under way when a server ends is cancelled. The client notices the end a moment later and then uses another server.
    private String set(String key, Object value, int attempts) throws Exception {
        try {
            return cache.set(key, 0, value).get().toString();
        } catch (ExecutionException cancelled) {
            if (attempts == 1) {
                throw cancelled;
            }
            Thread.sleep(20);
            return set(key, value, attempts - 1);
        }
    }

    private static Object made(String kind, int i) {
        switch (kind) {
            case "text": return "text " + i + " é 漢 😀" + (i % 5 == 4 ? "\r\nand a line" : "");
            case "long": return ("a long text " + i + " ").repeat(3000);
            case "bytes": return new byte[] {(byte) i, (byte) (i >> 8), 0, 13, 10, (byte) 255};
            case "number": return (i - 1000) * (i % 4 == 3 ? 1000000007L : 1L);
            case "float": return (i - 1000) / 3.0;
            case "bool": return i % 2 == 0;
            case "date": return new Date(1700000000000L + i * 1000003L);
            case "counter": return "10";
            default: throw new IllegalArgumentException(kind);
        }
    }

    private static String counted(long value) {
        return value < 0 ? "null" : Long.toString(value);
    }

    private static String shown(Object value) {
        if (value instanceof String) {
            return shown("string", encode(((String) value).getBytes(StandardCharsets.UTF_8)));
        }
        if (value instanceof byte[]) {
            return shown("bytes", encode((byte[]) value));
        }
        if (value instanceof Double) {
            return shown("double", String.format("%016x", Double.doubleToRawLongBits((Double) value)));
        }
        if (value instanceof Boolean) {
            return shown("boolean", value.toString());
        }
        if (value instanceof Long || value instanceof Integer) {
            return shown("integer", value.toString());
        }
        if (value instanceof Date) {
            return shown("date", Long.toString(((Date) value).getTime()));
        }
        return shown(value == null ? "null" : value.getClass().getName(), "");
    }

    private static String shown(String type, String text) {
        return "[\"" + type + "\",\"" + text + "\"]";
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
