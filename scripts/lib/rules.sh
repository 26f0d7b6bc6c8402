# The rules of the house that a machine can check. Each `rule_NAME TREE` prints what breaks it in a tree, one line each,
# and nothing where all is well; `sample_NAME TREE` makes a small tree that the rule must refuse.

readonly rules=(borders pure_domain layers length traps machine_names unfinished shell formatting)

# Room, then every module its files may import. The first line that matches a file's path counts.
readonly borders='
Sources/AuthDomain/
Sources/AuthFCGI/FastCGI/        CFastCGI CSystem Glibc Synchronization
Sources/AuthFCGI/Supervision/    CSystem Glibc
Sources/AuthFCGI/MariaDB/        CMariaDB CSystem Glibc
Sources/AuthFCGI/Crypto/         CHashMemory COpenSSL CSodium CSystem Glibc AuthDomain
Sources/AuthFCGI/Configuration/  TOMLKit FoundationEssentials Glibc
Sources/AuthFCGI/Metrics/        AuthDomain CSystem Glibc Synchronization
Sources/AuthFCGI/Logging/        Logging Glibc CSystem Synchronization
Sources/AuthFCGI/Stores/         AuthDomain
Sources/AuthFCGI/Delivery/       AuthDomain CCurl CSystem Glibc Synchronization
Sources/AuthFCGI/HTTP/           AuthDomain CIDN FoundationEssentials
Sources/AuthFCGI/Routing/        AuthDomain
Sources/AuthFCGI/OpenAPI/        AuthDomain
Sources/AuthFCGI/APIs/           AuthDomain
Sources/AuthFCGI/Commands/       *
Sources/AuthFCGI/AuthFCGI.swift  *
'

# File, pattern and reason of each place that may do what `rule_traps` refuses.
readonly allowed_traps='
Sources/AuthFCGI/Crypto/AES256GCM.swift @unchecked an immutable key
Sources/AuthFCGI/Crypto/SecretOctets.swift @unchecked an immutable key
Sources/AuthFCGI/FastCGI/Locked.swift @unchecked a value that is reached under its mutex only
Sources/AuthFCGI/FastCGI/Semaphore.swift @unchecked an immutable pointer to a semaphore, which any thread may post and wait for (sem_overview(7))
Sources/AuthFCGI/MariaDB/ConnectionPool.swift @unchecked a connection that is handed from one owner to the next
'

# `FILE MODULE` for each import of the Swift files below a folder.
imports() {
    grep -rHoE --include='*.swift' \
        '^[[:space:]]*(@[A-Za-z_]+(\([^)]*\))? +)*((public|package|internal|private|fileprivate) +)?import +((struct|enum|class|func|protocol|typealias|let|var) +)?[A-Za-z_]+' \
        "$1" | sed -E 's/:.*import +((struct|enum|class|func|protocol|typealias|let|var) +)?/ /'
}

