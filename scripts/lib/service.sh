# The service itself: its development configuration, its keys, its process.

service_alive() { living_pid "$1/authfcgi.pid" "$1/authfcgi.toml"; }

# Written once; from then on it is the user's, save the one line that names the port.
service_configure() {
    local home=$1 port=$2 file=$1/authfcgi.toml list=$repo/deploy/common-passwords.txt
    if [[ -e $file ]]; then
        sed -i "s|^public_url *= *\"http://127\.0\.0\.1:[0-9]*\"|public_url      = \"http://127.0.0.1:$port\"|" "$file"
        return
    fi
    cat >"$file.new" <<CONFIGURATION
# Development configuration, written by scripts/start and kept from then on: change what you like.
# Messages go to files in outbox/, and codes show in answers. Not for production: see deploy/.

[server]
listen          = ["unix:$home/authfcgi.sock"]
socket_mode     = "0600"
socket_group    = "$(id -gn)"

[site]
public_url      = "http://127.0.0.1:$port"

[security]
reveal_codes    = true

[database]
socket          = "$home/mariadb.sock"
name            = "authfcgi"
user            = "$(id -un)"

[cookies]
keys_file       = "$home/cookie.keys"

[tokens]
keys_file       = "$home/token.keys"

# All clients of this machine are one, and examples are tried often.
[limits]
login_per_account = "100000/1m"
login_per_ip      = "100000/1m"
signup_per_ip     = "100000/1m"
mail_per_day      = 100000000
sms_per_day       = 100000000
sms_breaker_after = 0

[mail]
transport       = "file"
directory       = "$home/outbox"

[sms]
transport       = "file"
directory       = "$home/outbox"
CONFIGURATION
    if [[ -r $list ]]; then
        printf '\n[password]\nblocklist       = "%s"\n' "$list" >>"$file.new"
    fi
    mv "$file.new" "$file"
    say "wrote $file"
}

service_keys() {
    local home=$1 name
    for name in cookie token; do
        [[ -e $home/$name.keys ]] || "$release_binary" keys generate "$home/$name.keys" >>"$home/log/authfcgi.log" 2>&1 || {
            show_tail "$home/log/authfcgi.log"
            die $EX_SOFTWARE "could not make $home/$name.keys"
        }
    done
}

# What the running process was started with: the program, the file, the environment. One that differs is started anew.
service_fingerprint() {
    {
        stat -L -c '%i %Y %s' "$release_binary"
        cat "$1/authfcgi.toml"
        env | grep '^AUTHFCGI_' | sort || true
    } | sha256sum | cut -d' ' -f1
}

# Brings the database to the program's schema; does nothing where it is there already.
service_migrate() {
    local home=$1
    "$release_binary" db migrate --config "$home/authfcgi.toml" </dev/null >>"$home/log/migrate.log" 2>&1 9>&- || {
        show_tail "$home/log/migrate.log"
        die $EX_SOFTWARE "the database schema could not be brought up to date; see $home/log/migrate.log"
    }
}

# Starts the supervisor unless the same one runs already, and waits until it listens.
service_start() {
    local home=$1 pid fingerprint deadline status since=$SECONDS
    fingerprint=$(service_fingerprint "$home")
    if pid=$(service_alive "$home"); then
        if [[ -e $home/authfcgi.started && $(<"$home/authfcgi.started") == "$fingerprint" ]]; then
            say "authfcgi runs (process $pid)"
            return
        fi
        say "authfcgi runs with another program, configuration or environment: starting it anew"
        service_stop "$home"
    fi
    say "starting authfcgi"
    rm -f "$home/authfcgi.sock"
    setsid "$release_binary" serve --config "$home/authfcgi.toml" </dev/null >>"$home/log/authfcgi.log" 2>&1 9>&- &
    pid=$!
    printf '%s\n' "$pid" >"$home/authfcgi.pid"
    deadline=$((SECONDS + 60))
    until [[ -S $home/authfcgi.sock ]]; do
        if ! kill -0 "$pid" 2>/dev/null; then
            wait "$pid" && status=0 || status=$?
            show_tail "$home/log/authfcgi.log"
            die $EX_UNAVAILABLE "authfcgi ended at once with status $status"
        fi
        if ((SECONDS >= deadline)); then
            show_tail "$home/log/authfcgi.log"
            die $EX_UNAVAILABLE "authfcgi was not ready within 60 s"
        fi
        sleep 0.05
    done
    printf '%s\n' "$fingerprint" >"$home/authfcgi.started"
    ((SECONDS - since < 2)) || say "  ready after $((SECONDS - since)) s"
}

service_stop() {
    stop_pid_file authfcgi "$1/authfcgi.pid" "$1/authfcgi.toml" 30
    rm -f "$1/authfcgi.started"
}
