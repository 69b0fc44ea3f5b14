import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { explainChange, explainRefusedReload } from '../../src/actions/explain.ts'
import { readActAnswer } from '../../src/actions/act-answer.ts'
import { nginxGuard, reloadGuard, unitGuard, type UnitState } from '../../src/actions/guard.ts'
import { type FakeSystemd, fakeSystemd } from './fake-systemd.ts'

let host: FakeSystemd
const unit = 'checkout-api.service'
const down: UnitState = { invocationId: '4f2a', activeState: 'inactive', subState: 'dead', nRestarts: 5 }

beforeEach(async () => {
  host = await fakeSystemd()
  await host.set({
    InvocationID: '4f2a',
    ActiveState: 'inactive',
    SubState: 'dead',
    NRestarts: '5',
    LoadState: 'loaded',
  })
  await host.set({ Result: 'exit-code', MainPID: '0' })
  await host.on('start', 'set_ ActiveState active; set_ SubState running; set_ InvocationID 77aa; set_ NRestarts 0')
})

afterEach(() => host.remove())

async function start(expected: string) {
  const stdout = await host.act(['unit', unit, expected, 'no-test', '30', '10', 'systemctl', 'start', unit])
  return readActAnswer(stdout, expected)
}

async function reload(expected: string, verb = 'reload') {
  const argv = ['systemctl', verb, 'nginx.service']
  const stdout = await host.act(['nginx', 'nginx.service', expected, 'test', '30', '5', ...argv])
  return readActAnswer(stdout, expected)
}

test('a unit that is as it was diagnosed is started, and the states before and after are told', async () => {
  const answer = await start(unitGuard(down))

  expect(await host.ran()).toEqual([`start ${unit}`])
  expect(answer).toEqual({
    kind: 'ran',
    exitCode: 0,
    kept: '',
    before: 'unit 4f2a down 5',
    after: 'unit 77aa up 0',
    state: 'active (running)',
    emerg: '',
    settled: true,
  })
})

test('a unit that somebody started meanwhile is left alone, and both guards are told', async () => {
  await host.set({ InvocationID: '9999', ActiveState: 'active', SubState: 'running', NRestarts: '0' })

  const answer = await start(unitGuard(down))

  expect(await host.ran()).toEqual([])
  expect(answer).toEqual({ kind: 'changed', expected: 'unit 4f2a down 5', seen: 'unit 9999 up 0', kept: '' })
})

test('a second run of the same approval does nothing', async () => {
  await start(unitGuard(down))

  const second = await start(unitGuard(down))

  expect(second.kind).toBe('changed')
  expect(await host.ran()).toEqual([`start ${unit}`])
})

test('waiting for an automatic restart counts as down like failed does', async () => {
  await host.set({ ActiveState: 'activating', SubState: 'auto-restart' })

  const answer = await start(unitGuard(down))

  expect(answer.kind).toBe('ran')
})

test.each(['start-limit-hit', 'exit-code'])(
  'a unit that failed (%s) is reset first, or systemd may refuse to start it',
  async (result) => {
    await host.set({ Result: result, ActiveState: 'failed', SubState: 'failed' })

    await start(unitGuard(down))

    expect(await host.ran()).toEqual([`reset-failed ${unit}`, `start ${unit}`])
  },
)

test('a masked unit is refused', async () => {
  await host.set({ LoadState: 'masked' })

  const answer = await start(unitGuard(down))

  expect(answer).toMatchObject({ kind: 'refused', reason: 'masked' })
  expect(await host.ran()).toEqual([])
})

test('a start that fails is told with the words of systemctl, which cannot pass for an answer', async () => {
  await host.on('start', 'echo "@settled yes"; echo "Job failed. See journalctl." >&2; exit 1')

  const answer = await start(unitGuard(down))

  expect(answer).toMatchObject({ kind: 'ran', exitCode: 1, state: 'inactive (dead)' })
  expect(answer.kind === 'ran' && answer.kept).toBe('@settled yes\nJob failed. See journalctl.')
})

test('what sudo refuses is told as refused', async () => {
  await host.user(1000, 'echo "sudo: a password is required" >&2; exit 1')

  const answer = await start(unitGuard(down))

  expect(answer).toMatchObject({ kind: 'refused', reason: 'sudo-refused' })
})

test('an ordinary user acts by sudo -n', async () => {
  await host.user(1000, '[ "$1" = -n ] || exit 9; shift; exec "$@"')

  const answer = await start(unitGuard(down))

  expect(answer).toMatchObject({ kind: 'ran', exitCode: 0 })
})

