import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { textAt } from '../../../demo/slack/json.ts'
import { startStandIn } from '../../../demo/slack/stand-in.ts'
import type { StandIn } from '../../../demo/slack/stand-in.ts'
import { call } from './call.ts'

const incidents = 'C0INCIDENTS'
let slack: StandIn

beforeEach(async () => {
  slack = await startStandIn({ page: {} })
})
afterEach(() => slack.close())

async function uploaded(text: string, length = Buffer.byteLength(text)): Promise<{ id: string; status: number }> {
  const answer = await call(slack, 'files.getUploadURLExternal', { filename: 'record.md', length })
  const { status } = await fetch(textAt(answer, 'upload_url'), { method: 'POST', body: text })
  return { id: textAt(answer, 'file_id'), status }
}

function complete(id: string, more: { readonly thread_ts?: string } = {}) {
  return call(slack, 'files.completeUploadExternal', {
    files: [{ id, title: 'Record' }],
    channel_id: incidents,
    ...more,
  })
}

describe('files of the stand-in', () => {
  it('are shared once as a message of the bot, in a thread, and can be opened as they were sent', async () => {
    const root = textAt(await call(slack, 'chat.postMessage', { channel: incidents, text: 'root' }), 'ts')
    const { id, status } = await uploaded('# Märchen <b>')

    const done = await complete(id, { thread_ts: root })
    const again = await complete(id, { thread_ts: root })

    const message = slack.workspace.thread(incidents, root)[1]
    const opened = await fetch(`${slack.pageUrl ?? ''}file/${id}`)
    expect([status, done['ok'], again['error']]).toEqual([200, true, 'file_not_found'])
    expect(message?.files[0]).toMatchObject({ id, name: 'record.md', title: 'Record', size: 14 })
    expect(opened.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    await expect(opened.text()).resolves.toBe('# Märchen <b>')
  })

  it('are none when another length was announced, or nothing was uploaded', async () => {
    const short = await uploaded('abc', 4)
    const never = textAt(await call(slack, 'files.getUploadURLExternal', { filename: 'x', length: 1 }), 'file_id')

    expect(short.status).toBe(400)
    expect((await complete(short.id))['error']).toBe('file_not_found')
    expect((await complete(never))['error']).toBe('file_not_found')
  })

  it('go into no thread that is not there', async () => {
    const { id } = await uploaded('abc')

    expect((await complete(id, { thread_ts: '1.000001' }))['error']).toBe('thread_not_found')
  })
})
