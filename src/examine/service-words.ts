import type { Finding } from '../diagnosis/diagnosis.ts'
import type { Host } from '../probes/host.ts'
import type { Facts } from '../probes/index.ts'
import type { BackendSeen } from './ask-backend.ts'

/** Rules say how systemd does it. Where the host runs something else its steps are told in the words of that: rc-service(8), service(8). */
export function withServiceWords(finding: Finding, facts: Facts, backends: readonly BackendSeen[]): Finding {
  const at = finding.subject.host
  const host = (backends.find((each) => each.host === at)?.facts ?? facts).host
  const init = host.known ? host.value.init : undefined
  if (init === undefined) return finding
  return { ...finding, fix: { ...finding.fix, steps: finding.fix.steps.map((step) => inWordsOf(init, step)) } }
}

const unitVerb = /\bsystemctl (?<verb>start|stop|restart|reload|status) (?<unit>[A-Za-z0-9_.@-]+)/g

function inWordsOf(init: NonNullable<Host['init']>, step: string): string {
  return step
    .replace(unitVerb, (_, verb: string, unit: string) => {
      const name = unit.replace(/\.service$/, '')
      return init === 'openrc' ? `rc-service ${name} ${verb}` : `service ${name} ${verb}`
    })
    .replace(
      /\bjournalctl -u (?<unit>[A-Za-z0-9_.@-]+)(?: -n \d+| -e| -f)*/g,
      (_, unit: string) => `the log of ${unit.replace(/\.service$/, '')} (/var/log)`,
    )
}