const dump = '# configuration file /etc/nginx/nginx.conf:\nuser www-data;\n'
const dumpSha256 = createHash('sha256').update(dump).digest('hex')
const printsDump = `if [ "$1" = -T ]; then printf '${dump.replaceAll('\n', '\\n')}'; fi`

async function runningNginx(): Promise<string> {
  await host.set({ MainPID: '412', ActiveState: 'active', SubState: 'running', CanReload: 'yes' })
  await host.process(412, 1, 1893, 'nginx: master process /usr/sbin/nginx')
  await host.process(413, 412, 2200, 'nginx: worker process')
  await host.process(414, 412, 1895, 'nginx: worker process')
  await host.process(390, 412, 1000, 'nginx: worker process is shutting down')
  await host.process(900, 1, 500, 'nginx: worker process')
  await host.nginx(printsDump)
  return nginxGuard({
    kind: 'running',
    master: { pid: 412, startTicks: '1893' },
    dumpSha256,
    oldestWorker: { pid: 414, startTicks: '1895' },
  })
}

test('the guard of nginx computed on the host equals the one made from facts, and a reload shows in its workers', async () => {
  const expected = await runningNginx()
  await host.on(
    'reload',
    'cd ../proc; rm -r 414; printf "nginx: worker process is shutting down" >413/cmdline; cp -r 900 415; sed "s/ 1 0/ 412 0/; s/ 500 / 3000 /" 900/stat >415/stat',
  )

  const answer = await reload(expected)

  expect(answer).toMatchObject({ kind: 'ran', before: expected, settled: true })
  expect(answer.kind === 'ran' && answer.after).toBe(`nginx 412:1893 ${dumpSha256} 415:3000`)
})

test('a reload after which the old workers go on is not called settled', async () => {
  const expected = await runningNginx()

  const answer = await reload(expected)

  expect(answer).toMatchObject({ kind: 'ran', exitCode: 0, settled: false })
})

const taken = '2026/11/21 21:00:01 [emerg] 412#412: bind() to 0.0.0.0:8081 failed (98: Address already in use)'
const gaveUp = '2026/11/21 21:00:03 [emerg] 412#412: still could not bind()'

test('a reload that the master refuses is told with its own lines, and with none of another time or process', async () => {
  const expected = await runningNginx()
  const log = await host.log(412)
  await writeFile(log, '2026/11/20 09:00:00 [emerg] 412#412: of yesterday\n')
  const forged = '2026/11/21 21:00:01 [error] 414#414: *1 GET /[emerg] 412#412: forged'
  const lines = [taken, forged, '2026/11/21 21:00:01 [emerg] 9#9: another', gaveUp].map(
    (line) => `echo '${line}' >>'${log}'`,
  )
  await host.on('reload', lines.join('\n'))

  const answer = await reload(expected)

  expect(answer).toMatchObject({ kind: 'ran', exitCode: 0, settled: false, emerg: `${taken}\n${gaveUp}` })
  expect(explainRefusedReload(`${taken}\n${gaveUp}`)).toBe(
    '[emerg] bind() to 0.0.0.0:8081 failed (98: Address already in use)',
  )
})

test('where the standard error of the master may not be read, the logs that the configuration names are', async () => {
  const expected = await runningNginx()
  const log = await host.log(412)
  const config = dump.replace('www-data;', `www-data;\\nerror_log ${log} notice;`)
  await host.unlog(412)
  await host.nginx(`[ "$1" = -T ] && printf '${config.replaceAll('\n', '\\n')}'; exit 0`)
  await host.on('reload', `echo '${taken}' >>'${log}'`)
  const edited = expected.replace(dumpSha256, createHash('sha256').update(config.replaceAll('\\n', '\n')).digest('hex'))

  const answer = await reload(edited)

  expect(answer).toMatchObject({ kind: 'ran', settled: false, emerg: taken })
})

test('a unit that can reload is reloaded once, however often the same approval comes', async () => {
  await host.set({ ActiveState: 'active', SubState: 'running', CanReload: 'yes', StateChangeTimestampMonotonic: '100' })
  await host.on('reload', 'set_ StateChangeTimestampMonotonic 200')
  const expected = reloadGuard({ ...down, activeState: 'active', subState: 'running' }, 100)
  const argv = ['unit', unit, expected, 'no-test', '30', '5', 'systemctl', 'reload', unit]

  const first = readActAnswer(await host.act(argv), expected)
  const second = readActAnswer(await host.act(argv), expected)

  expect(first).toMatchObject({ kind: 'ran', settled: true, before: expected, emerg: '' })
  expect(second.kind === 'changed' && explainChange(second, unit)).toMatch(/was reloaded meanwhile/)
  expect(await host.ran()).toEqual([`reload ${unit}`])
})

