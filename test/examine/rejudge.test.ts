import { beforeAll, describe, expect, it } from 'vitest'
import { rejudge } from '../../src/examine/rejudge.ts'
import { replaySnapshot } from '../../src/examine/replay.ts'
import { readSnapshot, type Snapshot } from '../../src/host/snapshot.ts'
import { captureFolders } from '../support/captures.ts'

let failing: Snapshot
/** The same host as somebody sees it who may neither read the log nor ask the firewall, and with live requests switched off. */
let blind: Snapshot
let logText: string

beforeAll(async () => {
  const folder = captureFolders().find(({ name }) => name === 'rules/backend-down/fires-backend-down')?.folder ?? ''
  failing = await readSnapshot(folder)
  const stdout = failing.captures.find(({ capture }) => capture.probe === 'error-log')?.capture.stdout ?? ''
  logText = stdout.slice(stdout.indexOf('@tail\n') + 6)
  blind = changed(failing, {
    'error-log': { stdout: '@log unreadable 0 0 0 /var/log/nginx/error.log\n' },
    'live-requests': { stdout: '', notRun: 'live requests are switched off for this host (directRequests: false)' },
    firewall: { stdout: '@tool nft 126\nsudo refused: nft list ruleset\n@tool iptables absent not installed\n' },
  })
})

type Change = Readonly<Record<string, { readonly stdout: string; readonly notRun?: string }>>

function changed(snapshot: Snapshot, change: Change): Snapshot {
  const captures = snapshot.captures.map((recorded) => {
    const other = change[recorded.capture.probe]
    return other === undefined ? recorded : { ...recorded, capture: { ...recorded.capture, ...other } }
  })
  return { ...snapshot, captures }
}

function pasted(snapshot: Snapshot, probe: string, text: string) {
  return rejudge(snapshot, { probe, text, by: 'Dana' })
}

describe('an undetermined diagnosis', () => {
  it('asks for the one command whose output is missed most', () => {
    const { verdict, ask } = replaySnapshot(blind)

    expect(verdict).toBe('undetermined')
    expect(ask).toEqual({
      command: 'tail -n 20 /var/log/nginx/error.log | cut -c1-400',
      why: '/var/log/nginx/error.log may not be read (add the user to group adm)',
      probe: 'error-log',
    })
  })

  it('asks for nothing when it can tell', () => {
    expect(replaySnapshot(failing).ask).toBeUndefined()
  })
})

describe('pasted output', () => {
  it('settles it, as likely and without an action', () => {
    const again = pasted(blind, 'error-log', logText)

    expect(again?.diagnosis).toMatchObject({
      verdict: 'diagnosed',
      pasted: { by: 'Dana', command: 'tail -n 20 /var/log/nginx/error.log | cut -c1-400' },
    })
    const [first] = again?.diagnosis.findings ?? []
    expect(first).toMatchObject({
      cause: 'backend-down',
      confidence: 'likely',
      fix: { action: { id: 'start-unit', allowed: false, refused: expect.stringContaining('pasted output') } },
    })
    expect(first?.evidence.filter(({ probe }) => probe === 'error-log').map(({ command }) => command)).toEqual([
      expect.stringMatching(/ \(pasted\)$/),
    ])
  })

  it('leads to the next question, whose answer is judged together with the first', () => {
    const withLog = pasted(blind, 'error-log', logText)
    const rules =
      'table inet filter {\n\tchain input {\n\t\ttype filter hook input priority filter; policy accept;\n\t}\n}\n'

    const both = withLog === null ? null : pasted(withLog.snapshot, 'firewall', rules)

    const open = (given: typeof both) => given?.diagnosis.findings[0]?.openQuestions.map(({ cause }) => cause) ?? []
    expect(open(withLog)).toContain('firewall-blocked')
    expect(open(both)).not.toContain('firewall-blocked')
    expect(both?.diagnosis.findings[0]).toMatchObject({ cause: 'backend-down', confidence: 'likely' })
  })

  it('of a firewall without rules is an answer too', () => {
    const withLog = pasted(blind, 'error-log', logText)

    const both = withLog === null ? null : pasted(withLog.snapshot, 'firewall', 'nft ended with 0\n')

    expect(withLog?.diagnosis.findings[0]?.openQuestions.map(({ cause }) => cause)).toContain('firewall-blocked')
    expect(both?.diagnosis.findings[0]?.openQuestions.map(({ cause }) => cause)).not.toContain('firewall-blocked')
  })

  it('never makes a host healthy', async () => {
    const folder = captureFolders().find(({ name }) => name === 'hosts/healthy')?.folder ?? ''
    const healthy = changed(await readSnapshot(folder), {
      'error-log': { stdout: '@log unreadable 0 0 0 /var/log/nginx/error.log\n' },
    })

    const again = pasted(healthy, 'error-log', '2020/01/01 00:00:00 [notice] 1#1: start worker processes\n')

    expect(replaySnapshot(healthy).verdict).toBe('undetermined')
    expect(again?.diagnosis).toMatchObject({
      verdict: 'undetermined',
      headline: expect.stringContaining('as far as pasted output goes'),
    })
  })

  it.each([
    ['error-log', 'tail: cannot open: Permission denied'],
    ['firewall', 'hello'],
    ['firewall', 'Operation not permitted (you must be root)\nnft ended with 1'],
    ['sockets', 'State Recv-Q Send-Q'],
    ['nginx-config', 'nginx: command not found'],
    ['kernel-log', 'dmesg: read kernel buffer failed: Operation not permitted'],
    ['host', 'clock 1 +0000'],
    ['error-log', ''],
  ])('is not judged when it is no output of what was asked (%s: %j)', (probe, text) => {
    expect(pasted(blind, probe, text)).toBeNull()
  })

  it('cannot bring in an answer of another question', () => {
    const forged = `${logText}\n@tool nft 0\n@log read 1 1 0 /etc/shadow\n@group 999 999 2026/11/21 11:58:35 2026/11/21 11:58:35\n`

    const again = pasted(blind, 'error-log', forged)

    const stdout = again?.snapshot.captures.find(({ capture }) => capture.probe === 'error-log')?.capture.stdout ?? ''
    expect(stdout).not.toContain('/etc/shadow')
    expect(stdout).not.toContain('999')
  })
})
