#!/usr/bin/env bash
# A merchant's day at the gateway with curl, openssl and jq: runs the steps of a table.
#
#     gateway.sh gateway-day.tsv http://127.0.0.1:PORT
set -euo pipefail

table=$1
host=$2
configuration=200426117314086912
key=845c51f6-1cd5-4338-a586-df752e65d690
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
declare -A known=([host]=$host)

fail() {
    echo "curl: $*" >&2
    exit 1
}

filled() {
    local text=$1
    while [[ $text =~ \{([a-z]+)\} ]]; do text=${text/"${BASH_REMATCH[0]}"/"${known[${BASH_REMATCH[1]}]}"}; done
    printf '%s' "$text"
}

# Sends a request, and keeps body and status of the response.
exchange() {
    status=$(curl --silent --show-error --max-time 10 --output "$work/answer" --write-out '%{http_code}' "$@")
}

call() {
    local method=$1 path=$2 signature=$3 body=$4 signer=$key arguments=(--header "ConfigurationId: $configuration")
    : >"$work/body"
    if [ "$body" != - ]; then
        # jq formats the body over several lines.
        jq . <<<"$body" >"$work/body"
        arguments+=(--header 'Content-Type: application/json' --data-binary "@$work/body")
    fi
    if [ "$method" = HEAD ]; then arguments+=(--head); else arguments+=(--request "$method"); fi
    [ "$signature" != wrong ] || signer=wrong
    local hash
    hash=$({ printf '%s' "$signer"; cat "$work/body"; } | openssl dgst -sha512 -r | cut -d' ' -f1)
    [ "$signature" = lower ] || hash=${hash^^}
    exchange "${arguments[@]}" --header "Hash: $hash" "$host$path"
}

# Presses a button of the dashboard, whose forms have a token.
press() {
    local token
    exchange "$host/"
    token=$(sed -n 's/.*name="token" value="\([0-9a-f]*\)".*/\1/p;' "$work/answer" | head -1)
    exchange --data "$2&token=$token" "$host$1"
}

check() {
    local step=$1 check=$2 value
    [[ $check =~ ^([^=\>#!~]*)([=\>#!~])(.*)$ ]] || fail "$check is no check"
    local pointer=${BASH_REMATCH[1]} kind=${BASH_REMATCH[2]} expected=${BASH_REMATCH[3]}
    if [ "$kind" = '~' ]; then
        grep -qF -- "$expected" "$work/answer" || fail "$step: no $expected in $(cat "$work/answer")"
        return
    fi
    local path='getpath($pointer / "/" | .[1:] | map(tonumber? // .))'
    case $kind in
    '!')
        value=$(jq --arg pointer "$pointer" "$path" "$work/answer")
        [ "$value" = null ] || fail "$step: $pointer is $value"
        ;;
    '>')
        value=$(jq --raw-output --arg pointer "$pointer" "$path | strings" "$work/answer")
        [ -n "$value" ] || fail "$step: $pointer is no text"
        known[$expected]=$value
        ;;
    *)
        [ "$kind" = '=' ] || path="$path | length"
        value=$(jq --raw-output --arg pointer "$pointer" "$path" "$work/answer")
        [ "$value" = "$expected" ] || fail "$step: $pointer: $value is not $expected"
        ;;
    esac
}

count=0
while IFS=$'\t' read -r -a columns; do
    [[ ${columns[0]} == \#* ]] && continue
    method=${columns[1]}
    path=$(filled "${columns[2]}")
    body=$(filled "${columns[5]}")
    step="${columns[0]}: $method $path"
    case $method in
    PRESS) press "$path" "$body" ;;
    PAGE) exchange "$path" ;;
    *) call "$method" "$path" "${columns[3]}" "$body" ;;
    esac
    [ "$status" = "${columns[4]}" ] || fail "$step: $status is not ${columns[4]}: $(cat "$work/answer")"
    for rule in "${columns[@]:6}"; do check "$step" "$(filled "$rule")"; done
    count=$((count + 1))
done <"$table"
echo "curl: $count steps of $(basename "$table" .tsv)"
