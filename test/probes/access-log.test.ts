import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Capture } from '../../src/diagnosis/capture.ts'
import { accessLog, type AccessCounts } from '../../src/probes/access-log.ts'

const folder = mkdtempSync(join(tmpdir(), 'access-log-'))
const now = Math.floor(Date.now() / 1000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the script of access-log', () => {
  it('counts answers by status and first part of the path, in the combined format', () => {
    const lines = [
      combined(30, '10.0.0.1', 'GET /cart/17?x=1 HTTP/1.1', 500),
      combined(20, '10.0.0.1', 'GET /cart HTTP/1.1', 500),
      combined(10, '10.0.0.2', 'GET / HTTP/1.1', 200),
      combined(700, '10.0.0.2', 'GET /old HTTP/1.1', 500),
    ]

    const log = counted('access_log LOG;', lines)

    expect(log.byStatus).toEqual(
      new Map([
        [200, 1],
        [500, 2],
      ]),
    )
    expect(log.answers).toMatchObject([
      { status: 500, count: 2, segment: '/cart', site: null, fromUpstream: 0, noUpstream: 0 },
    ])
    expect(log.covers).toBeNull()
  })

  it('counts refused requests at the usual paths of websockets, below the first part of the path as well', () => {
    const log = counted('access_log LOG;', [
      combined(30, '10.0.0.1', 'GET /api/v2/cable?token=1 HTTP/1.1', 404),
      combined(20, '10.0.0.1', 'GET /api/v2/cable HTTP/1.1', 404),
      combined(10, '10.0.0.2', 'GET /socket.io/?EIO=4 HTTP/1.1', 400),
      combined(10, '10.0.0.2', 'GET /api/news HTTP/1.1', 404),
    ])

    expect(log.sockets).toEqual([
      { status: 404, count: 2, site: null, segment: '/api', ending: '/cable' },
      { status: 400, count: 1, site: null, segment: '/socket.io', ending: '/socket.io' },
    ])
  })

  it('reads a log_format in JSON over several lines, with request time and upstream status', () => {
    const format = `log_format main escape=json '{"at":"$time_iso8601","from":"$remote_addr","site":"$server_name",'
      '"uri":"$request_uri","status":$status,"took":$request_time,"up":"$upstream_status"}';`
    const log = counted(`${format} access_log LOG main;`, [
      inJson(9, 499, '1.003', '-'),
      inJson(8, 499, '1.041', '-'),
      inJson(7, 503, '0.002', '503'),
    ])

    expect(log.gaveUp).toEqual([{ seconds: 1, count: 2 }])
    expect(log.clients.find(({ status }) => status === 499)).toEqual({
      status: 499,
      distinct: 1,
      busiest: [{ address: '10.0.0.7', count: 2 }],
    })
    expect(log.answers.find(({ status }) => status === 503)).toMatchObject({
      site: 'shop',
      segment: '/cart',
      fromUpstream: 1,
    })
  })

  it('tells how many of the answers of 5xx have as many bytes as the first of them', () => {
    const log = counted('access_log LOG;', [sized(30, 197), sized(20, 197), sized(10, 593)])

    expect(log.answers).toMatchObject([{ status: 503, count: 3, body: { bytes: 197, count: 2 } }])
  })

  it('reads lines of two formats in one log', () => {
    const config = `log_format timed '$remote_addr [$time_local] $status $request_time "$request"';
      access_log LOG; server { location / { access_log LOG timed; } }`
    const timed = `10.0.0.1 [${local(5)}] 499 2.000 "GET /slow HTTP/1.1"`

    const log = counted(config, [combined(6, '10.0.0.1', 'GET / HTTP/1.1', 200), timed])

    expect(log.byStatus).toEqual(
      new Map([
        [200, 1],
        [499, 1],
      ]),
    )
  })

  it('does not count requests of our own', () => {
    const log = counted('access_log LOG;', [
      `10.0.0.1 - - [${local(3)}] "GET / HTTP/1.1" 502 157 "gatemedic-diagnosis" "curl"`,
    ])

    expect(log.total).toBe(0)
  })

  it('counts no 499 among what was answered well', () => {
    const log = counted('access_log LOG;', [combined(5, '10.0.0.1', 'GET / HTTP/1.1', 499)])

    expect(log.lastGoodAgo).toBeNull()
  })
})

describe('the parser of access-log', () => {
  it('reads captures from before paths were counted', () => {
    const parsed = accessLog.parse(
      capture('@log read /var/log/nginx/access.log\nstatus 502 42\nstatus 200 8\ngood 12\nage 0 0 9\n'),
    )

    expect(parsed).toMatchObject({
      ok: true,
      value: { logs: [{ total: 50, lastGoodAgo: 12, answers: [], fields: [] }] },
    })
  })

  it('says that an answer was cut', () => {
    const parsed = accessLog.parse({ ...capture('@log read /var/log/nginx/access.log\nstatus 20'), truncated: true })

    expect(parsed).toMatchObject({ ok: true, value: { cut: true } })
  })
})

let hosts = 0

/** Runs the real script against a configuration and a log of its own. */
function counted(config: string, lines: readonly string[]): AccessCounts {
  const home = join(folder, String((hosts += 1)))
  mkdirSync(home)
  const path = join(home, 'requests.log')
  writeFileSync(path, `${lines.join('\n')}\n`)
  writeFileSync(join(home, 'nginx.conf'), `http { ${config.replaceAll('LOG', path)} }\n`)
  // What nginx of this machine runs, of its own or in a container, is left alone.
  const script = accessLog.script.replace('confdir=${conf%/*}', `confdir=${home}; elsewhere=`)
  const stdout = execFileSync('/bin/sh', ['-c', script], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
  })
  const parsed = accessLog.parse(capture(stdout))
  const log = parsed.ok ? parsed.value.logs.find((each) => each.path === path) : undefined
  if (!log) throw new Error(`nothing of ${path} in: ${stdout}`)
  return log
}

function combined(ago: number, client: string, request: string, status: number): string {
  return `${client} - - [${local(ago)}] "${request}" ${status} 157 "-" "curl/7.88"`
}

function sized(ago: number, bytes: number): string {
  return combined(ago, '10.0.0.1', 'POST /cart HTTP/1.1', 503).replace(/ 503 \d+ /, ` 503 ${bytes} `)
}

function inJson(ago: number, status: number, took: string, up: string): string {
  const at = new Date((now - ago) * 1000).toISOString().replace('.000Z', '+00:00')
  return `{"at":"${at}","from":"10.0.0.7","site":"shop","uri":"/cart","status":${status},"took":${took},"up":"${up}"}`
}

/** "21/Nov/2026:14:04:19 +0000" */
function local(ago: number): string {
  const [, day = '', month = '', year = '', time = ''] =
    /, (\d\d) (\w{3}) (\d{4}) (\S+)/.exec(new Date((now - ago) * 1000).toUTCString()) ?? []
  return `${day}/${month}/${year}:${time} +0000`
}

function capture(stdout: string): Capture {
  return {
    probe: 'access-log',
    host: 'web-1',
    command: '',
    exitCode: 0,
    ms: 1,
    stdout,
    stderr: '',
    truncated: false,
    timedOut: false,
  }
}
