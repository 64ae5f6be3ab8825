// A merchant's day at the gateway with Java's HttpClient and Gson: runs the steps of a table.
//
//     java -cp /usr/share/java/gson.jar Gateway.java gateway-day.tsv http://127.0.0.1:PORT

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

public class Gateway {
    static final String CONFIGURATION = "200426117314086912";
    static final String KEY = "845c51f6-1cd5-4338-a586-df752e65d690";
    static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)\\}");
    static final Pattern CHECK = Pattern.compile("([^=>#!~]*)([=>#!~])(.*)", Pattern.DOTALL);
    static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([0-9a-f]+)\"");

    final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final Map<String, String> known = new HashMap<>();
    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    final HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    final String host;
    int notifications = 0;

    Gateway(String host) throws Exception {
        this.host = host;
        receiver.createContext("/webhook", exchange -> {
            JsonObject notification = JsonParser.parseString(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)).getAsJsonObject();
            JsonObject answer = new JsonObject();
            for (String name : new String[] {"paymentJobReference", "paymentReference"}) {
                answer.add(name, notification.get(name));
            }
            // The first webhook gets an error, every other one an acknowledgement.
            byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(++notifications == 1 ? 500 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
            heard.add(notification.toString());
        });
        receiver.start();
        known.put("host", host);
        known.put("webhook", "http://127.0.0.1:" + receiver.getAddress().getPort() + "/webhook");
    }

    static void require(boolean good, String what) {
        if (!good) {
            System.err.println("java: " + what);
            System.exit(1);
        }
    }

    String filled(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(known.get(found.group(1))));
    }

    void step(String line) throws Exception {
        String[] columns = line.split("\t");
        String name = columns[0], method = columns[1], path = filled(columns[2]);
        String signature = columns[3], status = columns[4], body = filled(columns[5]);
        String step = name + ": " + method + " " + path;
        String answer;
        if (method.equals("SILENCE")) {
            String notification = heard.poll((long) (Double.parseDouble(body) * 1000), TimeUnit.MILLISECONDS);
            require(notification == null, step + ": " + notification + " came");
            return;
        } else if (method.equals("HEAR")) {
            answer = heard.poll(10, TimeUnit.SECONDS);
            require(answer != null, step + ": nothing came");
        } else {
            HttpRequest request = switch (method) {
                case "PRESS" -> press(path, body);
                case "PAGE" -> HttpRequest.newBuilder(URI.create(path)).build();
                default -> call(method, path, signature, body);
            };
            HttpResponse<String> reply = client.send(request, BodyHandlers.ofString());
            answer = reply.body();
            require(String.valueOf(reply.statusCode()).equals(status),
                step + ": " + reply.statusCode() + " is not " + status + ": " + answer);
        }
        for (int index = 6; index < columns.length; index++) {
            check(step, answer, filled(columns[index]));
        }
    }

    HttpRequest call(String method, String path, String signature, String body) throws Exception {
        // Gson escapes = and ' and the brackets of HTML.
        String json = body.equals("-") ? "" : new com.google.gson.Gson().toJson(JsonParser.parseString(body));
        String key = signature.equals("wrong") ? "wrong" : KEY;
        byte[] digest = MessageDigest.getInstance("SHA-512").digest((key + json).getBytes(StandardCharsets.UTF_8));
        HexFormat hex = signature.equals("lower") ? HexFormat.of() : HexFormat.of().withUpperCase();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(host + path))
            .timeout(Duration.ofSeconds(10))
            .header("ConfigurationId", CONFIGURATION)
            .header("Hash", hex.formatHex(digest))
            .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        return (json.isEmpty() ? request : request.header("Content-Type", "application/json")).build();
    }

    // Presses a button of the dashboard, whose forms have a token.
    HttpRequest press(String path, String body) throws Exception {
        HttpRequest dashboard = HttpRequest.newBuilder(URI.create(host + "/")).build();
        Matcher token = TOKEN.matcher(client.send(dashboard, BodyHandlers.ofString()).body());
        require(token.find(), "no token on the dashboard");
        return HttpRequest.newBuilder(URI.create(host + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body + "&token=" + token.group(1)))
            .build();
    }

    void check(String step, String answer, String check) {
        Matcher parts = CHECK.matcher(check);
        require(parts.matches(), check + " is no check");
        String pointer = parts.group(1), kind = parts.group(2), expected = parts.group(3);
        if (kind.equals("~")) {
            require(answer.contains(expected), step + ": no " + expected + " in " + answer);
            return;
        }
        JsonElement value = JsonParser.parseString(answer);
        String[] names = pointer.split("/");
        for (int index = 1; index < names.length && value != null; index++) {
            value = value instanceof JsonArray list
                ? (Integer.parseInt(names[index]) < list.size() ? list.get(Integer.parseInt(names[index])) : null)
                : (value instanceof JsonObject object ? object.get(names[index]) : null);
        }
        boolean isText = value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
        switch (kind) {
            case "!" -> require(value == null || value.isJsonNull(), step + ": " + pointer + " is there");
            case "#" -> require(String.valueOf(value.getAsJsonArray().size()).equals(expected),
                step + ": " + pointer + " has not " + expected + " items");
            case ">" -> {
                require(isText, step + ": " + pointer + " is no text");
                known.put(expected, value.getAsString());
            }
            default -> {
                String found = isText ? value.getAsString() : String.valueOf(value);
                require(found.equals(expected), step + ": " + pointer + ": " + found + " is not " + expected);
            }
        }
    }

    public static void main(String[] arguments) {
        try {
            run(arguments);
        } catch (Exception error) {
            error.printStackTrace();
            // The receiver's thread would keep the program alive.
            System.exit(1);
        }
    }

    static void run(String[] arguments) throws Exception {
        Gateway day = new Gateway(arguments[1]);
        Path table = Path.of(arguments[0]);
        int count = 0;
        for (String line : Files.readAllLines(table)) {
            if (!line.startsWith("#")) {
                day.step(line);
                count++;
            }
        }
        day.receiver.stop(0);
        String name = table.getFileName().toString().replace(".tsv", "");
        System.out.println("java HttpClient: " + count + " steps of " + name);
    }
}
