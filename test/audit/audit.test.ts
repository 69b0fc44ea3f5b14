import { generateKeyPairSync } from 'node:crypto'
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Anchor, headFileOf } from '../../src/audit/anchors.ts'
import { openAudit } from '../../src/audit/audit.ts'
import { signHead } from '../../src/audit/head.ts'
import type { AuditEntry, AuditStep } from '../../src/audit/record.ts'
import { verify } from '../../src/audit/verify.ts'
import { createSigner } from '../../src/signing/signed.ts'
import { auditOptions } from '../support/audit-options.ts'

let directory: string
const options = auditOptions({ writer: 'worker-1', now: () => new Date('2026-11-21T03:00:00.000Z') })

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gatemedic-audit-'))
})

afterEach(() => rm(directory, { recursive: true, force: true }))

function entry(proposal: string, step: AuditStep = { step: 'started', presses: [] }): AuditEntry {
  return {
    proposal,
    host: 'web-1',
    action: 'start-unit',
    target: 'checkout-api.service',
    cause: 'backend-down',
    argv: ['systemctl', 'start', 'checkout-api.service'],
    guard: 'unit 4f2a down 0',
    by: ['U1'],
    claimedAt: '2026-11-21T03:00:00.000Z',
    ...step,
    at: '2026-11-21T03:00:01.000Z',
  }
}

async function written(...proposals: readonly string[]): Promise<string> {
  const audit = await openAudit(directory, options)
  for (const proposal of proposals) await audit.append(entry(proposal))
  await audit.close()
  return audit.file
}

test('a chain that nobody touched holds, also over a restart', async () => {
  await written('p1', 'p2')
  const file = await written('p3')

  expect(await verify(file)).toMatchObject({ ok: true, lines: 3 })
})

test('a changed word is found, with its line', async () => {
  const file = await written('p1', 'p2', 'p3')
  await writeFile(file, (await readFile(file, 'utf8')).replace('"proposal":"p2"', '"proposal":"px"'))

  expect(await verify(file)).toMatchObject({ ok: false, line: 2, reason: expect.stringContaining('changed') })
})

test.each([
  ['removed', (lines: string[]) => lines.toSpliced(1, 1)],
  ['repeated', (lines: string[]) => lines.toSpliced(1, 0, lines[1] ?? '')],
  ['moved', (lines: string[]) => [lines[1] ?? '', lines[0] ?? '', ...lines.slice(2)]],
])('a %s line is found', async (_what, tamper) => {
  const file = await written('p1', 'p2', 'p3')
  const lines = (await readFile(file, 'utf8')).split('\n')
  await writeFile(file, tamper(lines).join('\n'))

  expect(await verify(file)).toMatchObject({ ok: false })
})

test('a writer does not go on from a chain that does not hold', async () => {
  const file = await written('p1', 'p2')
  await writeFile(file, (await readFile(file, 'utf8')).replace('"by":["U1"]', '"by":["U2"]'))

  await expect(openAudit(directory, options)).rejects.toThrow(/worker-1\.jsonl:1: it was changed/)
})

test('half a line left by a crash is set aside, which the chain says, and goes on', async () => {
  const file = await written('p1', 'p2')
  const text = await readFile(file, 'utf8')
  await appendFile(file, text.slice(0, 60))

  await written('p3')

  const steps = [...(await readFile(file, 'utf8')).matchAll(/"step":"(?<step>[a-z-]+)"/g)]
  const aside = (await readdir(directory)).find((name) => name.includes('half-line')) ?? ''
  expect(await verify(file)).toMatchObject({ ok: true, lines: 4 })
  expect(steps.map(({ groups }) => groups?.['step'])).toEqual(['started', 'started', 'set-aside', 'started'])
  expect(await readFile(join(directory, aside), 'utf8')).toBe(text.slice(0, 60))
})

async function cut(file: string, keep: number): Promise<void> {
  const lines = (await readFile(file, 'utf8')).split('\n').slice(0, keep)
  await writeFile(file, lines.map((line) => `${line}\n`).join(''))
}

describe('lines taken off the end', () => {
  test.each([0, 1, 2])(
    'leave a chain of %i lines that holds by itself, and the writer does not go on',
    async (keep) => {
      const file = await written('p1', 'p2', 'p3')
      await cut(file, keep)

      expect(await verify(file)).toMatchObject({ ok: true, lines: keep })
      await expect(openAudit(directory, options)).rejects.toThrow(`it has ${keep} lines and had 3`)
    },
  )

  test('are missed when the whole file is gone', async () => {
    await rm(await written('p1'))

    await expect(openAudit(directory, options)).rejects.toThrow(/had 1: lines were taken off its end/)
  })

  test('are missed by the head in Redis when the one beside the file is gone too', async () => {
    const kept = new Map<string, string>()
    const anchor: Anchor = {
      name: 'elsewhere',
      sure: false,
      read: () => Promise.resolve(kept.get('head') ?? null),
      write: (head) => Promise.resolve(void kept.set('head', head)),
    }
    const audit = await openAudit(directory, { ...options, anchors: [anchor] })
    for (const proposal of ['p1', 'p2']) await audit.append(entry(proposal))
    await audit.close()
    await cut(audit.file, 1)
    await rm(headFileOf(audit.file))

    await expect(openAudit(directory, { ...options, anchors: [anchor] })).rejects.toThrow(/had 2: .*elsewhere/)
  })

  test('are missed when other lines with good hashes were put in their place', async () => {
    const file = await written('p1', 'p2')
    const head = await readFile(headFileOf(file), 'utf8')
    await rm(file)
    await rm(headFileOf(file))
    await written('p1', 'p-other')
    await writeFile(headFileOf(file), head)

    await expect(openAudit(directory, options)).rejects.toThrow(/line 2 is not the one that was noted/)
  })

  test('are not hidden by a head that somebody else has written', async () => {
    const file = await written('p1', 'p2')
    await cut(file, 1)
    const forged = createSigner(
      generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    )
    await writeFile(headFileOf(file), signHead(forged, { writer: 'worker-1', seq: 1, hash: 'a'.repeat(64), worth: 1 }))

    await expect(openAudit(directory, options)).rejects.toThrow(/signed with an unknown key/)
  })
})

test('a head that was not written any more before a crash stops nobody', async () => {
  const file = await written('p1')
  const head = await readFile(headFileOf(file), 'utf8')
  await written('p2')
  await writeFile(headFileOf(file), head)

  await written('p3')

  expect(await verify(file)).toMatchObject({ ok: true, lines: 3 })
})

test('which actions were begun is known again after a restart', async () => {
  await written('p1')

  const audit = await openAudit(directory, options)

  expect([audit.wasStarted('p1'), audit.wasStarted('p2')]).toEqual([true, false])
  await audit.close()
})

test('entries written at the same time make one chain', async () => {
  const audit = await openAudit(directory, options)

  await Promise.all(Array.from({ length: 20 }, (_, index) => audit.append(entry(`p${index}`))))

  await audit.close()
  expect(await verify(audit.file)).toMatchObject({ ok: true, lines: 20 })
})

test('a record that cannot be written is an error, and stays one', async () => {
  const audit = await openAudit(directory, options)
  await audit.close()

  await expect(audit.append(entry('p1'))).rejects.toThrow(/cannot be written/)
  await expect(audit.append(entry('p2'))).rejects.toThrow(/cannot be written/)
})

test('a folder that cannot be made is one clear error', async () => {
  await writeFile(join(directory, 'taken'), '')

  await expect(openAudit(join(directory, 'taken'), options)).rejects.toThrow(/audit file .*taken.* cannot be opened/)
})
