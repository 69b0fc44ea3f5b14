import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { dana } from '../../demo/slack/cast.ts'
import type { Message } from '../../demo/slack/model.ts'
import { withCommon } from '../../lab/fault.ts'
import type { LabHost } from '../../lab/host-handle.ts'
import { labHost } from '../../lab/host.ts'
import { labFleet, type LabFleet } from '../../lab/hosts.ts'
import { readPair } from '../../lab/pair.ts'
import { labHere } from '../lab/lab-here.ts'
import { readAloud } from '../slack/read-aloud.ts'
import { install, type Installation } from './installation.ts'

const channel = 'C0INCIDENTS'
const shared = ['web-1', 'web-2', 'web-3', 'web-4']
const own = [
  { name: 'web-5', fault: 'nginx-down' },
  { name: 'web-6', fault: 'socket-permission' },
  { name: 'web-7', fault: 'config-not-reloaded' },
  { name: 'web-8' },
]

describe.skipIf(!labHere())(
  'a group of eight hosts, four of them behind one stopped backend',
  { timeout: 300_000 },
  () => {
    let behind: LabFleet | undefined
    const alone: LabHost[] = []
    let installed: Installation | undefined

    afterEach(async () => {
      await installed?.close()
      for (const host of alone.splice(0)) await host.down()
      await behind?.down()
      installed = behind = undefined
    })

    it('is one message that is grouped right; the shared fix is approved once, acts on the backend once, and cures all four', async () => {
      const { fronts, back } = await raise()
      const { standIn, auditDir } = await installOn(fronts, back)
      await standIn.person.type(dana.id, channel, '/nginx diagnose group:edge')
      await reply((message) => message.text.startsWith('group:edge: ') && message.text.includes('<@'))
      const root = aloud(messages()[0])
      const offer = await reply((message) => aloud(message).includes('checkout-api.service on app-3]'))
      const before = await statuses(fronts)

      await standIn.person.press(dana.id, offer, 'Start checkout-api.service on app-3')
      await reply((message) => message.ts !== offer.ts && /resolved/i.test(message.text))

      expect(root).toMatch(/It is the backend 10\.77\.\d+\.3:\d+ on app-3, not these 4 hosts: the backend is down/)
      expect(root).toMatch(/\*4 hosts:\* the backend is down.*\(web-1, web-2, web-3, web-4\)/)
      for (const { name, words } of [
        { name: 'web-5', words: /nginx/ },
        { name: 'web-6', words: /sock/ },
        { name: 'web-7', words: /configuration/ },
      ])
        expect(root).toMatch(new RegExp(`\\*1 host:\\* ${name}: .*${words.source}`))
      expect(root).toMatch(/\*1 host:\* healthy \(web-8\)/)
      expect(messages().filter(({ threadTs }) => threadTs === null || threadTs === undefined)).toHaveLength(1)
      expect(before).toEqual(['502', '502', '502', '502'])
      expect(await statuses(fronts)).toEqual(['200', '200', '200', '200'])
      expect(ranIn(auditDir)).toEqual(['app-3 checkout-api.service'])
    })

    async function raise(): Promise<LabFleet> {
      const fleet = await labFleet(shared)
      behind = fleet
      const { backScript, frontScript } = readPair('stopped')
      for (const front of fleet.fronts) await front.run('visitors', withCommon('visitors'))
      await fleet.back.run('back.sh of stopped', backScript)
      for (const front of fleet.fronts) await front.run('front.sh of stopped', frontScript)
      for (const options of own) alone.push(await labHost(options))
      return fleet
    }

    async function installOn(fronts: readonly LabHost[], back: LabHost): Promise<Installation> {
      const edge = [...fronts, ...alone].map((host) => ({ name: host.name, host, units: [], groups: ['edge'] }))
      const listed = [...edge, { name: 'app-3', host: back, units: ['checkout-api.service'] }]
      // Nine hosts on one machine: what is looked at here is the answer, not the time it takes.
      installed = await install(listed, 'socket', { settings: { budgetSeconds: 60, diagnosesAtOnce: 4 } })
      return installed
    }

    function messages(): readonly Message[] {
      return installed?.standIn.workspace.messages(channel) ?? []
    }

    async function reply(fits: (message: Message) => boolean): Promise<Message> {
      if (!installed) throw new Error('nothing is installed')
      try {
        return await installed.standIn.waitFor(() => messages().slice(1).find(fits), { deadlineMs: 120_000 })
      } catch (cause) {
        throw new Error(`no such reply:\n${messages().map(aloud).join('\n\n')}\n${installed.worker.output()}`, {
          cause,
        })
      }
    }
  },
)

async function statuses(fronts: readonly LabHost[]): Promise<readonly string[]> {
  const ask = "curl -s -m 10 -o /dev/null -w '%{http_code}' -H 'Host: shop.example.com' http://127.0.0.1/cart"
  return Promise.all(fronts.map(async (front) => (await front.exec(ask)).stdout))
}

/** What ran, by the record of the worker. */
function ranIn(auditDir: string): readonly string[] {
  const files = readdirSync(auditDir).filter((name) => name.endsWith('.jsonl'))
  const lines = files.flatMap((name) => readFileSync(join(auditDir, name), 'utf8').trim().split('\n'))
  return lines.flatMap((line) => {
    const found = /"step":"ran".*/.test(line) ? /"host":"([^"]+)".*"target":"([^"]+)"/.exec(line) : null
    return found ? [`${found[1] ?? ''} ${found[2] ?? ''}`] : []
  })
}

function aloud(message: Message | undefined): string {
  return message === undefined ? '' : readAloud(message)
}
