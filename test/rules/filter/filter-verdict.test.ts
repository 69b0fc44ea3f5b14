import { describe, expect, it } from 'vitest'
import type { Firewall, FirewallTool, RuleSet } from '../../../src/probes/firewall.ts'
import { filterVerdict } from '../../../src/rules/filter/filter-verdict.ts'

// Rule sets in the words of nft 1.0.6 and iptables-save 1.8.9 (Debian 12), shortened.

const fromNginx = { from: ['10.0.3.2'], to: '10.0.3.7', port: 8080, device: null } as const
const overLoopback = { from: ['127.0.0.1'], to: '127.0.0.1', port: 8080, device: 'lo' } as const

/** What `ufw default deny; ufw allow 22/tcp; ufw allow from 10.0.3.2 to any port 8080` makes, its usual chains in part. */
function ufw(...userRules: readonly string[]): string {
  return `*filter
:INPUT DROP [12:720]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
:ufw-before-input - [0:0]
:ufw-after-input - [0:0]
:ufw-user-input - [0:0]
:ufw-skip-to-policy-input - [0:0]
:ufw-not-local - [0:0]
:ufw-before-logging-input - [0:0]
-A INPUT -j ufw-before-logging-input
-A INPUT -j ufw-before-input
-A INPUT -j ufw-after-input
-A ufw-after-input -p udp -m udp --dport 137 -j ufw-skip-to-policy-input
-A ufw-after-input -m addrtype --dst-type BROADCAST -j ufw-skip-to-policy-input
-A ufw-before-input -i lo -j ACCEPT
-A ufw-before-input -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A ufw-before-input -m conntrack --ctstate INVALID -j DROP
-A ufw-before-input -p icmp -m icmp --icmp-type 8 -j ACCEPT
-A ufw-before-input -j ufw-not-local
-A ufw-before-input -d 224.0.0.251/32 -p udp -m udp --dport 5353 -j ACCEPT
-A ufw-before-input -j ufw-user-input
-A ufw-not-local -m addrtype --dst-type LOCAL -j RETURN
-A ufw-not-local -m addrtype --dst-type MULTICAST -j RETURN
-A ufw-not-local -m limit --limit 3/min --limit-burst 10 -j LOG
-A ufw-not-local -j DROP
-A ufw-skip-to-policy-input -j DROP
-A ufw-user-input -p tcp -m tcp --dport 22 -j ACCEPT
${userRules.map((rule) => `-A ufw-user-input ${rule}\n`).join('')}COMMIT`
}

const early = (device: string): string => `table netdev early {
	chain drops {
		type filter hook ingress device "${device}" priority -500; policy accept;
		tcp dport { 3306, 8080 } tcp flags syn / syn,ack counter packets 60 bytes 3600 drop
	}
}`

