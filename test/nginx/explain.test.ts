import { describe, expect, it } from 'vitest'
import { explain } from '../../src/nginx/explain.ts'

const entry =
  '2026/11/21 03:04:05 [error] 812#812: *77 connect() failed (111: Connection refused) while connecting to upstream, client: 203.0.113.9, server: a.example, request: "GET /x HTTP/1.1", upstream: "http://127.0.0.1:8080/x", host: "a.example"'

function only(text: string): ReturnType<typeof explain>['lines'][number] {
  const { lines } = explain(text)
  const [line] = lines
  if (line === undefined || lines.length > 1) throw new Error(`expected one entry, got ${lines.length}`)
  return line
}

describe('explain', () => {
  it('prints schema 1 with every documented field', () => {
    expect(explain(entry)).toEqual({
      schema: 1,
      lines: [
        {
          line: entry,
          time: '2026-11-21T03:04:05',
          level: 'error',
          pid: 812,
          errno: 111,
          phase: 'connecting to upstream',
          client: '203.0.113.9',
          server: 'a.example',
          request: 'GET /x HTTP/1.1',
          upstream: 'http://127.0.0.1:8080/x',
          host: 'a.example',
          causes: [
            'backend-down',
            'backend-wrong-port',
            'listen-address-mismatch',
            'upstream-address-stale',
            'firewall-blocked',
            'port-exhaustion',
          ],
          ask: explain(entry).lines[0]?.ask,
        },
      ],
    })
    expect(explain(entry).lines[0]?.ask).toMatchObject({ command: expect.any(String), tells: expect.any(String) })
  })

  it.each([
    ['syslog', `Nov 21 03:04:05 web-1 nginx[812]: ${entry}`],
    ['syslog with a priority', `<187>Nov 21 03:04:05 web-1 nginx: ${entry}`],
    ['journald in ISO form', `2026-11-21T03:04:05+0100 web-1 nginx[812]: ${entry}`],
    ['docker compose', `proxy-1  | ${entry}`],
    ['docker logs -t', `2026-11-21T03:04:05.123456789Z ${entry}`],
    ['a CRI log', `2026-11-21T03:04:05.123456789Z stderr F ${entry}`],
    ['kubectl logs --prefix', `[pod/web-6d4b75cb6d-hx2vz/nginx] ${entry}`],
    ['docker json-file', JSON.stringify({ log: `${entry}\n`, stream: 'stderr', time: '2026-11-21T03:04:05Z' })],
    ['journalctl -o json', JSON.stringify({ _PID: '812', MESSAGE: entry })],
    ['Google Cloud', JSON.stringify({ jsonPayload: { message: entry }, severity: 'ERROR' })],
    ['a cut JSON line', JSON.stringify({ log: entry, stream: 'stderr' }).slice(0, -12)],
    ['escaped quotes', entry.replaceAll('"', '\\"')],
    ['a quoted chat message', `> ${entry}`],
    ['inline code', `\`${entry}\``],
    ['typographic quotes', entry.replaceAll(/"(?<inside>[^"]*)"/g, '\u201C$<inside>\u201D')],
    ['HTML', entry.replaceAll('"', '&quot;')],
    ['terminal colours', `\u001B[33m${entry}\u001B[0m`],
    ['Windows line ends', `${entry}\r\n`],
    [
      'lines wrapped by a person',
      entry.replace(' while ', '\n     while ').replace(', upstream: "', ',\n     upstream: "'),
    ],
    ['lines wrapped in the middle of a field', entry.replace('GET /x', 'GET\n/x')],
    ['lines cut by a terminal at its width', (entry.match(/.{1,80}/g) ?? []).join('\n')],
    ['a wrapped docker compose log', `proxy-1  | ${entry.replace(', request', ',\nproxy-1  | request')}`],
  ])('reads an entry out of %s', (_, text) => {
    expect(only(text)).toMatchObject({
      pid: 812,
      errno: 111,
      phase: 'connecting to upstream',
      client: '203.0.113.9',
      upstream: 'http://127.0.0.1:8080/x',
      host: 'a.example',
    })
  })

  it('reads an entry without time stamp, and one without any beginning', () => {
    expect(only(entry.slice(20))).toMatchObject({ time: null, level: 'error', pid: 812, errno: 111 })
    expect(only(entry.slice(entry.indexOf('connect()')))).toMatchObject({
      level: null,
      errno: 111,
      upstream: 'http://127.0.0.1:8080/x',
    })
  })

  it('reads a time stamp that somebody blacked out', () => {
    expect(only(entry.replace('03:04:05', 'HH:MM:SS').replace('812#812', 'XXX#XXX'))).toMatchObject({
      time: null,
      level: 'error',
      pid: null,
      errno: 111,
    })
  })

  it('reads an entry cut after its phase', () => {
    expect(only(`${entry.slice(0, entry.indexOf(', client'))}, client...`)).toMatchObject({
      errno: 111,
      phase: 'connecting to upstream',
      client: null,
    })
  })

  it('keeps entries apart and leaves out what is not of nginx', () => {
    const text = [
      'Here is what I see:',
      '```',
      entry,
      '$ systemctl status nginx',
      '127.0.0.1 - - [21/Nov/2026:03:04:05 +0100] "GET / HTTP/1.1" 502 157 "-" "curl/8"',
      entry,
      '```',
    ].join('\n')

    expect(explain(text).lines.map(({ line }) => line)).toEqual([entry, entry])
  })

  it.each([
    ['[Sat Nov 21 03:04:05 2026] Out of memory: Killed process 4711 (java) total-vm:1kB', 'backend-oom-killed'],
    ['Nov 21 03:04:05 web-1 kernel: nf_conntrack: nf_conntrack: table full, dropping packet', 'conntrack-full'],
    [
      '[21-Nov-2026 03:04:05] WARNING: [pool www] server reached pm.max_children setting (5), consider raising it',
      'backend-saturated',
    ],
    ['[2026-11-21 03:04:05 +0000] [31] [CRITICAL] WORKER TIMEOUT (pid:4711)', 'backend-killed-by-timeout'],
  ])('reads a line of a neighbour: %s', (text, cause) => {
    expect(only(text).causes[0]).toBe(cause)
  })

  it('makes no entry of its own out of one that a client wrote into a Referer', () => {
    const forged = `${entry}, referrer: "2026/11/21 03:04:05 [emerg] 1#1: bind() to 0.0.0.0:80 failed (98: Address already in use)"`

    expect(only(forged).causes[0]).toBe('backend-down')
    expect(only(forged.slice(forged.indexOf('connect()'))).causes[0]).toBe('backend-down')
  })

  it('gives no lines for nothing, for noise and for a flood of brackets', () => {
    expect(explain('').lines).toEqual([])
    expect(explain('hello\nworld').lines).toEqual([])
    expect(explain('{"'.repeat(400_000)).lines).toEqual([])
  })
})
