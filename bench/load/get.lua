-- GET of one path; each request carries a line of a file, chosen at random: get.lua [FIELD FILE]
-- FIELD is what stands before the line, such as "Cookie: compass.session=".

dofile(debug.getinfo(1, "S").source:sub(2):match(".*/") .. "common.lua")

function init(args)
    math.randomseed(os.time() * 64 + (thread_number or 0))
    requests = {}
    if not args[2] then
        requests[1] = wrk.format("GET")
        return
    end
    local name, start = args[1]:match("^([^:]+): ?(.*)$")
    for _, line in ipairs(lines_of(args[2])) do
        requests[#requests + 1] = wrk.format("GET", nil, { [name] = start .. line })
    end
end

function request() return requests[math.random(#requests)] end
