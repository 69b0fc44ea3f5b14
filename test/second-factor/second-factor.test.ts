import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { checkCode, isEnrolled, type CheckParts } from '../../src/second-factor/check-code.ts'
import { enroll, readSecrets, remove } from '../../src/second-factor/secret-file.ts'
import { enrollmentUri, stepOf } from '../../src/second-factor/totp.ts'
import { createTries } from '../../src/second-factor/tries.ts'
import { quiet } from '../support/bench-of-queues.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'

const user = 'U0123ABCD'
const start = Date.parse('2026-11-21T03:00:00.000Z')
let redis: TestRedis
let client: RedisClient
let folder: string
let file: string
let at = start
let wrong: string[] = []

beforeAll(async () => {
  redis = await startRedis()
  client = await openRedis(redis.url, 'ask', { log: quiet })
})
afterAll(async () => {
  client.disconnect()
  await redis.stop()
})
beforeEach(async () => {
  await client.flushall()
  folder = await mkdtemp(join(tmpdir(), 'gatemedic-second-factor-'))
  file = join(folder, 'second-factors.json')
  at = start
  wrong = []
  return () => rm(folder, { recursive: true, force: true })
})

const noteWrong = async (_userId: string, because: string): Promise<void> => void wrong.push(because)

function parts(): CheckParts {
  return { file, tries: createTries(client), noteWrong, log: quiet, now: () => new Date(at) }
}

function codeOf(secret: string, secondsLater = 0): string {
  return new TOTP({ secret }).generate({ timestamp: at + secondsLater * 1000 })
}

test('codes are those of RFC 6238, appendix B, in six digits', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

  const steps = (
    [
      [59, '287082'],
      [1_111_111_109, '081804'],
      [20_000_000_000, '353130'],
    ] as const
  ).map(([seconds, code]) => stepOf(secret, code, new Date(seconds * 1000)))

  expect(steps).toEqual([1, 37_037_036, 666_666_666])
})

test('a secret is kept where only its owner reads it, and an authenticator takes the address', async () => {
  const secret = await enroll(file, user)

  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect((await readSecrets(file)).get(user)).toBe(secret)
  expect(enrollmentUri(secret, user)).toContain(`otpauth://totp/Gatemedic:${user}?issuer=Gatemedic&secret=${secret}`)
})

test('a file that others may read is not used: the code is refused', async () => {
  const secret = await enroll(file, user)
  await chmod(file, 0o640)

  const checked = await checkCode(parts(), user, codeOf(secret))

  expect(checked.ok).toBe(false)
  expect(await isEnrolled(parts(), user)).toBe(false)
})

test('each code counts once, also for another bot and with a space in it', async () => {
  const secret = await enroll(file, user)
  const [one, other] = [parts(), parts()]
  const code = codeOf(secret)

  const results = [
    await checkCode(one, user, `${code.slice(0, 3)} ${code.slice(3)}`),
    await checkCode(one, user, code),
    await checkCode(other, user, code),
  ]

  expect(results.map(({ ok }) => ok)).toEqual([true, false, false])
  expect(wrong).toEqual(Array.from({ length: 2 }, () => 'That code was used already. Wait for the next one.'))
})

test('a code that was used stays used when Redis has forgotten it', async () => {
  const secret = await enroll(file, user)
  const bot = parts()
  await checkCode(bot, user, codeOf(secret))
  await client.flushall()

  const again = await checkCode(bot, user, codeOf(secret))

  expect(again.ok).toBe(false)
})

test('an older code is not accepted after a newer one', async () => {
  const secret = await enroll(file, user)
  const bot = parts()
  const [older, newer] = [codeOf(secret), codeOf(secret, 30)]

  const results = [await checkCode(bot, user, newer), await checkCode(bot, user, older)]

  expect(results.map(({ ok }) => ok)).toEqual([true, false])
})

test.each([-90, 90])('a code of %i seconds away is none', async (seconds) => {
  const secret = await enroll(file, user)

  expect((await checkCode(parts(), user, codeOf(secret, seconds))).ok).toBe(false)
})

test('five wrong codes lock for 15 minutes, for every bot, and also the right one', async () => {
  const secret = await enroll(file, user)
  const [one, other] = [parts(), parts()]
  const right = Number(codeOf(secret))
  for (let nth = 1; nth <= 5; nth++)
    await checkCode(nth % 2 === 0 ? one : other, user, `${(right + nth * 1000) % 1_000_000}`.padStart(6, '0'))

  const locked = [await checkCode(one, user, codeOf(secret)), await checkCode(parts(), user, codeOf(secret))]

  expect(locked).toEqual(
    Array.from({ length: 2 }, () => ({ ok: false, because: '5 wrong codes: locked for 15 minutes.' })),
  )
})

test('a lock that is taken out of Redis holds in this bot, until its time is over', async () => {
  const secret = await enroll(file, user)
  const bot = parts()
  for (let nth = 1; nth <= 5; nth++) await checkCode(bot, user, 'none')
  await client.flushall()

  const early = await checkCode(bot, user, codeOf(secret))
  at += 15 * 60_000 + 1000
  const later = await checkCode(bot, user, codeOf(secret))

  expect([early.ok, later.ok]).toEqual([false, true])
})

test('many guesses at the same time are no more than five', async () => {
  const secret = await enroll(file, user)
  const bot = parts()
  const right = Number(codeOf(secret))
  const guesses = Array.from({ length: 50 }, (_, index) => `${(right + 1 + index) % 1_000_000}`.padStart(6, '0'))

  await Promise.all(guesses.map((guess) => checkCode(bot, user, guess)))

  expect(wrong.filter((because) => because.startsWith('That is not'))).toHaveLength(5)
})

test('nobody gets in without Redis, without being enrolled, or after he was taken out', async () => {
  const secret = await enroll(file, user)
  const away = await openRedis(redis.url, 'ask', { log: quiet })
  away.disconnect()
  const withoutRedis = await checkCode({ ...parts(), tries: createTries(away) }, user, codeOf(secret))
  const stranger = await checkCode(parts(), 'U0STRANGER', codeOf(secret))

  await remove(file, user)
  const takenOut = await checkCode(parts(), user, codeOf(secret))

  expect([withoutRedis.ok, stranger.ok, takenOut.ok]).toEqual([false, false, false])
  expect(await readFile(file, 'utf8')).not.toContain(secret)
})