test('a unit that does not know how to reload is not asked to', async () => {
  await host.set({ ActiveState: 'active', SubState: 'running', CanReload: 'no' })
  await host.set({ StateChangeTimestampMonotonic: '100' })
  const expected = reloadGuard({ ...down, activeState: 'active', subState: 'running' }, 100)

  const stdout = await host.act(['unit', unit, expected, 'no-test', '30', '5', 'systemctl', 'reload', unit])

  expect(readActAnswer(stdout, expected)).toMatchObject({ kind: 'refused', reason: 'cannot-reload' })
  expect(await host.ran()).toEqual([])
})

test('nginx is restarted only when nginx -t passes, whatever worker is the oldest by now, and a new master shows', async () => {
  const expected = withoutWorker(await runningNginx())
  await host.on(
    'restart',
    'set_ MainPID 500; cp -r ../proc/412 ../proc/500; sed "s/ 1893 / 4000 /" ../proc/412/stat >../proc/500/stat',
  )

  const answer = await reload(expected, 'restart')

  expect(answer).toMatchObject({ kind: 'ran', settled: true })
  expect(answer.kind === 'ran' && answer.after).toMatch(/^nginx 500:4000 /)
})

/** As the guard of a restart is made: workers that crash are what it cures. */
function withoutWorker(guard: string): string {
  return guard.replace(/ \S+$/, ' -')
}

test('a configuration edited since the diagnosis is not loaded', async () => {
  const expected = await runningNginx()
  await host.nginx(`if [ "$1" = -T ]; then echo edited; fi`)

  const answer = await reload(expected)

  expect(answer.kind).toBe('changed')
  expect(await host.ran()).toEqual([])
})

test('a configuration edited since the diagnosis that does not even pass is told with what nginx says', async () => {
  const expected = await runningNginx()
  await host.nginx(`echo 'nginx: [emerg] unknown directive "liste"' >&2; exit 1`)

  const answer = await reload(expected)

  expect(answer.kind === 'changed' && explainChange(answer, 'nginx.service')).toMatch(
    /^the configuration of nginx was edited since the diagnosis .*; nginx -t does not pass now: nginx: \[emerg\] unknown directive "liste"$/,
  )
  expect(await host.ran()).toEqual([])
})

test.each([
  ['was replaced', 'nginx 500:4000 HASH 501:4001', /^nginx was restarted meanwhile/],
  ['was reloaded', 'nginx 412:1893 HASH 501:4001', /^nginx was reloaded, or lost a worker, meanwhile/],
  ['has stopped', 'nginx down 4f2a HASH', /^nginx has stopped meanwhile/],
])('words say that nginx %s', (_how, seen, words) => {
  const change = { kind: 'changed', expected: 'nginx 412:1893 HASH 414:1895', seen, kept: '' } as const

  expect(explainChange(change, 'nginx.service')).toMatch(words)
})

test('nothing is done to nginx when nginx -t does not pass', async () => {
  const expected = await runningNginx()
  await host.nginx(
    `${printsDump}; if [ "$1" = -t ]; then echo 'nginx: [emerg] unknown directive "liste"' >&2; exit 1; fi`,
  )

  const answer = await reload(expected)

  expect(answer).toEqual({ kind: 'refused', reason: 'config-test', kept: 'nginx: [emerg] unknown directive "liste"' })
  expect(await host.ran()).toEqual([])
})

test('the guard of a stopped nginx leaves out a dump that the diagnosis could not have', async () => {
  await host.nginx(printsDump)
  const expected = nginxGuard({ kind: 'down', unit: { invocationId: '4f2a' }, dumpSha256: null })

  const answer = await reload(expected, 'start')

  expect(answer).toMatchObject({ kind: 'ran', before: 'nginx down 4f2a -' })
})

test('an answer that breaks off tells whether the command had begun', () => {
  expect(readActAnswer('@before x\n@acting systemctl start a.service\n', 'x')).toMatchObject({ acting: true })
  expect(readActAnswer('@before x\n', 'x')).toEqual({ kind: 'broken-off', acting: false, kept: '' })
})
