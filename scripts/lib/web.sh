# The web server of a home: the example of deploy/ with other paths and another port.

readonly web_servers=(nginx lighttpd apache)

# Debian's package of a web server, which is its program's name as well.
web_package() { [[ $1 == apache ]] && printf 'apache2\n' || printf '%s\n' "$1"; }

web_alive() { living_pid "$1/$2.pid" "$1/$2.conf"; }

web_any_alive() {
    local server
    for server in "${web_servers[@]}"; do
        ! web_alive "$1" "$server" >/dev/null || return 0
    done
    return 1
}

port_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

port_owner() { ss -Hltnp "sport = :$1" 2>/dev/null | sed -n 's/.*users:((\("[^"]*"\),pid=\([0-9]*\).*/\1, process \2/p' | head -n 1; }

# Refuses a port that somebody else holds.
require_port() {
    local port=$1 owner
    port_answers "$port" || return 0
    owner=$(port_owner "$port")
    die $EX_UNAVAILABLE "port $port on 127.0.0.1 is taken by another program${owner:+ ($owner)}: choose another with --port"
}

web_configuration() {
    local home=$1 server=$2 port=$3
    case $server in
    nginx)
        sed -e "s|listen 80;|listen 127.0.0.1:$port;|" -e '/listen \[::\]:80;/d' -e '/^user /d' \
            -e "s|/run/authfcgi/authfcgi.sock|$home/authfcgi.sock|" -e "s|/run/nginx.pid|$home/nginx.pid|" \
            -e "s|/var/log/nginx/|$home/log/nginx-|" -e "s|/var/lib/nginx/|$home/tmp/nginx-|" \
            "$repo/deploy/nginx.conf"
        ;;
    lighttpd)
        sed -e "s|^server.port .*|server.port = $port\nserver.bind = \"127.0.0.1\"|" -e '/^server\.\(username\|groupname\)/d' \
            -e "s|/run/authfcgi/authfcgi.sock|$home/authfcgi.sock|" -e "s|/run/lighttpd.pid|$home/lighttpd.pid|" \
            -e "s|/var/log/lighttpd/|$home/log/lighttpd-|" -e "s|/var/cache/lighttpd/uploads|$home/tmp|" \
            -e "s|/var/www/html|$home/tmp|" "$repo/deploy/lighttpd.conf"
        ;;
    apache)
        # What /etc/apache2/apache2.conf has for a site.
        printf 'ServerRoot "/usr/lib/apache2"\n'
        printf 'LoadModule %s_module modules/mod_%s.so\n' {mpm_event,authn_core,authz_core,alias,setenvif,env,headers,reqtimeout,proxy,proxy_fcgi}{,}
        printf '%s\n' "PidFile \"$home/apache.pid\"" "DefaultRuntimeDir \"$home/tmp\"" "Listen 127.0.0.1:$port" \
            "ServerName 127.0.0.1" "ErrorLog \"$home/log/apache-error.log\"" ''
        # Its workers never are root.
        ((EUID != 0)) || printf 'User %s\nGroup %s\n\n' www-data www-data
        sed -e "s|<VirtualHost \*:80>|<VirtualHost 127.0.0.1:$port>|" -e "s|/run/authfcgi/authfcgi.sock|$home/authfcgi.sock|" \
            -e "s|/var/log/apache2/|$home/log/apache-|" -e "s|/var/www/html|$home/tmp|" "$repo/deploy/apache.conf"
        ;;
    esac
}

# Lets www-data, as whom root's Apache serves, to the service's socket and to nothing else in the home. Before the service starts.
web_admit() {
    [[ $2 == apache ]] && ((EUID == 0)) || return 0
    chgrp www-data "$1"
    chmod 0710 "$1"
    export AUTHFCGI_SERVER_SOCKET_GROUP=www-data AUTHFCGI_SERVER_SOCKET_MODE=0660
}

# Starts the web server unless it runs with this configuration; ends the other kind when the home changes its server.
web_start() {
    local home=$1 server=$2 port=$3 other pid deadline
    for other in "${web_servers[@]}"; do
        [[ $other == "$server" ]] || stop_pid_file "$other" "$home/$other.pid" "$home/$other.conf" 10
    done
    web_configuration "$home" "$server" "$port" >"$home/$server.conf.new"
    if pid=$(web_alive "$home" "$server"); then
        if cmp -s "$home/$server.conf" "$home/$server.conf.new"; then
            rm -f "$home/$server.conf.new"
            say "$server runs (process $pid)"
            return
        fi
        say "$server runs with another configuration: starting it anew"
        stop_pid_file "$server" "$home/$server.pid" "$home/$server.conf" 10
    fi
    require_port "$port"
    mv "$home/$server.conf.new" "$home/$server.conf"
    say "starting $server on 127.0.0.1:$port"
    local log=$home/log/$server-error.log
    case $server in
    nginx)
        local as_root=()
        ((EUID != 0)) || as_root=(-g 'user root;')
        PATH=$PATH:/usr/sbin nginx -p "$home" -e "$log" -c "$home/nginx.conf" "${as_root[@]}" </dev/null >>"$log" 2>&1 9>&-
        ;;
    lighttpd) PATH=$PATH:/usr/sbin lighttpd -f "$home/lighttpd.conf" </dev/null >>"$log" 2>&1 9>&- ;;
    apache) PATH=$PATH:/usr/sbin apache2 -f "$home/apache.conf" -k start </dev/null >>"$log" 2>&1 9>&- ;;
    esac || {
        show_tail "$log"
        die $EX_UNAVAILABLE "$server did not start"
    }
    deadline=$((SECONDS + 15))
    until web_alive "$home" "$server" >/dev/null && port_answers "$port"; do
        if ((SECONDS >= deadline)); then
            show_tail "$log"
            die $EX_UNAVAILABLE "$server does not answer on 127.0.0.1:$port"
        fi
        sleep 0.05
    done
}

# Waits until the service says, through the web server, that its database answers and its schema is current.
web_wait_ready() {
    local home=$1 server=$2 port=$3 deadline=$((SECONDS + 30)) shown=$SECONDS status
    until status=$(curl -s -o "$home/tmp/readyz" -w '%{http_code}' --max-time 5 "http://127.0.0.1:$port/readyz") &&
        [[ $status == 200 ]]; do
        if ((SECONDS >= deadline)); then
            printf '/readyz answers %s: %s\n' "$status" "$(head -c 500 "$home/tmp/readyz" 2>/dev/null)" >&2
            show_tail "$home/log/authfcgi.log"
            show_tail "$home/log/$server-error.log" 5
            die $EX_UNAVAILABLE "the service did not get ready within 30 s"
        fi
        if ((SECONDS - shown >= 2)); then
            shown=$SECONDS
            say "  waiting for /readyz (now $status)"
        fi
        sleep 0.1
    done
}

web_stop() {
    local server
    for server in "${web_servers[@]}"; do
        stop_pid_file "$server" "$1/$server.pid" "$1/$server.conf" 10
    done
}
