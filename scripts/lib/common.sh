# Shared by the scripts: progress lines, failures, and the state of processes named by a pid file.
# A script sets `repo` (the repository's root) before it sources this file.

export LC_ALL=C
started_at=$SECONDS

# sysexits.h
readonly EX_USAGE=64 EX_UNAVAILABLE=69 EX_SOFTWARE=70 EX_TEMPFAIL=75 EX_CONFIG=78

# One progress line, with the seconds since the script began.
say() { printf '[%4d s] %s\n' "$((SECONDS - started_at))" "$*"; }

# One failure text to stderr; ends the script with the status given first.
die() {
    local status=$1
    shift
    printf 'error: %s\n' "$*" >&2
    exit "$status"
}

# The last lines of a log file, indented, to stderr.
show_tail() {
    local file=$1 lines=${2:-20}
    [[ -s $file ]] || return 0
    printf -- '--- last lines of %s\n' "$file" >&2
    tail -n "$lines" "$file" | sed 's/^/    /' >&2
}

# The process id in a pid file when that process lives and its command line names `marker`; else nothing and status 1.
# The marker is a path inside the home, so that a process id used again by a stranger is never taken for ours.
living_pid() {
    local file=$1 marker=$2 pid
    [[ -r $file ]] || return 1
    pid=$(head -n 1 "$file" 2>/dev/null | tr -cd '0-9')
    [[ -n $pid && -r /proc/$pid/cmdline ]] || return 1
    tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF -- "$marker" || return 1
    printf '%s\n' "$pid"
}

# Ends the process of a pid file by SIGTERM, by SIGKILL after `patience` seconds, and waits until it is gone.
stop_pid_file() {
    local name=$1 file=$2 marker=$3 patience=$4 pid deadline
    if pid=$(living_pid "$file" "$marker"); then
        kill -TERM "$pid" 2>/dev/null || true
        deadline=$((SECONDS + patience))
        while living_pid "$file" "$marker" >/dev/null; do
            if ((SECONDS >= deadline)); then
                say "$name (process $pid) did not end within $patience s: killing it"
                kill -KILL "$pid" 2>/dev/null || true
                deadline=$((SECONDS + 10))
            fi
            sleep 0.05
        done
        say "stopped $name (process $pid)"
    fi
    rm -f "$file"
}

# Runs a long command with its output in a log file, and every five seconds says how far it is.
run_with_progress() {
    local title=$1 log=$2 since=$SECONDS shown=$SECONDS pid
    shift 2
    say "$title"
    "$@" >"$log" 2>&1 </dev/null &
    pid=$!
    trap 'kill "$pid" 2>/dev/null; exit 130' INT TERM HUP
    while kill -0 "$pid" 2>/dev/null; do
        sleep 0.2
        if ((SECONDS - shown >= 5)); then
            shown=$SECONDS
            say "  $((SECONDS - since)) s: $(tail -n 1 "$log" | cut -c1-100)"
        fi
    done
    trap - INT TERM HUP
    if wait "$pid"; then
        say "  done in $((SECONDS - since)) s"
    else
        local status=$?
        show_tail "$log" 30
        return "$status"
    fi
}

# The absolute form of a folder that need not exist yet; the scripts put it into configuration files, so no quoting
# characters, and a unix socket in it has to fit into sockaddr_un (107 octets and a NUL, unix(7)).
home_folder() {
    local folder
    folder=$(realpath -m -- "$1")
    if [[ ! $folder =~ ^[A-Za-z0-9\ ._/+@~:,=-]+$ ]]; then
        die $EX_USAGE "the path $folder has characters that do not go into a configuration file: choose another with --home"
    fi
    local longest="$folder/authfcgi.sock"
    if ((${#longest} > 107)); then
        die $EX_USAGE "the path $longest has ${#longest} octets, and a unix socket's may have 107: choose a shorter --home"
    fi
    printf '%s\n' "$folder"
}
