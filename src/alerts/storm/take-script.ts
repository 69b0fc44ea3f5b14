import { names } from './case-scripts.ts'
import { counting } from './count-script.ts'
import { opening } from './open-script.ts'

/**
 * A batch in one step. ARGV settings {now, window, lasting, above, keep, forget, redraw}, items
 * -> {outcomes {kind, case}..., cases to wake}. What an item is: AlertItem in alert-case.ts.
 */
export const takeScript = `${names}
local o, items = cjson.decode(ARGV[1]), cjson.decode(ARGV[2])
local now, out, wake, waked = o.now, {}, {}, {}
${counting}
${opening}

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
