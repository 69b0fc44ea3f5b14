import type { Fact } from '../diagnosis/fact.ts'
import type { Firewall, RuleSet } from '../probes/firewall.ts'

export interface FilterRule {
  readonly tool: RuleSet['tool']
  /** "ufw-user-input", "input"; empty when the tool shows none. */
  readonly chain: string
  readonly text: string
  readonly verdict: 'drop' | 'reject' | 'nat'
}

export interface PortRules {
  /** Rules that name the port and drop, reject or carry it elsewhere. */
  readonly rules: readonly FilterRule[]
  /** Why the rules are not known completely; null when they are. */
  readonly unknown: string | null
}

/** What the packet filter says about one TCP port. nft and iptables must both be read, or not be there, for the answer to be complete. */
export function rulesForPort(port: number, firewall: Fact<Firewall>): PortRules {
  if (!firewall.known) return { rules: [], unknown: firewall.reason }
  const needed = firewall.value.sets.filter((set) => set.tool === 'nft' || set.tool === 'iptables')
  const missing = needed.filter((set) => set.state === 'unknown')
  const rules = firewall.value.sets.flatMap((set) => rulesOf(set, port))
  const unknown =
    needed.length === 0
      ? 'no packet filter could be asked'
      : missing.length > 0
        ? missing.map((set) => set.reason).join('; ')
        : null
  return { rules, unknown }
}

/** Walks the lines with the chain they stand in: "chain input {" of nft, "-A ufw-user-input ..." of iptables-save. */
function rulesOf(set: RuleSet, port: number): readonly FilterRule[] {
  let chain = ''
  return set.lines.flatMap((line) => {
    chain = /^\s*chain (\S+) \{|^-A (\S+) /.exec(line)?.slice(1).find(Boolean) ?? chain
    return readRule(set.tool, chain, line, port)
  })
}

function readRule(tool: RuleSet['tool'], chain: string, line: string, port: number): FilterRule[] {
  if (!namesPort(line, port)) return []
  const text = line.trim()
  if (/\b(dnat|redirect)\b/i.test(text)) return [{ tool, chain, text, verdict: 'nat' }]
  if (/\breject\b/i.test(text)) return [{ tool, chain, text, verdict: 'reject' }]
  if (/\b(drop|deny)\b/i.test(text)) return [{ tool, chain, text, verdict: 'drop' }]
  return []
}

/** "dport 8080", "dport { 80, 8080 }", "dport 8000-8099", "--dport 8080", "--dports 80,8080", "--dport 8000:8099". */
function namesPort(line: string, port: number): boolean {
  const list = /dports?\s+(?:!=\s*)?\{?([\d,\s:-]+)\}?/.exec(line)?.[1]
  if (!list || /dports?\s+!=/.test(line) || /\budp\b/.test(line)) return false
  return list.split(',').some((part) => {
    const [low, high] = part.trim().split(/[-:]/).map(Number)
    return low !== undefined && port >= low && port <= (high ?? low)
  })
}
