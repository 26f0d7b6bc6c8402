"""How the references answer most requests: each is given its best thread count and keep-alive setting by measuring."""

import json

from .contenders import PHP, Python, Reference

TRIAL_SECONDS = 2


def best(house, choices, path, words):
    """The choice that answers most in a short run. `choices` maps settings to contenders."""
    rates = {}
    for setting, contender in choices.items():
        with house.running(contender):
            house.load.throughput(contender, path, words=words, seconds=1)
            rates[setting] = house.load.throughput(contender, path, words=words, seconds=TRIAL_SECONDS)["per_second"]
        house.results.say(f"    {contender.name} {setting}: {rates[setting]:.0f}/s")
    return max(rates, key=rates.get), {str(setting): rate for setting, rate in rates.items()}


def references(house):
    """Loop, threads and keep-alive of the C responder: for /healthz, and for look-ups."""
    settings, results = house.settings, house.results
    results.say("which loop, thread count and keep-alive setting suit the C responder best")
    choices = {}
    for loop, keeps in (("epoll", True), ("accept", True), ("accept", False)):
        for threads in (2, 4, 8, 16) if loop == "epoll" else (8, 64):
            choices[loop, threads, keeps] = Reference(settings, "c", house.port(1), loop, threads, keeps)
    chosen, rates = best(house, choices, "/healthz", ())
    house.best["loop"], house.best["threads"], house.best["keeps"] = chosen
    results.measurements["tuning C /healthz"] = rates
    cookies = house.credentials.cookies()
    words = ("Cookie: compass.session=", cookies)
    choices = {threads: Reference(settings, "c", house.port(1), "epoll", threads) for threads in (4, 8, 16, 32)}
    house.best["lookup_threads"], rates = best(house, choices, "/user/session", words)
    results.measurements["tuning C /user/session"] = rates


def others(house):
    """Processes of php-fpm, its keep-alive setting, and workers of uvicorn."""
    settings, results = house.settings, house.results
    words = ("Cookie: compass.session=", house.credentials.cookies())
    results.say("how many processes suit php-fpm and uvicorn best")
    choices = {children: PHP(settings, "php-fpm", house.port(2), children, persists=True) for children in (4, 8, 16)}
    house.best["php"], rates = best(house, choices, "/user/session", words)
    results.measurements["tuning php-fpm"] = rates
    if house.has_python():
        choices = {workers: Python(settings, "fastapi", house.port(3), workers) for workers in (1, 2, 4)}
        house.best["python"], rates = best(house, choices, "/user/session", words)
        results.measurements["tuning uvicorn"] = rates


def found(house):
    """What was found earlier in this home; nothing, and so the defaults, when it was never measured."""
    path = house.settings.home / "tuning.json"
    return json.loads(path.read_text()) if path.exists() else {}


def tuning(house):
    references(house)
    others(house)
    (house.settings.home / "tuning.json").write_text(json.dumps(house.best))
