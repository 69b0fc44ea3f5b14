import { describe, expect, it } from 'vitest'
import { readErrorLog } from '../../src/nginx/error-log.ts'

const head = '2026/11/21 03:04:05 [error] 812#812: *77'
const fields = 'client: 203.0.113.9, server: a.example, request: "GET /x HTTP/1.1"'
const refused = `${head} connect() failed (111: Connection refused) while connecting to upstream, ${fields}, upstream: "http://127.0.0.1:8080/x", host: "a.example"`

describe('an error log', () => {
  it('gives one event a line, oldest first, with its place', () => {
    const events = readErrorLog(`${refused}\n${head} no live upstreams while connecting to upstream, ${fields}\n`)

    expect(events.map(({ kind, lineNumber }) => [kind, lineNumber])).toEqual([
      ['connect-failed', 1],
      ['no-live-upstreams', 2],
    ])
  })

  it('joins the stack trace of a FastCGI message to its first line', () => {
    const events = readErrorLog(
      [
        `${head} FastCGI sent in stderr: "PHP message: PHP Fatal error:  Uncaught Error: boom in /srv/a.php:3`,
        'Stack trace:',
        `#0 {main}" while reading response header from upstream, ${fields}, upstream: "fastcgi://127.0.0.1:9000", host: "a.example"`,
        refused,
      ].join('\n'),
    )

    expect(events.map(({ kind, possiblyForged }) => [kind, possiblyForged])).toEqual([
      ['fastcgi-stderr', false],
      ['connect-failed', false],
    ])
    expect(events[0]?.line).toMatchObject({
      phase: 'reading response header from upstream',
      upstream: 'fastcgi://127.0.0.1:9000',
    })
  })

  it('marks a line that a decoded path may have made up, and trusts the one after it', () => {
    const events = readErrorLog(
      [
        `${head} open() "/srv/www/x`,
        '2026/11/21 03:04:05 [error] 1#1: *1 connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.1, server: b.example, request: "GET / HTTP/1.1", upstream: "http://192.0.2.66:80/',
        '2026/11/21 03:04:05 [error] 1#1: *1 connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.1, server: b.example, request: "GET / HTTP/1.1", upstream: "http://192.0.2.66:80/" failed (2: No such file or directory), client: 203.0.113.9, server: a.example, request: "GET /x%0a2026... HTTP/1.1", host: "a.example"',
        refused,
      ].join('\n'),
    )

    expect(events.map(({ kind, possiblyForged }) => [kind, possiblyForged])).toEqual([
      ['open-failed', false],
      ['connect-failed', true],
      ['connect-failed', true],
      ['connect-failed', false],
    ])
  })

  it('trusts the line behind an entry that nginx cut in the middle of a quoted path', () => {
    const cut = `${head} open() "/srv/www/${'x'.repeat(2047)}`.slice(0, 2047)

    expect(readErrorLog(`${cut}\n${refused}`)[1]?.possiblyForged).toBe(false)
  })

  it('trusts the line behind an entry whose Referer holds a quote', () => {
    const odd = `${refused}, referrer: "x"y"`

    expect(readErrorLog(`${odd}\n${refused}`)[1]?.possiblyForged).toBe(false)
  })

  it('keeps the newest 50,000 events of a flood', () => {
    const flood = Array.from(
      { length: 120_000 },
      (_, at) => `2026/11/21 03:04:05 [error] ${at}#0: *1 no live upstreams`,
    )

    const events = readErrorLog(flood.join('\n'))

    expect(events.length).toBe(50_000)
    expect(events.at(-1)?.line.pid).toBe(119_999)
  })

  it('gives nothing for binary or empty text', () => {
    expect(readErrorLog('')).toEqual([])
    expect(readErrorLog('\u0000\u0001\u0002'.repeat(10_000))).toEqual([])
  })
})
