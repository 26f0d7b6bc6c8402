-- POST of a login to Glewlwyd as one of many accounts: login_glewlwyd.lua POPULATION PASSWORD

dofile(debug.getinfo(1, "S").source:sub(2):match(".*/") .. "common.lua")

function init(args)
    math.randomseed(os.time() * 64 + (thread_number or 0))
    population, password = tonumber(args[1]), args[2]
end

function request()
    local body = string.format('{"username":"user%d","password":"%s"}', math.random(population), password)
    return post("/api/auth/", body)
end
