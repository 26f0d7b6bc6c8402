-- What the wrk scripts share: reading lines, and the result as one line of JSON.

function lines_of(path)
    local lines = {}
    for line in io.lines(path) do lines[#lines + 1] = line end
    return lines
end

-- Each thread of wrk is a Lua state of its own; this numbers them.
local threads = 0
function setup(thread)
    thread:set("thread_number", threads)
    threads = threads + 1
end

function post(path, body, fields)
    local headers = { ["Content-Type"] = "application/json" }
    for name, value in pairs(fields or {}) do headers[name] = value end
    return wrk.format("POST", path, headers, body)
end

function done(summary, latency, requests)
    local failed = summary.errors.status + summary.errors.connect + summary.errors.read
        + summary.errors.write + summary.errors.timeout
    print(string.format(
        'RESULT {"requests": %d, "seconds": %.3f, "failed": %d, "p50_us": %d, "p99_us": %d, "max_us": %d}',
        summary.requests, summary.duration / 1e6, failed,
        latency:percentile(50), latency:percentile(99), latency.max))
end
