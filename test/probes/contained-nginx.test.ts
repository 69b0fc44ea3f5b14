import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { containedNginx } from '../../src/probes/contained-nginx.ts'

/** What the script takes for /proc, with the files of a container below 42/root. */
let proc: string
const id = 'ab'.repeat(32)

beforeAll(() => {
  proc = mkdtempSync(join(tmpdir(), 'contained-'))
  const root = join(proc, '42/root')
  mkdirSync(join(root, 'etc/nginx/sites-enabled'), { recursive: true })
  mkdirSync(join(root, 'etc/nginx/sites-available'), { recursive: true })
  mkdirSync(join(root, 'srv/logs'), { recursive: true })
  writeFileSync(join(proc, '42/cmdline'), 'nginx: master process nginx -g daemon off;\0')
  writeFileSync(join(proc, '42/cgroup'), `0::/system.slice/docker-${id}.scope\n`)
  writeFileSync(join(proc, 'secret'), 'of the host\n')
  writeFileSync(join(root, 'etc/nginx/nginx.conf'), 'events {}\nhttp { include sites-enabled/*; }\n')
  writeFileSync(
    join(root, 'etc/nginx/sites-available/shop'),
    'server { error_log /srv/logs/shop.log; location / { proxy_pass http://127.0.0.1:8080; } }\n',
  )
  symlinkSync('../sites-available/shop', join(root, 'etc/nginx/sites-enabled/shop'))
  symlinkSync(join(proc, 'secret'), join(root, 'etc/nginx/sites-enabled/stolen'))
  symlinkSync('../../../../../secret', join(root, 'etc/nginx/sites-enabled/stolen-too'))
  const refused =
    '[error] 8#8: *3 connect() failed (111: Connection refused) while connecting to upstream, client: 172.17.0.1, server: , request: "GET / HTTP/1.1", upstream: "http://127.0.0.1:8080/", host: "shop"'
  writeFileSync(
    join(root, 'srv/logs/shop.log'),
    `2026/11/22 03:00:00 ${refused}\n2026/11/22 03:35:10 ${refused}\n2026/11/22 03:35:12 ${refused}\n`,
  )
})

afterAll(() => rmSync(proc, { recursive: true }))

it('reads configuration and log of a container, and counts what its log says of the last ten minutes', () => {
  const { known, value } = parsed(ask())

  expect(known).toBe(true)
  expect(value).toMatchObject({ pid: 42, engine: 'docker', container: id, main: '/etc/nginx/nginx.conf' })
  expect(value?.recent?.map(({ line }) => line.time)).toEqual(['2026-11-22T03:35:10', '2026-11-22T03:35:12'])
})

it('follows a link within the configuration, and none that would lead to files of the host', () => {
  const { value } = parsed(ask())

  expect([...(value?.files.keys() ?? [])].toSorted()).toEqual([
    '/etc/nginx/nginx.conf',
    '/etc/nginx/sites-available/shop',
    '/etc/nginx/sites-enabled/shop',
  ])
  expect([...(value?.files.values() ?? [])].join()).not.toContain('of the host')
})

it('says nothing of the last minutes when the log was written last before them', () => {
  const log = join(proc, '42/root/srv/logs/shop.log')
  const past = Date.now() / 1000 - 3600
  utimesSync(log, past, past)

  const { value } = parsed(ask())
  utimesSync(log, new Date(), new Date())

  expect(value?.recent).toEqual([])
})

it('is not known to anybody but root', () => {
  expect(containedNginx.parse(capture('', 126))).toMatchObject({
    ok: false,
    reason: 'only root may look into the container',
  })
})

it('is nothing where no nginx runs in a container', () => {
  expect(containedNginx.parse(capture('', 0))).toEqual({ ok: true, value: null })
})

function ask(): string {
  const script = containedNginx.script.replaceAll('/proc/', `${proc}/`).replace('"$(id -u)" = 0', '0 = 0')
  return execFileSync('sh', ['-c', script, 'sh', '42'], { encoding: 'utf8' })
}

function parsed(stdout: string) {
  const result = containedNginx.parse(capture(stdout, 0))
  return { known: result.ok, value: result.ok ? result.value : null }
}

function capture(stdout: string, exitCode: number) {
  return {
    probe: 'contained-nginx',
    host: 'web-1',
    command: '',
    exitCode,
    ms: 1,
    stdout,
    stderr: '',
    truncated: false,
    timedOut: false,
  }
}
