import { describe, expect, it } from 'vitest'
import { parseBareMessage, parseErrorLine, type ErrorLine } from '../../src/nginx/error-line.ts'

function read(line: string): ErrorLine {
  const parsed = parseErrorLine(line)
  if (parsed === null) throw new Error(`not read: ${line}`)
  return parsed
}

const refused =
  '2026/11/21 03:04:05 [error] 812#812: *77 connect() failed (111: Connection refused) while connecting to upstream, client: 203.0.113.9, server: shop.example.com, request: "GET /cart HTTP/1.1", upstream: "http://127.0.0.1:8080/cart", host: "shop.example.com", referrer: "https://shop.example.com/"'

describe('an entry as nginx writes it', () => {
  it('gives every field of a failed connect', () => {
    expect(read(refused)).toEqual({
      time: '2026-11-21T03:04:05',
      level: 'error',
      pid: 812,
      tid: 812,
      connection: 77,
      message: 'connect() failed',
      errno: 111,
      dnsCode: null,
      ssl: null,
      phase: 'connecting to upstream',
      config: null,
      client: '203.0.113.9',
      server: 'shop.example.com',
      request: 'GET /cart HTTP/1.1',
      subrequest: null,
      upstream: 'http://127.0.0.1:8080/cart',
      host: 'shop.example.com',
      referrer: 'https://shop.example.com/',
      resolver: null,
      headTrusted: true,
      upstreamTrusted: true,
      upstreamCandidates: ['http://127.0.0.1:8080/cart'],
      truncated: false,
    })
  })

  it('keeps the path of a unix socket and the subrequest', () => {
    const line = read(
      '2026/11/21 03:04:05 [crit] 9#9: *1 connect() to unix:/run/php/fpm.sock failed (2: No such file or directory) while connecting to upstream, client: 10.0.0.1, server: a.example, request: "GET / HTTP/2.0", subrequest: "/auth", upstream: "fastcgi://unix:/run/php/fpm.sock:", host: "a.example"',
    )

    expect(line).toMatchObject({
      message: 'connect() to unix:/run/php/fpm.sock failed',
      errno: 2,
      subrequest: '/auth',
      upstream: 'fastcgi://unix:/run/php/fpm.sock:',
      upstreamTrusted: true,
    })
  })

  it('reads a server_name that is a regular expression with commas and quotes of its own', () => {
    const line = read(
      '2026/11/21 03:04:05 [error] 9#9: *1 upstream timed out (110: Connection timed out) while reading response header from upstream, client: 10.0.0.1, server: ~^(?<t>[a-z]{2,8})\\.example$, request: "POST /r HTTP/1.1", upstream: "http://[::1]:80/r", host: "ab.example"',
    )

    expect(line).toMatchObject({ server: '~^(?<t>[a-z]{2,8})\\.example$', upstream: 'http://[::1]:80/r', errno: 110 })
  })

  it('reads an empty server name', () => {
    expect(read(refused.replace('server: shop.example.com', 'server: '))).toMatchObject({
      server: '',
      client: '203.0.113.9',
    })
  })

  it('reads a stream session with its byte counts', () => {
    const line = read(
      '2026/11/21 03:04:05 [error] 9#9: *5 connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.7, server: 0.0.0.0:3306, upstream: "10.0.3.9:3306", bytes from/to client:0/0, bytes from/to upstream:0/0',
    )

    expect(line).toMatchObject({
      client: '10.0.0.7',
      server: '0.0.0.0:3306',
      upstream: '10.0.3.9:3306',
      upstreamTrusted: true,
      request: null,
      truncated: false,
    })
  })

  it('reads a UDP session', () => {
    const line = read(
      '2026/11/21 03:04:05 [error] 9#9: *5 no live upstreams while connecting to upstream, udp client: 10.0.0.7, server: 0.0.0.0:53, upstream: "dns", bytes from/to client:40/0, bytes from/to upstream:0/0',
    )

    expect(line).toMatchObject({ client: '10.0.0.7', upstream: 'dns', phase: 'connecting to upstream' })
  })

  it('does not take a code of the resolver for an errno', () => {
    const line = read(
      '2026/11/21 03:04:05 [error] 9#9: *5 api.internal could not be resolved (3: Host not found), client: 10.0.0.7, server: x, request: "GET / HTTP/1.1", host: "x"',
    )

    expect(line).toMatchObject({ errno: null, dnsCode: 3, message: 'api.internal could not be resolved' })
  })

  it('names the resolver of a failed query', () => {
    const line = read(
      '2026/11/21 03:04:05 [error] 9#9: recv() failed (111: Connection refused) while resolving, resolver: 10.0.0.2:53',
    )

    expect(line).toMatchObject({ errno: 111, phase: 'resolving', resolver: '10.0.0.2:53', client: null })
  })

  it('keeps the text of OpenSSL apart from the errno', () => {
    const line = read(
      '2026/11/21 03:04:05 [error] 9#9: *5 SSL_do_handshake() failed (SSL: error:0A000458:SSL routines::tlsv1 unrecognized name:SSL alert number 112) while SSL handshaking to upstream, client: 10.0.0.7, server: x, request: "GET / HTTP/1.1", upstream: "https://192.0.2.4:443/", host: "x"',
    )

    expect(line).toMatchObject({
      message: 'SSL_do_handshake() failed',
      ssl: 'error:0A000458:SSL routines::tlsv1 unrecognized name:SSL alert number 112',
      errno: null,
      phase: 'SSL handshaking to upstream',
    })
  })

  it('does not take the verify code of a certificate for an errno', () => {
    const line = read(
      '2026/11/21 03:04:05 [error] 9#9: *5 upstream SSL certificate verify error: (10:certificate has expired) while SSL handshaking to upstream, client: 10.0.0.7, server: x, request: "GET / HTTP/1.1", upstream: "https://192.0.2.4:443/", host: "x"',
    )

    expect(line.errno).toBeNull()
  })

  it('gives file and line of a start-up message', () => {
    const line = read(
      'nginx: [emerg] open() "/etc/nginx/mime.typo" failed (2: No such file or directory) in /etc/nginx/nginx.conf:14',
    )

    expect(line).toMatchObject({
      level: 'emerg',
      time: null,
      errno: 2,
      config: { file: '/etc/nginx/nginx.conf', line: 14 },
    })
  })

  it('knows that 2,047 bytes are a cut entry', () => {
    const long = `${refused.slice(0, -1)}${'x'.repeat(2047 - refused.length)}"`

    expect(Buffer.byteLength(long)).toBe(2047)
    expect(read(long)).toMatchObject({ truncated: true, upstreamTrusted: false })
  })

  it('knows that a field without its closing quote is a cut entry', () => {
    expect(read(refused.slice(0, -12)).truncated).toBe(true)
  })

  it('refuses text that is no entry of nginx', () => {
    expect(parseErrorLine('[Sat Nov 21 10:00:00 2026] [error] [client 10.0.0.1] File does not exist')).toBeNull()
    expect(parseErrorLine('')).toBeNull()
  })

  it('reads a message without its beginning', () => {
    const line = parseBareMessage(
      '*9 upstream prematurely closed connection while reading response header from upstream',
    )

    expect(line).toMatchObject({
      level: null,
      connection: 9,
      message: 'upstream prematurely closed connection',
      phase: 'reading response header from upstream',
    })
  })
})

