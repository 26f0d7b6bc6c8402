# The sign-up of twake, walked with curl.

# One call, printed with its answer; the body stays in `demo_body`, the status in `demo_status`.
demo_call() {
    local home=$1 method=$2 url=$3 json=${4-} arguments=()
    [[ -z $json ]] || arguments=(-H 'Content-Type: application/json' -d "$json")
    printf '\n  %s %s %s\n' "$method" "$url" "$json"
    demo_body=$(curl -sS --max-time 15 -X "$method" "${arguments[@]}" -b "$home/tmp/demo.cookies" -c "$home/tmp/demo.cookies" \
        -D "$home/tmp/demo.headers" "$url")
    demo_status=$(sed -n '1s/^HTTP[^ ]* \([0-9]*\).*/\1/p' "$home/tmp/demo.headers")
    sed -n -E -e '1p' -e '/^(set-cookie|content-type):/Ip' "$home/tmp/demo.headers" | tr -d '\r' |
        sed -E 's/(twake\.session=.{12})[^;]*/\1…/; s/^/    < /'
    printf '    < %s\n' "$demo_body"
}

demo_expect() {
    [[ $demo_status == "$1" ]] || {
        show_tail "$2/log/authfcgi.log"
        die $EX_SOFTWARE "the demonstration expected status $1 and saw ${demo_status:-none}"
    }
}

# The code of the newest text to a number, waiting at most 15 s for the courier.
demo_code() {
    local home=$1 phone=$2 deadline=$((SECONDS + 15)) file
    while ((SECONDS < deadline)); do
        file=$(grep -lsxF -e "To: $phone" -e "To: $phone"$'\r' "$home"/outbox/*.sms 2>/dev/null | sort | tail -n 1) || true
        if [[ -n $file ]]; then
            sed 1d "$file" | grep -oE '[0-9]{6}' | head -n 1
            return
        fi
        sleep 0.1
    done
    return 1
}

demo() {
    local home=$1 base=http://127.0.0.1:$2 digits phone nickname code
    digits=$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')
    phone=+4915$(printf '%010d' "$digits" | tail -c 9)
    nickname=demo$digits
    rm -f "$home/tmp/demo.cookies"
    say "walking the twake sign-up:"
    demo_call "$home" POST "$base/api/send-otp" "{\"phone\":\"$phone\"}"
    demo_expect 200 "$home"
    code=$(demo_code "$home" "$phone") || {
        show_tail "$home/log/authfcgi.log"
        die $EX_SOFTWARE "no text to $phone came to $home/outbox within 15 s"
    }
    printf '\n  the text to %s in %s/outbox says %s\n' "$phone" "$home" "$code"
    demo_call "$home" POST "$base/api/check-otp" "{\"password\":\"$code\"}"
    demo_expect 200 "$home"
    demo_call "$home" POST "$base/api/register" \
        "{\"nickname\":\"$nickname\",\"displayName\":\"John Doe\",\"password\":\"SecurePass123+\"}"
    demo_expect 201 "$home"
    demo_call "$home" GET "$base/api/session"
    demo_expect 200 "$home"
    rm -f "$home/tmp/demo.cookies" "$home/tmp/demo.headers"
    printf '\n'
}