describe('the verdict of a packet filter', () => {
  it('is the policy of the chain when no rule lets the packet in', () => {
    expect(verdict({ iptables: ufw() }, fromNginx)).toMatchObject({ kind: 'drop', chain: 'INPUT' })
  })

  it('is accept when a rule for that very source comes first', () => {
    const rules = ufw('-s 10.0.3.2/32 -p tcp -m tcp --dport 8080 -j ACCEPT')

    expect(verdict({ iptables: rules }, fromNginx)?.kind).toBe('accept')
  })

  it('is drop when the rule is for another source', () => {
    const rules = ufw('-s 10.0.9.0/24 -p tcp -m tcp --dport 8080 -j ACCEPT')

    expect(verdict({ iptables: rules }, fromNginx)?.kind).toBe('drop')
  })

  it('is accept over loopback, which ufw lets through', () => {
    expect(verdict({ iptables: ufw() }, overLoopback)?.kind).toBe('accept')
  })

  it('names the rule that rejects', () => {
    const rule = '-A INPUT -s 10.0.3.0/24 -p tcp -m multiport --dports 8000:8099 -j REJECT --reject-with tcp-reset'
    const rules = `*filter\n:INPUT ACCEPT [0:0]\n${rule}\nCOMMIT`

    expect(verdict({ iptables: rules }, fromNginx)).toMatchObject({ kind: 'reject', rule })
  })

  it.each([
    ['elements = { 192.0.2.17 }', 'drop'],
    ['elements = { 192.0.2.17,\n\t\t\t     10.0.3.0/24 }', 'accept'],
    ['elements = { 10.0.3.2 timeout 1h expires 5m }', 'unsure'],
    ['flags dynamic', 'unsure'],
  ])('goes by what is listed of a named set: %j', (elements, expected) => {
    const nft = `table inet filter {
\tset fronts {
\t\ttype ipv4_addr
\t\t${elements}
\t}

\tchain input {
\t\ttype filter hook input priority filter; policy drop;
\t\tip saddr @fronts tcp dport 8080 accept
\t}
}`

    expect(verdict({ nft }, fromNginx)?.kind).toBe(expected)
  })

  it('is unsure behind a set that the rules do not show', () => {
    const rules =
      '*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -m set --match-set banned src -j DROP\n-A INPUT -p tcp -m tcp --dport 8080 -j ACCEPT\nCOMMIT'

    expect(verdict({ iptables: rules }, fromNginx)?.kind).toBe('unsure')
  })

  it('leaves the nat table alone', () => {
    const rules = '*nat\n:INPUT ACCEPT [0:0]\n-A INPUT -j DROP\nCOMMIT\n*filter\n:INPUT ACCEPT [0:0]\nCOMMIT'

    expect(verdict({ iptables: rules }, fromNginx)?.kind).toBe('accept')
  })

  it('reads nft: a drop with a counter, on the interface that it names only', () => {
    const rules = `table inet filter {
	chain input {
		type filter hook input priority filter; policy accept;
		iifname "lo" tcp dport 8080 counter packets 12 bytes 720 drop
	}
}`

    expect(verdict({ nft: rules }, overLoopback)).toMatchObject({ kind: 'drop', chain: 'input' })
    expect(verdict({ nft: rules }, fromNginx)?.kind).toBe('accept')
  })

  it('reads nft: state maps, sets in braces, jumps and a policy', () => {
    const rules = `table inet filter {
	chain services {
		tcp dport { 22, 443 } accept
		ip saddr 10.0.3.0/24 tcp dport 8080 accept comment "nginx"
	}
	chain input {
		type filter hook input priority filter; policy drop;
		ct state vmap { established : accept, related : accept, invalid : drop }
		iif "lo" accept
		jump services
	}
}`

    expect(verdict({ nft: rules }, fromNginx)?.kind).toBe('accept')
    expect(verdict({ nft: rules }, { ...fromNginx, from: ['10.9.9.9'] })).toMatchObject({ kind: 'drop' })
  })

  it('reads the chains of firewalld, whose zone lets in what it names and says no to the rest', () => {
    const forwarded = 'chain nat_PRE_public_allow {\n\t\ttcp dport 80 dnat ip to 10.0.3.9:80\n\t}'

    expect(verdict({ nft: firewalld('tcp dport 22 ct state { new, untracked } accept') }, fromNginx)).toMatchObject({
      kind: 'reject',
      chain: 'filter_IN_public',
    })
    expect(verdict({ nft: firewalld('tcp dport 8080 ct state { new, untracked } accept') }, fromNginx)?.kind).toBe('accept')
    expect(verdict({ nft: firewalld('tcp dport 22 accept', forwarded) }, fromNginx)?.kind).toBe('unsure')
  })

  it('leaves tables that iptables keeps in nft to iptables-save', () => {
    const rules = `# Warning: table ip filter is managed by iptables-nft, do not touch!
table ip filter {
	chain INPUT {
		type filter hook input priority filter; policy accept;
		xt match "recent" drop
	}
}`

    expect(verdict({ nft: rules, iptables: '*filter\n:INPUT ACCEPT [0:0]\nCOMMIT' }, fromNginx)?.kind).toBe('accept')
  })

  it('reads the chains that come before input: prerouting of any table, ingress of the device', () => {
    const raw = '*raw\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -m tcp --dport 8080 -j DROP\nCOMMIT'

    expect(verdict({ nft: early('lo') }, overLoopback)).toMatchObject({ kind: 'drop', chain: 'drops' })
    expect(verdict({ nft: early('eth0') }, overLoopback)?.kind).toBe('accept')
    expect(verdict({ nft: early('eth0') }, fromNginx)?.kind).toBe('unsure')
    expect(verdict({ iptables: raw }, fromNginx)).toMatchObject({ kind: 'drop', chain: 'PREROUTING' })
  })

  it('follows the answer too: by its state, its source and its port', () => {
    const answer = { ...fromNginx, device: 'br-shop', back: true } as const
    const bogons = '*mangle\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -s 10.0.0.0/8 -i br-shop -j DROP\nCOMMIT'
    const stateless = '*filter\n:INPUT DROP [0:0]\n-A INPUT -p tcp -m tcp --sport 8080 ! --syn -j ACCEPT\nCOMMIT'

    expect(verdict({ iptables: bogons }, answer)).toMatchObject({ kind: 'drop', chain: 'PREROUTING' })
    expect(verdict({ iptables: bogons }, { ...answer, device: 'eth0' })?.kind).toBe('accept')
    expect(verdict({ iptables: ufw() }, answer)?.kind).toBe('accept')
    expect(verdict({ iptables: stateless }, answer)?.kind).toBe('accept')
    expect(verdict({ iptables: stateless }, { ...answer, port: 8081 })?.kind).toBe('drop')
    expect(verdict({ iptables: `${bogons}\n*raw\n-A OUTPUT -j CT --notrack\nCOMMIT` }, answer)?.kind).toBe('unsure')
  })

  it('passes over a table that is switched off', () => {
    const rules = `table inet old {
	flags dormant

	chain input {
		type filter hook input priority filter; policy drop;
	}
}`

    expect(verdict({ nft: rules }, fromNginx)?.kind).toBe('accept')
  })

  it.each([
    ['tcp flags syn', 'drop'],
    ['tcp flags syn / syn,ack', 'drop'],
    ['tcp flags & (fin | syn | rst | ack) == syn', 'drop'],
    ['tcp flags & (fin | syn | rst | ack) != syn', 'accept'],
    ['tcp flags ack', 'accept'],
    ['tcp flags != syn', 'accept'],
    ['tcp flags == 0x0', 'accept'],
  ])('knows that a connection begins with SYN alone: %s', (flags, expected) => {
    const nft = `table inet filter {
	chain input {
		type filter hook input priority filter; policy accept;
		${flags} counter packets 1 bytes 60 drop
	}
}`

    expect(verdict({ nft }, fromNginx)?.kind).toBe(expected)
  })

  it('tells which rule may have stopped it, where a limit decides', () => {
    const rule = 'tcp dport 8080 ct state new ct count over 8 counter packets 13 bytes 780 reject with tcp reset'
    const nft = `table inet flood {
	chain input {
		type filter hook input priority filter; policy accept;
		${rule}
	}
}`

    expect(verdict({ nft }, fromNginx)).toEqual({
      kind: 'unsure',
      may: [{ kind: 'reject', tool: 'nft', chain: 'input', rule }],
    })
  })

  it('does not end in a circle of chains', () => {
    const rules =
      '*filter\n:INPUT DROP [0:0]\n:a - [0:0]\n:b - [0:0]\n-A INPUT -j a\n-A a -m mark --mark 0x1 -j b\n-A b -m mark --mark 0x1 -j a\nCOMMIT'

    expect(verdict({ iptables: rules }, fromNginx)?.kind).toBe('unsure')
  })

  it('is not known when sudo refused', () => {
    const firewall: Firewall = {
      sets: [{ tool: 'nft', state: 'unknown', reason: 'sudo refused: nft list ruleset', lines: [] }],
    }

    expect(filterVerdict(fromNginx, 'input', { known: true, value: firewall, source })).toBeNull()
  })
})

