-- POST of a login as one of many accounts, from one of many addresses: login.lua POPULATION PASSWORD

dofile(debug.getinfo(1, "S").source:sub(2):match(".*/") .. "common.lua")

function init(args)
    math.randomseed(os.time() * 64 + (thread_number or 0))
    population, password = tonumber(args[1]), args[2]
end

function request()
    local body = string.format('{"email":"user%d@example.com","password":"%s"}', math.random(population), password)
    local address = string.format("10.1.%d.%d", math.random(0, 255), math.random(0, 255))
    return post("/user/login", body, { ["X-Real-IP"] = address })
end
