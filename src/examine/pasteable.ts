import type { Facts, ProbeId } from '../probes/index.ts'
import { dmesgAnswer, firewallAnswer, listenersAnswer, testAnswer } from './pasted-output.ts'
import { logAnswer } from './pasted-log.ts'

/** The moment that is judged, by the host's clock: what "recent" means in a pasted log. */
export interface HostMoment {
  /** Seconds since the epoch. */
  readonly epoch: number
  /** "+01:00". */
  readonly timezone: string
  readonly windowSeconds: number
}

/** A probe whose answer a person can give instead: by one command, typed as root. */
export interface Pasteable {
  readonly probe: ProbeId
  /** Why the answer is missing and what shows it; null when nothing is missing. */
  readonly missing: (facts: Facts) => Missing | null
  /** The probe's own output with what was pasted in its place; null when the text is not what that command prints. */
  readonly answer: (stdout: string, text: string, at: HostMoment) => string | null
}

export interface Missing {
  readonly command: string
  /** As it stands in what is unjudged or unseen. */
  readonly reason: string
}

/** In the order in which they are asked for where several would do. Lines are cut: a field of a Slack window takes 3,000 characters. */
export const pasteables: readonly Pasteable[] = [
  { probe: 'error-log', missing: missingLog, answer: logAnswer },
  { probe: 'nginx-config', missing: missingTest, answer: testAnswer },
  { probe: 'sockets', missing: missingOwners, answer: listenersAnswer },
  { probe: 'firewall', missing: missingRules, answer: firewallAnswer },
  { probe: 'kernel-log', missing: missingKernel, answer: dmesgAnswer },
]

function missingLog({ 'error-log': log }: Facts): Missing | null {
  const files = log.known ? log.value.files : []
  const unread = files.find(({ state, path }) => state === 'unreadable' && path !== 'journal')
  if (unread !== undefined && /^[\w./@+-]+$/.test(unread.path))
    return { command: `tail -n 20 ${unread.path} | cut -c1-400`, reason: unread.reason }
  return log.known ? null : { command: 'tail -n 20 /var/log/nginx/error.log | cut -c1-400', reason: log.reason }
}

/** Only where the files themselves were read: what the test says is what an ordinary user cannot see. */
function missingTest({ 'nginx-config': config }: Facts): Missing | null {
  if (!config.known || config.value.test.kind !== 'unknown') return null
  return { command: 'nginx -t', reason: config.value.test.reason }
}

function missingOwners({ sockets }: Facts): Missing | null {
  return sockets.known ? null : { command: 'ss -Htanp | grep LISTEN', reason: sockets.reason }
}

function missingRules({ firewall }: Facts): Missing | null {
  const sets = firewall.known ? firewall.value.sets : []
  const unread = sets.find(({ state, tool }) => state === 'unknown' && (tool === 'nft' || tool === 'iptables'))
  if (unread !== undefined)
    return { command: said(unread.tool === 'nft' ? 'nft list ruleset' : 'iptables-save'), reason: unread.reason }
  return firewall.known ? null : { command: said('nft list ruleset'), reason: firewall.reason }
}

/** A host without rules prints nothing, and nothing cannot be pasted. */
function said(command: string): string {
  return `${command}; echo "${command.split(' ')[0] ?? ''} ended with $?"`
}

function missingKernel({ 'kernel-log': kernel }: Facts): Missing | null {
  return kernel.known ? null : { command: 'dmesg | tail -n 40 | cut -c1-300', reason: kernel.reason }
}