const source = { host: 'app-3', probe: 'firewall', command: '' }

function verdict(
  texts: Partial<Record<FirewallTool, string>>,
  packet: Parameters<typeof filterVerdict>[0],
): ReturnType<typeof filterVerdict> {
  const tools: readonly FirewallTool[] = ['nft', 'iptables']
  const sets = tools.map((tool): RuleSet => {
    const text = texts[tool]
    return text === undefined
      ? { tool, state: 'absent', reason: 'not installed', lines: [] }
      : { tool, state: 'read', reason: '', lines: text.split('\n') }
  })
  return filterVerdict(packet, 'input', { known: true, value: { sets }, source })
}

/** Tables of a firewalld whose public zone lets in what is given. */
function firewalld(allowed: string, nat = ''): string {
  return `table inet firewalld {
	chain filter_INPUT {
		type filter hook input priority filter + 10; policy accept;
		ct state { established, related } accept
		ct status dnat accept
		iifname "lo" accept
		ct state invalid drop
		jump filter_INPUT_ZONES
		reject with icmpx admin-prohibited
	}
	chain filter_INPUT_ZONES {
		goto filter_IN_public
	}
	chain filter_IN_public {
		jump filter_IN_policy_allow-host-ipv6
		jump filter_IN_public_allow
		meta l4proto { icmp, ipv6-icmp } accept
		reject with icmpx admin-prohibited
	}
	chain filter_IN_policy_allow-host-ipv6 {
		icmpv6 type { nd-neighbor-solicit, nd-redirect, nd-router-advert } accept
	}
	chain filter_IN_public_allow {
		${allowed}
	}
	${nat}
}`
}
