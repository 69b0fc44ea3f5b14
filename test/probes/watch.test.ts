import { expect, test } from 'vitest'
import { liveRequests } from '../../src/probes/live-requests.ts'

// Recorded on Debian 12: iproute2 6.1, curl 7.88, gunicorn 20.1 with one thread behind nginx 1.22.
const answer = `@ask 0 watch|tcp|127.0.0.1:8080|-|/
@ask 1 idle|http|127.0.0.1:8080|shop.example.com|/
@ask 2 direct|http|127.0.0.1:8080|shop.example.com|/
@ask 3 upgrade-direct|http|127.0.0.1:8080|shop.example.com|/ws/
@ask 4 upgrade-nginx|http|127.0.0.1:80|shop.example.com|/ws/
@upgrade 3 101
@upgrade 4 000
@live 2 0 200 - gunicorn 0.000108 4.002398 
@watch 0 9.1 21 2 19 14.2 3.9 4.0 11 17 2048 1 1.948
@idle 1 200 keep-alive 5
`

function read(stdout: string) {
  const { id: probe, command } = liveRequests
  const capture = {
    probe,
    host: 'web-1',
    command,
    exitCode: 0,
    ms: 9000,
    stdout,
    stderr: '',
    truncated: false,
    timedOut: false,
  }
  const result = liveRequests.parse(capture)
  if (!result.ok) throw new Error(result.reason)
  return result.value
}

test('a watched backend is read with its requests, its queue and the idle connections that it closed', () => {
  const { watches } = read(answer)

  expect(watches).toEqual([
    {
      endpoint: '127.0.0.1:8080',
      seconds: 9.1,
      started: 21,
      finished: 2,
      waiting: 19,
      oldest: 14.2,
      meanSeconds: 3.9,
      slowestSeconds: 4,
      queueLeast: 11,
      queueMost: 17,
      backlog: 2048,
      idleClosed: 1,
      idleSeconds: 1.948,
      streams: 0,
      sentTo: 0,
    },
  ])
})

test('a connection of a unix socket that the backend closed has the time when it did', () => {
  const { idles } = read(`@ask 0 idle|http|unix:/run/shop.sock|shop.example.com|/
@ask 1 direct|http|unix:/run/shop.sock|shop.example.com|/
@live 1 0 200 - gunicorn 0.000108 4.002398 
@idle 0 200 - - 1.64
`)

  expect(idles).toMatchObject([
    { endpoint: 'unix:/run/shop.sock', status: 200, connection: '', promised: null, closedAfter: 1.64 },
  ])
})

test('what is no plain request stands beside the answers, not among them', () => {
  const { answers, idles, upgrades } = read(answer)

  expect(answers.map(({ way }) => way)).toEqual(['direct'])
  expect(idles).toEqual([
    { endpoint: '127.0.0.1:8080', status: 200, connection: 'keep-alive', promised: 5, closedAfter: null },
  ])
  expect(upgrades.map(({ through, status }) => [through, status])).toEqual([
    ['direct', 101],
    ['nginx', null],
  ])
})

test('a watch line that was cut is no watch', () => {
  const { watches } = read(answer.replace(/^@watch.*$/m, '@watch 0 9.1 21 2'))

  expect(watches).toEqual([])
})
