import { describe, expect, it } from 'vitest'
import { parseErrorLine } from '../../src/nginx/error-line.ts'
import { causesOf } from '../../src/nginx/line-causes.ts'
import { kindOf } from '../../src/nginx/messages.ts'

function causes(message: string, upstream = 'http://192.0.2.10:8080/', level = 'error'): readonly string[] {
  const line = parseErrorLine(
    `2026/11/21 03:04:05 [${level}] 9#9: *5 ${message}, client: 203.0.113.9, server: a, request: "GET / HTTP/1.1", upstream: "${upstream}", host: "a"`,
  )
  return line === null ? ['not read'] : causesOf(line)
}

function startCauses(message: string): readonly string[] {
  const line = parseErrorLine(`nginx: [emerg] ${message}`)
  return line === null ? ['not read'] : causesOf(line)
}

describe('candidates of a failed connection', () => {
  it.each([
    [
      'connect() failed (111: Connection refused) while connecting to upstream',
      'http://192.0.2.10:8080/',
      'backend-down',
    ],
    [
      'connect() failed (111: Connection refused) while connecting to upstream',
      'http://[::1]:8080/',
      'listen-address-mismatch',
    ],
    [
      'connect() failed (61: Connection refused) while connecting to upstream',
      'http://192.0.2.10:8080/',
      'backend-down',
    ],
    [
      'connect() to unix:/run/a.sock failed (111: Connection refused) while connecting to upstream',
      'http://unix:/run/a.sock:/',
      'socket-stale',
    ],
    [
      'connect() to unix:/run/a.sock failed (2: No such file or directory) while connecting to upstream',
      'http://unix:/run/a.sock:/',
      'socket-missing',
    ],
    [
      'connect() to unix:/run/a.sock failed (13: Permission denied) while connecting to upstream',
      'http://unix:/run/a.sock:/',
      'socket-permission',
    ],
    [
      'connect() to unix:/run/a.sock failed (11: Resource temporarily unavailable) while connecting to upstream',
      'http://unix:/run/a.sock:/',
      'backend-saturated',
    ],
    [
      'connect() to 192.0.2.10:8080 failed (13: Permission denied) while connecting to upstream',
      'http://192.0.2.10:8080/',
      'mac-denied',
    ],
    [
      'connect() to 192.0.2.10:8080 failed (99: Cannot assign requested address) while connecting to upstream',
      'http://192.0.2.10:8080/',
      'port-exhaustion',
    ],
    [
      'connect() failed (113: No route to host) while connecting to upstream',
      'http://192.0.2.10:8080/',
      'host-unreachable',
    ],
    [
      'upstream timed out (110: Connection timed out) while connecting to upstream',
      'http://192.0.2.10:8080/',
      'firewall-blocked',
    ],
    [
      'upstream timed out (60: Operation timed out) while connecting to upstream',
      'http://192.0.2.10:8080/',
      'firewall-blocked',
    ],
    [
      'bind(192.0.2.77) failed (99: Cannot assign requested address) while connecting to upstream',
      'http://192.0.2.10:8080/',
      'proxy-bind-invalid',
    ],
    ['no live upstreams while connecting to upstream', 'http://pool/', 'no-live-upstreams'],
  ])('%s to %s is first of all %s', (message, upstream, first) => {
    expect(causes(message, upstream)[0]).toBe(first)
  })

  it('never offers file modes for a refused TCP connect', () => {
    expect(causes('connect() to 192.0.2.10:80 failed (13: Permission denied) while connecting to upstream')).toEqual([
      'mac-denied',
    ])
  })
})

