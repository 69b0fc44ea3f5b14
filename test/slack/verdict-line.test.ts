import { describe, expect, it } from 'vitest'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import { clauses } from '../../src/slack/messages/shorten.ts'
import { verdictLine } from '../../src/slack/messages/verdict-line.ts'
import {
  backendDown,
  diagnosed,
  healthy,
  hostile,
  hostileTexts,
  proposal,
  readOnlyHost,
  undetermined,
  unreachable,
} from './cases.ts'

function about(headline: string, change: Partial<(typeof diagnosed)['findings'][0]> = {}): Diagnosis {
  return { ...diagnosed, headline, findings: [{ ...backendDown, ...change }] }
}

describe('the line on a lock screen', () => {
  it.each([
    [
      'all of it, when it fits',
      about('checkout-api.service is down since 03:04'),
      'web-1: checkout-api.service is down since 03:04, 84 % of shop.example.com fails. Start it?',
    ],
    [
      'the share rather than the second half of the cause',
      about('checkout-api.service is down since 11:30 UTC; nothing listens on 127.0.0.1:8080'),
      'web-1: checkout-api.service is down since 11:30 UTC, 84 % of shop.example.com fails. Start it?',
    ],
    [
      'the name of the cause, when the half that fits does not tell it',
      about(
        'nginx still connects to 127.0.0.1:8080; the configuration on disk says 127.0.0.1:8081 since 11:30, but was not reloaded',
        { cause: 'config-not-reloaded', impact: null },
      ),
      'web-1: nginx still runs an older configuration: nginx still connects to 127.0.0.1:8080. Start it?',
    ],
    [
      'the other machine and what is wrong there',
      about('web-1 itself is fine: on app-3, checkout-api.service is down; nothing listens on port 8080'),
      'web-1: on app-3 checkout-api.service is down, 84 % of shop.example.com fails. Start it?',
    ],
    [
      'how sure it is',
      { ...readOnlyHost, headline: 'checkout-api.service is down' },
      'web-1: probably checkout-api.service is down, 84 % of shop.example.com fails. Start it?',
    ],
  ])('says %s', (_what, diagnosis, line) => {
    expect(verdictLine(diagnosis, proposal, 17)).toBe(line)
  })

  it('never turns "nothing wrong seen, but" into "nothing wrong seen"', () => {
    const headline = `nothing wrong seen on web-1, but this could not be seen: ${'/var/log/nginx/a.log, '.repeat(9)}`

    const line = verdictLine({ ...undetermined, headline }, null, 17)

    expect(line).toMatch(/^web-1: nothing wrong seen, but this could not be seen: .*…$/)
  })

  it.each([
    [healthy, 'web-1: nothing is failing now.'],
    [undetermined, 'web-1: cannot tell why yet: shop.example.com fails, and the error log could not be read.'],
    [unreachable, 'web-1: not reachable: connection refused.'],
  ])('names the host once: %#', (diagnosis, line) => {
    expect(verdictLine(diagnosis, null)).toBe(line)
  })

  it.each(hostileTexts.map((text) => [text.slice(0, 30), text]))('fits whatever the host says: %j', (_start, text) => {
    expect(verdictLine(hostile(text), proposal, 17).length).toBeLessThan(120 - 17)
  })
})

describe('clauses', () => {
  it('end at marks outside of brackets, and not before a but', () => {
    expect(clauses('a (b, c) d: e, but f; g')).toEqual([
      'a (b, c) d: e, but f; g',
      'a (b, c) d: e, but f',
      'a (b, c) d',
      'a',
    ])
  })
})
