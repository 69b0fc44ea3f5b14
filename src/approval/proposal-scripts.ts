/** Lua for the proposal store. States are compared and stored as the JSON text that wrote them. */

const supersedeOpen = `
for _, other in ipairs(redis.call('SMEMBERS', host)) do
  local key = 'gatemedic:proposal:' .. other
  local state = redis.call('HGET', key, 'state')
  if other ~= new and state and (state == '{"kind":"proposed"}' or string.sub(state, 1, 15) == '{"kind":"asked"') then
    redis.call('HSET', key, 'state', superseded)
    redis.call('SREM', 'gatemedic:proposals:asked', other)
  end
  if other ~= new then redis.call('SREM', host, other) end
end`

/** KEYS host's open set; ARGV '', state of what is superseded. */
export const supersedeScript = `
local host, new, superseded = KEYS[1], ARGV[1], ARGV[2]${supersedeOpen}
return 1`

/** KEYS proposal, host's open set; ARGV id, proposal, state, state of what it supersedes, ttl. */
export const saveScript = `
local host, new, superseded = KEYS[2], ARGV[1], ARGV[4]${supersedeOpen}
redis.call('HSET', KEYS[1], 'proposal', ARGV[2], 'state', ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[5])
redis.call('SADD', host, new)
redis.call('EXPIRE', host, ARGV[5])
return 1`

/** KEYS proposal, host's open set, pending set, asked set; ARGV id, state before, state after, whether it is asked for, pending or ended then -> 1, or 0 when the state was another. */
export const changeScript = `
if redis.call('HGET', KEYS[1], 'state') ~= ARGV[2] then return 0 end
local asked = ARGV[4] == 'asked'
redis.call('HSET', KEYS[1], 'state', ARGV[3])
redis.call(asked and 'SADD' or 'SREM', KEYS[2], ARGV[1])
redis.call(ARGV[4] == 'pending' and 'SADD' or 'SREM', KEYS[3], ARGV[1])
redis.call(asked and 'SADD' or 'SREM', KEYS[4], ARGV[1])
return 1`
