#!/usr/bin/env bash
# A merchant's day with curl: sends every request of day.tsv, then a batch release.
#
#     merchant.sh http://127.0.0.1:PORT
set -euo pipefail

host=$1
here=$(dirname "$0")
login='profile_id=1234567&profile_pass=secret'
fields=(status 'transaction id' CVV/AVS code message extra extra)

fail() {
    echo "curl: $*" >&2
    exit 1
}

# The digest of a credit: value type amount currency orig_id ref, with empty text for absent values.
digest() {
    local text=$1:$2:$3${4:+:$4}:$5:credit-secret
    printf '%s' "$text" | sha256sum | cut -d' ' -f1
}

# Compares two lines, field by field.
check() {
    local step=$1 index found expected
    IFS='|' read -ra found <<<"$2"
    IFS='|' read -ra expected <<<"$3"
    [ ${#found[@]} -eq ${#expected[@]} ] || fail "$step: $2 is not $3"
    for index in "${!expected[@]}"; do
        [ "${found[index]}" = "${expected[index]}" ] ||
            fail "$step: ${fields[index]} ${found[index]} is not ${expected[index]}"
    done
}

# Sends the parameters name=value, percent-encoded by curl.
pay() {
    local pair arguments=()
    for pair in "$@"; do
        arguments+=(--data-urlencode "${pair//\\n/$'\n'}")
    done
    curl --silent --show-error --fail "${arguments[@]}" "$host/gateway/remote_auth"
}

batch() {
    local form=$1
    shift
    curl --silent --show-error --fail --header 'Content-Type: multipart/x-vcg-remote-api' \
        --form "form=$login&$form;type=application/x-www-form-urlencoded" "$@" "$host/admin/remote_batch"
}

count=0
while IFS=$'\t' read -r -a columns; do
    [[ ${columns[0]} == \#* ]] && continue
    pairs=("${columns[@]:1}")
    declare -A value=()
    for pair in "${pairs[@]}"; do value[${pair%%=*}]=${pair#*=}; done
    if [ "${value[security_hash]-}" = '?' ]; then
        hash=$(digest "${value[tran_type]}" "${value[tran_amount]}" "${value[tran_currency]}" \
            "${value[tran_orig_id]-}" "${value[tran_ref]}")
        pairs=("${pairs[@]/#security_hash=?/security_hash=$hash}")
    fi
    check "${value[tran_type]} ${value[tran_ref]-}" "$(pay "${pairs[@]}")" "${columns[0]}"
    count=$((count + 1))
done <"$here/day.tsv"

refs=$(mktemp)
trap 'rm -f "$refs"' EXIT
printf '01S0000000B\n01S00000001\n01S000000FF\n' >"$refs"
taken=$(batch 'attached_type=onhold_v0&batch_op=onhold-release-submit' \
    --form "refs=@$refs;type=text/csv;filename=releaseRefs.csv")
[ "$taken" = 'result=release_report&batch_id=1&batch_status=pending' ] || fail "upload: $taken"

for _ in {1..100}; do
    report=$(batch 'batch_id=1&batch_op=onhold-release-query')
    [[ $report == *batch_status=complete* ]] && break
    sleep 0.1
done
for part in batch_status=complete item_count=3 item_succ=1 item_fail=2 01S0000000B,batchrel_ok \
    01S00000001,batchrel_notonhold 01S000000FF,batchrel_invalref; do
    [[ $report == *"$part"* ]] || fail "report: no $part in $report"
done
echo "curl: $count payments and a batch"