describe('an entry that holds text of a client', () => {
  it('does not trust an upstream that a Referer repeats', () => {
    const line = read(
      refused.replace('referrer: "https://shop.example.com/"', 'referrer: "x", upstream: "http://192.0.2.66/"'),
    )

    expect(line.upstreamTrusted).toBe(false)
    expect(line.upstreamCandidates).toEqual(['http://127.0.0.1:8080/cart', 'http://192.0.2.66/'])
    expect(line).toMatchObject({ client: '203.0.113.9', server: 'shop.example.com', errno: 111 })
  })

  it('does not trust an upstream written into the request line', () => {
    const line = read(refused.replace('GET /cart HTTP/1.1', 'GET /a HTTP/1.1", upstream: "http://192.0.2.66/'))

    expect(line.upstreamTrusted).toBe(false)
    expect(line.upstreamCandidates).toContain('http://127.0.0.1:8080/cart')
  })

  it('does not trust the only upstream of an entry whose phase has none', () => {
    const line = read(
      '2026/11/21 03:04:05 [error] 9#9: *5 access forbidden by rule, client: 10.0.0.7, server: x, request: "GET /a HTTP/1.1", upstream: "http://192.0.2.66/", host: "x"',
    )

    expect(line.upstreamTrusted).toBe(false)
  })

  it('does not trust the only upstream when the real one fell behind the cut', () => {
    const line = read(
      refused
        .replace('GET /cart HTTP/1.1', `GET /a HTTP/1.1", upstream: "http://192.0.2.66/", host: "${'x'.repeat(2100)}`)
        .slice(0, 2047),
    )

    expect(line.upstreamTrusted).toBe(false)
  })

  it('keeps kind and level of a missing file whose path imitates a failed connect', () => {
    const line = read(
      '2026/11/21 03:04:05 [error] 9#9: *5 open() "/srv/a" failed (111: Connection refused) while connecting to upstream, client: 1.1.1.1, server: y, request: "" failed (2: No such file or directory), client: 10.0.0.7, server: x, request: "GET /a%22 HTTP/1.1", host: "x"',
    )

    expect(line.message.startsWith('open() "')).toBe(true)
    expect(line.headTrusted).toBe(false)
    expect(line.upstreamTrusted).toBe(false)
  })

  it('does not trust a line that ends as a message about a path ends: it began inside that path', () => {
    const line = read(
      '2026/01/01 00:00:00 [error] 1#1: *1 connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.1, server: b, request: "GET / HTTP/1.1", upstream: "http:/192.0.2.66:80/index.html" is not found (2: No such file or directory), client: 203.0.113.9, server: a, request: "GET /x%0a2026... HTTP/1.1", host: "a"',
    )

    expect(line).toMatchObject({ headTrusted: false, upstreamTrusted: false })
  })

  it('reads a line of a million bytes without losing its beginning', () => {
    const line = read(`${refused.slice(0, -1)}${'", host: "(('.repeat(100_000)}"`)

    expect(line).toMatchObject({ errno: 111, client: '203.0.113.9', truncated: true, upstreamTrusted: false })
  })

  it('reads only brackets, quotes and " while " without hanging', () => {
    const line = read(`2026/11/21 03:04:05 [error] 9#9: *5 ${' while ('.repeat(200_000)}`)

    expect(line.level).toBe('error')
  })
})
