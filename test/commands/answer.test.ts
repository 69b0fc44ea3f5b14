import { describe, expect, it } from 'vitest'
import { answer } from '../../commands/answer.ts'
import { commands } from '../../commands/index.ts'
import { readLine } from '../../commands/read-line.ts'
import { inventoryOfTests } from './inventory-of-tests.ts'

function say(line: string) {
  return answer(readLine(line), { inventory: inventoryOfTests(), text: line })
}

describe('answering a typed line', () => {
  it.each(['diagnose web-1', 'DIAGNOSE Web-1', 'web-1'])('takes %j as a diagnosis of web-1', async (line) => {
    expect(await say(line)).toEqual({ kind: 'diagnose', target: { host: 'web-1' } })
  })

  it.each([
    ['diagnose web-1 since 2h', 7200],
    ['diagnose web-1 since 90 minutes', 5400],
    ['web-1 since 1d', 86_400],
    ['diagnose since 30m web-1', 1800],
  ])('reads how far %j looks back', async (line, sinceSeconds) => {
    expect(await say(line)).toEqual({ kind: 'diagnose', target: { host: 'web-1' }, sinceSeconds })
  })

  it.each([
    'diagnose web-1 since',
    'diagnose web-1 since yesterday',
    'diagnose web-1 since 99d',
    'diagnose web-1 since 0s',
  ])('runs nothing for %j, whose time cannot be used', async (line) => {
    expect(await say(line)).toMatchObject({ kind: 'refusal', message: expect.stringContaining('since 2h') })
  })

  it.each([
    ['diagnoze web-1', ['diagnose web-1', 'hosts', 'help']],
    ['diagnoes wbe-1', ['diagnose web-1', 'hosts', 'help']],
    ['wbe-1', ['diagnose web-1', 'diagnose web-2', 'hosts']],
    ['web-1 rm -rf', ['diagnose web-1', 'hosts', 'help']],
    ['host', ['hosts', 'help']],
    ['please', ['hosts', 'help']],
    ['why is web-1 broken', ['diagnose web-1', 'hosts', 'help']],
    ['web-1 web-2 web-x', ['diagnose web-1', 'diagnose web-2', 'hosts']],
    ['diagnose localhost', ['hosts', 'help']],
    ['diagnose -oProxyCommand=sh', ['hosts', 'help']],
  ])('runs nothing for %j and suggests %j', async (line, lines) => {
    expect(await say(line)).toMatchObject({ kind: 'suggestions', commands: lines })
  })

  it('takes a line that is exactly several hosts as a diagnosis of them', async () => {
    expect(await say('web-1 web-2 since 2h')).toEqual({
      kind: 'diagnose-all',
      fleet: { title: 'web-1, web-2', hosts: ['web-1', 'web-2'] },
      sinceSeconds: 7200,
    })
  })

  it('suggests only lines that are understood', async () => {
    const reply = await say('diagnoze www.example.com')
    const lines = reply.kind === 'suggestions' ? reply.commands : []

    const kinds = await Promise.all(lines.map(async (line) => (await say(line)).kind))

    expect(lines.length).toBeGreaterThan(1)
    expect(kinds).not.toContain('suggestions')
  })

  it.each(['restart web-1', 'reload nginx on web-1', 'stop checkout-api.service on web-1', 'fix shop.example.com'])(
    'diagnoses first when asked to act: %j',
    async (line) => {
      expect(await say(line)).toMatchObject({
        kind: 'diagnose',
        note: expect.stringContaining('I diagnose first'),
        target: { host: 'web-1' },
      })
    },
  )

  it('explains lines that are pasted behind the word, quotes and all', async () => {
    const reply = await say(
      'explain 2026/11/21 03:08:01 [error] 4#4: *9 connect() failed (111: Connection refused) while connecting to upstream, client: 192.0.2.7, server: a, request: "GET / HTTP/1.1", upstream: "http://127.0.0.1:8080/", host: "a"',
    )

    expect(reply).toMatchObject({
      kind: 'explained',
      lines: [
        { errno: 111, request: 'GET / HTTP/1.1', upstream: 'http://127.0.0.1:8080/', ask: { command: 'ss -ltnp' } },
      ],
      linesLeft: 0,
      cut: false,
    })
  })

  it('explains a line that is pasted without a word before it', async () => {
    expect(
      await say('2026/11/21 03:08:01 [error] 4#4: *9 no live upstreams while connecting to upstream'),
    ).toMatchObject({
      kind: 'explained',
      lines: [{ causes: expect.arrayContaining(['no-live-upstreams']) }],
    })
  })

  it('asks for lines when there are none, and answers ten at a time', async () => {
    const line = '2026/11/21 03:08:01 [error] 4#4: no live upstreams'

    expect(await say('explain')).toEqual({ kind: 'paste-lines' })
    expect(await say(`explain ${`${line}\n`.repeat(12)}`)).toMatchObject({ linesLeft: 2, lines: { length: 10 } })
  })

  it('lists every command in help, and shows help for an empty line', async () => {
    expect(await say('')).toEqual(await say('help'))
    expect(await say('help')).toMatchObject({ kind: 'help', commands: commands.map(({ usage }) => ({ usage })) })
  })

  it('lists the hosts with what may be done there', async () => {
    const reply = await say('hosts')

    expect(reply).toMatchObject({
      kind: 'hosts',
      hosts: [
        { name: 'web-1', acts: 'may act on checkout-api.service, nginx' },
        { name: 'web-2', acts: 'read-only' },
        { name: 'db.internal' },
      ],
    })
  })
})
