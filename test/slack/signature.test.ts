import { afterEach, beforeEach, expect, test } from 'vitest'
import { dana } from '../../demo/slack/cast.ts'
import { signature } from '../../demo/slack/http-delivery.ts'
import { openOffice } from './office.ts'
import type { Office } from './office.ts'

const payload = {
  type: 'block_actions',
  user: { id: dana.id },
  trigger_id: '1.2.3',
  channel: { id: 'C0INCIDENTS' },
  actions: [{ type: 'button', action_id: 'approve', action_ts: '1', block_id: 'b', value: 'f'.repeat(32) }],
}
const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
const now = (): number => Math.floor(Date.now() / 1000)
let office: Office

beforeEach(async () => {
  office = await openOffice('http')
})
afterEach(() => office.close())

async function send(sign: (secret: string) => Readonly<Record<string, string>>): Promise<number> {
  const { signingSecret } = office.slack
  const all = { 'content-type': 'application/x-www-form-urlencoded', ...sign(signingSecret) }
  const { status } = await fetch(office.url, { method: 'POST', headers: all, body })
  return status
}

function headers(secret: string, at: number, text: string): Readonly<Record<string, string>> {
  return { 'x-slack-request-timestamp': String(at), 'x-slack-signature': signature(secret, at, text) }
}

test.each([
  ['without a signature', () => ({})],
  ['signed with another secret', () => headers('another secret altogether', now(), body)],
  ['signed for another body', (secret: string) => headers(secret, now(), `${body}&x=1`)],
  ['signed six minutes ago', (secret: string) => headers(secret, now() - 360, body)],
])('a press %s is refused, done by nobody, and logged', async (_what, sign) => {
  expect(await send(sign)).toBe(401)
  expect(office.queues.presses).toEqual([])
  expect(office.said.join('\n')).toMatch(/signature|timestamp|header/i)
})

test('a press with its right signature, for comparison, is taken', async () => {
  expect(await send((secret) => headers(secret, now(), body))).toBe(200)
})
