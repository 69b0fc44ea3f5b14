import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { createLog } from '../src/log.ts'

async function logged(write: (log: ReturnType<typeof createLog>) => void): Promise<string> {
  const stream = new PassThrough()
  write(createLog('info', stream))
  stream.end()
  let text = ''
  for await (const chunk of stream) text += String(chunk)
  return text
}

test.each<[string, Record<string, unknown>]>([
  ['a field', { token: 'xoxb-1-secret' }],
  ['a field of a field', { slack: { botToken: 'xoxb-1-secret' } }],
  ['the text of an error', { err: new Error('call with xoxb-1-secret failed') }],
  ['the cause of an error', { err: new Error('failed', { cause: new Error('xapp-1-secret') }) }],
  ['a password in an address', { reason: 'no answer from redis://user:1-secret@10.0.0.1:6379' }],
])('a secret in %s does not reach the log', async (_where, fields) => {
  const text = await logged((log) => log.info(fields, 'message'))

  expect(text).toContain('[secret]')
  expect(text).not.toContain('1-secret')
})

test('a line has a level by name, a time and no stack trace', async () => {
  const text = await logged((log) => log.warn({ err: new Error('broken') }, 'it broke'))

  expect(JSON.parse(text)).toMatchObject({ level: 'warn', msg: 'it broke', err: { name: 'Error', message: 'broken' } })
  expect(text).not.toContain('.ts:')
})
