import { describe, expect, test } from 'vitest'
import { maskClients } from '../../src/redact/mask-clients.ts'
import { diagnosed, healthy } from '../slack/cases.ts'

const [finding] = diagnosed.findings

function seen(texts: readonly string[], summary = 'the backend is down'): typeof diagnosed {
  if (finding === undefined) throw new Error('no finding')
  const evidence = texts.map((text) => ({ probe: 'error-log', command: 'tail', text }))
  return { ...diagnosed, findings: [{ ...finding, summary, evidence }] }
}

function evidenceOf({ findings }: typeof diagnosed): readonly string[] {
  return (findings[0]?.evidence ?? []).map(({ text }) => text)
}

describe('addresses of clients', () => {
  test('are numbered in log lines, the same one alike everywhere', () => {
    const masked = maskClients(
      seen([
        'connect() failed, client: 203.0.113.9, server: shop, upstream: "http://10.0.3.7:8080/"',
        '198.51.100.4 - - [21/Nov/2026:03:08:11 +0000] "GET / HTTP/1.1" 502',
        'connect() failed, client: 2001:db8::7, server: shop\nconnect() failed, client: 203.0.113.9, server: shop',
      ]),
      [],
    )

    expect(evidenceOf(masked)).toEqual([
      'connect() failed, client: client-1, server: shop, upstream: "http://10.0.3.7:8080/"',
      'client-2 - - [21/Nov/2026:03:08:11 +0000] "GET / HTTP/1.1" 502',
      'connect() failed, client: client-3, server: shop\nconnect() failed, client: client-1, server: shop',
    ])
  })

  test('that only a count of the access log knows are numbered in the words of a finding', () => {
    const masked = maskClients(seen([], 'hang up, most often 203.0.113.9 (80 % of them), not 203.0.113.90.'), [
      '203.0.113.9',
    ])

    expect(masked.findings[0]?.summary).toBe('hang up, most often client-1 (80 % of them), not 203.0.113.90.')
  })

  test('of this machine, and what a diagnosis is about, stay', () => {
    const about = { ...healthy, outside: [{ site: 'shop', addresses: ['192.0.2.1'], elsewhere: false, answer: null }] }

    expect(maskClients(about, ['127.0.0.1', '192.0.2.1'])).toEqual(about)
    expect(evidenceOf(maskClients(seen(['client: 127.0.0.1, upstream: "http://127.0.0.1:8080"']), []))).toEqual([
      'client: 127.0.0.1, upstream: "http://127.0.0.1:8080"',
    ])
  })
})
