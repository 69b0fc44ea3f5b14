import { parsed } from '../diagnosis/fact.ts'
import { sections } from './lines.ts'
import { defineProbe } from './probe.ts'

export type FirewallTool = 'nft' | 'iptables' | 'ip6tables' | 'firewalld'

const tools: readonly FirewallTool[] = ['nft', 'iptables', 'ip6tables', 'firewalld']

/** What one tool said: its rules; that it is not there (so it has no rules); or that it could not be asked. */
export interface RuleSet {
  readonly tool: FirewallTool
  readonly state: 'read' | 'absent' | 'unknown'
  readonly reason: string
  readonly lines: readonly string[]
}

export interface Firewall {
  readonly sets: readonly RuleSet[]
}

/**
 * Filter and nat rules. `iptables -S` is not used, it loads kernel modules; nor is `ufw status`, it writes /run/ufw.lock, and what ufw
 * filters stands in its chains (ufw-user-input ...) anyway; and when nf_tables is a module that is not
 * loaded there are no nft rules, so nft is not asked, for it would load it.
 *
 * Sample (nftables 1.0.6, iptables 1.8.9):
 *     @tool nft 0
 *     table inet filter {
 *         chain input {
 *             type filter hook input priority filter; policy accept;
 *             iifname "lo" tcp dport 8080 counter packets 12 bytes 720 drop
 */
export const firewall = defineProbe({
  id: 'firewall',
  command: 'nft list ruleset; iptables-save',
  seconds: 6,
  cap: 262_144,
  script: `
unloaded() {
  d=/lib/modules/$(uname -r)
  [ -d "$d" ] && ! grep -q "^$1 " /proc/modules && ! grep -q "/$1.ko" "$d/modules.builtin" 2>/dev/null
}
ask() {
  tool=$1; shift
  command -v "$1" >/dev/null 2>&1 || { echo "@tool $tool absent not installed"; return; }
  out=$(as_root "$@" 2>&1); rc=$?
  echo "@tool $tool $rc"
  printf '%s\\n' "$out"
}
if unloaded nf_tables; then echo '@tool nft absent nf_tables is not loaded'; else ask nft nft list ruleset; fi
ask iptables iptables-save
ask ip6tables ip6tables-save
ask firewalld firewall-cmd --list-all`,
  parse(capture) {
    return parsed<Firewall>({
      sets: sections(capture.stdout, ['tool']).map((part) => {
        const [tool = '', status = '', ...words] = part.rest.split(' ')
        const lines = part.body.filter((line) => line.trim() !== '')
        const state = status === 'absent' ? 'absent' : status === '0' ? 'read' : 'unknown'
        return {
          tool: tools.find((each) => each === tool) ?? 'nft',
          state,
          reason: state === 'unknown' ? (lines[0] ?? `exit code ${status}`) : words.join(' '),
          lines: state === 'read' ? lines : [],
        }
      }),
    })
  },
})
