import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { sections } from '../../src/probes/lines.ts'
import { tellingKindOf } from '../../src/probes/telling-kinds.ts'
import { unitLogsScript } from '../../src/probes/unit-logs-script.ts'
import { readTelling, tellingOf } from '../../src/probes/unit-telling.ts'

// Recorded on Debian 12: systemd 252, gunicorn 20.1, php-fpm 8.2, uWSGI 2.0.21, Node.js 18.
test.each([
  ['checkout-api.service: Main process exited, code=killed, status=9/KILL', 'main-killed'],
  ['checkout-api.service: Main process exited, code=exited, status=3/NOTIMPLEMENTED', 'main-exited'],
  ['checkout-api.service: A process of this unit has been killed by the OOM killer.', 'oom-killed'],
  ["checkout-api.service: Failed with result 'oom-kill'.", 'oom-killed'],
  ["checkout-api.service: Failed with result 'watchdog'.", 'watchdog'],
  ['checkout-api.service: Service reached runtime time limit. Stopping.', 'runtime-limit'],
  ['[master] worker 3 (pid 412) timed out: request open for more than 3000 ms, sending SIGKILL', 'worker-timeout'],
  ['[error] visitor process 480 exited on signal 6', 'worker-died'],
  ['free(): invalid pointer', 'segfault'],
  ['sqlite3.OperationalError: database or disk is full', 'disk-full'],
  [
    'redis.exceptions.ResponseError: MISCONF Redis is configured to save RDB snapshots, but it is currently not able to persist on disk.',
    'disk-full',
  ],
  ["OSError: [Errno 28] No space left on device: '/srv/watch/semaphore.csv'", 'disk-full'],
  [
    'PHP Fatal error:  Uncaught ErrorException: sem_get(): Failed for key 0x6255003c: No space left on device in /srv/blog/index.php:2',
    'kernel-table-full',
  ],
  ["Error: ENOSPC: System limit for number of file watchers reached, watch '/srv/shop'", 'kernel-table-full'],
  ["(28)No space left on device: AH00023: Couldn't create the rewrite-map mutex", 'kernel-table-full'],
  ['could not translate host name "db.internal" to address: Temporary failure in name resolution', 'dependency'],
  ['checkout-api.service: Scheduled restart job, restart counter is at 1.', 'restarted'],
  ['checkout-api.service: Sending signal SIGKILL to process 125 (gunicorn) on client request.', 'signalled'],
  ['[2026-11-21 14:05:59 +0000] [43] [CRITICAL] WORKER TIMEOUT (pid:80)', 'worker-timeout'],
  ['[2026-11-21 14:05:59 +0000] [43] [WARNING] Worker with pid 80 was terminated due to signal 9', 'worker-died'],
  ['[2026-11-21 14:05:59 +0000] [43] [ERROR] Worker (pid:80) was sent SIGKILL! Perhaps out of memory?', 'worker-died'],
  [
    '[21-Nov-2026 14:09:50] WARNING: [pool www] child 168, script \'/srv/blog/slow.php\' (request: "GET /slow.php") execution timed out (3.968446 sec), terminating',
    'worker-timeout',
  ],
  [
    '[21-Nov-2026 14:09:46] WARNING: [pool www] server reached max_children setting (1), consider raising it',
    'pool-full',
  ],
  [
    '[21-Nov-2026 14:09:50] WARNING: [pool www] child 168 exited on signal 11 (SIGSEGV) after 3.9 seconds from start',
    'worker-died',
  ],
  ['Sat Nov 21 14:09:50 2026 - *** HARAKIRI ON WORKER 1 (pid: 80, try: 1) ***', 'worker-timeout'],
  [
    'Sat Nov 21 14:09:50 2026 - *** uWSGI listen queue of socket "127.0.0.1:3031" (fd: 3) full !!! (101/100) ***',
    'pool-full',
  ],
  ['DAMN ! worker 1 (pid: 80) died, killed by signal 11 :( trying respawn ...', 'worker-died'],
  ['RuntimeError: no price list for region eu-2', 'exception'],
  ['Error: connect ECONNREFUSED 127.0.0.1:6379', 'dependency'],
  ['redis.exceptions.ConnectionError: Error 111 connecting to 127.0.0.1:6379. Connection refused.', 'dependency'],
  ['Node.js v18.20.4', 'uncaught'],
  ['OSError: [Errno 28] No space left on device', 'disk-full'],
])('%s tells %s', (message, kind) => {
  const seen = tellingKindOf(message)

  expect(seen).toBe(kind)
})

