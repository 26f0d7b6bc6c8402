-- GET of one path; each request carries a line of a file, chosen at random: get.lua [FIELD FILE]
-- FIELD is what stands before the line, such as "Cookie: compass.session=".

dofile(debug.getinfo(1, "S").source:sub(2):match(".*/") .. "common.lua")

function init(args)
    math.randomseed(os.time() * 64 + (thread_number or 0))
    if not args[2] then
        whole = wrk.format("GET")
        return
    end
    local name, start = args[1]:match("^([^:]+): ?(.*)$")
    local model = wrk.format("GET", nil, { [name] = start .. "@LINE@" })
    local first, last = model:find("@LINE@", 1, true)
    before, after, lines = model:sub(1, first - 1), model:sub(last + 1), lines_of(args[2])
end

function request() return whole or before .. lines[math.random(#lines)] .. after end
