import { describe, expect, it } from 'vitest'
import { hashOf, measureJudging } from '../../bench/judging.ts'
import { replaySnapshot } from '../../src/examine/replay.ts'
import { readSnapshot } from '../../src/host/snapshot.ts'
import { captureFolders } from '../support/captures.ts'

const folders = captureFolders()

describe('judging a snapshot', () => {
  it.each(folders)('of $name gives the same diagnosis every time, to the byte', async ({ folder }) => {
    const snapshot = await readSnapshot(folder)

    const hashes = [snapshot, snapshot, await readSnapshot(folder)].map((each) => hashOf(replaySnapshot(each)))

    expect(new Set(hashes).size).toBe(1)
  })

  it('is measured over as many replays as asked for, with a log of its own', async () => {
    const folder = folders.find(({ name }) => name === 'rules/backend-down/fires-backend-down')?.folder ?? ''

    const judged = measureJudging(await readSnapshot(folder), 20)

    expect(judged).toMatchObject({ replays: 20, hashes: { length: 1 } })
    expect(judged.logEntries).toBeGreaterThan(5000)
  })
})
