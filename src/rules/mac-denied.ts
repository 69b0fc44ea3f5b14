import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { Denial } from '../probes/mac.ts'
import { hostOf, portOf } from '../symptoms/address.ts'
import { isOpen } from '../symptoms/course.ts'
import { type Event, eventsOfKind } from '../symptoms/events.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import {
  defineRule,
  eventEvidence,
  impactOf,
  impactOfEvent,
  type Knowledge,
  seenBy,
  troubleEvidence,
  troubleKey,
} from './knowledge.ts'
import { allowSteps } from './mac-policy.ts'
import { barrierFor, listedBarrier } from './socket-barrier.ts'
import { wayTo } from './way-to.ts'

type Seen = View<Knowledge, 'mac' | 'host', 'troubles' | 'events' | 'socket-paths' | 'nginx-processes' | 'routes'>

/**
 * Cause: SELinux or AppArmor refuses nginx the connection or the file.
 * Tell-tale: 13 on TCP, which no file mode can give, or 13 on a path whose modes let the worker in; SELinux is enforcing (or AppArmor
 * confines nginx), and a record of the refusal (AVC, apparmor="DENIED") names nginx and that port or path.
 * Look-alikes: socket-permission (the modes keep the worker out), host-unreachable (a route of type prohibit gives 13 on TCP),
 * path-permission and temp-path-permission for files.
 */
export const macDenied = defineRule({
  id: 'mac-denied',
  needs: ['mac', 'host'],
  settles: ['troubles', 'events', 'socket-paths', 'nginx-processes', 'routes'],
  atBackend: true,
  judge: (seen) => [
    ...(seen.troubles.known ? seen.troubles.value.flatMap((trouble) => judgeTrouble(trouble, seen)) : []),
    ...(seen.events.known
      ? eventsOfKind(seen.events.value, 'open-failed', 'bind-failed').flatMap((event) => judgeEvent(event, seen))
      : []),
  ],
})

/** The modes explain it alone: then socket-permission says so. */
const KEPT_OUT = 'keeps the workers out already'

function judgeTrouble(trouble: Trouble, seen: Seen): Claim[] {
  const { address } = trouble
  if (trouble.kind !== 'denied' || address === null || trouble.endpoints.length === 0) return []
  const unix = address.startsWith('unix:')
  const record = recordsOf(seen).find((each) =>
    unix ? isAbout(each, address.slice(5)) : each.port === portOf(address),
  )
  const likely =
    seen.mac.selinux === 'enforcing' && !seen.mac.labels.some((label) => /unconfined|permissive/.test(label))
  if (!record && !likely) return []
  const other = unix ? modesAlike(address.slice(5), seen) : routeAlike(address, seen)
  if (other.cause === 'socket-permission' && other.because.endsWith(KEPT_OUT)) return []
  const [place] = trouble.endpoints
  return [
    {
      summary: `${systemOf(record, seen)} does not let nginx connect to ${address}${record ? `: ${wordsOf(record)}` : ''}`,
      subject: {
        upstream: address,
        ...(unix && { path: address.slice(5) }),
        ...(place && { file: place.file, line: place.line }),
      },
      failingNow: isOpen(trouble),
      about: troubleKey(trouble),
      impact: impactOf(trouble, seen.host),
      evidence: [...troubleEvidence(trouble), ...policyEvidence(record, seen)],
      unlike: [other, ...recordAlike(record, seen)],
      ...(!record && { atMost: other.out ? ('likely' as const) : ('possible' as const) }),
      steps: allowSteps(
        record,
        unix ? { kind: 'socket', path: address.slice(5) } : { kind: 'connect', port: portOf(address) },
        seen.mac,
      ),
    },
  ]
}

