import { names } from './case-scripts.ts'

/**
 * A batch in one step. ARGV settings {now, window, lasting, above, keep, forget, redraw}, items
 * -> {outcomes {kind, case}..., cases to wake}. What an item is: AlertItem in alert-case.ts.
 */
export const takeScript = `${names}
local o, items = cjson.decode(ARGV[1]), cjson.decode(ARGV[2])
local now, out, wake, waked = o.now, {}, {}, {}

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
end

local function open_of(host)
  local id, at = unpack(redis.call('HMGET', P .. 'host:' .. host, 'case', 'at'))
  if not id then return nil end
  id = now_in(id)
  if redis.call('EXISTS', caseKey(id)) == 0 then return nil end
  local age = now - tonumber(at)
  if age < o.window then return id end
  if age < o.lasting and num(id, 'wfiring') + num(id, 'mfiring') > 0 then return id end
  return nil
end

local function add(id, fresh)
  for _, h in ipairs(fresh) do
    redis.call('HSET', caseKey(id) .. ':hosts', h.host, h.record)
    redis.call('SADD', caseKey(id) .. ':todo', h.host)
    redis.call('EXPIRE', caseKey(id) .. ':todo', o.keep)
    redis.call('HSET', P .. 'host:' .. h.host, 'case', id, 'at', now)
    redis.call('PEXPIRE', P .. 'host:' .. h.host, o.lasting)
  end
end

local function open(kind, it, title, fresh, due)
  local id = fresh[1].case
  redis.call('HSET', caseKey(id), 'kind', kind, 'state', 'waiting', 'channel', it.channel, 'origin', it.origin,
    'source', it.source, 'first', it.title, 'title', title, 'openedAt', now, 'lastAt', now)
  add(id, fresh)
  redis.call('ZADD', P .. 'todo', due, id)
  return id
end

local function digest_of(channel)
  local id = redis.call('GET', P .. 'digest:' .. channel)
  if id and now - num(id, 'openedAt') < o.lasting then return id end
  return nil
end

local function absorb(digest, channel)
  for _, id in ipairs(redis.call('ZRANGE', P .. 'todo', 0, 500)) do
    if id ~= digest and get(id, 'state') == 'waiting' and get(id, 'channel') == channel and get(id, 'origin') == '' then
      local hosts = redis.call('HGETALL', caseKey(id) .. ':hosts')
      for i = 1, #hosts, 2 do add(digest, {{host = hosts[i], record = hosts[i + 1]}}) end
      local titles = redis.call('HGETALL', caseKey(id) .. ':titles')
      for i = 1, #titles, 2 do redis.call('HINCRBY', caseKey(digest) .. ':titles', titles[i], titles[i + 1]) end
      for _, field in ipairs({'wtotal', 'mtotal', 'wfiring', 'mfiring', 'suppressed'}) do
        redis.call('HINCRBY', caseKey(digest), field, num(id, field))
      end
      redis.call('HSET', caseKey(id), 'into', digest)
      redis.call('ZREM', P .. 'todo', id)
    end
  end
end

local function begin(it, fresh)
  if it.origin ~= '' then return open(#fresh > 1 and 'fleet' or 'host', it, it.fleet, fresh, now), 'opened' end
  local recent = P .. 'recent:' .. it.channel
  for _, h in ipairs(fresh) do redis.call('ZADD', recent, now, h.host) end
  redis.call('ZREMRANGEBYSCORE', recent, '-inf', now - 60000)
  redis.call('EXPIRE', recent, 120)
  local digest = digest_of(it.channel)
  if digest then
    add(digest, fresh)
    -- What waits keeps its time: more may come.
    redis.call('ZADD', P .. 'todo', 'NX', now + it.gather, digest)
    redis.call('PEXPIRE', P .. 'digest:' .. it.channel, o.window)
    return digest, 'joined'
  end
  if redis.call('ZCARD', recent) > o.above then
    digest = open('fleet', it, 'alerts', fresh, now + it.gather)
    redis.call('SET', P .. 'digest:' .. it.channel, digest, 'PX', o.window)
    redis.call('ZREMRANGEBYSCORE', P .. 'digests', '-inf', now - 86400000)
    redis.call('ZADD', P .. 'digests', now, digest)
    absorb(digest, it.channel)
    return digest, 'opened'
  end
  return open(#fresh > 1 and 'fleet' or 'host', it, it.fleet, fresh, now + it.wait), 'opened'
end

local function adopt(id, it)
  if it.origin == '' or get(id, 'state') ~= 'waiting' or get(id, 'origin') ~= '' then return 'joined' end
  if redis.call('GET', P .. 'digest:' .. get(id, 'channel')) == id then return 'joined' end
  redis.call('HSET', caseKey(id), 'origin', it.origin, 'channel', it.channel)
  redis.call('ZADD', P .. 'todo', now, id)
  return 'adopted'
end

-- The conversation in which this outbreak stands; none when it is over.
local function standing_in(status, id)
  if id and (status == 'firing' or status == 'suppressed') then return now_in(id) end
  return nil
end

local function suppressed(it, ob, at, status, id)
  local before = standing_in(status, id)
  if status == 'firing' and before then ended(ob, status, before) end
  local of = before
  for _, h in ipairs(it.hosts) do of = of or open_of(h.host) end
  if of and not (status == 'suppressed' and before) then redis.call('HINCRBY', caseKey(of), 'suppressed', 1); redraw(of) end
  if not at or tonumber(at) ~= it.at then redis.call('HDEL', ob, 'counted') end
  if of then redis.call('HSET', ob, 'case', of) else redis.call('HDEL', ob, 'case') end
  redis.call('HSET', ob, 'at', it.at, 'status', 'suppressed')
  return {'suppressed', of or ''}
end

local function resolved(it, ob, status, id)
  local of = standing_in(status, id)
  redis.call('HSET', ob, 'at', it.at, 'status', 'resolved')
  if not of then return {'unknown', ''} end
  redis.call('HSET', caseKey(of), 'resolvedAt', now)
  ended(ob, status, of)
  return {'resolved', of}
end

local function firing(it, ob, at, status, id)
  local same = at and tonumber(at) == it.at
  if same and status == 'firing' then
    redis.call('HINCRBY', ob, 'repeats', 1)
    return {'repeated', now_in(id)}
  end
  if same and status == 'resolved' then return {'over', ''} end
  -- Silenced no more; or its sender never said that the one before was over.
  local before = standing_in(status, id)
  if before then ended(ob, status, before) end
  if #it.hosts == 0 then
    redis.call('HSET', ob, 'at', it.at, 'status', 'muted')
    return {'muted', ''}
  end
  local fresh, known, waiting = {}, nil, {}
  for _, h in ipairs(it.hosts) do
    local open_one = open_of(h.host)
    if open_one then known = known or open_one; waiting[#waiting + 1] = open_one else fresh[#fresh + 1] = h end
  end
  local case, kind
  if #fresh > 0 then
    case, kind = begin(it, fresh)
  else
    case, kind = known, adopt(known, it)
  end
  -- A message that names several hosts gathers all of them that still wait.
  for _, other in ipairs(waiting) do
    if other ~= case then adopt(other, it) end
  end
  fires(case, it)
  local counted = same and redis.call('HGET', ob, 'counted')
  if not counted or now_in(counted) ~= case then count(case, it) end
  redraw(case)
  redis.call('HSET', ob, 'at', it.at, 'status', 'firing', 'case', case, 'counted', case, 'lane', lane_of(it))
  return {kind, case}
end

local heard_before = {repeated = true, resolved = true, over = true, older = true, unknown = true}
for _, it in ipairs(items) do
  local ob = P .. 'outbreak:' .. it.key
  local at, status, id = unpack(redis.call('HMGET', ob, 'at', 'status', 'case'))
  local minute = P .. 'minute:' .. math.floor(now / 60000)
  local what
  if at and tonumber(at) > it.at then what = {'older', ''}
  elseif it.status == 'resolved' then what = resolved(it, ob, status, id)
  elseif it.status == 'suppressed' then what = suppressed(it, ob, at, status, id)
  else what = firing(it, ob, at, status, id) end
  -- Senders repeat what lasts, and messages in Slack are read again: the hour counts what is new.
  if not it.further and not heard_before[what[1]] then
    redis.call('HINCRBY', minute, it.source, 1)
    -- No source is called like this.
    if what[1] == 'muted' then redis.call('HINCRBY', minute, ':muted', 1) end
    redis.call('EXPIRE', minute, 7200)
  end
  redis.call('EXPIRE', ob, o.forget)
  out[#out + 1] = what
end
return {out, wake}`
