import { afterEach, describe, expect, it } from 'vitest'
import { checkModal } from '../../demo/slack/check-view.ts'
import { dana, sam } from '../../demo/slack/cast.ts'
import type { JsonObject } from '../../demo/slack/json.ts'
import { explainPasted } from '../../commands/explain.ts'
import { explainedWindow, explainWindow } from '../../src/slack/messages/explain-window.ts'
import { windowField } from '../../src/slack/messages/window.ts'
import { openOffice } from './office.ts'
import type { Office, TransportKind } from './office.ts'

const incidents = 'C0INCIDENTS'
const refused =
  '2026/11/21 03:08:01 [error] 41#41: *9 connect() failed (111: Connection refused) while connecting to upstream, client: 192.0.2.7, server: shop.example.com, request: "GET /cart?a=1&token=s3cr3t HTTP/1.1", upstream: "http://127.0.0.1:8080/cart", host: "shop.example.com"'
let office: Office | undefined

afterEach(async () => {
  await office?.close()
  office = undefined
})

function pasted(text: string): JsonObject {
  return { [windowField.block]: { [windowField.action]: { type: 'plain_text_input', value: text } } }
}

describe.each<TransportKind>(['socket', 'http'])('/nginx explain over %s', (kind) => {
  it('answers lines behind the word at once, to the person alone, without their secrets', async () => {
    office = await openOffice(kind)
    const { slack } = office

    await slack.person.type(dana.id, incidents, `/nginx explain ${refused}`)

    const answer = await slack.waitFor(() => slack.workspace.ephemerals(dana.id)[0])
    const shown = JSON.stringify(answer.blocks)
    expect(answer.text).toBe('Fits best: the backend is down. Only the host can tell.')
    expect(shown).toContain('backend-down')
    expect(shown).toContain('http://127.0.0.1:8080/cart')
    expect(shown).not.toContain('s3cr3t')
    expect(slack.workspace.messages(incidents).filter((message) => !message.ephemeralTo)).toEqual([])
    expect(office.queues.requests).toEqual([])
  })

  it('opens a window without lines, and shows the answer in its place', async () => {
    office = await openOffice(kind)
    const { slack } = office

    await slack.person.type(dana.id, incidents, '/nginx explain')
    await slack.waitFor(() => slack.views.modal(dana.id))
    const done = await slack.person.submit(dana.id, pasted(refused))

    expect(done).toMatchObject({ outcome: 'acked' })
    const answer = slack.views.modal(dana.id)
    expect(answer).toMatchObject({ title: { text: 'What the lines say' } })
    expect(JSON.stringify(answer)).toContain('the backend is down')
    expect(slack.workspace.messages(incidents)).toEqual([])
  })
})

describe('explaining in Slack', () => {
  it('answers in the thread when asked in one, for all to read', async () => {
    office = await openOffice('socket')
    const { slack } = office
    const talk = slack.workspace.post({ channel: incidents, user: sam.id, text: 'look at this' })

    await slack.person.mention(dana.id, incidents, `explain ${refused}`, talk.ts)

    const answer = await slack.waitFor(() => slack.workspace.thread(incidents, talk.ts)[2])
    expect(answer).toMatchObject({ user: slack.workspace.bot.id })
    expect(answer.ephemeralTo).toBeUndefined()
    expect(answer.text).toContain('the backend is down')
  })

  it('tells somebody who mentions it without lines where they can be typed', async () => {
    office = await openOffice('socket')
    const { slack } = office

    await slack.person.mention(dana.id, incidents, 'explain')

    const answer = await slack.waitFor(() => slack.workspace.ephemerals(dana.id)[0])
    expect(answer.text).toContain('/nginx explain')
  })

  it('keeps hostile text inert, within what Slack takes', () => {
    const hostile = Array.from(
      { length: 40 },
      (_, index) =>
        `2026/11/21 03:08:0${index % 10} [error] 1#1: *9 connect() failed (111: x) while connecting to upstream, client: 1.1.1.1, server: <!channel>, request: "GET /${'\u202E`<https://evil.example|x>`'.repeat(20)} HTTP/1.1", upstream: "http://127.0.0.1:8080/", host: "\u001B[31m"`,
    ).join('\n')
    const explained = explainPasted(hostile)
    const window = explainedWindow(explained)

    expect(explained).toMatchObject({ cut: true })
    expect(() => checkModal(JSON.parse(JSON.stringify(window)))).not.toThrow()
    expect(JSON.stringify(window)).not.toMatch(/\u202E|"type":"(?:link|user|broadcast)"/u)
    expect(JSON.stringify(window)).not.toContain(String.raw`\u001b`)
    expect(JSON.stringify(window)).toContain('3,000 characters')
  })

  it('opens a window that Slack takes', () => {
    expect(() => checkModal(JSON.parse(JSON.stringify(explainWindow())))).not.toThrow()
  })
})
