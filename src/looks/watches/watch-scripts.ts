/**
 * Lua for watches. Names of keys are made in the scripts (one Redis, no cluster):
 *
 *     lookout:ID        hash of what it is, how far it is, and one field "person:U..." for each who hears of it
 *     lookout:ID:seen   hash host -> what stands there
 *     lookouts          sorted by when each is to be looked at or ended next, ms
 *     lookouts:on       hash of what is watched -> ID, of those that run
 */
const names = `
local P = 'gatemedic:lookout'
local function key(id) return P .. ':' .. id end`

/** ARGV id, what is watched, owner, now, until, most of all, most of one person, ttl s, field, value, ... -> kind, id or limit */
export const openScript = `${names}
local id, on, owner, now, till = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
local known = redis.call('HGET', P .. 's:on', on)
if known and redis.call('HGET', key(known), 'state') == 'open' then
  if tonumber(redis.call('HGET', key(known), 'until')) < till then redis.call('HSET', key(known), 'until', till) end
  redis.call('HSETNX', key(known), 'person:' .. owner, now)
  redis.call('EXPIRE', key(known), ARGV[8])
  return {known == id and 'opened' or 'extended', known}
end
local all, own = 0, 0
for _, each in ipairs(redis.call('HVALS', P .. 's:on')) do
  if redis.call('HGET', key(each), 'state') == 'open' then
    all = all + 1
    if redis.call('HGET', key(each), 'owner') == owner then own = own + 1 end
  end
end
if own >= tonumber(ARGV[7]) then return {'own', ''} end
if all >= tonumber(ARGV[6]) then return {'all', ''} end
redis.call('HSET', key(id), 'state', 'open', 'on', on, 'owner', owner, 'person:' .. owner, now, 'startedAt', now, 'until', till, 'looks', 0, unpack(ARGV, 9))
redis.call('EXPIRE', key(id), ARGV[8])
redis.call('HSET', P .. 's:on', on, id)
redis.call('ZADD', P .. 's', now, id)
return {'opened', id}`

/** ARGV id, why, by, now -> 1 when it ends now */
export const endScript = `${names}
if redis.call('HGET', key(ARGV[1]), 'state') ~= 'open' then return 0 end
redis.call('HSET', key(ARGV[1]), 'state', 'ended', 'why', ARGV[2], 'by', ARGV[3], 'endedAt', ARGV[4])
local on = redis.call('HGET', key(ARGV[1]), 'on')
if redis.call('HGET', P .. 's:on', on) == ARGV[1] then redis.call('HDEL', P .. 's:on', on) end
redis.call('ZADD', P .. 's', ARGV[4], ARGV[1])
return 1`

/** ARGV now, lease ms -> ids */
export const dueScript = `${names}
local due = redis.call('ZRANGEBYSCORE', P .. 's', '-inf', ARGV[1], 'LIMIT', 0, 20)
local held = {}
for _, id in ipairs(due) do
  if redis.call('EXISTS', key(id)) == 0 then
    redis.call('ZREM', P .. 's', id)
  else
    redis.call('ZADD', P .. 's', ARGV[1] + ARGV[2], id)
    held[#held + 1] = id
  end
end
return held`

/** ARGV id, looks before, next due. Asked twice, the first counts; one that ended meanwhile is to be told, and soon. */
export const askedScript = `${names}
if redis.call('HGET', key(ARGV[1]), 'state') ~= 'open' then return 0 end
if redis.call('HGET', key(ARGV[1]), 'looks') ~= ARGV[2] then return 0 end
redis.call('HINCRBY', key(ARGV[1]), 'looks', 1)
redis.call('ZADD', P .. 's', ARGV[3], ARGV[1])
return 1`
