import type { Finding } from '../diagnosis/diagnosis.ts'
import type { Facts } from '../probes/index.ts'
import type { BackendSeen } from './ask-backend.ts'

/** Rules name ss; on a host without it the same was read from the kernel's table, and that is what evidence has to say. */
export function withSocketsSource(finding: Finding, facts: Facts, backends: readonly BackendSeen[]): Finding {
  const machines = new Map<string | undefined, Facts | null>([
    [undefined, facts],
    ...backends.map((each) => [each.host, each.facts] as const),
  ])
  const evidence = finding.evidence.map((each) => {
    const sockets = machines.get(each.host)?.sockets
    return each.probe === 'sockets' && sockets?.known && sockets.value.from !== 'ss'
      ? { ...each, command: `cat ${sockets.value.from}` }
      : each
  })
  return { ...finding, evidence }
}
