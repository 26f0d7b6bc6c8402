-- POST of /api/send-otp, each for a phone of its own and from one of many addresses: send_otp.lua SEED

dofile(debug.getinfo(1, "S").source:sub(2):match(".*/") .. "common.lua")

function init(args)
    math.randomseed(os.time() * 64 + (thread_number or 0) + tonumber(args[1]))
end

function request()
    local body = string.format('{"phone":"+4917%010d"}', math.random(0, 9999999999))
    local address = string.format("10.0.%d.%d", math.random(0, 255), math.random(0, 255))
    return post("/api/send-otp", body, { ["X-Real-IP"] = address })
end
