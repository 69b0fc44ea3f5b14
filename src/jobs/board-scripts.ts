import { keepHistoryLua } from '../history/keep-script.ts'

/**
 * Lua for the diagnosis board. The names of keys are made in the scripts as in keys.ts: one Redis, no cluster (the
 * queues need that anyway). JSON is only passed through, never rebuilt: cjson turns an empty list into an object.
 */

/**
 * KEYS joinable(host), open set; ARGV id, scope, request, thread, requester, time, ttl, and of a look its own scope -> [kind, diagnosis id].
 * A look joins what is asked for anyway, or the look before it; nobody who wants an offer joins a look.
 */
export const joinScript = `
local function openIn(scope)
  local id = redis.call('HGET', KEYS[1], scope)
  return id and redis.call('HGET', 'gatemedic:diagnosis:' .. id, 'state') == 'open' and id
end
local scope = ARGV[8] or ARGV[2]
local running = openIn(ARGV[2]) or openIn(scope)
local id, kind = ARGV[1], 'queued'
if running then
  id, kind = running, 'joined'
else
  local own = redis.call('HGET', 'gatemedic:diagnosis:' .. id, 'state')
  if own == false then
    redis.call('HSET', 'gatemedic:diagnosis:' .. id, 'request', ARGV[3], 'state', 'open', 'openedAt', ARGV[6], 'joinable', KEYS[1], 'scope', scope)
    redis.call('EXPIRE', 'gatemedic:diagnosis:' .. id, ARGV[7])
    redis.call('HSET', KEYS[1], scope, id)
    redis.call('EXPIRE', KEYS[1], ARGV[7])
    redis.call('SADD', KEYS[2], id)
  end
end
redis.call('HSETNX', 'gatemedic:diagnosis:' .. id .. ':subscribers', ARGV[4], ARGV[5])
redis.call('EXPIRE', 'gatemedic:diagnosis:' .. id .. ':subscribers', ARGV[7])
return {kind, id}`

/** KEYS diagnosis; ARGV run -> the request, or nil when it has ended or was never there. */
export const beginScript = `
if redis.call('HGET', KEYS[1], 'state') ~= 'open' then return nil end
redis.call('HSET', KEYS[1], 'run', ARGV[1])
return redis.call('HGET', KEYS[1], 'request')`

/**
 * KEYS diagnosis, open set; ARGV id, run or '', last, kind, signed update, ttl, once or '', and what is to be remembered of it (keepHistoryLua)
 * -> thread ids, or nil when the run is not the one that holds the diagnosis, or when it was said before. Two updates of progress in a row are one;
 * among many hosts nobody asks how far one of them is.
 */
export const announceScript = `${keepHistoryLua}
if (ARGV[2] ~= '' or ARGV[3] == '1') and redis.call('HGET', KEYS[1], 'state') ~= 'open' then return nil end
if ARGV[2] ~= '' and redis.call('HGET', KEYS[1], 'run') ~= ARGV[2] then return nil end
if ARGV[7] ~= '' and redis.call('HSETNX', KEYS[1], 'said:' .. ARGV[7], '1') == 0 then return nil end
local told = {}
for _, thread in ipairs(redis.call('HKEYS', 'gatemedic:diagnosis:' .. ARGV[1] .. ':subscribers')) do
  if ARGV[4] ~= 'progress' or redis.call('HEXISTS', 'gatemedic:thread:' .. thread, 'fleet') == 0 and redis.call('HGET', 'gatemedic:thread:' .. thread, 'look') ~= 'sweep' then
    local outbox = 'gatemedic:outbox:' .. thread
    local revision = redis.call('INCR', 'gatemedic:thread:' .. thread .. ':revision')
    redis.call('EXPIRE', 'gatemedic:thread:' .. thread .. ':revision', ARGV[6])
    local entry = revision .. '\\n' .. ARGV[4] .. '\\n' .. ARGV[5]
    local newest = redis.call('LINDEX', outbox, -1)
    if newest and string.match(newest, '^%d+\\n(%a+)\\n') == 'progress' then redis.call('RPOP', outbox) end
    redis.call('RPUSH', outbox, entry)
    redis.call('EXPIRE', outbox, ARGV[6])
    redis.call('SADD', 'gatemedic:outboxes', thread)
    told[#told + 1] = thread
  end
end
if ARGV[3] == '1' then
  redis.call('HSET', KEYS[1], 'state', 'ended')
  local joinable, scope = redis.call('HGET', KEYS[1], 'joinable'), redis.call('HGET', KEYS[1], 'scope')
  if joinable and redis.call('HGET', joinable, scope) == ARGV[1] then redis.call('HDEL', joinable, scope) end
  redis.call('SREM', KEYS[2], ARGV[1])
end
-- A key of the history that somebody spoilt must not keep back what is said.
pcall(keepHistory, 8)
return told`

/** KEYS diagnosis, open set; ARGV id: what nobody of ours has asked for is not asked. */
export const dropScript = `
redis.call('HSET', KEYS[1], 'state', 'ended')
redis.call('SREM', KEYS[2], ARGV[1])
return 1`
