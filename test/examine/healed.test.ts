import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { factsOf } from '../../src/examine/facts.ts'
import { replaySnapshot } from '../../src/examine/replay.ts'
import { readSnapshot, type Snapshot } from '../../src/host/snapshot.ts'
import { seeTroubles } from '../../src/symptoms/see.ts'
import type { Trouble } from '../../src/symptoms/trouble.ts'

const healthy = await readSnapshot(fileURLToPath(new URL('../hosts/healthy', import.meta.url)))

/** The clock of the recorded host, seconds since the epoch and since its boot; its services and nginx began 5.4 and 5.39 s before. */
const EPOCH = 1_795_276_198
const UPTIME = 18_947.49

type Answers = Readonly<Record<string, (stdout: string) => string>>

function saying(answers: Answers): Snapshot {
  const captures = healthy.captures.map((each) => {
    const change = answers[each.capture.probe]
    return change ? { ...each, capture: { ...each.capture, stdout: change(each.capture.stdout) } } : each
  })
  return { ...healthy, captures }
}

function troublesOf(snapshot: Snapshot): readonly Trouble[] {
  const captures = snapshot.captures.map(({ capture }) => capture)
  return seeTroubles(factsOf(captures, snapshot.host, 'both rounds'))
}

interface Lines {
  readonly count: number
  readonly firstAgo: number
  readonly lastAgo: number
  readonly pid: number
  readonly message: string
  readonly rest?: string
}

const shop =
  'client: 127.0.0.1, server: shop.example.com, request: "GET /cart HTTP/1.1", upstream: "http://127.0.0.1:8080/cart", host: "shop.example.com"'

function errorLog(epoch: number, groups: readonly Lines[]): (stdout: string) => string {
  const stamp = (ago: number): string =>
    new Date((epoch - ago) * 1000).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ')
  const text = groups.map(({ count, firstAgo, lastAgo, pid, message, rest = shop }) => {
    const line = `${stamp(lastAgo)} [error] ${pid}#${pid}: *9 ${message}, ${rest}`
    return `@group ${count} ${count} ${stamp(firstAgo)} ${stamp(lastAgo)}\n${line}\n`
  })
  return () => `@log read 900 ${epoch} 0 /var/log/nginx/error.log\n${text.join('')}@other 0\n@tail\n`
}

/** The clock is read so many seconds later. */
function later(seconds: number): (stdout: string) => string {
  return (text) =>
    text.replace(`clock ${EPOCH}`, `clock ${EPOCH + seconds}`).replace(`uptime ${UPTIME}`, `uptime ${UPTIME + seconds}`)
}

const refused = { pid: 112, message: 'connect() failed (111: Connection refused) while connecting to upstream' }

/** The service was started 30.4 s ago, by then. Steps of the access log are two seconds. */
const log = (since: string): string =>
  `@log read /var/log/nginx/shop.access.log\nfields status time_local request remote_addr\noldest 40\nstatus 502 20\nstatus 200 60\nage 14 0 20\n${since}\ngood 1\nanswer 20 29 27 0 0 502 - /cart\nseen 80 60 - /cart\noldest 601\n`

const calm = log('age 8 20 0\nage 4 20 0\nage 1 20 0')

const slow = (access: string, units: (text: string) => string = (text) => text): Snapshot =>
  saying({
    host: later(25),
    'error-log': errorLog(EPOCH + 25, [{ ...refused, count: 20, firstAgo: 30, lastAgo: 27 }]),
    'access-log': () => access,
    'backend-units': units,
  })

const given = (pid: number, site: string): Snapshot => {
  const rest = `client: 127.0.0.1, server: ${site}, request: "GET / HTTP/1.1", upstream: "http://127.0.0.1:3999/", host: "${site}"`
  return saying({ 'error-log': errorLog(EPOCH, [{ ...refused, pid, count: 12, firstAgo: 7, lastAgo: 5, rest }]) })
}

const tooBig = {
  pid: 112,
  message: 'upstream sent too big header while reading response header from upstream',
  count: 12,
}

const failing = (): string =>
  '@ask 0 nginx|http|127.0.0.1:80|shop.example.com|/cart\n@live 0 0 502 n nginx/1.22.1 0.001 0.001 \n'

const blog =
  'client: 127.0.66.1, server: blog.example.com, request: "POST /login.php HTTP/1.1", upstream: "fastcgi://unix:/run/php/php8.2-fpm.sock:", host: "blog.example.com"'

const ownLog = (text: string): string =>
  text.replace('root /srv/blog;', 'root /srv/blog;\n    access_log /var/log/nginx/blog.access.log;')

