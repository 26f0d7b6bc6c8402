# What the build and the private servers need from Debian.

readonly build_packages=(
    build-essential pkg-config git ca-certificates curl
    libfcgi-dev libmariadb-dev libssl-dev libsodium-dev libidn2-dev libcurl4-openssl-dev libcrypt-dev
)

# Prints those of the packages that are missing. dpkg-query reads all that it knows of, each time it is asked.
missing_of() {
    local installed package
    installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null) || true
    for package in "$@"; do
        [[ $'\n'$installed$'\n' == *$'\ninstalled '"$package"$'\n'* ]] || printf '%s\n' "$package"
    done
}

program_installed() {
    PATH=$PATH:/usr/sbin:/sbin command -v "$1" >/dev/null
}

# Prints those packages of the build, of MariaDB and of the web servers named as arguments that are missing.
missing_packages() {
    local server packages=("${build_packages[@]}")
    for server in "$@"; do
        case $server in
        python3-* | php8.2-* | mariadb-client) packages+=("$server") ;;
        *) program_installed "$server" || printf '%s\n' "$server" ;;
        esac
    done
    missing_of "${packages[@]}"
    program_installed mariadbd && program_installed mariadb-install-db || printf 'mariadb-server-core\n'
    program_installed mariadb || printf 'mariadb-client-core\n'
}

# apt starts the service of a package it installs; the private servers here need none of them running.
install_without_services() {
    local as_root=("$@") policy=/usr/sbin/policy-rc.d own_policy=no status=0
    if [[ ! -e $policy ]]; then
        own_policy=yes
        trap "${as_root[*]} rm -f $policy" EXIT
        printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
        "${as_root[@]}" chmod 0755 "$policy"
    fi
    run_with_progress "apt-get update" "$log_folder/apt.log" "${as_root[@]}" apt-get update &&
        run_with_progress "apt-get install ${missing[*]}" "$log_folder/apt.log" \
            "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
            -o DPkg::Lock::Timeout=300 "${missing[@]}" ||
        status=$?
    if [[ $own_policy == yes ]]; then
        "${as_root[@]}" rm -f "$policy"
        trap - EXIT
    fi
    return "$status"
}

# Installs what is missing of the build's packages and of those named as arguments; says what, and what to do when it cannot.
# Wants `log_folder` set.
install_packages() {
    local missing=() as_root=() command
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]})) || return 0
    command="apt-get update && apt-get install --no-install-recommends ${missing[*]}"
    if ! program_installed apt-get; then
        die $EX_UNAVAILABLE "these Debian packages are missing, and there is no apt-get: ${missing[*]}"
    fi
    if ((EUID != 0)); then
        if ! program_installed sudo || { ! sudo -n true 2>/dev/null && [[ ! -t 0 ]]; }; then
            die $EX_UNAVAILABLE "these packages are missing: ${missing[*]}
Run this as root, then start again:
    $command"
        fi
        as_root=(sudo)
    else
        as_root=(env)
    fi
    say "installing missing packages: ${missing[*]}"
    install_without_services "${as_root[@]}" ||
        die $EX_UNAVAILABLE "apt could not install the missing packages. Run this as root, then start again:
    $command"
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]} == 0)) || die $EX_UNAVAILABLE "still missing after the installation: ${missing[*]}"
}
