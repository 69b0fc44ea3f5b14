import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { ConfigOnDisk } from '../probes/nginx-config.ts'
import type { Sockets } from '../probes/sockets.ts'
import { isRunning, type Unit } from '../probes/unit-state.ts'
import { agoOf, instantAgo, sinceWords } from '../symptoms/time.ts'
import { defineRule, type Knowledge, seenBy } from './knowledge.ts'
import { listenerText } from './listening.ts'

type Seen = View<Knowledge, 'host' | 'nginx-processes', 'nginx-unit' | 'nginx-config' | 'sockets' | 'nginx-build'>

/**
 * Cause: nginx is stopped and would start cleanly.
 * Tell-tale: no master process, the unit inactive or failed, nginx -t passes, its ports are free.
 * Look-alikes: config-invalid and port-in-use are why it would not start.
 */
export const nginxDown = defineRule({
  id: 'nginx-down',
  needs: ['host', 'nginx-processes'],
  settles: ['nginx-unit', 'nginx-config', 'sockets', 'nginx-build'],
  judge: (seen) => (seen['nginx-processes'].masters.length === 0 ? judgeStopped(seen) : []),
})

function judgeStopped(seen: Seen): Claim[] {
  const config = seen['nginx-config']
  const installed = seen['nginx-build'].known || config.known
  if (!installed || (config.known && config.value.test.kind === 'failed')) return []
  const unit = seen['nginx-unit'].known ? seen['nginx-unit'].value.units[0] : undefined
  if (unit && isRunning(unit) && unit.mainPid > 0) return []
  return [claimOf(unit, seen)]
}

function claimOf(unit: Unit | undefined, seen: Seen): Claim {
  const since = unit?.changedAt != null ? ` ${sinceWords(unit.changedAt, seen.host)}` : ''
  const masked = unit?.load === 'masked'
  return {
    summary: `nginx is stopped${since}${unit ? `: ${unit.id} is ${unit.active}` : ''}`,
    ...(unit?.changedAt != null && { since: instantAgo(seen.host, agoOf(unit.changedAt, seen.host)) }),
    subject: unit ? { unit: unit.id } : {},
    failingNow: true,
    impact: null,
    evidence: [
      seenBy('nginx-processes', 'ps -C nginx', 'no nginx process'),
      ...(unit
        ? [
            seenBy(
              'nginx-unit',
              `systemctl show ${unit.id}`,
              `ActiveState=${unit.active} SubState=${unit.sub} Result=${unit.result} UnitFileState=${unit.fileState}`,
            ),
          ]
        : []),
      ...(unit && unit.journal.length > 0
        ? [seenBy('nginx-unit', `journalctl -u ${unit.id}`, unit.journal.slice(-5).join('\n'))]
        : []),
      ...(seen['nginx-config'].known && seen['nginx-config'].value.test.kind === 'passed'
        ? [seenBy('nginx-config', 'nginx -t', 'test is successful')]
        : []),
    ],
    unlike: [configAlike(seen), portAlike(seen)],
    ...(!unit && { atMost: 'likely' as const }),
    steps: [
      ...(masked ? [`systemctl unmask ${unit.id}   # somebody masked it: ask first`] : []),
      'nginx -t',
      `systemctl start ${unit?.id ?? 'nginx'}`,
    ],
    ...(unit && !masked && { action: { id: 'start-nginx' as const, target: unit.id } }),
  }
}

function configAlike(seen: Seen): LookAlike {
  const config = seen['nginx-config']
  if (!config.known) return notJudged('config-invalid', config.reason)
  return config.value.test.kind === 'passed'
    ? ruledOut('config-invalid', 'nginx -t passes')
    : notJudged('config-invalid', config.value.test.kind === 'unknown' ? config.value.test.reason : 'nginx -t fails')
}

function portAlike(seen: Seen): LookAlike {
  if (!seen.sockets.known || !seen['nginx-config'].known)
    return notJudged('port-in-use', 'who listens on its ports is not known')
  const taken = takenPort(seen['nginx-config'].value, seen.sockets.value)
  return taken === null
    ? ruledOut('port-in-use', 'its ports are free')
    : notJudged('port-in-use', `${taken} holds a port that nginx needs`)
}

/** Somebody else's listener on a port of the configuration: "0.0.0.0:80 (apache2, pid 412)". */
function takenPort(config: ConfigOnDisk, sockets: Sockets): string | null {
  const wanted = new Set(
    config.model.servers.flatMap((server) =>
      server.listens.filter((listen) => !listen.udp).map((listen) => listen.port),
    ),
  )
  const taken = sockets.listeners.find((listener) => wanted.has(listener.port))
  return taken ? listenerText(taken) : null
}
