# What the benchmarks need beside the service: reference programs, a larger database, rows, keys.

# The password of all the bench's accounts, and how it is hashed.
readonly bench_password='correct horse battery staple' bench_memory_kib=19456 bench_passes=2
readonly bench_realm=bench bench_registrations=200000

bench_build_references() {
    make -s -C "$repo/bench/reference" OUT="$repo/.build/bench/bin" >"$log_folder/references.log" 2>&1 || {
        show_tail "$log_folder/references.log"
        die $EX_SOFTWARE "the reference programs could not be built"
    }
}

# FastAPI and its parts, in a folder of their own. Without them that contender is left out.
bench_install_python() {
    local folder=$repo/.build/bench/python wanted=$repo/bench/python/requirements.txt
    [[ -e $folder/installed && ! $wanted -nt $folder/installed ]] && return
    if /usr/bin/python3 -m venv "$folder" >"$log_folder/python.log" 2>&1 &&
        run_with_progress "installing FastAPI and uvicorn" "$log_folder/python.log" \
            "$folder/bin/pip" install -q -r "$wanted"; then
        touch "$folder/installed"
    else
        say "FastAPI cannot be installed: it is left out"
    fi
}

# Every COMMIT is on disk before it is answered; no limit but the memory that the pool is given.
bench_start_database() {
    local home=$1 pool=$2
    mariadb_options=(
        --innodb-buffer-pool-size="$pool" --innodb-log-file-size=2G --innodb-flush-log-at-trx-commit=1
        --max-prepared-stmt-count=100000 --max-connections=1000
    )
    mariadb_start "$home"
}

# What differs from the service's defaults, and why: one realm for all APIs, so that one set of rows serves them all;
# budgets that a load generator does not use up; no messages on their way, since the references send none.
bench_configure_service() {
    local folder=$1/authfcgi.d
    mkdir -p "$folder"
    cat >"$folder/bench.toml" <<CONFIGURATION
[api.twake]
realm = "$bench_realm"

[api.compass]
realm = "$bench_realm"

[api.contacts]
realm = "$bench_realm"

[tokens]
issuer = "https://bench.example"

[limits]
login_per_account = "1000000/1s"
login_per_ip      = "1000000/1s"
signup_per_ip     = "1000000/1s"
sms_per_day       = 100000000

[mail]
transport = "off"

[sms]
transport = "off"
CONFIGURATION
}

# A token key of each algorithm.
bench_token_keys() {
    local file=$1/token.keys
    grep -q ':ed25519:' "$file" || printf 'bench-ed:ed25519:%s\n' "$(head -c 32 /dev/urandom | base64 -w 0)" >>"$file"
}

# Two more databases of the same schema, with few and with many accounts.
bench_growth() {
    local home=$1 many=$2 name count
    for name in growth_small growth_large; do
        [[ $name == growth_small ]] && count=10000 || count=$many
        mariadb_query "$home" -e "CREATE DATABASE IF NOT EXISTS $name CHARACTER SET utf8mb4"
        AUTHFCGI_DATABASE_NAME=$name service_migrate "$home"
        bench_fill "$home" $name "$count"
    done
}

# Runs a file of bench/rows for the rows FIRST to LAST.
bench_rows() {
    local home=$1 database=$2 file=$3 first=$4 last=$5
    sed -e "s/FIRST/$first/g; s/LAST/$last/g; s/REALM/$bench_realm/g" -e "s|PASSWORD|$bench_hash|g" \
        "$repo/bench/rows/$file" | mariadb_query "$home" "$database" ||
        die $EX_SOFTWARE "the rows of $file could not be made"
}

# Fills a database with accounts and sessions, a million at a time, unless it has as many already.
bench_fill() {
    local home=$1 database=$2 wanted=$3 present first last
    local bench_hash
    bench_hash=$("$repo/.build/bench/bin/credentials" password "$bench_password" $bench_memory_kib $bench_passes)
    mariadb_query "$home" "$database" -e 'CREATE TABLE IF NOT EXISTS bench_rows (accounts BIGINT NOT NULL)'
    present=$(mariadb_query "$home" "$database" -e 'SELECT COALESCE(MAX(accounts), 0) FROM bench_rows')
    if ((present == wanted)); then return; fi
    say "filling $database with $wanted accounts"
    [[ $database != authfcgi ]] || rm -f "$home/registrations.used"
    ((present == 0)) || mariadb_query "$home" "$database" -e \
        'SET foreign_key_checks = 0; TRUNCATE session; TRUNCATE account; TRUNCATE challenge; TRUNCATE outbox;
         TRUNCATE rate_counter; TRUNCATE bench_rows'
    for ((first = 1; first <= wanted; first += 1000000)); do
        last=$((first + 999999 < wanted ? first + 999999 : wanted))
        bench_rows "$home" "$database" accounts.sql "$first" "$last"
        say "  $last"
    done
    bench_rows "$home" "$database" registrations.sql 1 "$bench_registrations"
    mariadb_query "$home" "$database" -e "
        ANALYZE TABLE account, session; INSERT INTO bench_rows VALUES ($wanted)" >/dev/null
}
