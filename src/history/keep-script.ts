/** Entries kept of one host; the oldest go first. */
export const mostPerHost = 1000

/**
 * Lua for a script that keeps entries together with what it does; call `keepHistory(first)`, where ARGV from `first` on holds
 * five texts for each entry: host, id, time in ms, signed text, milliseconds that entries are kept. An entry with the same id takes the place of the one before.
 */
export const keepHistoryLua = `
local function forget(index, ids)
  for from = 1, #ids, 500 do
    local part = {unpack(ids, from, math.min(from + 499, #ids))}
    redis.call('ZREM', index, unpack(part))
    redis.call('HDEL', index .. ':entries', unpack(part))
  end
end
local function keepHistory(first)
  for i = first, #ARGV, 5 do
    local index = 'gatemedic:history:' .. ARGV[i]
    local keptMs = tonumber(ARGV[i + 4])
    redis.call('ZADD', index, ARGV[i + 2], ARGV[i + 1])
    redis.call('HSET', index .. ':entries', ARGV[i + 1], ARGV[i + 3])
    local newest = redis.call('ZREVRANGE', index, 0, 0, 'WITHSCORES')
    forget(index, redis.call('ZRANGEBYSCORE', index, '-inf', string.format('(%.0f', tonumber(newest[2]) - keptMs)))
    local over = redis.call('ZCARD', index) - ${mostPerHost}
    if over > 0 then forget(index, redis.call('ZRANGE', index, 0, over - 1)) end
    local seconds = math.ceil(keptMs / 1000) + 3600
    redis.call('EXPIRE', index, seconds)
    redis.call('EXPIRE', index .. ':entries', seconds)
  end
end`
