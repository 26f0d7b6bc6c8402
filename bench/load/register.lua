-- POST of /api/register, each with the next of the registration sessions of a file: register.lua FILE FIRST
-- FIRST is the number of the file's first session. One thread of wrk only.

dofile(debug.getinfo(1, "S").source:sub(2):match(".*/") .. "common.lua")

function init(args)
    cookies, number = lines_of(args[1]), tonumber(args[2])
    next_cookie = 0
end

function request()
    next_cookie = next_cookie + 1
    local body = string.format('{"nickname":"new%d","password":"SecurePass123+","displayName":"Ada Lovelace"}',
        number + next_cookie - 1)
    return post("/api/register", body, { ["Cookie"] = "twake.session=" .. (cookies[next_cookie] or "none") })
end