describe('candidates of an answer that is late, bad or cut short', () => {
  it.each([
    ['upstream timed out (110: Connection timed out) while reading response header from upstream', 'backend-slow'],
    ['upstream timed out (110: Connection timed out) while sending request to upstream', 'backend-slow'],
    ['recv() failed (104: Connection reset by peer) while reading response header from upstream', 'backend-crashed'],
    ['upstream prematurely closed connection while reading upstream', 'backend-crashed'],
    ['upstream sent too big header while reading response header from upstream', 'response-header-too-big'],
    ['upstream sent no valid HTTP/1.0 header while reading response header from upstream', 'protocol-mismatch'],
    ['upstream sent too large http2 frame: 4740180 while reading response header from upstream', 'protocol-mismatch'],
    [
      'upstream sent unsupported FastCGI protocol version: 72 while reading response header from upstream',
      'protocol-mismatch',
    ],
    [
      'upstream sent duplicate header line: "A: b", previous value: "A: c" while reading response header from upstream',
      'invalid-response',
    ],
    [
      'SSL_do_handshake() failed (SSL: error:0A00010B:SSL routines::wrong version number) while SSL handshaking to upstream',
      'protocol-mismatch',
    ],
    [
      'SSL_do_handshake() failed (SSL: error:0A000410:SSL routines::ssl/tls alert handshake failure:SSL alert number 40) while SSL handshaking to upstream',
      'upstream-tls-sni',
    ],
    [
      'SSL_do_handshake() failed (SSL: error:0A00042E:SSL routines::tlsv1 alert protocol version:SSL alert number 70) while SSL handshaking to upstream',
      'upstream-tls-protocol',
    ],
    [
      'upstream SSL certificate verify error: (10:certificate has expired) while SSL handshaking to upstream',
      'upstream-tls-verify',
    ],
    [
      'FastCGI sent in stderr: "Primary script unknown" while reading response header from upstream',
      'script-not-found',
    ],
    [
      'FastCGI sent in stderr: "PHP message: PHP Fatal error: boom" while reading response header from upstream',
      'app-error',
    ],
    ['auth request unexpected status: 502', 'auth-request-failed'],
  ])('%s is first of all %s', (message, first) => {
    expect(causes(message)[0]).toBe(first)
  })

  it('suspects an idle connection of an HTTP backend, and the process of a FastCGI one', () => {
    const closed = 'upstream prematurely closed connection while reading response header from upstream'

    expect(causes(closed)[0]).toBe('keepalive-race')
    expect(causes(closed, 'fastcgi://127.0.0.1:9000')[0]).toBe('backend-crashed')
  })
})

describe('candidates of what is wrong on the host itself', () => {
  it.each([
    ['1024 worker_connections are not enough while connecting to upstream', 'worker-connections'],
    ['socket() failed (24: Too many open files) while connecting to upstream', 'fd-limit'],
    [
      'open() "/var/lib/nginx/proxy/4/00/0000000004" failed (24: Too many open files) while reading upstream',
      'fd-limit',
    ],
    [
      'pwritev() "/var/lib/nginx/proxy/4/00/0000000004" failed (28: No space left on device) while reading upstream',
      'disk-full',
    ],
    ['open() "/var/lib/nginx/body/0000000004" failed (30: Read-only file system) while reading upstream', 'disk-error'],
    [
      'open() "/var/lib/nginx/proxy/4/00/0000000004" failed (13: Permission denied) while reading upstream',
      'temp-path-permission',
    ],
    ['"/srv/www/a/index.html" is forbidden (13: Permission denied)', 'path-permission'],
    ['limiting requests, excess: 5.100 by zone "one"', 'rate-limited'],
    ['client intended to send too large body: 1048577 bytes', 'client-body-too-large'],
    ['rewrite or internal redirection cycle while internally redirecting to "/a"', 'redirect-cycle'],
  ])('%s is first of all %s', (message, first) => {
    expect(causes(message, 'http://192.0.2.10:8080/', 'crit')[0]).toBe(first)
  })

  it.each([
    ['bind() to 0.0.0.0:80 failed (98: Address already in use)', 'port-in-use'],
    ['bind() to 0.0.0.0:80 failed (13: Permission denied)', 'bind-privilege'],
    ['bind() to 192.0.2.9:80 failed (99: Cannot assign requested address)', 'bind-privilege'],
    ['still could not bind()', 'port-in-use'],
    ['host not found in upstream "app:9000" in /etc/nginx/conf.d/a.conf:3', 'dns-failure'],
    ['unknown directive "proxy_pas" in /etc/nginx/conf.d/a.conf:3', 'config-invalid'],
    ['"server" directive is not allowed here in /etc/nginx/conf.d/a.conf:1', 'config-invalid'],
    ['open() "/etc/nginx/x.conf" failed (2: No such file or directory) in /etc/nginx/nginx.conf:9', 'config-invalid'],
    ['open() "/run/nginx.pid" failed (13: Permission denied)', 'pid-path-missing'],
    ['mkdir() "/var/cache/nginx/client_temp" failed (13: Permission denied)', 'temp-path-permission'],
    ['mkdir() "/var/lib/nginx/body" failed (2: No such file or directory)', 'config-invalid'],
    ['open() "/run/nginx.pid" failed (28: No space left on device)', 'disk-full'],
    [
      'cannot load certificate "/etc/ssl/a.pem": BIO_new_file() failed (SSL: error:80000002:system library::No such file or directory:calling fopen(/etc/ssl/a.pem, r))',
      'cert-missing',
    ],
    [
      'SSL_CTX_use_PrivateKey("/etc/ssl/a.key") failed (SSL: error:05800074:x509 certificate routines::key values mismatch)',
      'cert-key-mismatch',
    ],
    [
      'cannot load certificate key "/etc/ssl/a.key": PEM_read_bio_PrivateKey() failed (SSL: error:0909006C:PEM routines:get_name:no start line)',
      'cert-key-mismatch',
    ],
    [
      'module "/usr/lib/nginx/modules/a.so" version 1022001 instead of 1024000 in /etc/nginx/nginx.conf:1',
      'module-incompatible',
    ],
    ['module "/usr/lib/nginx/modules/a.so" is not binary compatible in /etc/nginx/nginx.conf:1', 'module-incompatible'],
  ])('a start that ends with %s is first of all %s', (message, first) => {
    expect(startCauses(message)[0]).toBe(first)
  })
})

