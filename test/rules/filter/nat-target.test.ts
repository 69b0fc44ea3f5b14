import { describe, expect, it } from 'vitest'
import type { Firewall } from '../../../src/probes/firewall.ts'
import { natTarget } from '../../../src/rules/filter/nat-target.ts'

// As nft 1.0.6 and iptables-save 1.8.9 (Debian 12) write them.

const packet = { from: ['127.0.0.1'], to: '127.0.0.1', port: 9283, device: 'lo' } as const

function carried(tool: 'nft' | 'iptables', text: string): ReturnType<typeof natTarget> {
  const firewall: Firewall = { sets: [{ tool, state: 'read', reason: '', lines: text.split('\n') }] }
  return natTarget(packet, { known: true, value: firewall, source: { host: 'web-1', probe: 'firewall', command: '' } })
}

function nft(hook: string, rule: string): string {
  return `table ip maintenance {
	chain own {
		type nat hook ${hook} priority -100; policy accept;
		${rule}
	}
}`
}

describe('where nat carries a connection of this host', () => {
  it.each([
    ['ip daddr 127.0.0.1 tcp dport 9283 counter packets 36 bytes 2160 redirect to :80', '127.0.0.1', 80],
    ['tcp dport 9283 dnat to 127.0.0.1:8080', '127.0.0.1', 8080],
    ['tcp dport 9283 dnat to 10.0.0.5', '10.0.0.5', 9283],
  ])('is read from a rule of nft: %s', (rule, host, port) => {
    expect(carried('nft', nft('output', rule))).toMatchObject({ host, port })
  })

  it('is read from iptables-save, through the chains that a rule jumps to', () => {
    const text = `*nat
:OUTPUT ACCEPT [0:0]
:old - [0:0]
-A OUTPUT -d 127.0.0.0/8 -j old
-A old -p tcp -m tcp --dport 9283 -j REDIRECT --to-ports 80
COMMIT`

    expect(carried('iptables', text)).toMatchObject({ host: '127.0.0.1', port: 80, tool: 'iptables' })
  })

  it.each([
    ['another port', nft('output', 'tcp dport 9284 redirect to :80')],
    ['what comes from outside', nft('prerouting', 'tcp dport 9283 redirect to :80')],
    ['a condition that is not known', nft('output', 'meta skuid 33 tcp dport 9283 redirect to :80')],
  ])('is not told of %s', (_, text) => {
    expect(carried('nft', text)).toBeNull()
  })
})
