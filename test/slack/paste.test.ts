import { afterEach, describe, expect, it } from 'vitest'
import { dana, sam } from '../../demo/slack/cast.ts'
import type { Message } from '../../demo/slack/model.ts'
import { windowField } from '../../src/slack/messages/window.ts'
import { undetermined } from './cases.ts'
import { openOffice } from './office.ts'
import type { Office, TransportKind } from './office.ts'

const incidents = 'C0INCIDENTS'
const asking = {
  ...undetermined,
  ask: {
    command: 'nft list ruleset',
    why: 'sudo refused: nft list ruleset',
    probe: 'firewall',
    paste: 'a1b2c3d4e5f6a7b8a1b2c3d4e5f6a7b8',
  },
}
let office: Office

afterEach(() => office.close())

function typed(...texts: readonly string[]) {
  const names = [windowField.block, `${windowField.block}-2`, `${windowField.block}-3`]
  return Object.fromEntries(
    names.map((name, index) => [
      name,
      { [windowField.action]: { type: 'plain_text_input', value: texts[index] ?? null } },
    ]),
  )
}

async function undeterminedThread(): Promise<{ readonly root: Message; readonly verdict: Message }> {
  await office.slack.person.type(dana.id, incidents, '/nginx diagnose web-1')
  const { threadId } = await office.slack.waitFor(() => office.queues.requests[0])
  const root = await office.slack.waitFor(() =>
    office.slack.workspace.messages(incidents).find((message) => message.metadata !== undefined),
  )
  await office.post(threadId, {
    kind: 'diagnosis',
    diagnosis: asking,
    proposal: null,
  })
  const verdict = office.slack.workspace.thread(incidents, root.ts)[1]
  if (verdict === undefined) throw new Error('no verdict')
  return { root, verdict }
}

describe.each<TransportKind>(['socket', 'http'])('one more question over %s', (kind) => {
  it('is asked with its command, takes the output in a window, and is judged again in the same thread', async () => {
    office = await openOffice(kind)
    const { root, verdict } = await undeterminedThread()

    await office.slack.person.press(sam.id, verdict, 'Paste output')
    await office.slack.waitFor(() => office.slack.views.modal(sam.id))
    await office.slack.person.submit(sam.id, typed('table inet filter {', '  # password=hunter2', '}'))

    const again = await office.slack.waitFor(() => office.queues.requests[1])
    expect(JSON.stringify(verdict.blocks)).toContain('nft list ruleset')
    expect(office.slack.views.modal(sam.id)).toBeUndefined()
    expect(again).toMatchObject({
      host: 'web-1',
      requester: { kind: 'user', userId: sam.id },
      pasted: { key: asking.ask.paste, by: sam.realName },
    })
    expect(again.pasted?.text).toBe('table inet filter {\n  # password=<redacted:password>\n}')
    const answer = await office.slack.waitFor(() =>
      office.slack.workspace
        .thread(incidents, root.ts)
        .find(({ text }) => text.includes('web-1') && text !== verdict.text),
    )
    expect(answer).toBeDefined()
  })
})

describe('one more question', () => {
  it('is not judged when nothing was pasted', async () => {
    office = await openOffice('socket')
    const { verdict } = await undeterminedThread()
    await office.slack.person.press(sam.id, verdict, 'Paste output')
    await office.slack.waitFor(() => office.slack.views.modal(sam.id))

    await office.slack.person.submit(sam.id, typed('  '))

    const told = await office.slack.waitFor(() => office.slack.workspace.ephemerals(sam.id)[0])
    expect(told.text).toContain('nothing in the window')
    expect(office.queues.requests).toHaveLength(1)
  })

  it('takes the output of a window once, also when Slack brings it twice', async () => {
    office = await openOffice('socket')
    const { verdict } = await undeterminedThread()
    await office.slack.person.press(sam.id, verdict, 'Paste output')
    await office.slack.waitFor(() => office.slack.views.modal(sam.id))

    await office.slack.person.submit(sam.id, typed('x'))
    await office.slack.waitFor(() => office.queues.requests[1])
    await office.slack.person.repeatLast()
    await office.bot.stop()

    expect(office.queues.requests).toHaveLength(2)
  })

  it('is judged for nobody who may not ask', async () => {
    let may = true
    office = await openOffice('socket', {
      mayAsk: () => (may ? { allowed: true } : { allowed: false, because: 'Ask me in #incidents.' }),
    })
    const { verdict } = await undeterminedThread()
    await office.slack.person.press(sam.id, verdict, 'Paste output')
    await office.slack.waitFor(() => office.slack.views.modal(sam.id))
    may = false

    await office.slack.person.submit(sam.id, typed('x'))

    const told = await office.slack.waitFor(() => office.slack.workspace.ephemerals(sam.id)[0])
    expect(told.text).toContain('Ask me in #incidents.')
    expect(office.queues.requests).toHaveLength(1)
  })
})