// As the documentation of each logger shows its lines: Python logging, Flask, gunicorn, Spring, Monolog, Ruby's Logger, logrus, pino, zap, .NET, glog, env_logger, net/http.
test.each([
  ['ERROR cannot price cart: division by zero', 'error'],
  ['ERROR:root:no price list', 'error'],
  ['2026-11-21 14:04:50,123 ERROR no price list', 'error'],
  ['[2026-11-21 14:04:50,123] ERROR in app: Exception on /cart [GET]', 'error'],
  ['[2026-11-21 14:05:59 +0000] [43] [ERROR] Cannot reach the price list', 'error'],
  ['2026-11-21 14:04:50.123 ERROR 1 --- [nio-8080-exec-1] o.a.c.c.C.[.[.[/].[dispatcherServlet] : failed', 'error'],
  ['[2026-11-21T14:04:50.123456+00:00] app.CRITICAL: no price list [] []', 'error'],
  ['E, [2026-11-21T14:04:50.123456 #1234] ERROR -- : no price list', 'error'],
  ['time="2026-11-21T14:04:50Z" level=error msg="no price list"', 'error'],
  ['{"level":50,"time":1795269890200,"msg":"no price list"}', 'error'],
  ['{"level":"error","ts":1795269890.2,"msg":"no price list"}', 'error'],
  ['fail: Shop.Prices[0]', 'error'],
  ['E1121 14:04:50.123456    7 prices.go:12] no price list', 'error'],
  ['[2026-11-21T14:04:50Z ERROR shop::prices] no price list', 'error'],
  ['2026/11/21 14:04:50 http: panic serving 127.0.0.1:4711: no price list', 'exception'],
])('%s has the level of an error', (message, kind) => {
  const seen = tellingKindOf(message)

  expect(seen).toBe(kind)
})

test.each([
  '[2026-11-21 14:04:50 +0000] [43] [INFO] Booting worker with pid: 80',
  'listening on 8080',
  '',
  'INFO asked for /cart?note=ERROR: down',
  '{"level":30,"msg":"ERROR"}',
  '2026-11-21 14:04:50,123 WARNING ERROR: is what the client sent',
  'ERRORS so far: 0',
])('"%s" tells nothing', (message) => {
  expect(tellingKindOf(message)).toBeNull()
})

// awk on the host and the parser here must keep the same lines, whichever awk it is.
test('awk keeps the lines that the parser knows', () => {
  const said = [
    'ERROR no list',
    '[2026-11-21 14:05:59 +0000] [43] [ERROR] bad',
    '{"level":50,"msg":"bad"}',
    'INFO fine',
    'RuntimeError: no',
  ]
  const lines = said.map((each) => `1795269890.2|app[7]: ${each}`).join('\n')

  const kept = execFileSync('/bin/sh', ['-c', `${unitLogsScript}\nprintf '%s\\n' "$1" | alike`, 'sh', lines], {
    encoding: 'utf8',
  })

  expect(
    kept
      .trim()
      .split('\n')
      .map((line) => line.replace(/^.*app\[7\]: /, '')),
  ).toEqual(said.filter((each) => tellingKindOf(each) !== null))
})

test('where an error of Node.js could not connect to stands below its code, and is kept with it', () => {
  const said = [
    'node[216]: GET /api/: database pool: Error: connect ECONNREFUSED 127.0.0.1:7351',
    'node[216]:   errno: -111,',
    "node[216]:   code: 'ECONNREFUSED',",
    "node[216]:   syscall: 'connect',",
    "node[9]:   address: '192.0.2.1',",
    "node[216]:   address: '127.0.0.1',",
    'node[216]:   port: 7351',
    'node[216]: }',
    'node[216]:   port: 1',
  ]
  const lines = said.map((each) => `1795269890.2|${each}`).join('\n')

  const kept = execFileSync('/bin/sh', ['-c', `${unitLogsScript}\nprintf '%s\\n' "$1" | alike`, 'sh', lines], {
    encoding: 'utf8',
  })

  expect(kept.trim().split('\n')).toEqual([
    "1 1795269890.2 1795269890.2 node[216]:   code: 'ECONNREFUSED', syscall: 'connect', address: '127.0.0.1', port: 7351",
  ])
})

const answer = `@telling read journal
3 1795269890.2 1795269959.6 gunicorn[43]: [2026-11-21 14:05:59 +0000] [43] [CRITICAL] WORKER TIMEOUT (pid:80)
1 1795269959.6 1795269959.6 systemd[1]: shop.service: Main process exited, code=killed, status=9/KILL
2 1795269960.0 1795269961.0 app[80]: shop.service: Main process exited, code=killed, status=9/KILL
end
@telling unreadable /var/log/php8.2-fpm.log
`

test('telling lines keep their count and times, newest first by kind', () => {
  const telling = readTelling(sections(answer, ['telling']))

  expect(tellingOf(telling, 'worker-timeout', 'main-killed')).toMatchObject([
    { kind: 'main-killed', from: 'systemd', count: 1, at: 1795269959.6 },
    { kind: 'worker-timeout', from: 'unit', count: 3, firstAt: 1795269890.2 },
  ])
})

test('a service that writes what systemd says about it is not believed', () => {
  const telling = readTelling(sections(answer, ['telling']))

  expect(tellingOf(telling, 'main-killed')).toHaveLength(1)
})

test('a log that may not be read is named, and the others count as read', () => {
  const telling = readTelling(sections(answer, ['telling']))

  expect(telling).toMatchObject({ read: ['journal'], unknown: '/var/log/php8.2-fpm.log may not be read' })
})

test('an answer that was cut does not count as read', () => {
  const telling = readTelling(sections(answer.slice(0, 120), ['telling']))

  expect(telling).toMatchObject({ read: [], unknown: 'not all of journal was read' })
})
