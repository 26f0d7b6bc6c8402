"""Each command of docs/production.md, run as it is printed, by root in mounts and a network of its own: nothing is left behind."""

import os
import re
import shutil
import subprocess

import pytest

from program import PROGRAM
from service import REPOSITORY

DOCUMENT = (REPOSITORY / "docs/production.md").read_text()
BLOCKS = re.findall(r"^```sh\n(.*?)^```", DOCUMENT, re.M | re.S)

# One that every user may run.
PYTHON = "/usr/bin/python3"

# What stands in for the packages, the build and systemd. The service runs as the unit has it run, as far as that is possible
# without systemd: its user and group, no new rights, no memory that is both written and executed (prctl 65, Linux 6.3).
HOUSE = r"""
set -euo pipefail
ip link set lo up
for folder in etc usr/sbin usr/share var; do
    mkdir -p "$SCRATCH/$folder/"{upper,work}
    mount -t overlay overlay -o "lowerdir=/$folder,upperdir=$SCRATCH/$folder/upper,workdir=$SCRATCH/$folder/work" "/$folder"
done
mount -t tmpfs tmpfs /run
rm -rf /var/lib/mysql /etc/authfcgi /etc/mysql
mkdir -p /run/mysqld /var/lib/mysql /var/backups /etc/nginx /var/lib/nginx /var/log/nginx
PATH=$PATH:/usr/sbin:/sbin
mariadb-install-db --no-defaults --user=root --datadir=/var/lib/mysql --auth-root-authentication-method=socket --skip-test-db >/dev/null
mariadbd --no-defaults --user=root --datadir=/var/lib/mysql --socket=/run/mysqld/mysqld.sock --skip-networking 2>"$SCRATCH/mariadbd.log" &
until mariadb -e 'SELECT 1' >/dev/null 2>&1; do sleep 0.1; done

unit() { sed -n "s/^$1=//p" /etc/systemd/system/authfcgi.service; }
apt-get() { [[ $1 == install ]]; }
swift() { [[ $1 == build ]]; }
start() {
    install -d -o "$(unit User)" -g "$(unit User)" "/run/$(unit RuntimeDirectory)"
    setpriv --reuid "$(unit User)" --regid "$(unit User)" --groups "$(unit SupplementaryGroups)" --bounding-set=-all --inh-caps=-all \
        --no-new-privs "$PYTHON" -c '
import ctypes, os, sys
ctypes.CDLL(None).prctl(65, 1, 0, 0, 0)
os.execv(sys.argv[1], sys.argv[1:])' $(unit ExecStart) 2>>"$SCRATCH/service.log" &
    main=$!
    until [[ -S /run/authfcgi/authfcgi.sock ]]; do kill -0 $main; sleep 0.1; done
}
stop() { kill $main; wait $main; rm -rf /run/authfcgi; }
systemctl() {
    case "$*" in
    daemon-reload) ;;
    "enable --now authfcgi") start ;;
    "disable --now authfcgi") stop ;;
    "restart authfcgi") stop; start ;;
    "reload authfcgi")
        runuser -u authfcgi -- $(unit ExecReload | head -n 1)
        kill -HUP $main
        until grep -q reloaded "$SCRATCH/service.log"; do kill -0 $main; sleep 0.1; done
        curl -fsS http://127.0.0.1/readyz
        ;;
    "reload-or-restart nginx") nginx ;;
    *) return 1 ;;
    esac
}
trap 'kill $(jobs -p) $(cat /run/nginx.pid) 2>/dev/null || true; wait' EXIT
"""


def test_the_packages_of_the_build_are_those_of_the_scripts():
    listed = re.search(r"build_packages=\((.*?)\)", (REPOSITORY / "scripts/lib/packages.sh").read_text(), re.S).group(1).split()
    printed = re.search(r"apt-get install --no-install-recommends (build-essential.*?[^\\])\n", DOCUMENT, re.S).group(1).split()
    assert sorted(word for word in printed if word != "\\") == sorted(listed)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not there")
def test_systemd_takes_the_unit(tmp_path):
    unit = (REPOSITORY / "deploy/authfcgi.service").read_text()
    (tmp_path / "authfcgi.service").write_text(unit.replace("/usr/sbin/authfcgi", str(PROGRAM)))
    done = subprocess.run(["systemd-analyze", "verify", tmp_path / "authfcgi.service"], capture_output=True, text=True, timeout=60)
    assert (done.returncode, [line for line in done.stderr.splitlines() if "authfcgi.service" in line]) == (0, [])


def can_be_alone(folder):
    command = f"mount -t overlay overlay -o lowerdir=/etc,upperdir={folder}/u,workdir={folder}/w /etc && ip link set lo up && command -v adduser"
    (folder / "u").mkdir()
    (folder / "w").mkdir()
    done = subprocess.run(["unshare", "--mount", "--net", "sh", "-c", command], capture_output=True)
    return done.returncode == 0 and os.access(PYTHON, os.X_OK)


def test_its_commands_lead_to_a_running_service_and_away_from_it(tmp_path):
    if os.geteuid() != 0 or not shutil.which("unshare") or not can_be_alone(tmp_path):
        pytest.skip("needs root, and mounts and a network of its own")
    scratch = tmp_path / "scratch"
    scratch.mkdir(mode=0o755)
    script = "".join(f"cd {REPOSITORY}\n{block}" for block in BLOCKS).replace(".build/release/authfcgi", str(PROGRAM))
    done = subprocess.run(
        ["unshare", "--mount", "--net", "bash", "-c", HOUSE + script], cwd=REPOSITORY, capture_output=True, text=True, timeout=120,
        env={"PATH": os.environ["PATH"], "SCRATCH": str(scratch), "PYTHON": PYTHON}, stdin=subprocess.DEVNULL)
    log = (scratch / "service.log").read_text() if (scratch / "service.log").exists() else ""
    assert done.returncode == 0, done.stdout + done.stderr + log
    assert done.stdout.count('{"status":"ready"}') == 2, done.stdout
    assert "level=error" not in log and "runs as root" not in log, log
