<?php
// A merchant's day at the gateway with PHP's curl: runs the steps of a table.
//
//     php gateway.php gateway-day.tsv http://127.0.0.1:PORT

declare(strict_types=1);

const CONFIGURATION = '200426117314086912';
const KEY = '845c51f6-1cd5-4338-a586-df752e65d690';

function fail(string $what): never
{
    fwrite(STDERR, "php: $what\n");
    exit(1);
}

/** Sends a request and returns status and body of the response. */
function exchange(CurlHandle $curl, string $method, string $url, array $headers = [], ?string $body = null): array
{
    curl_reset($curl);
    curl_setopt_array($curl, [
        CURLOPT_URL => $url,
        CURLOPT_CUSTOMREQUEST => $method,
        CURLOPT_NOBODY => $method === 'HEAD',
        CURLOPT_HTTPHEADER => $headers,
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_TIMEOUT => 10,
    ]);
    if ($body !== null) {
        curl_setopt($curl, CURLOPT_POSTFIELDS, $body);
    }
    $answer = curl_exec($curl);
    if ($answer === false) {
        fail("$method $url: " . curl_error($curl));
    }
    return [(string) curl_getinfo($curl, CURLINFO_RESPONSE_CODE), $answer];
}

/** Makes a signed call. */
function call(CurlHandle $curl, string $method, string $url, string $signature, string $body): array
{
    // json_encode escapes slashes and every letter beyond ASCII.
    $json = $body === '-' ? null : json_encode(json_decode($body, false, 32, JSON_THROW_ON_ERROR));
    $hash = hash('sha512', ($signature === 'wrong' ? 'wrong' : KEY) . $json);
    $headers = [
        'ConfigurationId: ' . CONFIGURATION,
        'Hash: ' . ($signature === 'lower' ? $hash : strtoupper($hash)),
    ];
    if ($json !== null) {
        $headers[] = 'Content-Type: application/json';
    }
    return exchange($curl, $method, $url, $headers, $json);
}

/** Presses a button of the dashboard, whose forms have a token. */
function press(CurlHandle $curl, string $host, string $path, string $body): array
{
    [, $page] = exchange($curl, 'GET', "$host/");
    preg_match('/name="token" value="([0-9a-f]+)"/', $page, $found) || fail('no token on the dashboard');
    return exchange($curl, 'POST', $host . $path, [], "$body&token=$found[1]");
}

function check(string $step, string $answer, string $check, array &$known): void
{
    preg_match('/^([^=>#!~]*)([=>#!~])(.*)$/', $check, $found) || fail("$check is no check");
    [, $pointer, $kind, $expected] = $found;
    if ($kind === '~') {
        str_contains($answer, $expected) || fail("$step: no $expected in $answer");
        return;
    }
    $value = json_decode($answer, true, 32, JSON_THROW_ON_ERROR | JSON_BIGINT_AS_STRING);
    foreach (array_slice(explode('/', $pointer), 1) as $name) {
        $value = is_array($value) ? ($value[$name] ?? null) : null;
    }
    if ($kind === '!') {
        $value === null || fail("$step: $pointer is there");
    } elseif ($kind === '#') {
        (string) count($value) === $expected || fail("$step: $pointer has not $expected items");
    } elseif ($kind === '>') {
        is_string($value) || fail("$step: $pointer is no text");
        $known['{' . $expected . '}'] = $value;
    } else {
        $text = is_string($value) ? $value : json_encode($value);
        $text === $expected || fail("$step: $pointer: $text is not $expected");
    }
}

[, $table, $host] = $argv;
$curl = curl_init();
$known = ['{host}' => $host];
$lines = array_filter(file($table, FILE_IGNORE_NEW_LINES), fn ($line) => $line[0] !== '#');
foreach ($lines as $line) {
    $columns = explode("\t", $line);
    [$name, $method, $path, $signature, $status, $body] = array_map(fn ($text) => strtr($text, $known), $columns);
    $step = "$name: $method $path";
    [$found, $answer] = match ($method) {
        'PRESS' => press($curl, $host, $path, $body),
        'PAGE' => exchange($curl, 'GET', $path),
        default => call($curl, $method, $host . $path, $signature, $body),
    };
    $found === $status || fail("$step: $found is not $status: $answer");
    foreach (array_slice($columns, 6) as $check) {
        check($step, $answer, strtr($check, $known), $known);
    }
}
echo 'php curl: ' . count($lines) . ' steps of ' . basename($table, '.tsv') . "\n";
