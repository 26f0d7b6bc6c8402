-- POST of a login as one of 400 people, each from an address of their own, as most logins are: login.lua POPULATION PASSWORD

dofile(debug.getinfo(1, "S").source:sub(2):match(".*/") .. "common.lua")

function init(args)
    math.randomseed(os.time() * 64 + (thread_number or 0))
    population, password = math.min(tonumber(args[1]), 400), args[2]
end

function request()
    local person = math.random(population)
    local body = string.format('{"email":"user%d@example.com","password":"%s"}', person, password)
    local address = string.format("10.1.%d.%d", math.floor(person / 256), person % 256)
    return post("/user/login", body, { ["X-Real-IP"] = address })
end