rule_borders() {
    local file module room modules
    while read -r file module; do
        file=${file#"$1/"} modules=none
        while read -r room allowed; do
            if [[ -n $room && $file == "$room"* ]]; then
                modules=" $allowed "
                break
            fi
        done <<<"$borders"
        if [[ $modules == none ]]; then
            printf '%s: this room has no line in the table of borders\n' "$file"
        elif [[ $module == Foundation || ($modules != ' * ' && $modules != *" $module "*) ]]; then
            printf '%s: may not import %s\n' "$file" "$module"
        fi
    done < <(imports "$1/Sources")
}

# What the standard library alone would let the domain reach: chance, clocks and the terminal.
rule_pure_domain() {
    code "$1/Sources/AuthDomain" |
        grep -E '\.random\(|\.shuffled\(|\.randomElement\(|SystemRandomNumberGenerator|ContinuousClock|SuspendingClock|\b(print|debugPrint|dump)\(' |
        sed "s|^$1/||; s|\$|  (time, chance and output are arguments in the domain)|" || true
}

# One module has no import between its rooms: the names of their types are looked for instead.
rule_layers() {
    local sources=$1/Sources/AuthFCGI folder other
    code "$sources" | grep -vE "^$sources/((MariaDB|Stores|Commands)/|[^/]*\.swift:)" | grep -E '\bMariaDB[A-Z][A-Za-z]*' |
        sed "s|^$1/||; s|\$|  (only MariaDB, Stores and Commands speak to the database)|" || true
    for folder in "$sources"/APIs/*/; do
        for other in "$sources"/APIs/*/; do
            [[ $folder == "$other" ]] || code "$folder" | sed 's/"[^"]*"/""/g' | grep -w "$(basename "$other")" |
                sed "s|^$1/||; s|\$|  (no API names another)|" || true
        done
    done
}

rule_length() {
    (cd "$1" && find . \( -path ./.build -o -path ./.git -o -path ./.run \) -prune -o -type f \
        \( -name '*.swift' -o -name '*.sh' -o -path './scripts/*' \) -exec wc -l {} + |
        awk '$2 != "total" && $1 > 250 { sub(/^\.\//, "", $2); print $2 ": " $1 " lines, and 250 is the most" }')
}

rule_traps() {
    local line file pattern
    code "$1/Sources" | grep -E '\btry!|\bas!|\bfatalError\b|@unchecked +Sendable' | while read -r line; do
        line=${line#"$1/"}
        while read -r file pattern _; do
            [[ -n $file && $line == "$file:"*"$pattern"* ]] && continue 2
        done <<<"$allowed_traps"
        printf '%s\n' "$line"
    done || true
}

# Paths of one machine, and the names of package registries and their mirrors.
rule_machine_names() {
    tracked "$1" | grep -zv '^scripts/lib/rules\.sh$' | (cd "$1" && xargs -0r grep -d skip -nIHE \
        '(^|[^A-Za-z0-9_.$}-])/(work|farm|root|home|Users|tmp)/[A-Za-z]|pypi\.|pythonhosted|npmjs|artifactory|goproxy|index-url|devpi|verdaccio') ||
        true
}

rule_unfinished() {
    tracked "$1" | grep -zv '^scripts/lib/rules\.sh$' |
        (cd "$1" && xargs -0r grep -d skip -nIHwE 'TODO|FIXME|XXX|HACK|not implemented|unimplemented') || true
}

rule_shell() {
    local file
    for file in "$1"/scripts/* "$1"/scripts/lib/*.sh "$1"/.ci/run; do
        [[ -f $file ]] || continue
        [[ $file != *.sh ]] && ! head -n 1 "$file" | grep -q bash || bash -n "$file" 2>&1
    done | sed "s|^$1/||" || true
}

rule_formatting() {
    local folders=()
    [[ ! -d $1/Sources ]] || folders+=("$1/Sources")
    [[ ! -d $1/Tests ]] || folders+=("$1/Tests")
    ((${#folders[@]})) || return 0
    swift format lint --strict --recursive --configuration "$repo/.swift-format" "${folders[@]}" 2>&1 | sed "s|^$1/||" || true
}

# The lines of the Swift files below a folder as `FILE:LINE:TEXT`, without comments.
code() {
    [[ ! -d $1 ]] || grep -rnHE --include='*.swift' '' "$1" | grep -vE '^[^:]+:[0-9]+:[[:space:]]*//' | sed 's|[[:space:]]//.*$||'
}

# The files that are or would be under version control, each ended by NUL; all files where there is none.
tracked() {
    git -C "$1" ls-files -zco --exclude-standard 2>/dev/null || (cd "$1" && find . -type f -printf '%P\0')
}

sample() {
    mkdir -p "$(dirname "$1")"
    printf '%s\n' "${@:2}" >"$1"
}
sample_borders() {
    sample "$1/Sources/AuthDomain/A.swift" 'import Glibc'
    sample "$1/Sources/AuthFCGI/FastCGI/B.swift" '@preconcurrency internal import AuthDomain'
    sample "$1/Sources/AuthFCGI/Commands/C.swift" 'import struct Foundation.Data'
    sample "$1/Sources/AuthFCGI/Cellar/D.swift" 'import Glibc'
}
sample_pure_domain() { sample "$1/Sources/AuthDomain/A.swift" 'let dice = Int.random(in: 1...6)'; }
sample_layers() {
    sample "$1/Sources/AuthFCGI/HTTP/A.swift" 'let connection: MariaDBConnection'
    sample "$1/Sources/AuthFCGI/APIs/Ride/B.swift" 'let other = Twake.cookie'
    sample "$1/Sources/AuthFCGI/APIs/Twake/C.swift" 'let own = Twake.cookie'
}
sample_length() { sample "$1/Sources/A.swift" "$(seq 251)"; }
sample_traps() {
    sample "$1/Sources/A.swift" '// try! in a comment is fine' 'let a = try! b()' 'let c = d as! E' 'fatalError()' 'extension F: @unchecked Sendable {}'
}
sample_machine_names() {
    sample "$1/a.txt" 'cd /home/somebody/authfcgi' 'pip install --index-url http://mirror.local/'
}
sample_unfinished() { sample "$1/a.txt" 'TODO: the rest'; }
sample_shell() { sample "$1/scripts/a.sh" 'if true; then'; mkdir -p "$1/scripts/lib" && cp "$1/scripts/a.sh" "$1/scripts/lib/a.sh"; }
sample_formatting() { sample "$1/Sources/A.swift" 'let a=1 ;let b = 2'; }

# How many complaints each sample is good for; one fewer means that the rule is blind in one eye.
readonly -A complaints=([borders]=4 [layers]=2 [traps]=4 [machine_names]=2)
