import { describe, expect, it } from 'vitest'
import type { GroupSweep, SweepRow } from '../../src/looks/sweeps/group-sweep.ts'
import { sweepOutline } from '../../src/looks/sweeps/sweep-outline.ts'
import { sweepRow } from '../../src/looks/sweeps/sweep-row.ts'
import { failedSight, sightOf, standingAfter } from '../../src/looks/watches/sight.ts'
import type { Sight, Standing, Watch } from '../../src/looks/watches/watch.ts'
import { groupSweepMessage } from '../../src/slack/messages/group-sweep.ts'
import type { Message } from '../../src/slack/messages/message.ts'
import {
  changeMessage,
  extendedMessage,
  failedChangeMessage,
  watchedAlready,
  watchEnd,
  watchList,
  watchRoot,
} from '../../src/slack/messages/watch.ts'
import { backendDown, diagnosed, healthy, hostile, hostileTexts, undetermined, unreachable } from './cases.ts'
import { readAloud } from './read-aloud.ts'

const at = new Date('2026-11-21T03:11:00Z')
const watch: Watch = {
  id: 'w1',
  title: 'web-1',
  hosts: ['web-1'],
  site: null,
  channel: 'C0INCIDENTS',
  owner: 'U1',
  people: ['U1', 'U2'],
  startedAt: '2026-11-21T03:09:00.000Z',
  until: '2026-11-21T03:39:00.000Z',
  looks: 2,
  ended: null,
}
const every = { everySeconds: 120 }

function standing(...sights: readonly Sight[]): Standing {
  let last: Standing | null = null
  for (const [index, sight] of sights.entries()) last = standingAfter(last, sight, index + 1, at)
  if (last === null) throw new Error('nothing was seen')
  return last
}

const seen = (...sights: readonly Sight[]) => new Map([['web-1', standing(...sights)]])

async function golden(name: string, message: Message): Promise<void> {
  await expect(`${readAloud(message)}\n`).toMatchFileSnapshot(`goldens/${name}.txt`)
}

describe('a watch, as read aloud', () => {
  it('before the first look, and while no worker takes it', async () => {
    const waiting = 'No worker has taken it yet; it starts as soon as one is there. Does the worker run?'

    await golden('watch-begun', watchRoot(watch, new Map(), every))
    await golden('watch-waiting', watchRoot(watch, seen(sightOf(diagnosed)), { ...every, waiting }))
  })

  it('of one host and of several', async () => {
    const several = { ...watch, title: 'shop.example.com', hosts: ['web-1', 'web-2', 'web-3'] }
    const standings = new Map([
      ['web-1', standing(sightOf(diagnosed))],
      ['web-2', standing(sightOf(diagnosed), { ...sightOf(healthy), host: 'web-2' })],
    ])

    await golden('watch-root', watchRoot(watch, seen(sightOf(diagnosed), sightOf(healthy)), every))
    await golden('watch-several', watchRoot(several, standings, every))
  })

  it('when it changes', async () => {
    const likely = { ...diagnosed, findings: [{ ...backendDown, confidence: 'likely' as const }] }

    await golden('watch-broken', changeMessage(diagnosed, standing(sightOf(healthy), sightOf(diagnosed)), ['U1', 'U2']))
    await golden('watch-surer', changeMessage(diagnosed, standing(sightOf(likely), sightOf(diagnosed)), ['U1']))
    await golden('watch-well', changeMessage(healthy, standing(sightOf(diagnosed), sightOf(healthy)), ['U1']))
    await golden('watch-away', changeMessage(unreachable, standing(sightOf(healthy), sightOf(unreachable)), ['U1']))
    const failure = { host: 'web-1', message: 'The diagnosis of web-1 failed.', next: 'Ask again.' }
    const failed = standing(sightOf(healthy), failedSight('web-1', failure.message))
    await golden('watch-failed', failedChangeMessage(failure, failed))
  })

  it('at its end, in the list, and for who asks for the same', async () => {
    const ended = { at: '2026-11-21T03:39:00.000Z', why: { kind: 'over' as const } }
    const standings = seen(sightOf(diagnosed), sightOf(healthy))

    await golden('watch-end', watchEnd({ ...watch, ended }, standings, null))
    await golden('watch-ended-by', watchEnd({ ...watch, ended }, standings, 'Sam Ito'))
    await golden('watch-ended-root', watchRoot({ ...watch, ended }, standings, every))
    await golden('watch-list', watchList([{ watch, name: 'Dana', standings }]))
    await golden('watch-none', watchList([]))
    await golden('watch-extended', extendedMessage(watch, 'Sam Ito'))
    await golden('watch-already', watchedAlready(watch))
  })

  it.each(hostileTexts)('takes %j from a host as text', (text) => {
    const diagnosis = hostile(text)
    const message = readAloud(changeMessage(diagnosis, standing(sightOf(healthy), sightOf(diagnosis)), ['U1']))
    const root = readAloud(watchRoot(watch, seen(sightOf(diagnosis)), every))

    const swept = readAloud(told(sweep([sweepRow(diagnosis)])))

    for (const each of [message, root, swept])
      expect(each).not.toMatch(/notification:[^\n]*<!(?:channel|here|everyone)/)
  })
})

describe('a sweep, as read aloud', () => {
  it('with something to report, the worst first', async () => {
    const sudo = { cause: 'firewall-blocked', because: 'sudo refused: nft list ruleset' } as const
    const rows: SweepRow[] = [
      sweepRow(diagnosed),
      sweepRow({ ...unreachable, host: 'web-2' }),
      sweepRow({ ...undetermined, host: 'web-3' }),
      sweepRow({ ...healthy, host: 'web-4', unjudged: [sudo] }),
      sweepRow({ ...healthy, host: 'web-5', unjudged: [sudo] }),
      {
        host: 'web-6',
        notes: [
          {
            topic: 'certificate',
            text: 'the certificate of shop.example.com ends in 9 days (2026-12-02)',
            ends: '2026-12-02',
          },
          { topic: 'room', text: '/var is 97% full, 412 MB are free; nginx writes to /var/log/nginx' },
          {
            topic: 'not-loaded',
            text: '/etc/nginx/conf.d/shop.conf changed 3 days ago and nginx has not loaded it since',
          },
        ],
      },
    ]

    await golden('sweep', told(sweep(rows, ['web-1', 'web-2', 'web-3', 'web-4', 'web-5', 'web-6', 'web-7', 'web-8'])))
  })

  it('with nothing to report', async () => {
    await golden('sweep-nothing', told(sweep([sweepRow(healthy), sweepRow({ ...healthy, host: 'web-2' })])))
  })
})

function sweep(rows: readonly SweepRow[], hosts = rows.map(({ host }) => host)): GroupSweep {
  const startedAt = '2026-11-23T08:00:00.000Z'
  return { id: 's', title: 'group:edge', hosts, startedAt, deadline: startedAt, rows }
}

function told(of: GroupSweep): Message {
  return groupSweepMessage(sweepOutline(of), of.startedAt)
}
