# A private MariaDB in a folder: unix socket only, no network, the invoking account by unix_socket authentication.

mariadb_alive() { living_pid "$1/mariadbd.pid" "--pid-file=$1/mariadbd.pid"; }

mariadb_query() {
    local home=$1
    shift
    mariadb --no-defaults --socket="$home/mariadb.sock" --user="$(id -un)" --batch --skip-column-names "$@"
}

mariadb_create_data() {
    local home=$1
    # An interrupted installation leaves no data folder behind: it is made beside and renamed. Its temporary tables
    # have names that two installations at once may share, so they are not in the system's folder for such files.
    rm -rf "$home/mariadb.new"
    mkdir -p "$home/mariadb.new"
    run_with_progress "making a database folder" "$home/log/mariadb-install.log" \
        mariadb-install-db --no-defaults --user="$(id -un)" --datadir="$home/mariadb.new" --tmpdir="$home/tmp" \
        --skip-test-db --skip-name-resolve \
        --auth-root-authentication-method=socket --auth-root-socket-user="$(id -un)" ||
        die $EX_SOFTWARE "mariadb-install-db failed: $(grep -m 3 -iE 'error|denied|space' "$home/log/mariadb-install.log")"
    mv "$home/mariadb.new" "$home/mariadb"
}

# What a script wants of MariaDB beyond the options of `mariadb_start`; the last of two that contradict counts.
mariadb_options=()
# How it is started: in a session of its own, so that it stays when the terminal goes.
mariadb_session=(setsid)

# Starts MariaDB in the home unless it runs, and waits until it answers; makes the database `authfcgi`.
mariadb_start() {
    local home=$1 pid deadline since=$SECONDS
    if pid=$(mariadb_alive "$home"); then
        say "MariaDB runs (process $pid)"
    else
        [[ -d $home/mariadb/mysql ]] || mariadb_create_data "$home"
        say "starting MariaDB"
        rm -f "$home/mariadb.sock" "$home/mariadbd.pid"
        "${mariadb_session[@]}" mariadbd --no-defaults --user="$(id -un)" --datadir="$home/mariadb" --socket="$home/mariadb.sock" \
            --pid-file="$home/mariadbd.pid" --log-error="$home/log/mariadbd.log" --skip-networking --skip-name-resolve \
            --innodb-flush-log-at-trx-commit=1 --innodb-buffer-pool-size=64M --innodb-log-file-size=48M \
            --max-connections=600 --character-set-server=utf8mb4 --tmpdir="$home/tmp" "${mariadb_options[@]}" \
            </dev/null >>"$home/log/mariadbd.log" 2>&1 9>&- &
        pid=$!
    fi
    deadline=$((SECONDS + 60))
    until mariadb_query "$home" -e 'CREATE DATABASE IF NOT EXISTS authfcgi CHARACTER SET utf8mb4' >/dev/null 2>&1; do
        if ! kill -0 "$pid" 2>/dev/null || ((SECONDS >= deadline)); then
            show_tail "$home/log/mariadbd.log"
            die $EX_UNAVAILABLE "MariaDB does not answer on $home/mariadb.sock"
        fi
        sleep 0.05
    done
    ((SECONDS - since < 2)) || say "  ready after $((SECONDS - since)) s"
}

mariadb_stop() { stop_pid_file mariadbd "$1/mariadbd.pid" "--pid-file=$1/mariadbd.pid" 60; }
