import { expect, test } from 'vitest'
import { backendWatch } from '../../src/probes/backend-watch.ts'
import { captureOf } from '../support/capture-of.ts'

// Recorded on Debian 12 (iproute2 6.1): a gunicorn that needs 8 s, and an address where nothing listens.
const answer = `@ask 0 watch|tcp|10.77.5.3:8158|-|/
@ask 1 watch|tcp|10.77.5.3:8159|-|/
@watch 0 6.8 3 3 0 0.0 7.8 8.0 0 0 511 0 -
`

test('what the machine of a backend saw at its sockets is read, and says who looked', () => {
  const read = backendWatch.parse(captureOf('backend-watch', answer))

  expect(read).toMatchObject({
    ok: true,
    value: {
      watches: [
        { endpoint: '10.77.5.3:8158', by: 'backend-watch', started: 3, finished: 3, slowestSeconds: 8, backlog: 511 },
      ],
    },
  })
})

test('an answer that was cut says nothing', () => {
  expect(backendWatch.parse(captureOf('backend-watch', answer, { truncated: true })).ok).toBe(false)
})
