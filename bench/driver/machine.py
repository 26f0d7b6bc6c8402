"""The machine and the versions that the figures are of."""

import pathlib
import platform
import re
import subprocess


def output(*words):
    try:
        result = subprocess.run(words, capture_output=True, text=True, timeout=30)
        return (result.stdout + result.stderr).strip()
    except (OSError, subprocess.TimeoutExpired):
        return ""


def version(pattern, *words):
    found = re.search(pattern, output(*words))
    return found.group(1) if found else "-"


def package(name):
    return output("dpkg-query", "-W", "-f=${Version}", name) or "-"


def describe(settings):
    cpu = re.search(r"model name\s*:\s*(.*)", pathlib.Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s*(\d+)", pathlib.Path("/proc/meminfo").read_text())
    python = settings.tools / "python" / "bin" / "pip"
    modules = output(str(python), "list", "--format=freeze") if python.exists() else ""
    return {
        "cpu": cpu.group(1) if cpu else platform.machine(),
        "cores": settings.cores,
        "memory_gib": round(int(memory.group(1)) / 1048576, 1) if memory else None,
        "kernel": platform.release(),
        "system": version(r'PRETTY_NAME="(.*)"', "cat", "/etc/os-release"),
        "versions": {
            "authfcgi": version(r"(\d\S*)", str(settings.binary), "version"),
            "swift": version(r"Swift version (\S+)", "swift", "--version"),
            "mariadb": version(r"Ver (\S+)", "mariadbd", "--version"),
            "nginx": version(r"nginx/(\S+)", "nginx", "-v"),
            "php": version(r"PHP (\S+)", "php-fpm8.2", "-v"),
            "glewlwyd": package("glewlwyd"),
            "libfcgi": package("libfcgi-dev"),
            "openssl": package("libssl-dev"),
            "libsodium": package("libsodium-dev"),
            "wrk": package("wrk"),
            "fastapi": (re.search(r"fastapi==(\S+)", modules) or [None, "-"])[1],
            "uvicorn": (re.search(r"uvicorn==(\S+)", modules) or [None, "-"])[1],
        },
        "database": {
            "innodb_buffer_pool_size": settings.pool,
            "innodb_flush_log_at_trx_commit": 1,
        },
    }
