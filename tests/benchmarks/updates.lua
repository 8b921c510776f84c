-- wrk: unique updates of known customers. Arguments: first update id, secret, customers, first customer.
local next_id, headers, customers, first_customer

function init(arguments)
    next_id = tonumber(arguments[1])
    headers = {
        ["Content-Type"] = "application/json",
        ["X-Telegram-Bot-Api-Secret-Token"] = arguments[2],
    }
    customers = tonumber(arguments[3])
    first_customer = tonumber(arguments[4])
end

local body = '{"update_id":%d,"message":{"message_id":%d,"from":{"id":%d,"is_bot":false,"first_name":"Camille",'
    .. '"language_code":"en"},"chat":{"id":%d,"first_name":"Camille","type":"private"},"date":1700000000,'
    .. '"text":"/start","entities":[{"offset":0,"length":6,"type":"bot_command"}]}}'

function request()
    local customer = first_customer + next_id % customers
    next_id = next_id + 1
    return wrk.format("POST", "/webhooks/telegram", headers,
                      body:format(next_id, next_id, customer, customer))
end