describe('candidates of what a worker is not allowed', () => {
  it.each([
    ['2048 worker_connections exceed open file resource limit: 1024', 'fd-limit'],
    ['setrlimit(RLIMIT_NOFILE, 65536) failed (1: Operation not permitted)', 'fd-limit'],
    [
      'setsockopt(IP_TRANSPARENT) failed (1: Operation not permitted) while connecting to upstream',
      'proxy-bind-invalid',
    ],
  ])('%s points to %s first', (message, cause) => {
    expect(causes(message, 'http://192.0.2.10:8080/', 'alert')[0]).toBe(cause)
  })
})

describe('candidates of a signal that reaches nobody', () => {
  it.each([
    'open() "/run/nginx.pid" failed (2: No such file or directory)',
    'invalid PID number "" in "/run/nginx.pid"',
    'kill(4711, 1) failed (3: No such process)',
  ])('%s says that nginx does not run', (message) => {
    const line = parseErrorLine(`nginx: [error] ${message}`)

    expect(line && causesOf(line)[0]).toBe('nginx-down')
  })
})

describe('noise', () => {
  it.each([
    ['SSL_do_handshake() failed (SSL: error:0A00006C:SSL routines::bad key share) while SSL handshaking'],
    ['recv() failed (104: Connection reset by peer) while reading client request headers'],
    ['access forbidden by rule'],
    ['directory index of "/srv/www/" is forbidden'],
    ['"/srv/www/a/index.html" is not found (2: No such file or directory)'],
    ['open() "/srv/www/favicon.ico" failed (2: No such file or directory)'],
    ['open() "/srv/www/x.pid" failed (2: No such file or directory)'],
    ['upstream rejected request with error 0 while reading response header from upstream'],
    ['an upstream response is buffered to a temporary file /var/lib/nginx/proxy/1 while reading upstream'],
  ])('%s names no cause', (message) => {
    const line = parseErrorLine(
      `2026/11/21 03:04:05 [error] 9#9: *5 ${message}, client: 203.0.113.9, server: a, request: "GET / HTTP/1.1"`,
    )

    expect(line && causesOf(line)).toEqual([])
  })

  it('names no cause for a missing file whose path imitates another ending', () => {
    const line = parseErrorLine(
      '2026/11/21 03:04:05 [error] 9#9: *5 open() "/srv/a" failed (28: No space left on device), client: 1.1.1.1, server: y, request: "" failed (2: No such file or directory), client: 10.0.0.7, server: x, request: "GET /a HTTP/1.1"',
    )

    expect(line && kindOf(line)).toBe('open-failed')
    expect(line && causesOf(line)).toEqual([])
  })
})
