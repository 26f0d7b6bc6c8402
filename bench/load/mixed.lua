-- All sorts of requests in turn: mixed.lua COOKIES TOKENS POPULATION PASSWORD SEED
-- Of a thousand: 1 login, 20 codes sent, 50 refused, 129 health checks, 800 look-ups by cookie or token.

dofile(debug.getinfo(1, "S").source:sub(2):match(".*/") .. "common.lua")

function init(args)
    math.randomseed(os.time() * 64 + (thread_number or 0) + tonumber(args[5]))
    cookies, tokens = lines_of(args[1]), lines_of(args[2])
    population, password = tonumber(args[3]), args[4]
end

local function address()
    return string.format("10.3.%d.%d", math.random(0, 255), math.random(0, 255))
end

function request()
    local chance = math.random(1000)
    local cookie = { ["Cookie"] = "compass.session=" .. cookies[math.random(#cookies)] }
    local bearer = { ["Authorization"] = "Bearer " .. tokens[math.random(#tokens)] }
    if chance == 1 then
        local body = string.format('{"email":"user%d@example.com","password":"%s"}', math.random(population), password)
        return post("/user/login", body, { ["X-Real-IP"] = address() })
    elseif chance <= 21 then
        local body = string.format('{"phone":"+4919%010d"}', math.random(0, 9999999999))
        return post("/api/send-otp", body, { ["X-Real-IP"] = address() })
    elseif chance <= 41 then
        return wrk.format("GET", "/nowhere" .. math.random(1000000))
    elseif chance <= 61 then
        return wrk.format("GET", "/user/session", { ["Cookie"] = "compass.session=v1.nothing" })
    elseif chance <= 71 then
        return post("/user/login", '{"email":', { ["X-Real-IP"] = address() })
    elseif chance <= 200 then
        return wrk.format("GET", "/healthz")
    elseif chance <= 600 then
        return wrk.format("GET", "/user/session", cookie)
    elseif chance <= 800 then
        return wrk.format("GET", "/api/auth/me", bearer)
    end
    return wrk.format("GET", "/auth/verify?realm=bench", cookie)
end
