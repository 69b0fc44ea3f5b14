/**
 * Lua for the conversations of alerts ("cases"). Names of keys are made in the scripts (one Redis, no cluster, as for the
 * board of diagnoses):
 *
 *     outbreak:KEY       hash at, status (firing, resolved, suppressed, muted), case, lane, repeats; `counted`: the case that counts it
 *     host:HOST          hash case, at: the newest conversation of this host, and when the host came to it
 *     case:ID            hash kind, state, channel, origin, source, first, title, openedAt, lastAt, resolvedAt, over, counts; `into`: it went into another
 *     case:ID:titles     hash "w:TITLE" or "m:TITLE" -> outbreaks, by webhook and by message
 *     case:ID:hosts      hash host -> what the bot signed about it;  case:ID:todo  hosts that are still to be asked
 *     todo               sorted by when: conversations with something to be begun
 *     recent:CHANNEL     hosts sorted by when they newly alerted;  digest:CHANNEL  the conversation that takes further hosts
 *     digests            conversations of many hosts of the last day, sorted by when they began
 *     minute:N           hash source -> alerts, for the hour that the status tells
 *
 * States: waiting (may still go into a digest or get an origin), starting, started.
 */
export const names = `
local P = 'gatemedic:alerts:'
local function caseKey(id) return P .. 'case:' .. id end
local function get(id, field) return redis.call('HGET', caseKey(id), field) end
local function num(id, field) return tonumber(get(id, field) or '0') end
local function now_in(id)
  for _ = 1, 4 do
    local into = get(id, 'into')
    if not into then return id end
    id = into
  end
  return id
end`

/**
 * Takes a conversation to begin what is to be begun in it. ARGV id, now, lease ms
 * -> {kind, channel, origin, title, source, first, host, record, ...}, or nil: somebody else does, or there is nothing.
 */
export const claimScript = `${names}
local id, now = ARGV[1], tonumber(ARGV[2])
if get(id, 'into') or redis.call('EXISTS', caseKey(id)) == 0 then
  redis.call('ZREM', P .. 'todo', id)
  return nil
end
if num(id, 'lease') > now then return nil end
redis.call('HSET', caseKey(id), 'lease', now + tonumber(ARGV[3]))
if get(id, 'state') == 'waiting' then redis.call('HSET', caseKey(id), 'state', 'starting') end
local held = {get(id, 'kind'), get(id, 'channel'), get(id, 'origin'), get(id, 'title'), get(id, 'source'), get(id, 'first')}
for _, host in ipairs(redis.call('SMEMBERS', caseKey(id) .. ':todo')) do
  held[#held + 1] = host
  held[#held + 1] = redis.call('HGET', caseKey(id) .. ':hosts', host) or ''
end
return held`

/** These hosts are asked. ARGV id, host...; what came meanwhile is still to be begun. */
export const begunScript = `${names}
local id = ARGV[1]
if #ARGV > 1 then redis.call('SREM', caseKey(id) .. ':todo', unpack(ARGV, 2)) end
redis.call('HSET', caseKey(id), 'state', 'started')
redis.call('HDEL', caseKey(id), 'lease')
if redis.call('SCARD', caseKey(id) .. ':todo') == 0 then redis.call('ZREM', P .. 'todo', id) end
return 1`
