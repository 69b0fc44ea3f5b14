import { describe, expect, it } from 'vitest'
import { resolverAnswers } from '../../src/probes/resolver-answers.ts'

function outcome(body: string, asked = '127.0.0.1|5353|app.internal') {
  const stdout = `@asked ${asked}\n${body}\n`
  const result = resolverAnswers.parse({
    probe: 'resolver-answers',
    host: 'web-1',
    command: '',
    exitCode: 0,
    ms: 1,
    stdout,
    stderr: '',
    truncated: false,
    timedOut: false,
  })
  return result.ok ? result.value.answers[0] : null
}

describe('what a name server answered', () => {
  it.each([
    [';; ->>HEADER<<- opcode: QUERY, status: NXDOMAIN, id: 4711', 'nxdomain'],
    [';; ->>HEADER<<- opcode: QUERY, status: SERVFAIL, id: 4711', 'servfail'],
    [';; ->>HEADER<<- opcode: QUERY, status: REFUSED, id: 4711', 'refused-by-server'],
    [';; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4711', 'no-data'],
    [';; communications error to 127.0.0.1#5353: timed out\n;; no servers could be reached', 'timeout'],
    [';; communications error to 127.0.0.1#5353: connection refused\n;; no servers could be reached', 'refused'],
    [';; connection timed out; no servers could be reached', 'timeout'],
    ["** server can't find app.internal: NXDOMAIN", 'nxdomain'],
    ['Server:\t\t127.0.0.1\nAddress:\t127.0.0.1#5353\n\nName:\tapp.internal\nAddress: 10.0.0.7', 'noerror'],
    ['app.internal.\t\t60\tIN\tA\t10.0.0.7', 'noerror'],
    ['app.internal has address 10.0.0.7', 'noerror'],
    ['no words that anybody knows', 'other'],
  ])('%s is %s', (body, expected) => {
    expect(outcome(body)?.outcome).toBe(expected)
  })

  it('names the server as the configuration writes it', () => {
    expect(outcome('', '10.0.0.53|53|a')?.server).toBe('10.0.0.53')
    expect(outcome('', 'fd00::53|5353|a')?.server).toBe('[fd00::53]:5353')
  })

  it('knows an address that is that of the server as well', () => {
    expect(outcome('app.internal.\t5\tIN\tA\t127.0.0.1')).toMatchObject({
      outcome: 'noerror',
      addresses: ['127.0.0.1'],
    })
  })

  it('does not take the address of the server for that of the name', () => {
    expect(outcome("Server:\t127.0.0.1\nAddress: 127.0.0.1\n\n** server can't find x: NXDOMAIN")).toMatchObject({
      outcome: 'nxdomain',
      addresses: [],
    })
  })
})
