# What the benchmarks need beside the service: reference programs, a larger database, rows, keys.

# The password of all the bench's accounts, and how it is hashed.
readonly bench_password='correct horse battery staple' bench_memory_kib=19456 bench_passes=2
readonly bench_realm=bench

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

# Every COMMIT is on disk before it is answered; no limit but the memory that the pool is given. All programs of the bench are
# of one session, as services of systemd are of one slice (sched(7), autogroup): what gives way to others gives way to all.
bench_start_database() {
    local home=$1 pool=$2
    mariadb_session=()
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
mail_per_day      = 100000000
sms_per_day       = 100000000
sms_breaker_after = 0

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

# A database that another version of the schema made goes, with its rows: they are made again.
bench_drop_outdated() {
    local home=$1 name checksum
    for name in authfcgi growth_small growth_large; do
        while read -r checksum; do
            grep -q "$checksum" "$repo/deploy/schema.sql" && continue
            say "the rows of $name are of another schema: they are made again"
            mariadb_query "$home" -e "DROP DATABASE $name; CREATE DATABASE $name CHARACTER SET utf8mb4"
            break
        done < <(mariadb_query "$home" -e "SELECT checksum FROM $name.schema_migration" 2>/dev/null)
    done
}

# Two more databases of the same schema, with few and with many accounts.
bench_growth() {
    local home=$1 many=$2 name count
    for name in growth_small growth_large; do
        [[ $name == growth_small ]] && count=10000 || count=$many
        bench_fill "$home" $name "$count"
    done
}

# Users and sessions of Glewlwyd in the tables of its own SQL: ten thousand at most, since it reads all users for each
# request. Without Glewlwyd that contender is left out.
bench_glewlwyd() {
    local home=$1 wanted=$(($2 < 10000 ? $2 : 10000)) sql=/usr/share/doc/glewlwyd/database/init.mariadb.sql.gz present
    program_installed glewlwyd && [[ -e $sql ]] || {
        say "Glewlwyd (Debian package glewlwyd) is not installed: it is left out"
        return 0
    }
    present=$(mariadb_query "$home" -e 'SELECT accounts FROM glewlwyd.bench_rows' 2>/dev/null) || present=0
    ((present != wanted)) || return 0
    say "filling glewlwyd with $wanted users"
    mariadb_query "$home" -e 'DROP DATABASE IF EXISTS glewlwyd; CREATE DATABASE glewlwyd CHARACTER SET latin1'
    zcat "$sql" | mariadb_query "$home" glewlwyd
    sed "s/LAST/$wanted/g; s|PASSWORD')|$bench_password')|g" "$repo/bench/rows/glewlwyd.sql" |
        mariadb_query "$home" glewlwyd || die $EX_SOFTWARE "the rows of Glewlwyd could not be made"
    mariadb_query "$home" glewlwyd -e "CREATE TABLE bench_rows AS SELECT $wanted AS accounts"
}

# The micro-benchmarks: a package of its own around the sources, which the product's build never sees.
bench_build_micro() {
    run_with_progress "building the micro-benchmarks (release; some minutes the first time)" "$log_folder/micro.log" \
        swift build --package-path "$repo/bench/micro" --scratch-path "$repo/.build/bench/micro" -c release \
        --static-swift-stdlib ||
        die $EX_SOFTWARE "the micro-benchmarks could not be built; the whole output is in $log_folder/micro.log"
}

# Runs a file of bench/rows for the rows FIRST to LAST.
bench_rows() {
    local home=$1 database=$2 file=$3 first=$4 last=$5
    sed -e "s/FIRST/$first/g; s/LAST/$last/g; s/REALM/$bench_realm/g" -e "s|PASSWORD|$bench_hash|g" \
        "$repo/bench/rows/$file" | mariadb_query "$home" "$database" ||
        die $EX_SOFTWARE "the rows of $file could not be made"
}

# Fills a table of a new database by a file of bench/rows. Its keys but the primary one are made when the rows are there,
# which takes less than half the time.
bench_fill_table() {
    local home=$1 database=$2 table=$3 file=$4 wanted=$5 drop add
    local keys="FROM information_schema.statistics WHERE table_schema = '$database' AND table_name = '$table'
        AND index_name <> 'PRIMARY'"
    drop=$(mariadb_query "$home" -e "SELECT GROUP_CONCAT(DISTINCT 'DROP KEY ', index_name) $keys")
    add=$(mariadb_query "$home" -e "SELECT GROUP_CONCAT(definition) FROM (SELECT CONCAT('ADD ', IF(non_unique, '', 'UNIQUE '),
        'KEY ', index_name, ' (', GROUP_CONCAT(column_name ORDER BY seq_in_index), ')') AS definition
        $keys GROUP BY index_name, non_unique) AS definitions")
    mariadb_query "$home" "$database" -e "SET foreign_key_checks = 0; ALTER TABLE $table $drop"
    bench_rows "$home" "$database" "$file" 1 "$wanted"
    mariadb_query "$home" "$database" -e "SET foreign_key_checks = 0; ALTER TABLE $table $add"
}

# A database with so many accounts and sessions, unless it has them already.
bench_fill() {
    local home=$1 database=$2 wanted=$3 present since=$SECONDS filling
    local bench_hash
    bench_hash=$("$repo/.build/bench/bin/credentials" password "$bench_password" $bench_memory_kib $bench_passes)
    present=$(mariadb_query "$home" -e "SELECT accounts FROM $database.bench_rows" 2>/dev/null) || present=0
    if ((present == wanted)); then return; fi
    say "filling $database with $wanted accounts"
    [[ $database != authfcgi ]] || rm -f "$home/registrations.used"
    mariadb_query "$home" -e "DROP DATABASE IF EXISTS $database; CREATE DATABASE $database CHARACTER SET utf8mb4"
    AUTHFCGI_DATABASE_NAME=$database service_migrate "$home"
    bench_fill_table "$home" "$database" session sessions.sql "$wanted" &
    filling=$!
    bench_fill_table "$home" "$database" account accounts.sql "$wanted"
    wait "$filling" || exit $EX_SOFTWARE
    mariadb_query "$home" "$database" -e "
        ANALYZE TABLE account, session; CREATE TABLE bench_rows AS SELECT $wanted AS accounts" >/dev/null
    say "  took $((SECONDS - since)) s"
}
