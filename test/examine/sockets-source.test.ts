import { describe, expect, it } from 'vitest'
import { factsOf } from '../../src/examine/facts.ts'
import { replaySnapshot } from '../../src/examine/replay.ts'
import { readSnapshot } from '../../src/host/snapshot.ts'
import { withSocketsSource } from '../../src/examine/sockets-source.ts'

const snapshot = await readSnapshot('test/rules/listen-address-mismatch/fires-listen-address-mismatch')
const [first] = replaySnapshot(snapshot).findings
const captures = snapshot.captures.map(({ capture }) => capture)

function commandsWith(more: string): readonly string[] {
  if (!first) throw new Error('the recording has no finding')
  const read = captures.map((each) => (each.probe === 'sockets' ? { ...each, stdout: each.stdout + more } : each))
  const { evidence } = withSocketsSource(first, factsOf(read, snapshot.host, 'both rounds'), [])
  return evidence.filter(({ probe }) => probe === 'sockets').map(({ command }) => command)
}

describe('evidence about sockets', () => {
  it('names ss where it was asked', () => {
    expect(commandsWith('')).toContain('ss -Htlnp')
  })

  it('names the table of the kernel on a host without ss', () => {
    expect(new Set(commandsWith('\n@from /proc/net/tcp\n'))).toEqual(new Set(['cat /proc/net/tcp']))
  })
})