/** A file or a listener: only with a record, for 13 on these is mostly a matter of modes or privilege. */
function judgeEvent(event: Event, seen: Seen): Claim[] {
  const { line } = event
  if (line.errno !== 13 || !event.now) return []
  const path = /^\w+\(\)? ?"(\/[^"]{1,400})"/.exec(line.message)?.[1] ?? null
  const port = event.kind === 'bind-failed' ? Number(/:(\d{1,5}) failed$/.exec(line.message)?.[1] ?? NaN) : NaN
  const record = recordsOf(seen).find((each) =>
    path === null ? each.port === port && /bind/.test(each.operation) : isAbout(each, path),
  )
  if (!record) return []
  return [
    {
      summary: `${systemOf(record, seen)} does not let nginx ${path === null ? `listen on port ${port}` : `use ${path}`}: ${wordsOf(record)}`,
      subject: path === null ? {} : { path },
      failingNow: true,
      about: path === null ? 'nginx does not start' : `file ${path}`,
      explains:
        path === null
          ? ['bind-privilege', 'nginx-down', 'config-invalid']
          : ['path-permission', 'temp-path-permission'],
      impact: impactOfEvent(event, seen.host),
      evidence: [eventEvidence(event), ...policyEvidence(record, seen)],
      unlike: [
        ruledOut(
          path === null ? 'bind-privilege' : 'path-permission',
          `the refusal is recorded: ${record.text.slice(0, 160)}`,
        ),
      ],
      steps: allowSteps(record, path === null ? { kind: 'bind', port } : { kind: 'file', path }, seen.mac),
    },
  ]
}

/** Refusals of nginx itself, newest first. */
function recordsOf(seen: Seen): readonly Denial[] {
  return seen.mac.denials
    .filter((each) => /^(?:nginx|openresty|angie|freenginx)/.test(each.comm) || /nginx/.test(each.subject))
    .toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0))
}

/** SELinux records the last component of a path where it does not know the whole. */
function isAbout(record: Denial, path: string): boolean {
  if (record.path === null || record.port !== null) return false
  return record.path.startsWith('/') ? record.path === path : path.split('/').includes(record.path)
}

function systemOf(record: Denial | undefined, seen: Seen): string {
  return record?.system === 'apparmor'
    ? 'AppArmor'
    : record || seen.mac.selinux === 'enforcing'
      ? 'SELinux'
      : 'AppArmor'
}

function wordsOf(record: Denial): string {
  return record.system === 'apparmor'
    ? `profile ${record.subject} denies ${record.operation}`
    : `${record.subject} may not ${record.operation} ${record.target}`
}

function policyEvidence(record: Denial | undefined, { mac }: Seen): ReturnType<typeof seenBy>[] {
  const booleans = [...mac.booleans].map(([name, on]) => `${name} --> ${on ? 'on' : 'off'}`)
  return [
    ...(record
      ? [
          seenBy(
            'mac',
            record.system === 'apparmor' ? 'journalctl -k | grep DENIED' : 'ausearch -m avc -c nginx',
            record.text,
          ),
        ]
      : []),
    seenBy(
      'mac',
      'getenforce; cat /proc/PID/attr/current',
      [`SELinux ${mac.selinux}, AppArmor ${mac.apparmor}`, ...mac.labels].join('\n'),
    ),
    ...(booleans.length > 0 ? [seenBy('mac', 'getsebool -a | grep httpd_can_network', booleans.join('\n'))] : []),
  ]
}

function modesAlike(path: string, seen: Seen): LookAlike {
  const [paths, processes] = [seen['socket-paths'], seen['nginx-processes']]
  const user = processes.known ? processes.value.oldestWorker?.user : undefined
  const found = paths.known ? paths.value.paths.find((each) => each.path === path) : undefined
  if (!paths.known || found?.components.at(-1)?.path !== path || user === undefined)
    return notJudged('socket-permission', paths.known ? `the modes of ${path} could not be seen` : paths.reason)
  const barrier = barrierFor(found, user, paths.value.runningGroups ?? paths.value.workerGroups)
  const listed = listedBarrier(found)
  if (barrier === null && listed !== null)
    return notJudged('socket-permission', `${listed.path} has an access control list besides its mode`)
  return barrier === null
    ? ruledOut('socket-permission', `the modes of ${path} let ${user} in`)
    : notJudged('socket-permission', `the mode of ${barrier.path} ${KEPT_OUT}`)
}

function routeAlike(address: string, seen: Seen): LookAlike {
  const local =
    seen.host.addresses.includes(hostOf(address)) || hostOf(address).startsWith('127.') || hostOf(address) === '::1'
  if (local) return ruledOut('socket-permission', 'TCP has no file modes')
  const way = wayTo(hostOf(address), seen.routes)
  if (way.kind === 'none') return notJudged('host-unreachable', way.noWay.words)
  return way.kind === 'open'
    ? ruledOut('host-unreachable', `there is a route: ${way.route.message}`)
    : notJudged('host-unreachable', way.reason)
}

function recordAlike(record: Denial | undefined, seen: Seen): LookAlike[] {
  return record ? [] : [notJudged('socket-permission', seen.mac.recordsUnseen ?? 'no record of the refusal was found')]
}
