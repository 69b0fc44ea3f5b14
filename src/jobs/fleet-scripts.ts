/** Lua for fleets. A host's value is its round and its answer, a line each: "2\n{...}"; an empty second line waits for an answer. */

/**
 * KEYS fleet, members, fleets, thread; ARGV thread id, title, time, ttl, then diagnosis id and host in turn. A diagnosis that was opened under
 * its id was asked for before, by a bot that died after it or stood still: its host is not asked anew, or its answer would be lost.
 */
export const askScript = `
local fresh = {}
for i = 5, #ARGV, 2 do
  if redis.call('EXISTS', 'gatemedic:diagnosis:' .. ARGV[i]) == 0 then fresh[#fresh + 1] = ARGV[i + 1] end
end
local round = tonumber(redis.call('HGET', KEYS[1], 'round') or '1')
if #fresh == 0 then return round end
if tonumber(redis.call('HGET', KEYS[1], 'closed') or '0') >= round then round = round + 1 end
redis.call('HSETNX', KEYS[1], 'title', ARGV[2])
redis.call('HSET', KEYS[1], 'round', round, 'changedAt', ARGV[3], 'stalled', '')
redis.call('HINCRBY', KEYS[1], 'version', 1)
redis.call('HSETNX', KEYS[4], 'fleet', ARGV[2])
for _, host in ipairs(fresh) do redis.call('HSET', KEYS[2], host, round .. '\\n') end
redis.call('SADD', KEYS[3], ARGV[1])
for _, key in ipairs({KEYS[1], KEYS[2], KEYS[4]}) do redis.call('EXPIRE', key, ARGV[4]) end
return round`

/** KEYS fleet, members, fleets; ARGV thread id, host, answer, time, ttl. Nothing is kept for a fleet that is gone. */
export const answeredScript = `
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
local before = redis.call('HGET', KEYS[2], ARGV[2])
local round = before and string.match(before, '^%d+') or redis.call('HGET', KEYS[1], 'round')
redis.call('HSET', KEYS[2], ARGV[2], round .. '\\n' .. ARGV[3])
redis.call('HSET', KEYS[1], 'changedAt', ARGV[4], 'stalled', '')
redis.call('HINCRBY', KEYS[1], 'version', 1)
redis.call('SADD', KEYS[3], ARGV[1])
for _, key in ipairs({KEYS[1], KEYS[2]}) do redis.call('EXPIRE', key, ARGV[5]) end
return 1`

/** KEYS fleet; ARGV version, round -> 1 when it is closed now. */
export const closeScript = `
if redis.call('HGET', KEYS[1], 'version') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'closed', ARGV[2])
return 1`

/** KEYS fleet, fleets; ARGV thread id. Everything that is known was told and shown, and nobody is waited for. */
export const settleScript = `
local round, told, version, shown = unpack(redis.call('HMGET', KEYS[1], 'round', 'told', 'version', 'shown'))
if round and (round ~= told or version ~= shown) then return 0 end
redis.call('SREM', KEYS[2], ARGV[1])
return 1`

/** KEYS fleet, fleets; ARGV thread id, line. */
export const doingScript = `
if redis.call('EXISTS', KEYS[1]) == 0 or redis.call('HGET', KEYS[1], 'doing') == ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'doing', ARGV[2])
redis.call('HINCRBY', KEYS[1], 'version', 1)
redis.call('SADD', KEYS[2], ARGV[1])
return 1`
