/** Lua for takeScript: how many alerts a conversation has and how many of them fire, and that its root is to be drawn again. Knows `o`, `now`, `wake` and `waked` of that. */
export const counting = `
local function keep(id)
  for _, part in ipairs({'', ':titles', ':hosts'}) do redis.call('EXPIRE', caseKey(id) .. part, o.keep) end
end

local function redraw(id)
  if get(id, 'state') ~= 'started' then return end
  local outbox = 'gatemedic:outbox:' .. id
  -- One that waits will look at what is known then. The first in line may be under way with what was known before.
  local waiting = num(id, 'redraw')
  local applied = tonumber(redis.call('HGET', 'gatemedic:thread:' .. id, 'appliedRevision') or '0')
  local first = redis.call('LINDEX', outbox, 0)
  if first and waiting > applied and tonumber(string.match(first, '^%d+') or '0') < waiting then return end
  local revision = redis.call('INCR', 'gatemedic:thread:' .. id .. ':revision')
  redis.call('HSET', caseKey(id), 'redraw', revision)
  redis.call('EXPIRE', 'gatemedic:thread:' .. id .. ':revision', o.keep)
  redis.call('RPUSH', outbox, revision .. '\\nalerts\\n' .. o.redraw)
  redis.call('EXPIRE', outbox, o.keep)
  redis.call('SADD', 'gatemedic:outboxes', id)
  if not waked[id] then waked[id] = true; wake[#wake + 1] = id end
end

local function lane_of(it) return it.origin ~= '' and 'm' or 'w' end

local function fires(id, it)
  redis.call('HINCRBY', caseKey(id), lane_of(it) .. 'firing', 1)
  redis.call('HSET', caseKey(id), 'lastAt', now)
  redis.call('HDEL', caseKey(id), 'over')
end

local function count(id, it)
  local key, lane = caseKey(id), lane_of(it)
  redis.call('HINCRBY', key, lane .. 'total', 1)
  local titles, field = key .. ':titles', lane .. ':' .. it.name
  if redis.call('HEXISTS', titles, field) == 0 and redis.call('HLEN', titles) >= 40 then field = lane .. ':' end
  redis.call('HINCRBY', titles, field, 1)
  keep(id)
end

local function down(id, field)
  if redis.call('HINCRBY', caseKey(id), field, -1) < 0 then redis.call('HSET', caseKey(id), field, 0) end
end

-- What was counted of this outbreak as firing or silenced is that no more: its conversation is over when nothing fires in it.
local function ended(ob, status, id)
  if status == 'suppressed' then down(id, 'suppressed')
  else down(id, (redis.call('HGET', ob, 'lane') or 'w') .. 'firing') end
  -- Messages in Slack often never say that it is over: where webhooks speak, they count.
  local counts = num(id, 'wtotal') > 0 and 'wfiring' or 'mfiring'
  if num(id, counts) == 0 then redis.call('HSET', caseKey(id), 'over', '1') end
  redraw(id)
end`
