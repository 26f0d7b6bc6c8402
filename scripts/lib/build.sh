# Building the program.

# AUTHFCGI_BIN names a program that was built elsewhere; it is no setting of the service, so it does not reach it.
readonly given_binary=${AUTHFCGI_BIN:-}
readonly release_binary=${given_binary:-$repo/.build/release/authfcgi}
unset AUTHFCGI_BIN
readonly release_stamp=$repo/.build/authfcgi-release.stamp

require_swift() {
    local version
    program_installed swift ||
        die $EX_UNAVAILABLE "no Swift toolchain in PATH: install Swift 6.2 or later, see https://www.swift.org/install/linux/"
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\)\.\([0-9]*\).*/\1 \2/p' | head -n 1)
    local major=${version% *} minor=${version#* }
    if [[ -z $version ]] || ((major < 6 || (major == 6 && minor < 2))); then
        die $EX_UNAVAILABLE "Swift 6.2 or later is needed, and PATH has ${version/ /.}: see https://www.swift.org/install/linux/"
    fi
}

# What tells one build of the program from another.
release_identity() { stat -L -c '%i %s %Y' "$release_binary" 2>/dev/null; }

# Up to date when the program is the one the last good build here made, and nothing it was made of has changed since.
# The stamp's time is when that build began; its text is which program came out.
release_is_current() {
    [[ -x $release_binary && -e $release_stamp && $(<"$release_stamp") == "$(release_identity)" ]] || return 1
    local inputs=("$repo/Package.swift" "$repo/Sources")
    [[ ! -e $repo/Package.resolved ]] || inputs+=("$repo/Package.resolved")
    [[ -z $(find "${inputs[@]}" -newer "$release_stamp" -print -quit) ]]
}

# swift build may write this file; made beforehand it is older than the stamp, and two builds at once find it.
resolve_packages() {
    mkdir -p "$repo/.build"
    [[ -e $repo/Package.resolved ]] || swift package --package-path "$repo" resolve >"$repo/.build/resolve.log" 2>&1 || {
        show_tail "$repo/.build/resolve.log"
        die $EX_UNAVAILABLE "the packages could not be fetched"
    }
}

build_release() {
    if [[ -n $given_binary ]]; then
        [[ -x $given_binary ]] || die $EX_USAGE "AUTHFCGI_BIN names no program: $given_binary"
        say "using $given_binary"
        return
    fi
    mkdir -p "$repo/.build"
    exec 8>"$repo/.build/authfcgi-release.lock"
    flock -n 8 || { say "another script builds here: waiting for it"; flock 8; }
    build_release_alone
    exec 8>&-
}

build_release_alone() {
    if release_is_current; then
        say "the release build is up to date"
        return
    fi
    require_swift
    resolve_packages
    touch "$release_stamp.begun"
    run_with_progress "building authfcgi (release; some minutes the first time)" "$repo/.build/release-build.log" \
        swift build --package-path "$repo" -c release --static-swift-stdlib --product authfcgi \
        -Xswiftc -no-emit-module-separately-wmo ||
        die $EX_SOFTWARE "the build failed; its whole output is in $repo/.build/release-build.log"
    release_identity >"$release_stamp"
    touch -r "$release_stamp.begun" "$release_stamp"
    rm -f "$release_stamp.begun"
}
