import { beforeAll, expect, it } from 'vitest'
import { conclude } from '../../src/examine/conclude.ts'
import { factsOf } from '../../src/examine/facts.ts'
import { mastersSeen, othersToJudge } from '../../src/examine/other-masters.ts'
import { permitOn } from '../../src/examine/permit.ts'
import { replaySnapshot } from '../../src/examine/replay.ts'
import { readSnapshotText, snapshotText } from '../../src/history/snapshot-text.ts'
import { readSnapshot, type Snapshot } from '../../src/host/snapshot.ts'
import { captureFolders } from '../support/captures.ts'

/** Behind the second nginx of the host a backend is down; behind both one is. */
let second: Snapshot
let both: Snapshot

beforeAll(async () => {
  second = await named('backend-down-behind-second-master')
  both = await named('backend-down-both-masters')
})

it('what fails behind another nginx of the host is the answer, and says whose it is', () => {
  const { verdict, headline, findings } = replaySnapshot(second)

  expect(verdict).toBe('diagnosed')
  expect(headline).toMatch(/^edge-nginx\.service: partner-api\.service is down/)
  expect(findings[0]?.subject).toMatchObject({ master: 'edge-nginx.service', unit: 'partner-api.service' })
})

it('where both fail, the packaged one comes first and the other after it', () => {
  const masters = replaySnapshot(both).findings.map(({ subject }) => subject.master)

  expect(masters).toEqual(['nginx.service', 'edge-nginx.service'])
})

it('the nginx that serves the site somebody asked about comes first', () => {
  const { findings } = aboutSite(both, 'partners.shop.example.com')

  expect(findings.map(({ subject }) => subject.master)).toEqual(['edge-nginx.service', 'nginx.service'])
})

it('a host is not called healthy while another nginx of it was not judged', () => {
  const { verdict, unseen } = replaySnapshot(withoutOthers(second))

  expect(verdict).toBe('undetermined')
  expect(unseen.join()).toContain('edge-nginx.service): it was not judged')
})

it('kept answers know which nginx they are about', () => {
  expect(readSnapshotText(snapshotText(second))).toEqual(second)
})

it('an nginx with files or a network of its own, or started by an ordinary user, is not judged from here', () => {
  const moved = second.captures.map((each) =>
    each.capture.probe === 'nginx-processes'
      ? {
          ...each,
          capture: {
            ...each.capture,
            stdout: each.capture.stdout.replace(/^master 0 (\d+) own$/gm, 'master 3 $1 other'),
          },
        }
      : each,
  )

  expect(othersToJudge(factsOfFirst({ ...second, captures: moved }))).toEqual([])
  expect(othersToJudge(factsOfFirst(second))).toHaveLength(1)
})

function named(name: string): Promise<Snapshot> {
  return readSnapshot(captureFolders().find((each) => each.name === `rules/backend-down/fires-${name}`)?.folder ?? '')
}

function withoutOthers(snapshot: Snapshot): Snapshot {
  return { ...snapshot, captures: snapshot.captures.filter(({ master }) => master === undefined) }
}

function factsOfFirst(snapshot: Snapshot) {
  const captures = withoutOthers(snapshot).captures.map(({ capture }) => capture)
  return factsOf(captures, snapshot.host, 'both rounds')
}

function aboutSite(snapshot: Snapshot, serverName: string) {
  const first = withoutOthers(snapshot).captures.map(({ capture }) => capture)
  const asked = {
    host: snapshot.host,
    site: { serverName, path: '/' },
    windowSeconds: 3600,
    collectedAt: new Date(snapshot.collectedAt),
    collection: { ms: 0, rounds: 2, roundTrips: 4, probes: [] },
  }
  const others = mastersSeen(snapshot.captures, first, snapshot.host)
  return conclude(factsOfFirst(snapshot), asked, permitOn(snapshot.host, null), undefined, others)
}