interface Guesses {
  readonly status?: number
  readonly config?: (text: string) => string
  readonly segment?: string
}

const guessing = (words: string, { status = 401, config = ownLog, segment = '/login.php' }: Guesses = {}): Snapshot =>
  saying({
    'nginx-config': config,
    'error-log': errorLog(EPOCH, [
      {
        pid: 112,
        message: `FastCGI sent in stderr: "PHP message: ${words}" while reading response header from upstream`,
        count: 40,
        firstAgo: 4,
        lastAgo: 3,
        rest: blog,
      },
    ]),
    'access-log': () =>
      `@log read /var/log/nginx/blog.access.log\nfields status time_local request remote_addr\noldest 90\nstatus ${status} 40\nstatus 200 26\nage 4 26 0\ngood 2\nanswer 40 5 3 0 0 ${status} - ${segment}\nseen 40 0 - ${segment}\nseen 26 26 - /\noldest 601\n`,
  })

describe('a service that listened some seconds after its start', () => {
  it('has served everybody since, and its host is healthy', () => {
    expect(replaySnapshot(slow(calm)).verdict).toBe('healthy')
  })

  it.each([
    ['a request failed since', slow(log('age 8 20 0\nage 4 20 1\nage 1 20 0'))],
    ['hardly anybody came since', slow(log('age 1 4 0'))],
    ['systemd has started it again by itself', slow(calm, (text) => text.replace('NRestarts=0', 'NRestarts=1'))],
    ['nobody knows whose requests they were', slow(calm.replaceAll('shop.access.log', 'access.log'))],
    ['its start is not known', slow(calm, () => '')],
  ])('is not known to be well when %s', (_why, snapshot) => {
    expect(replaySnapshot(snapshot).verdict).toBe('undetermined')
  })
})

describe('a site that nginx has no more since it loaded its configuration', () => {
  it('fails nobody any more, when workers that are gone wrote of it in the second of the load', () => {
    expect(replaySnapshot(given(97, 'outlet.example.com')).verdict).toBe('healthy')
  })

  it('is not known to be given up when the workers of now wrote of it, or when it is still served', () => {
    expect(replaySnapshot(given(112, 'outlet.example.com')).verdict).toBe('undetermined')
    expect(troublesOf(given(112, 'shop.example.com')).map(({ course }) => course)).toEqual(['now'])
  })
})

describe('older lines of another kind at an address that fails now', () => {
  it('are history once connections to it do not come about', () => {
    const troubles = troublesOf(
      saying({
        'error-log': errorLog(EPOCH, [
          { ...tooBig, firstAgo: 300, lastAgo: 200 },
          { ...refused, count: 30, firstAgo: 180, lastAgo: 2 },
        ]),
        'live-requests': failing,
      }),
    )

    expect(troubles.map(({ kind, course }) => [kind, course])).toEqual([
      ['header-too-big', 'past'],
      ['refused', 'now'],
    ])
  })

  it('still count when both come in turn', () => {
    const troubles = troublesOf(
      saying({
        'error-log': errorLog(EPOCH, [
          { ...tooBig, firstAgo: 300, lastAgo: 3 },
          { ...refused, count: 30, firstAgo: 180, lastAgo: 2 },
        ]),
        'live-requests': failing,
      }),
    )

    expect(troubles.map(({ kind, course }) => [kind, course])).toEqual([
      ['header-too-big', 'now'],
      ['refused', 'now'],
    ])
  })
})

describe('what a script writes of visitors who do not know the password', () => {
  it('fails nobody', () => {
    expect(replaySnapshot(guessing('login failed for admin from 127.0.66.1')).verdict).toBe('healthy')
  })

  it.each([
    ['it cannot ask for the password', guessing('login failed: LDAP server is unreachable')],
    ['it is an error of the script', guessing('PHP Fatal error:  Uncaught Error: wrong password')],
    ['the answers are errors', guessing('login failed for admin from 127.0.66.1', { status: 500 })],
    ['others were turned away somewhere else', guessing('login failed for admin', { status: 403, segment: '/.env' })],
    ['other sites write into that log', guessing('login failed for admin', { config: (text) => text })],
    ['it is the password of the script itself', guessing('payment gateway authentication failed for merchant key')],
    ['they were answered as all others', guessing('login failed for admin from 127.0.66.1', { status: 404 })],
  ])('is no noise when %s', (_why, snapshot) => {
    expect(replaySnapshot(snapshot).verdict).not.toBe('healthy')
  })
})
