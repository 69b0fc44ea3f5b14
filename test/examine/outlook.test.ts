import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { effectOf } from '../../src/actions/effect.ts'
import { actionOf } from '../../src/actions/index.ts'
import { alsoLoadsWords, type LoadedFile, type Outlook } from '../../src/actions/outlook.ts'
import { factsOf } from '../../src/examine/facts.ts'
import { outlooksOf } from '../../src/examine/outlook.ts'
import { replaySnapshot } from '../../src/examine/replay.ts'
import { readSnapshot, type Snapshot } from '../../src/host/snapshot.ts'

const recorded = (name: string): Promise<Snapshot> =>
  readSnapshot(fileURLToPath(new URL(`../rules/${name}`, import.meta.url)))

function outlooks(snapshot: Snapshot): ReadonlyMap<string, Outlook> {
  const captures = snapshot.captures.map(({ capture }) => capture)
  return outlooksOf(replaySnapshot(snapshot), factsOf(captures, snapshot.host, 'both rounds'))
}

/** The recording with something said differently by one probe. */
function saying(snapshot: Snapshot, probe: string, change: (stdout: string) => string): Snapshot {
  const captures = snapshot.captures.map((each) =>
    each.capture.probe === probe
      ? { ...each, capture: { ...each.capture, stdout: change(each.capture.stdout) } }
      : each,
  )
  return { ...snapshot, captures }
}

const reload = 'reload-nginx nginx.service'

describe('what a reload of nginx also brings into force', () => {
  it('is nothing when only the file of the finding changed', async () => {
    const snapshot = await recorded('config-not-reloaded/fires-config-not-reloaded')

    expect(outlooks(snapshot).get(reload)).toEqual({ connections: null, alsoLoads: [] })
  })

  it("is a colleague's file that changed since, with its owner; and a folder that lost or got an entry", async () => {
    const snapshot = await recorded('config-not-reloaded/fires-config-not-reloaded')
    const now = `${Math.floor(Date.parse(snapshot.collectedAt) / 1000) - 5}`
    const edited = saying(
      saying(snapshot, 'nginx-config', (text) =>
        text
          .replace(/^f \d+ \S+ (\d+ \/etc\/nginx\/nginx\.conf)$/m, `f ${now} ${now}.000 $1`)
          .replace(/^d \d+ \S+ (\d+ \/etc\/nginx\/modules-enabled)$/m, `d ${now} ${now}.000 $1`),
      ),
      'config-owners',
      (text) => text.replace('real /etc/nginx/nginx.conf\n', 'real /etc/nginx/nginx.conf\naccount deploy\n'),
    )

    const seen = outlooks(edited).get(reload)?.alsoLoads

    expect(seen).toContainEqual({
      path: '/etc/nginx/nginx.conf',
      kind: 'file',
      changedAt: new Date(Number(now) * 1000).toISOString(),
      owner: 'deploy',
      author: null,
    })
  })

  it.each([
    ['/etc/nginx/modules-enabled', 1],
    ['/etc/nginx', 0],
    ['/etc/nginx/snippets', 0],
  ])('counts an entry that came or went only where a pattern takes whatever is there: %s', async (folder, count) => {
    const snapshot = await recorded('config-not-reloaded/fires-config-not-reloaded')
    const now = `${Math.floor(Date.parse(snapshot.collectedAt) / 1000) - 5}`
    const touched = saying(snapshot, 'nginx-config', (text) =>
      text.replace(new RegExp(String.raw`^d \d+ \S+ (\d+ ${folder})$`, 'm'), `d ${now} ${now}.000 $1`),
    )

    expect(outlooks(touched).get(reload)?.alsoLoads).toHaveLength(count)
  })

  it('is not known where the configuration could not be dumped', async () => {
    const snapshot = saying(await recorded('config-not-reloaded/fires-config-not-reloaded'), 'nginx-config', (text) =>
      text.replace('\n@dump nginx\n', '\n@dump files\n'),
    )

    expect([...outlooks(snapshot).values()].map(({ alsoLoads }) => alsoLoads)).toEqual([null])
  })
})

describe('the effect of a restart in words', () => {
  it('counts the connections that are open to the listeners of the unit', async () => {
    const snapshot = saying(await recorded('backend-hung/fires-backend-hung'), 'sockets', (text) =>
      text.replace('COUNT 20 CLOSE-WAIT 127.0.0.1:8080', 'COUNT 212 ESTAB 127.0.0.1:8080'),
    )

    const [first] = outlooks(snapshot)
    const [key, outlook] = first ?? []

    expect(key).toBe('restart-unit checkout-api.service')
    expect(outlook?.connections).toBe(212)
    expect(outlook?.alsoLoads).toEqual([])
  })

  it('counts those to its unix sockets as well, and says nothing of a number that was not asked for', async () => {
    const before = await recorded('socket-missing/fires-socket-missing')
    const asked = saying(
      before,
      'unix-sockets',
      (text) => `${text}COUNTED\nCOUNT 3 /run/php/php8.2-fpm.sock\nCOUNT 9 /run/other.sock\n`,
    )

    const counted = [asked, before].map((each) => outlooks(each).get('restart-unit php8.2-fpm.service')?.connections)

    expect(counted).toEqual([3, null])
  })

  it('says what it drops, that the group has no other member, and what else is loaded', () => {
    const action = actionOf('restart-nginx')
    const file: LoadedFile = {
      path: '/etc/nginx/conf.d/blog.conf',
      kind: 'file',
      changedAt: '',
      owner: 'deploy',
      author: null,
    }

    const words =
      action &&
      effectOf(
        action,
        'nginx.service',
        { connections: 212, alsoLoads: [file] },
        { host: 'web-1', onlyMemberOf: ['edge'] },
      )

    expect(words).toMatch(
      /Drops 212 open connections\. web-1 is the only member of edge\. It also loads 1 file changed by others: \/etc\/nginx\/conf\.d\/blog\.conf \(owner deploy\)\.$/,
    )
  })

  it('is only what a start does where nothing that runs is touched', () => {
    const action = actionOf('start-unit')

    expect(
      action &&
        effectOf(action, 'a.service', { connections: 212, alsoLoads: null }, { host: 'web-1', onlyMemberOf: ['edge'] }),
    ).toBe(action?.effect('a.service'))
  })
})

it('names three of many files, and one long path does not push the others out', () => {
  const files = Array.from({ length: 5 }, (_, index): LoadedFile => ({
    path: `/etc/${'x'.repeat(300)}${index}.conf`,
    kind: 'file',
    changedAt: '',
    owner: 'root',
    author: null,
  }))

  const words = alsoLoadsWords(files) ?? ''

  expect(words).toMatch(/5 files .* and 2 more$/)
  expect(words.length).toBeLessThan(300)
})
