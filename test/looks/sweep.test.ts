import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import { replaySnapshot } from '../../src/examine/replay.ts'
import { readSnapshot } from '../../src/host/snapshot.ts'
import type { GroupSweep, SweepNote, SweepRow } from '../../src/looks/sweeps/group-sweep.ts'
import { sweepOutline } from '../../src/looks/sweeps/sweep-outline.ts'
import { failedRow, sweepRow } from '../../src/looks/sweeps/sweep-row.ts'
import { diagnosisFrom, recorded, renamed } from '../support/fleet-members.ts'
import { unreachable } from '../slack/cases.ts'

const healthyFolder = fileURLToPath(new URL('../../demo/recordings/web-2', import.meta.url))

/** The healthy host with another answer of df about the folders of nginx. */
async function withDf(change: (text: string) => string): Promise<Diagnosis> {
  const snapshot = await readSnapshot(healthyFolder)
  const captures = snapshot.captures.map((each) =>
    each.capture.probe === 'nginx-paths'
      ? { ...each, capture: { ...each.capture, stdout: change(each.capture.stdout) } }
      : each,
  )
  return replaySnapshot({ ...snapshot, captures })
}

function notesOf(diagnosis: Diagnosis): readonly SweepNote[] {
  return sweepRow(diagnosis).notes
}

describe('what a sweep tells of one host', () => {
  it('is nothing where nothing is wrong', async () => {
    expect(notesOf(await diagnosisFrom(recorded.healthy))).toEqual([])
  })

  it('is the cause where something fails, in the words of the diagnosis', async () => {
    expect(notesOf(await diagnosisFrom(recorded.stoppedHere))).toMatchObject([
      { topic: 'failing', text: expect.stringMatching(/^checkout-api\.service is down/) },
    ])
  })

  it('is the certificate that has ended although nobody meets it, with its day', async () => {
    const folder = 'rules/cert-expired/fires-cert-expired-near-closed-default'

    expect(notesOf(await diagnosisFrom(folder))).toMatchObject([{ topic: 'certificate', ends: '2026-11-20' }])
  })

  it('is little room where nginx writes, of blocks or of inodes, before anything fails', async () => {
    const full = await withDf((text) => text.replaceAll(' 1% /', ' 97% /'))
    const inodes = await withDf((text) => text.replaceAll(/^inodes (\d+) 1%/gm, 'inodes $1 98%'))

    expect(full.verdict).toBe('healthy')
    expect(notesOf(full)).toMatchObject([
      { topic: 'room', text: expect.stringMatching(/^\/ is 97% full, \d+ MB are free/) },
    ])
    expect(notesOf(inodes)).toMatchObject([{ topic: 'room', text: expect.stringMatching(/used 98% of its inodes/) }])
  })

  it('is the right that is missing, and not that it cannot tell for want of it', async () => {
    expect(notesOf(await diagnosisFrom(recorded.cannotTell))).toEqual([
      { topic: 'rights', text: '/var/log/nginx/error.log may not be read (add the user to group adm)' },
    ])
  })

  it('is what cannot be judged without sudo, named once for each refusal', async () => {
    const because = 'sudo refused: nft list ruleset'
    const healthy = await diagnosisFrom(recorded.healthy)
    const unjudged = [
      { cause: 'firewall-blocked', because },
      { cause: 'host-unreachable', because },
    ] as const

    expect(notesOf({ ...healthy, unjudged })).toMatchObject([
      {
        topic: 'rights',
        text: expect.stringMatching(/^sudo refused: nft list ruleset, so it cannot be told whether .+, or /),
      },
    ])
  })

  it('is that it cannot be reached', () => {
    expect(notesOf(unreachable)).toMatchObject([{ topic: 'unreachable' }])
  })
})

describe('what a sweep tells of a group', () => {
  let rows: readonly SweepRow[]

  beforeAll(async () => {
    const stopped = await diagnosisFrom(recorded.stoppedThere)
    rows = [
      ...['web-1', 'web-10', 'web-2'].map((host) => sweepRow(renamed(stopped, host))),
      { host: 'web-3', notes: [ending('shop', '2026-12-02')] },
      { host: 'web-4', notes: [ending('blog', '2026-11-29')] },
      failedRow('web-5', 'The diagnosis of web-5 failed.'),
    ]
  })

  it('begins with the worst, says the same on several hosts once, and of certificates the first to end first', () => {
    const { sections, troubled, things } = sweepOutline(sweepOf(rows))

    expect(sections.map(({ topic }) => topic)).toEqual(['failing', 'certificate', 'no-answer'])
    expect(sections[0]?.lines).toMatchObject([{ hosts: ['web-1', 'web-2', 'web-10'] }])
    expect(sections[1]?.lines.map(({ hosts }) => hosts[0])).toEqual(['web-4', 'web-3'])
    expect({ troubled, things }).toEqual({ troubled: 6, things: 4 })
  })

  it('names the hosts that have not answered in time', () => {
    const outline = sweepOutline(sweepOf([], ['web-1', 'web-2']))

    expect(outline).toMatchObject({
      answered: 0,
      troubled: 2,
      sections: [{ topic: 'no-answer', lines: [{ hosts: ['web-1', 'web-2'] }] }],
    })
  })
})

function sweepOf(rows: readonly SweepRow[], hosts = rows.map(({ host }) => host)): GroupSweep {
  const at = '2026-11-23T08:00:00.000Z'
  return { id: 's', title: 'group:edge', hosts, startedAt: at, deadline: at, rows }
}

function ending(name: string, ends: string): SweepNote {
  return { topic: 'certificate', text: `the certificate of ${name} ends (${ends})`, ends }
}
