import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readSnapshot, type Snapshot, writeSnapshot } from '../../src/host/snapshot.ts'

const plain = { host: 'web-1', command: 'ss -Htanp', exitCode: 0, ms: 12, truncated: false, timedOut: false }

const snapshot: Snapshot = {
  host: 'web-1',
  collectedAt: '2026-11-21T03:08:11Z',
  timezone: '+01:00',
  recordedOn: 'written from documentation',
  captures: [
    { capture: { ...plain, probe: 'sockets', stdout: 'LISTEN\n', stderr: '' }, args: [], round: 1 },
    { capture: { ...plain, probe: 'units', stdout: 'no line feed', stderr: 'oops\n' }, args: ["it's"], round: 2 },
    {
      capture: {
        ...plain,
        probe: 'units',
        host: 'app-1',
        stdout: '',
        stderr: '',
        exitCode: null,
        notRun: 'connection lost',
      },
      args: [],
      round: 2,
    },
  ],
}

describe('a snapshot', () => {
  let dir = ''
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'gatemedic-snapshot-'))
  })
  afterEach(() => rm(dir, { recursive: true }))

  it('comes back from its folder as it was', async () => {
    await writeSnapshot(dir, snapshot)

    expect(await readSnapshot(dir)).toEqual(snapshot)
  })

  it('is a folder of text files that a person can read and compare', async () => {
    await writeSnapshot(dir, snapshot)

    expect((await readdir(dir)).toSorted()).toEqual([
      '1-sockets.txt',
      '2-units.stderr.txt',
      '2-units.txt',
      'snapshot.json',
    ])
    expect(await readFile(join(dir, '2-units.txt'), 'utf8')).toBe('no line feed')
  })

  it('leaves nothing of an older snapshot in the folder', async () => {
    await writeSnapshot(dir, snapshot)
    await writeSnapshot(dir, { ...snapshot, captures: snapshot.captures.slice(0, 1) })

    expect((await readdir(dir)).toSorted()).toEqual(['1-sockets.txt', 'snapshot.json'])
  })

  it('that is damaged is refused by file and key', async () => {
    const path = join(dir, 'snapshot.json')
    const refusal = () => readSnapshot(dir).then(String, (error: Error) => error.message)

    expect(await refusal()).toBe(`${path}: there is no such file`)
    await writeFile(path, '{')
    expect(await refusal()).toBe(`${path}: is not valid JSON`)
    await writeFile(path, '{"schema": 2}')
    expect(await refusal()).toContain('schema this version reads schema 1 only')
  })

  it('never reads outside its folder', async () => {
    await writeSnapshot(dir, snapshot)
    const path = join(dir, 'snapshot.json')
    await writeFile(path, (await readFile(path, 'utf8')).replace('1-sockets.txt', '../../etc/passwd'))

    await expect(readSnapshot(dir)).rejects.toThrow('captures.0.stdout')
  })
})
