import { mkdtemp, readFile, rm, stat, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeKeys, readKeys, readPublicKeys, rotateKeys } from '../../src/signing/key-files.ts'

let dir: string

beforeEach(async () => {
  dir = join(await mkdtemp(join(tmpdir(), 'gatemedic-keys-')), 'keys')
})

afterEach(() => rm(join(dir, '..'), { recursive: true, force: true }))

test('each side reads what the other signs, and its own private key alone is in its folder', async () => {
  expect(await makeKeys(dir)).toBe(true)

  const [bot, worker] = [await readKeys(dir, 'bot'), await readKeys(dir, 'worker')]

  expect(worker.bot.open('approval', bot.signer.sign('approval', 'yes')).ok).toBe(true)
  expect(bot.worker.open('proposal', worker.signer.sign('proposal', 'this')).ok).toBe(true)
  expect(bot.worker.open('proposal', bot.signer.sign('proposal', 'this')).ok).toBe(false)
  expect((await stat(join(dir, 'bot', 'private.pem'))).mode & 0o777).toBe(0o600)
  expect((await stat(join(dir, 'bot'))).mode & 0o777).toBe(0o700)
})

test.each(['bot', 'worker'] as const)(
  'who checks a record needs only what lies in the folder of the %s, and no private key',
  async (side) => {
    await makeKeys(dir)
    const { signer } = await readKeys(dir, 'worker')
    await rm(join(dir, side, 'private.pem'))
    await rm(join(dir, side === 'bot' ? 'worker' : 'bot'), { recursive: true })

    const { worker } = await readPublicKeys(dir)

    expect(worker.open('audit-head', signer.sign('audit-head', 'text')).ok).toBe(true)
  },
)

test('keys that are there stay', async () => {
  await makeKeys(dir)
  const before = await readFile(join(dir, 'worker', 'private.pem'), 'utf8')

  expect(await makeKeys(dir)).toBe(false)

  expect(await readFile(join(dir, 'worker', 'private.pem'), 'utf8')).toBe(before)
})

test('a folder with some of the keys is not filled up with others that do not fit', async () => {
  await makeKeys(dir)
  await unlink(join(dir, 'bot', 'worker.pub'))

  await expect(makeKeys(dir)).rejects.toThrow('holds some of the signing keys and not all')
  await expect(readKeys(dir, 'bot')).rejects.toThrow(/worker\.pub cannot be read \(ENOENT\).*gatemedic keys init/)
})

test('after a change the former key holds, the one before it does not', async () => {
  await makeKeys(dir)
  const first = (await readKeys(dir, 'worker')).signer.sign('proposal', 'first')
  await rotateKeys(dir, 'worker')
  const second = (await readKeys(dir, 'worker')).signer.sign('proposal', 'second')

  const once = (await readKeys(dir, 'bot')).worker
  await rotateKeys(dir, 'worker')
  const twice = (await readKeys(dir, 'bot')).worker

  expect([once.open('proposal', first).ok, once.open('proposal', second).ok]).toEqual([true, true])
  expect([twice.open('proposal', first).ok, twice.open('proposal', second).ok]).toEqual([false, true])
})
