/** Lua for takeScript: which conversation a host is in, how one is opened, and how many become a digest. Knows `o` and `now` of that. */
export const opening = `
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
end`
